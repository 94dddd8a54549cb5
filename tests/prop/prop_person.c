/* prop_person.c - what must hold for every person: triage, precautions, points, lifestyle, the whole plan.
 * SPDX-License-Identifier: AGPL-3.0-or-later
 *
 * Random people over the real tables. The twin of triage reads the rules' own text with an evaluator of a few lines
 * that shares nothing with know/rule.c.
 */
#include "support/cm.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "engine/body.h"
#include "engine/plan.h"
#include "support/people.h"

static uint64_t seed = 20261124;

static const struct plan_rules rules = { .limits = { .min_age = 16 },
                                         .severity_axis = STR_INIT("severity_nrs"),
                                         .needles_max = 14,
                                         .dose = { .gap = { 3, 7, 14 }, .visits = 6, .minutes = 20 } };

/* ---- the twin: the text of a rule, evaluated anew each time; "may" by counting unanswered names as yes, "sure" as no
 * ---- */

struct twin {
    const struct know *k;
    const struct facts *f;
    const char *p;
};
struct two {
    bool sure, may;
};

static struct two twin_or(struct twin *t);

static void blanks(struct twin *t)
{
    while (*t->p == ' ')
        t->p++;
}

static bool word(struct twin *t, const char *w)
{
    size_t n = strlen(w);
    blanks(t);
    if (strncmp(t->p, w, n) != 0 || (strchr("ANO", w[0]) && t->p[n] != ' ' && t->p[n] != '('))
        return false;
    t->p += n;
    return true;
}

static struct str name_of(struct twin *t)
{
    const char *from = t->p;
    blanks(t);
    from = t->p;
    while ((*t->p >= 'a' && *t->p <= 'z') || (*t->p >= 'A' && *t->p <= 'Z') || (*t->p >= '0' && *t->p <= '9') ||
           *t->p == '_' || *t->p == '.')
        t->p++;
    return (struct str){ from, (size_t)(t->p - from) };
}

static bool compare(double a, const char *op, double b)
{
    if (op[1] == '=')
        return op[0] == '<' ? a <= b : op[0] == '>' ? a >= b : a != b;
    return op[0] == '<' ? a < b : op[0] == '>' ? a > b : a == b;
}

static bool operator_at(struct twin *t, char op[3])
{
    blanks(t);
    memset(op, 0, 3);
    if (!strchr("<>=!", *t->p) || !*t->p)
        return false;
    op[0] = *t->p++;
    if (*t->p == '=')
        op[1] = *t->p++;
    return true;
}

static struct two twin_list(struct twin *t, int *sure, int *may)
{
    *sure = *may = 0;
    t->p++; /* ( */
    for (;;) {
        struct two v = twin_or(t);
        *sure += v.sure;
        *may += v.may;
        blanks(t);
        if (*t->p++ == ')')
            return (struct two){ *sure > 0, *may > 0 };
    }
}

static struct two twin_name(struct twin *t)
{
    char op[3];
    struct str name = name_of(t), right;
    int rule = know_triage_rule(t->k, name);
    if (rule >= 0) {
        char text[1000];
        snprintf(text, sizeof text, "%.*s", STR_ARG(t->k->triage[rule].when_source));
        struct twin inner = { t->k, t->f, text };
        return twin_or(&inner);
    }
    const struct fact *f = &t->f->v[know_fact(t->k, name)];
    if (!operator_at(t, op))
        return f->state == FACT_KNOWN ? (struct two){ f->number > 0, f->number > 0 } : (struct two){ false, true };
    right = name_of(t);
    if (f->state != FACT_KNOWN)
        return (struct two){ false, true };
    double number;
    bool holds =
        str_to_double(right, &number) ? compare(f->number, op, number) : (op[0] == '!') != str_eq(f->code, right);
    return (struct two){ holds, holds };
}

static struct two twin_not(struct twin *t)
{
    int sure, may;
    if (word(t, "NOT")) {
        struct two v = twin_not(t);
        return v.sure == v.may ? (struct two){ !v.sure, !v.sure } : (struct two){ true, true };
    }
    blanks(t);
    if (*t->p == '(') {
        t->p++;
        struct two v = twin_or(t);
        blanks(t);
        t->p++;
        return v;
    }
    if (word(t, "ANY"))
        return twin_list(t, &sure, &may);
    if (strncmp(t->p, "COUNT(", 6) == 0) {
        char op[3];
        double n;
        t->p += 5;
        (void)twin_list(t, &sure, &may);
        assert_true(operator_at(t, op));
        assert_true(str_to_double(name_of(t), &n));
        return (struct two){ compare(sure, op, n), compare(may, op, n) };
    }
    return twin_name(t);
}

