/* people.c - invented people for the tests of the engines.
 * SPDX-License-Identifier: AGPL-3.0-or-later
 */
#include "support/people.h"

#include "support/cm.h"

struct know *people_know(void)
{
    struct arena a = { 0 };
    struct know_faults faults = { .a = &a };
    size_t n;
    const struct know_file *files = know_builtin_files(&n);
    struct know *k = know_load(files, n, &faults);
    arena_release(&a);
    assert_non_null(k);
    return k;
}

int people_random(uint64_t *state, int n)
{
    *state ^= *state >> 12, *state ^= *state << 25, *state ^= *state >> 27;
    return (int)((*state * UINT64_C(2685821657736338717) >> 33) % (unsigned)n);
}

static void random_answer(const struct know *k, uint64_t *state, int q, struct intake *out)
{
    const struct question *x = &k->questions[q];
    switch (x->kind) {
    case ASKED_YES_NO:
        fact_set_yes_no(&out->answers, x->fact, people_random(state, 4) == 0);
        break;
    case ASKED_CHOICE:
        fact_set_code(&out->answers, x->fact, x->options[people_random(state, (int)x->n_options)].code);
        break;
    case ASKED_DATE:
        fact_set_number(&out->answers, x->fact,
                        str_eq(x->id, STR("birth_date")) ? 20000 - 365 * (10 + people_random(state, 80))
                        : str_eq(x->id, STR("due_date")) ? 20780 + people_random(state, 270)
                                                         : 20780 - people_random(state, 600));
        break;
    case ASKED_NUMBER:
    case ASKED_SCALE:
        fact_set_number(&out->answers, x->fact, x->min + people_random(state, (int)(x->max - x->min) + 1));
        break;
    }
}

void people_make(const struct know *k, uint64_t *state, int chance, struct intake *out)
{
    *out = (struct intake){ .date = { 20780 } };
    for (size_t i = 0; i < k->n_questions; i++)
        if (!k->questions[i].derive && people_random(state, 100) < chance)
            random_answer(k, state, (int)i, out);
    for (int marks = people_random(state, 6); marks > 0; marks--)
        region_set_add(&out->pain, people_random(state, (int)k->n_regions));
    if (people_random(state, 8) == 0)
        region_set_add(&out->avoid, people_random(state, (int)k->n_regions));
}

void people_complete(const struct know *k, uint64_t *state, struct intake *io)
{
    for (size_t i = 0; i < k->n_questions; i++)
        if (k->questions[i].kind == ASKED_YES_NO && !k->questions[i].derive &&
            io->answers.v[k->questions[i].fact].state == FACT_UNKNOWN)
            fact_set_yes_no(&io->answers, k->questions[i].fact, people_random(state, 3) == 0);
}

void people_answer(const struct know *k, struct intake *in, const char *question, const char *value)
{
    struct arena a = { 0 };
    struct issues problems = { .a = &a };
    int q = know_question(k, str_from(question));
    assert_true(q >= 0);
    intake_answer(in, k, q, str_from(value), str_from(question), &problems);
    assert_true(issues_none(&problems));
    arena_release(&a);
}

void people_plain(const struct know *k, struct intake *out)
{
    *out = (struct intake){ .date = { 20780 } };
    for (size_t i = 0; i < k->n_questions; i++)
        if (k->questions[i].kind == ASKED_YES_NO && k->questions[i].asked_of == ASK_PATIENT)
            fact_set_yes_no(&out->answers, k->questions[i].fact, false);
    people_answer(k, out, "birth_date", "1980-02-01");
    people_answer(k, out, "sex", "male");
    people_answer(k, out, "onset_date", "2026-03-01");
    people_answer(k, out, "nrs_average", "6");
    region_set_add(&out->pain, know_region(k, STR("low_back_r")));
    region_set_add(&out->pain, know_region(k, STR("low_back_l")));
}
