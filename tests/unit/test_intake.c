/* test_intake.c - an intake document that does not fit is told whole, with path and what is allowed.
 * SPDX-License-Identifier: AGPL-3.0-or-later
 */
#include "support/cm.h"

#include <stdlib.h>
#include <string.h>

#include "msg.h"
#include "support/people.h"

static struct know *k;

static int start(void **state)
{
    (void)state;
    k = people_know();
    return 0;
}

static int end(void **state)
{
    (void)state;
    know_free(k);
    return 0;
}

static bool read_it(struct str json, struct arena *a, struct issues *problems)
{
    struct intake *in = arena_one(a, struct intake);
    *problems = (struct issues){ .a = a };
    return intake_read_json(k, json, (struct civil_date){ 20780 }, a, in, problems);
}

static void each_fault_names_its_path_and_sentence(void **state)
{
#define DOC(more) STR_INIT("{\"tsubo_intake\":1," more "}")
#define ANSWERS(more) DOC("\"answers\":{" more "}")
    static const struct {
        struct str json;
        const char *path;
        enum msg say;
    } cases[] = {
        { STR_INIT("{"), "$", MSG_INTAKE_SYNTAX },
        { STR_INIT("[]"), "$", MSG_INTAKE_OBJECT },
        { STR_INIT("{\"answers\":{}}"), "$.tsubo_intake", MSG_INTAKE_VERSION },
        { DOC("\"pain\":[\"elbow\"]"), "$.pain[0]", MSG_INTAKE_REGION },
        { DOC("\"pain\":{}"), "$.pain", MSG_INTAKE_LIST },
        { DOC("\"lang\":\"fr\""), "$.lang", MSG_INTAKE_CHOICE },
        { DOC("\"date\":\"2026-02-30\""), "$.date", MSG_INTAKE_DATE },
        { DOC("\"extra\":1"), "$.extra", MSG_INTAKE_UNKNOWN },
        { ANSWERS("\"rf_nothing\":\"yes\""), "$.answers.rf_nothing", MSG_INTAKE_UNKNOWN },
        { ANSWERS("\"nrs_average\":11"), "$.answers.nrs_average", MSG_INTAKE_NUMBER },
        { ANSWERS("\"nrs_average\":5.5"), "$.answers.nrs_average", MSG_INTAKE_NUMBER },
        { ANSWERS("\"nrs_average\":-1"), "$.answers.nrs_average", MSG_INTAKE_NUMBER },
        { ANSWERS("\"rf_chest\":\"maybe\""), "$.answers.rf_chest", MSG_INTAKE_YES_NO },
        { ANSWERS("\"rf_chest\":[1]"), "$.answers.rf_chest", MSG_INTAKE_VALUE },
        { ANSWERS("\"sex\":\"x\""), "$.answers.sex", MSG_INTAKE_CHOICE },
        { ANSWERS("\"birth_date\":\"2030-01-01\""), "$.answers.birth_date", MSG_INTAKE_BIRTH },
        { ANSWERS("\"onset_date\":\"2030-01-01\""), "$.answers.onset_date", MSG_INTAKE_FUTURE },
        { ANSWERS("\"birth_date\":\"2000-01-01\",\"onset_date\":\"1999-01-01\""), "$.answers.onset_date",
          MSG_INTAKE_BEFORE_BIRTH },
        { ANSWERS("\"nrs_average\":6,\"nrs_worst\":4"), "$.answers.nrs_worst", MSG_INTAKE_WORST },
        { ANSWERS("\"due_date\":\"2029-01-01\""), "$.answers.due_date", MSG_INTAKE_DUE },
        { STR_INIT("{\"tsubo_intake\":1,\"tsubo_intake\":1}"), "$", MSG_INTAKE_SYNTAX },
        { STR_INIT("{\"tsubo_intake\":1,\"lang\":\"\xFF\"}"), "$", MSG_INTAKE_UTF8 },
    };
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct arena a = { 0 };
        struct issues problems;
        if (read_it(cases[i].json, &a, &problems) || problems.list.n == 0 ||
            !str_eq(problems.list.v[0].path, str_from(cases[i].path)) || problems.list.v[0].say != (int)cases[i].say)
            fail_msg("case %zu: %zu problems, the first at %.*s", i, problems.list.n,
                     STR_ARG(problems.list.n ? problems.list.v[0].path : STR("-")));
        arena_release(&a);
    }
}

static void all_problems_are_told_at_once(void **state)
{
    struct arena a = { 0 };
    struct issues problems;
    (void)state;
    assert_false(
        read_it(STR("{\"tsubo_intake\":2,\"lang\":\"xx\",\"pain\":[1,\"no\"],\"answers\":{\"sex\":3,\"nrs_now\":99}}"),
                &a, &problems));
    assert_int_equal(problems.list.n, 6);
    arena_release(&a);
}

static void deep_and_large_documents_are_refused_before_they_cost_anything(void **state)
{
    struct arena a = { 0 };
    struct issues problems;
    size_t n = 200000;
    char *deep = malloc(n);
    (void)state;
    memset(deep, '[', n);
    assert_false(read_it((struct str){ deep, 60000 }, &a, &problems));
    assert_int_equal(problems.list.v[0].say, MSG_INTAKE_DEEP);
    assert_false(read_it((struct str){ deep, n }, &a, &problems));
    assert_int_equal(problems.list.v[0].say, MSG_INTAKE_TOO_LARGE);
    free(deep);
    arena_release(&a);
}

static void yes_and_no_may_be_words_or_truth_values_and_null_is_no_answer(void **state)
{
    struct arena a = { 0 };
    struct issues problems = { .a = &a };
    struct intake *in = arena_one(&a, struct intake);
    (void)state;
    assert_true(
        intake_read_json(k,
                         STR("{\"tsubo_intake\":1,\"answers\":{\"rf_chest\":true,\"rf_belly\":\"no\",\"rf_rash\":null,"
                             "\"rf_ces_sexual\":\"skip\"}}"),
                         (struct civil_date){ 20780 }, &a, in, &problems));
    assert_near(in->answers.v[know_fact(k, STR("rf_chest"))].number, 1, 0);
    assert_int_equal(in->answers.v[know_fact(k, STR("rf_belly"))].state, FACT_KNOWN);
    assert_int_equal(in->answers.v[know_fact(k, STR("rf_rash"))].state, FACT_UNKNOWN);
    assert_true(in->asks_to_skip[know_fact(k, STR("rf_ces_sexual"))]);
    arena_release(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_fault_names_its_path_and_sentence),
        cmocka_unit_test(all_problems_are_told_at_once),
        cmocka_unit_test(deep_and_large_documents_are_refused_before_they_cost_anything),
        cmocka_unit_test(yes_and_no_may_be_words_or_truth_values_and_null_is_no_answer),
    };
    return cmocka_run_group_tests_name("intake", tests, start, end);
}
