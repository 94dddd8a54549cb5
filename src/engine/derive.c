/* derive.c - from what a person told to the facts that rules ask for.
 * SPDX-License-Identifier: AGPL-3.0-or-later
 */
#include "engine/derive.h"

#include <math.h>

#define DAYS_OF_PREGNANCY 280
#define DAYS_PER_MONTH 30.4375
#define TRIMESTER_WEEKS 13

struct deriving {
    const struct know *k;
    const struct intake *in;
    struct facts *f;
};

static const struct fact *answer(const struct deriving *d, const char *name)
{
    return &d->in->answers.v[know_fact_must(d->k, str_from(name))];
}

static bool is_yes(const struct deriving *d, const char *name)
{
    const struct fact *f = answer(d, name);
    return f->state == FACT_KNOWN && f->number > 0;
}

static void set_number(struct deriving *d, const char *name, double v)
{
    fact_set_number(d->f, know_fact_must(d->k, str_from(name)), v);
}

static void set_yes_no(struct deriving *d, const char *name, bool yes)
{
    fact_set_yes_no(d->f, know_fact_must(d->k, str_from(name)), yes);
}

static void times(struct deriving *d)
{
    const struct fact *birth = answer(d, "birth_date"), *onset = answer(d, "onset_date");
    if (birth->state == FACT_KNOWN)
        set_number(d, "age", date_age_years((struct civil_date){ (int32_t)birth->number }, d->in->date));
    if (onset->state == FACT_KNOWN) {
        double days = d->in->date.day - onset->number;
        set_number(d, "duration_days", days);
        set_number(d, "duration_weeks", days / 7);
        set_number(d, "duration_months", days / DAYS_PER_MONTH);
    }
}

static void body(struct deriving *d)
{
    const struct fact *h = answer(d, "height_cm"), *w = answer(d, "weight_kg");
    const struct fact *a = answer(d, "phq2_interest"), *b = answer(d, "phq2_low");
    if (h->state == FACT_KNOWN && w->state == FACT_KNOWN && h->number > 0)
        set_number(d, "bmi", w->number / (h->number / 100) / (h->number / 100));
    if (a->state == FACT_KNOWN && b->state == FACT_KNOWN)
        set_number(d, "phq2", a->number + b->number);
}

/* Without a due date a pregnancy counts as both early and late: the careful reading. */
static void pregnancy(struct deriving *d)
{
    const struct fact *pregnant = &d->f->v[know_fact_must(d->k, STR("pregnant"))], *due = answer(d, "due_date");
    if (pregnant->state != FACT_KNOWN)
        return;
    bool is_early = pregnant->number > 0, is_late = is_early;
    if (is_early && due->state == FACT_KNOWN) {
        double weeks = (DAYS_OF_PREGNANCY - (due->number - d->in->date.day)) / 7.0;
        set_number(d, "gestation_weeks", weeks);
        is_early = weeks <= TRIMESTER_WEEKS;
        is_late = !is_early;
    }
    set_yes_no(d, "pregnant_t1", is_early);
    set_yes_no(d, "pregnant_later", is_late);
}

/* ---- where it hurts ---- */

static bool is_leg_zone(enum body_zone z)
{
    return z == ZONE_THIGH_BACK || z == ZONE_THIGH_SIDE || z == ZONE_THIGH_FRONT || z == ZONE_THIGH_INNER ||
           z == ZONE_KNEE || z == ZONE_CALF_BACK || z == ZONE_CALF_SIDE || z == ZONE_SHIN || z == ZONE_LEG_INNER ||
           z == ZONE_FOOT;
}

static bool is_below_knee(enum body_zone z)
{
    return z == ZONE_CALF_BACK || z == ZONE_CALF_SIDE || z == ZONE_SHIN || z == ZONE_LEG_INNER || z == ZONE_FOOT;
}

/* Upper or lower, right or left; a midline mark belongs to neither side. */
static unsigned quarter(const struct region *g)
{
    bool is_lower = g->zone != ZONE_OTHER && g->zone != ZONE_UPPER_BACK && g->zone != ZONE_MID_BACK;
    if (g->side == SIDE_MIDLINE)
        return 0;
    return 1u << ((is_lower ? 2 : 0) + (g->side == SIDE_RIGHT ? 1 : 0));
}

struct marks {
    bool zone[ZONE__COUNT], any, leg[SIDE__COUNT], buttock[SIDE__COUNT], side[SIDE__COUNT], below_knee;
    bool line_bladder, line_gallbladder;
    unsigned quarters;
};

static struct marks read_marks(const struct deriving *d)
{
    struct marks m = { .any = false };
    for (size_t i = 0; i < d->k->n_regions; i++) {
        const struct region *g = &d->k->regions[i];
        if (!region_set_has(&d->in->pain, (int)i))
            continue;
        bool is_leg = is_leg_zone(g->zone);
        m.any = m.zone[g->zone] = m.side[g->side] = true;
        m.leg[g->side] |= is_leg;
        m.buttock[g->side] |= g->zone == ZONE_BUTTOCK;
        m.below_knee |= is_below_knee(g->zone);
        m.line_bladder |= is_leg && g->line == LINE_BLADDER;
        m.line_gallbladder |= is_leg && g->line == LINE_GALLBLADDER;
        m.quarters |= quarter(g);
    }
    return m;
}

