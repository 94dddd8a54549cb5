/* triage.c - is it safe to treat, or is a doctor needed first, and how soon?
 * SPDX-License-Identifier: AGPL-3.0-or-later
 */
#include "engine/triage.h"

#include "base/list.h"
#include "engine/reasons.h"

struct hits {
    LIST(struct triage_hit) list;
};

/* Keeps the most urgent first and table order among equals. */
static void add(struct hits *h, const struct know *k, int rule, struct because b, struct arena *a)
{
    (void)list_push(&h->list, a);
    size_t at = h->list.n - 1;
    for (; at > 0 && k->triage[h->list.v[at - 1].rule].urgency < k->triage[rule].urgency; at--)
        h->list.v[at] = h->list.v[at - 1];
    h->list.v[at] = (struct triage_hit){ rule, b };
}

void triage_run(const struct know *k, struct facts *f, struct arena *a, struct triage *out)
{
    struct triage t = { .level = URGENCY_NONE };
    struct hits sure = { 0 }, open = { 0 };
    for (size_t i = 0; i < k->n_triage; i++) {
        const struct triage_rule *r = &k->triage[i];
        struct verdict v = rule_eval(k, r->when, f);
        if (v.may && r->urgency > t.may_level)
            t.may_level = r->urgency;
        if (v.sure) {
            t.level = r->urgency > t.level ? r->urgency : t.level;
            t.blocks_treatment |= r->urgency >= URGENCY_DOCTOR_FIRST && !r->treatment_may_go_on;
            add(&sure, k, (int)i, reasons_of(k, r->when, f, a), a);
        } else if (v.may) {
            t.is_emergency_open |= r->urgency == URGENCY_EMERGENCY;
            add(&open, k, (int)i, reasons_of(k, r->when, f, a), a);
        }
    }
    t.hits = sure.list.v;
    t.n_hits = sure.list.n;
    t.open = open.list.v;
    t.n_open = open.list.n;
    fact_set_number(f, know_fact_must(k, STR("triage_level")), (double)t.level);
    fact_set_yes_no(f, know_fact_must(k, STR("triage_blocks")), t.blocks_treatment);
    *out = t;
}