static struct two twin_and(struct twin *t)
{
    struct two v = twin_not(t);
    while (word(t, "AND")) {
        struct two w = twin_not(t);
        v = (struct two){ v.sure && w.sure, v.may && w.may };
    }
    return v;
}

static struct two twin_or(struct twin *t)
{
    struct two v = twin_and(t);
    while (word(t, "OR")) {
        struct two w = twin_and(t);
        v = (struct two){ v.sure || w.sure, v.may || w.may };
    }
    return v;
}

static void triage_says_what_the_text_of_the_rules_says(void **state)
{
    struct know *k = people_know();
    struct intake *in = calloc(1, sizeof *in);
    struct facts *f = calloc(1, sizeof *f);
    int fired[64] = { 0 };
    (void)state;
    for (int i = 0; i < 4000; i++) {
        struct arena a = { 0 };
        struct triage t;
        uint64_t at = seed;
        people_make(k, &seed, 30 + people_random(&seed, 71), in);
        facts_derive(k, in, rules.limits, f);
        triage_run(k, f, &a, &t);
        enum urgency level = URGENCY_NONE, may = URGENCY_NONE;
        for (size_t r = 0; r < k->n_triage; r++) {
            char text[1000];
            snprintf(text, sizeof text, "%.*s", STR_ARG(k->triage[r].when_source));
            struct twin twin = { k, f, text };
            struct two v = twin_or(&twin);
            if (*twin.p)
                fail_msg("%.*s: the twin stopped at \"%s\"", STR_ARG(k->triage[r].id), twin.p);
            fired[r] += v.sure;
            level = v.sure && k->triage[r].urgency > level ? k->triage[r].urgency : level;
            may = v.may && k->triage[r].urgency > may ? k->triage[r].urgency : may;
        }
        if (t.level != level || t.may_level != may)
            fail_msg("seed %llu: level %d, the twin has %d", (unsigned long long)at, (int)t.level, (int)level);
        arena_release(&a);
    }
    for (size_t r = 0; r < k->n_triage; r++)
        if (!fired[r] && !str_eq(k->triage[r].id, STR("R29")) && !str_starts(k->triage[r].when_source, STR("rf_post")))
            print_message("# %.*s never fired in this run\n", STR_ARG(k->triage[r].id));
    free(f);
    free(in);
    know_free(k);
}

static void answering_more_never_brings_the_level_below_what_was_said(void **state)
{
    struct know *k = people_know();
    struct intake *in = calloc(1, sizeof *in);
    struct facts *f = calloc(1, sizeof *f);
    (void)state;
    for (int i = 0; i < 2500; i++) {
        struct arena a = { 0 };
        struct triage before, after;
        uint64_t at = seed;
        people_make(k, &seed, people_random(&seed, 100), in);
        facts_derive(k, in, (struct clinic_limits){ 16, true }, f);
        triage_run(k, f, &a, &before);
        people_complete(k, &seed, in);
        facts_derive(k, in, (struct clinic_limits){ 16, true }, f);
        triage_run(k, f, &a, &after);
        if (after.level < before.level)
            fail_msg("seed %llu: level %d became %d", (unsigned long long)at, (int)before.level, (int)after.level);
        arena_release(&a);
    }
    free(f);
    free(in);
    know_free(k);
}

/* ---- points ---- */

