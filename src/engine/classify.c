/* classify.c - how long, how bad, which pattern.
 * SPDX-License-Identifier: AGPL-3.0-or-later
 */
#include "engine/classify.h"

#include <math.h>

#include "base/list.h"
#include "engine/reasons.h"

static bool in_band(const struct class_row *c, double v)
{
    if (!isnan(c->low) && (v < c->low || (v == c->low && !c->low_inclusive)))
        return false;
    return isnan(c->high) || v < c->high || (v == c->high && c->high_inclusive);
}

/* The band of an axis that holds the value; every other band of the axis is then known not to hold. */
static int band(const struct know *k, struct facts *f, struct str axis, const struct fact *value)
{
    int found = -1;
    for (size_t i = 0; i < k->n_classes && value->state == FACT_KNOWN; i++) {
        const struct class_row *c = &k->classes[i];
        if (c->when || !str_eq(c->axis, axis) || (isnan(c->low) && isnan(c->high)))
            continue;
        bool holds = found < 0 && in_band(c, value->number);
        found = holds ? (int)i : found;
        if (c->fact >= 0)
            fact_set_yes_no(f, c->fact, holds);
    }
    return found;
}

/* Severity labels have one set of facts (sev_mild ...), whichever set of bands the clinic reads them from. */
static void name_severity(const struct know *k, struct facts *f, int row)
{
    static const char *const names[][2] = {
        { "none", "sev_none" }, { "mild", "sev_mild" }, { "moderate", "sev_mod" }, { "severe", "sev_sev" }
    };
    for (size_t i = 0; row >= 0 && i < ARRAY_LEN(names); i++)
        fact_set_yes_no(f, know_fact_must(k, str_from(names[i][1])),
                        str_starts(k->classes[row].class_name, str_from(names[i][0])));
}

struct patterns {
    LIST(struct class_hit) list;
};

static void add_patterns(const struct know *k, struct facts *f, bool is_sure, struct patterns *out, struct arena *a)
{
    for (size_t i = 0; i < k->n_classes; i++) {
        const struct class_row *c = &k->classes[i];
        struct verdict v = c->when ? rule_eval(k, c->when, f) : (struct verdict){ false, false };
        if (v.sure == is_sure && v.may)
            *list_push(&out->list, a) = (struct class_hit){ (int)i, v.sure, reasons_of(k, c->when, f, a) };
    }
}

/* Facts of the patterns; twice, because some rest on others (a level is only likely where a root is). */
static void set_patterns(const struct know *k, struct facts *f)
{
    for (int round = 0; round < 2; round++)
        for (size_t i = 0; i < k->n_classes; i++) {
            const struct class_row *c = &k->classes[i];
            if (!c->when || c->fact < 0)
                continue;
            struct verdict v = rule_eval(k, c->when, f);
            if (v.sure == v.may)
                fact_set_yes_no(f, c->fact, v.sure);
        }
}

void classify_run(const struct know *k, struct facts *f, struct str severity_axis, struct arena *a,
                  struct classification *out)
{
    const struct fact *interference = &f->v[know_fact_must(k, STR("interference"))];
    struct patterns p = { 0 };
    *out = (struct classification){ .severity_axis = severity_axis };
    out->duration = band(k, f, STR("duration"), &f->v[know_fact_must(k, STR("duration_weeks"))]);
    out->severity = band(k, f, severity_axis, &f->v[know_fact_must(k, STR("nrs_average"))]);
    name_severity(k, f, out->severity);
    out->interference = interference->state == FACT_KNOWN ? interference->number : (double)NAN;
    set_patterns(k, f);
    add_patterns(k, f, true, &p, a);
    add_patterns(k, f, false, &p, a);
    out->patterns = p.list.v;
    out->n_patterns = p.list.n;
}
