/* intake.c - what one person tells at the start, read and checked.
 * SPDX-License-Identifier: AGPL-3.0-or-later
 */
#include "domain/intake.h"

#include <math.h>

#include "msg.h"

#define PREGNANCY_DAYS 300
#define AGE_DAYS_MAX (130 * 366)

bool intake_answer(struct intake *in, const struct know *k, int question, struct str value, struct str path,
                   struct issues *problems)
{
    const struct question *q = &k->questions[question];
    struct fact *f = &in->answers.v[q->fact];
    struct civil_date date;
    double number;
    *f = (struct fact){ .state = FACT_UNKNOWN };
    in->asks_to_skip[q->fact] = str_eq(value, STR("skip"));
    if (value.n == 0 || in->asks_to_skip[q->fact])
        return true;
    switch (q->kind) {
    case ASKED_YES_NO:
        if (!str_eq(value, STR("yes")) && !str_eq(value, STR("no")))
            return issue_add(problems, path, MSG_INTAKE_YES_NO, STR(""));
        fact_set_yes_no(&in->answers, q->fact, str_eq(value, STR("yes")));
        return true;
    case ASKED_DATE:
        if (!date_parse(value, &date))
            return issue_add(problems, path, MSG_INTAKE_DATE, STR(""));
        fact_set_number(&in->answers, q->fact, date.day);
        return true;
    case ASKED_NUMBER:
    case ASKED_SCALE: {
        struct str range = str_fmt(problems->a, "%g–%g", q->min, q->max);
        bool is_fine =
            str_to_double(value, &number) && (isnan(q->min) || number >= q->min) && (isnan(q->max) || number <= q->max);
        if (!is_fine || (q->kind == ASKED_SCALE && number != floor(number)))
            return issue_add(problems, path, MSG_INTAKE_NUMBER, range);
        fact_set_number(&in->answers, q->fact, number);
        return true;
    }
    case ASKED_CHOICE:
        break;
    }
    struct str allowed = STR("");
    for (size_t i = 0; i < q->n_options; i++) {
        if (str_eq(q->options[i].code, value)) {
            fact_set_code(&in->answers, q->fact, q->options[i].code);
            return true;
        }
        allowed = str_fmt(problems->a, "%.*s%s%.*s", STR_ARG(allowed), i ? ", " : "", STR_ARG(q->options[i].code));
    }
    return issue_add(problems, path, MSG_INTAKE_CHOICE, allowed);
}

/* ---- together ---- */

static const struct fact *known(const struct intake *in, const struct know *k, const char *name)
{
    const struct fact *f = &in->answers.v[know_fact_must(k, str_from(name))];
    return f->state == FACT_KNOWN ? f : NULL;
}

static void check_dates(const struct intake *in, const struct know *k, struct civil_date today, struct issues *problems)
{
    const struct fact *birth = known(in, k, "birth_date"), *onset = known(in, k, "onset_date"),
                      *due = known(in, k, "due_date");
    if (birth && (birth->number > today.day || birth->number < today.day - AGE_DAYS_MAX))
        issue_add(problems, STR("$.answers.birth_date"), MSG_INTAKE_BIRTH, STR(""));
    if (onset && onset->number > today.day)
        issue_add(problems, STR("$.answers.onset_date"), MSG_INTAKE_FUTURE, STR(""));
    else if (onset && birth && onset->number < birth->number)
        issue_add(problems, STR("$.answers.onset_date"), MSG_INTAKE_BEFORE_BIRTH, STR(""));
    if (due && (due->number < today.day - 20 || due->number > today.day + PREGNANCY_DAYS))
        issue_add(problems, STR("$.answers.due_date"), MSG_INTAKE_DUE, STR(""));
}

static void check_scores(const struct intake *in, const struct know *k, struct issues *problems)
{
    const struct fact *average = known(in, k, "nrs_average"), *worst = known(in, k, "nrs_worst");
    if (average && worst && worst->number < average->number)
        issue_add(problems, STR("$.answers.nrs_worst"), MSG_INTAKE_WORST, STR(""));
}

static bool has_regions(const struct region_set *s)
{
    uint64_t any = 0;
    for (size_t i = 0; i < ARRAY_LEN(s->bits); i++)
        any |= s->bits[i];
    return any != 0;
}

static void check_required(const struct intake *in, const struct know *k, struct issues *problems)
{
    if (!has_regions(&in->pain))
        issue_add(problems, STR("$.pain"), MSG_INTAKE_NO_PAIN, STR(""));
    for (size_t i = 0; i < k->n_questions; i++) {
        const struct question *q = &k->questions[i];
        if (q->is_required && in->answers.v[q->fact].state != FACT_KNOWN)
            issue_add(problems, str_fmt(problems->a, "$.answers.%.*s", STR_ARG(q->id)), MSG_INTAKE_REQUIRED, STR(""));
    }
}

void intake_check(const struct intake *in, const struct know *k, struct civil_date today, bool is_complete,
                  struct issues *problems)
{
    check_dates(in, k, today, problems);
    check_scores(in, k, problems);
    if (is_complete)
        check_required(in, k, problems);
}