static void no_plan_holds_a_point_that_a_precaution_avoids(void **state)
{
    struct know *k = people_know();
    struct intake *in = calloc(1, sizeof *in);
    struct plan *p = calloc(1, sizeof *p);
    int planned = 0;
    (void)state;
    for (int i = 0; i < 2500; i++) {
        struct arena a = { 0 };
        uint64_t at = seed;
        people_make(k, &seed, 60, in);
        for (size_t q = 0; q < k->n_questions; q++) /* mostly without red flags: a plan is what is looked at */
            if ((k->questions[q].is_red_flag && !k->questions[q].derive && people_random(&seed, 100)) ||
                str_eq(k->questions[q].group, STR("exam")))
                fact_set_yes_no(&in->answers, k->questions[q].fact, false);
        plan_make(k, &rules, in, &a, p);
        const struct points_plan *x = &p->points;
        bool has_ashi = false;
        int needles = 0;
        for (size_t n = 0; n < x->n_picks; n++) {
            const struct needle_pick *pick = &x->picks[n];
            int rows[32];
            size_t n_rows;
            has_ashi |= pick->point < 0;
            needles += pick->point >= 0;
            if (pick->point < 0)
                continue;
            enum point_verdict v = safety_point(k, &p->safety, in, pick->point, pick->side, rows, 32, &n_rows);
            if (v >= POINT_AVOID || pick->n_rules == 0 || body_point_in_regions(k, pick->point, pick->side, &in->avoid))
                fail_msg("seed %llu: %.*s must not be there", (unsigned long long)at,
                         STR_ARG(k->points[pick->point].code));
            if (!(points_positions(k, pick->point) & (1u << x->position)))
                fail_msg("seed %llu: %.*s is out of reach", (unsigned long long)at,
                         STR_ARG(k->points[pick->point].code));
            for (size_t m = 0; m < n; m++)
                if (x->picks[m].point == pick->point && x->picks[m].side == pick->side)
                    fail_msg("seed %llu: twice", (unsigned long long)at);
        }
        bool is_blocked = p->triage.blocks_treatment || p->safety.blocks_needles;
        if (x->is_refused != is_blocked || (!x->is_refused && !has_ashi) || (x->is_refused && x->n_picks))
            fail_msg("seed %llu: refused %d, blocked %d, tender %d", (unsigned long long)at, x->is_refused, is_blocked,
                     has_ashi);
        if (!x->is_refused && (x->needles_most > x->budget_max || needles + 1 > x->budget_max))
            fail_msg("seed %llu: %d needles of %d", (unsigned long long)at, x->needles_most, x->budget_max);
        planned += !x->is_refused;
        arena_release(&a);
    }
    assert_true(planned > 300);
    free(p);
    free(in);
    know_free(k);
}

static void every_action_is_allowed_and_every_domain_is_looked_at(void **state)
{
    struct know *k = people_know();
    struct intake *in = calloc(1, sizeof *in);
    struct plan *p = calloc(1, sizeof *p);
    (void)state;
    for (int i = 0; i < 2000; i++) {
        struct arena a = { 0 };
        uint64_t at = seed;
        people_make(k, &seed, 70, in);
        plan_make(k, &rules, in, &a, p);
        int first = 0;
        for (size_t n = 0; n < p->lifestyle.n_picks; n++) {
            const struct lifestyle_action *act = &k->actions[p->lifestyle.picks[n].action];
            first += p->lifestyle.picks[n].is_first;
            if (act->not_when && rule_eval(k, act->not_when, &p->facts).sure)
                fail_msg("seed %llu: %.*s is forbidden", (unsigned long long)at, STR_ARG(act->id));
        }
        assert_true(first <= 3);
        arena_release(&a);
    }
    free(p);
    free(in);
    know_free(k);
}

static void the_same_person_gets_the_same_plan_whatever_the_order_of_answers(void **state)
{
    struct know *k = people_know();
    struct intake *in = calloc(1, sizeof *in), *again = calloc(1, sizeof *again);
    struct plan *p = calloc(1, sizeof *p);
    (void)state;
    for (int i = 0; i < 300; i++) {
        struct arena a = { 0 };
        struct issues problems = { .a = &a };
        people_make(k, &seed, 80, in);
        struct str document = intake_to_json(in, k, &a);
        if (!intake_read_json(k, document, in->date, &a, again, &problems)) {
            arena_release(&a);
            continue; /* a random person may contradict themselves */
        }
        plan_make(k, &rules, in, &a, p);
        struct str one = plan_to_json(k, p, &a);
        plan_make(k, &rules, again, &a, p);
        assert_str(plan_to_json(k, p, &a), one);
        assert_str(intake_to_json(again, k, &a), document);
        arena_release(&a);
    }
    free(p);
    free(again);
    free(in);
    know_free(k);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(triage_says_what_the_text_of_the_rules_says),
        cmocka_unit_test(answering_more_never_brings_the_level_below_what_was_said),
        cmocka_unit_test(no_plan_holds_a_point_that_a_precaution_avoids),
        cmocka_unit_test(every_action_is_allowed_and_every_domain_is_looked_at),
        cmocka_unit_test(the_same_person_gets_the_same_plan_whatever_the_order_of_answers),
    };
    return cmocka_run_group_tests_name("person", tests, NULL, NULL);
}