static void zones(struct deriving *d, const struct marks *m)
{
    static const char *const names[ZONE__COUNT] = {
        [ZONE_LUMBAR] = "zone_lumbar",
        [ZONE_SACRAL] = "zone_sacral",
        [ZONE_BUTTOCK] = "zone_buttock",
        [ZONE_HIP] = "zone_hip",
        [ZONE_GROIN] = "zone_groin",
        [ZONE_THIGH_BACK] = "zone_thigh_back",
        [ZONE_THIGH_SIDE] = "zone_thigh_side",
        [ZONE_THIGH_FRONT] = "zone_thigh_front",
        [ZONE_THIGH_INNER] = "zone_thigh_inner",
        [ZONE_KNEE] = "zone_knee",
        [ZONE_CALF_BACK] = "zone_calf_back",
        [ZONE_CALF_SIDE] = "zone_calf_side",
        [ZONE_SHIN] = "zone_shin",
        [ZONE_LEG_INNER] = "zone_leg_inner",
        [ZONE_FOOT] = "zone_foot",
        [ZONE_MID_BACK] = "zone_mid_back",
        [ZONE_UPPER_BACK] = "zone_upper_back",
        [ZONE_OTHER] = "zone_other",
    };
    for (int z = 0; z < ZONE__COUNT; z++)
        set_yes_no(d, names[z], m->zone[z]);
}

static void places(struct deriving *d)
{
    struct marks m = read_marks(d);
    if (!m.any)
        return; /* nothing marked is not "nowhere" */
    bool right = m.side[SIDE_RIGHT], left = m.side[SIDE_LEFT];
    zones(d, &m);
    set_yes_no(d, "any_leg", m.leg[SIDE_RIGHT] || m.leg[SIDE_LEFT] || m.leg[SIDE_MIDLINE]);
    set_yes_no(d, "below_knee", m.below_knee);
    set_yes_no(d, "leg_both", m.leg[SIDE_RIGHT] && m.leg[SIDE_LEFT]);
    set_yes_no(d, "side_right", right);
    set_yes_no(d, "side_left", left);
    set_yes_no(d, "side_both", right && left);
    set_yes_no(d, "side_central", right == left); /* the midline, or both sides alike */
    set_yes_no(d, "buttock_one_side", m.buttock[SIDE_RIGHT] != m.buttock[SIDE_LEFT]);
    set_yes_no(d, "line_bladder", m.line_bladder);
    set_yes_no(d, "line_gallbladder", m.line_gallbladder);
    set_number(d, "body_quarters", __builtin_popcount(m.quarters));
}

/* Profile red flags: from the other facts, by the rule in their row. */
static void profile(struct deriving *d)
{
    for (size_t i = 0; i < d->k->n_questions; i++) {
        const struct question *q = &d->k->questions[i];
        if (!q->derive)
            continue;
        struct verdict v = rule_eval(d->k, q->derive, d->f);
        if (v.sure == v.may)
            fact_set_yes_no(d->f, q->fact, v.sure);
    }
}

static bool applies(const struct deriving *d, const struct question *q, bool had_treatment)
{
    if (q->asked_of == ASK_EACH_VISIT && !had_treatment)
        return false;
    return !q->ask_if || rule_eval(d->k, q->ask_if, d->f).may;
}

#define ASK_CHAIN 3 /* a question may hang on one that itself does not apply */

/* What does not apply is "no", which is not the same as not answered. */
static void not_applicable(struct deriving *d, bool had_treatment)
{
    for (size_t n = 0; n < ASK_CHAIN * d->k->n_questions; n++) {
        size_t i = n % d->k->n_questions;
        const struct question *q = &d->k->questions[i];
        if (q->kind == ASKED_YES_NO && !q->derive && d->f->v[q->fact].state == FACT_UNKNOWN &&
            !d->in->asks_to_skip[q->fact] && !applies(d, q, had_treatment))
            fact_set_yes_no(d->f, q->fact, false);
    }
    if (!had_treatment)
        set_yes_no(d, "no_improvement_after_review", false);
}

void facts_derive(const struct know *k, const struct intake *in, struct clinic_limits limits, struct facts *out)
{
    struct deriving d = { k, in, out };
    *out = in->answers;
    set_number(&d, "clinic_min_age", limits.min_age);
    times(&d);
    body(&d);
    places(&d);
    if (is_yes(&d, "rf_ces_both_legs"))
        set_yes_no(&d, "leg_both", true);
    not_applicable(&d, limits.had_treatment);
    pregnancy(&d);
    profile(&d);
}
