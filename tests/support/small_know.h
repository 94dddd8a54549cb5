/* small_know.h - a knowledge of a handful of names, made by hand, for tests of the rule language.
 * SPDX-License-Identifier: AGPL-3.0-or-later
 *
 * Facts: a b c d e (yes/no), n m (numbers), born seen (dates), colour (red|green). Triage rules: R01 is "a AND b",
 * R02 is "c AND NOT R01".
 */
#ifndef TSUBO_TESTS_SMALL_KNOW_H
#define TSUBO_TESTS_SMALL_KNOW_H

#include "base/must.h"
#include "know/index.h"
#include "know/know.h"

enum { A, B, C, D, E, N, M, BORN, SEEN, COLOUR, SMALL_FACTS };

static inline const struct know *small_know(struct arena *a)
{
    static const struct fact_def facts[SMALL_FACTS] = {
        { STR_INIT("a"), FACT_YES_NO, -1 },  { STR_INIT("b"), FACT_YES_NO, -1 },
        { STR_INIT("c"), FACT_YES_NO, -1 },  { STR_INIT("d"), FACT_YES_NO, -1 },
        { STR_INIT("e"), FACT_YES_NO, -1 },  { STR_INIT("n"), FACT_NUMBER, -1 },
        { STR_INIT("m"), FACT_NUMBER, -1 },  { STR_INIT("born"), FACT_DATE, -1 },
        { STR_INIT("seen"), FACT_DATE, -1 }, { STR_INIT("colour"), FACT_CHOICE, 0 },
    };
    static const struct option colours[] = { { STR_INIT("red"), { { STR_INIT("Red") } } },
                                             { STR_INIT("green"), { { STR_INIT("Green") } } } };
    static const struct question questions[] = { { .id = STR_INIT("colour"), .options = colours, .n_options = 2 } };
    static const char *const bodies[] = { "a AND b", "c AND NOT R01" };
    struct know *k = arena_one(a, struct know);
    struct triage_rule *triage = arena_array(a, struct triage_rule, 2);
    k->index = arena_one(a, struct know_index);
    k->facts = facts;
    k->n_facts = SMALL_FACTS;
    k->questions = questions;
    k->n_questions = 1;
    k->triage = triage;
    k->n_triage = 2;
    names_init(&k->index->facts, SMALL_FACTS, a);
    names_init(&k->index->triage, 2, a);
    for (int i = 0; i < SMALL_FACTS; i++)
        must(names_add(&k->index->facts, facts[i].name, i));
    for (int i = 0; i < 2; i++) {
        triage[i].id = str_fmt(a, "R%02d", i + 1);
        must(names_add(&k->index->triage, triage[i].id, i));
    }
    for (int i = 0; i < 2; i++) {
        struct rule_error err;
        triage[i].when = rule_parse(k, str_from(bodies[i]), a, &err);
    }
    return k;
}

#endif
