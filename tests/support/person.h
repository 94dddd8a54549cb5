/* person.h - a person made by hand for tests of the engines: where it hurts, what they answered, what follows.
 * SPDX-License-Identifier: AGPL-3.0-or-later
 */
#ifndef TSUBO_TESTS_PERSON_H
#define TSUBO_TESTS_PERSON_H

#include "base/must.h"
#include "engine/classify.h"
#include "engine/derive.h"
#include "engine/points.h"
#include "engine/safety.h"
#include "engine/triage.h"

struct person {
    struct intake intake;
    struct facts facts;
    struct safety safety;
    struct points_plan plan;
};

#define PERSON_TODAY 20800 /* days since 1970: 2026-12-13 */

static inline void person_marks(const struct know *k, struct region_set *set, const char *regions)
{
    struct str rest = str_from(regions), id;
    while (str_next(&rest, ' ', &id)) {
        must(know_region(k, id) >= 0);
        region_set_add(set, know_region(k, id));
    }
}

/* "pregnant cannot_lie_prone nrs_worst=7 spine_surgery=older"; a bare name is yes. */
static inline void person_answers(const struct know *k, struct intake *in, const char *answers)
{
    struct str rest = str_from(answers), item;
    while (str_next(&rest, ' ', &item)) {
        struct str value = item, name = str_cut(&value, '=');
        double number;
        int fact = know_fact_must(k, name);
        if (value.n == 0)
            fact_set_yes_no(&in->answers, fact, true);
        else if (str_to_double(value, &number))
            fact_set_number(&in->answers, fact, number);
        else
            fact_set_code(&in->answers, fact, value);
    }
}

/* `age` in years, pain for `days`; -1 leaves it unanswered. */
static inline struct intake person_intake(const struct know *k, const char *pain, const char *answers, int age,
                                          int days)
{
    struct intake in = { .date = { PERSON_TODAY } };
    person_marks(k, &in.pain, pain);
    person_answers(k, &in, answers);
    if (age >= 0)
        fact_set_number(&in.answers, know_fact_must(k, STR("birth_date")), PERSON_TODAY - age * 365.25 - 30);
    if (days >= 0)
        fact_set_number(&in.answers, know_fact_must(k, STR("onset_date")), PERSON_TODAY - days);
    return in;
}

/* From p->intake to p->plan, as plan_make does it. */
static inline void person_plan(const struct know *k, struct person *p, int needles_max, struct arena *a)
{
    struct classification classes;
    struct triage triage;
    facts_derive(k, &p->intake, (struct clinic_limits){ 16, false }, &p->facts);
    classify_run(k, &p->facts, STR("severity_nrs"), a, &classes);
    triage_run(k, &p->facts, a, &triage);
    classify_run(k, &p->facts, STR("severity_nrs"), a, &classes);
    safety_run(k, &p->facts, a, &p->safety);
    struct points_request r = { &p->facts, &p->intake, &p->safety, needles_max };
    points_run(k, &r, a, &p->plan);
}

#endif
