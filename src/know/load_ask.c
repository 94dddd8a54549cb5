/* load_ask.c - questions, red flags, facts, triage rules and safety texts.
 * SPDX-License-Identifier: AGPL-3.0-or-later
 */
#include "know/load.h"

#include <math.h>

static const char *const kinds[] = { "yes_no", "number", "scale", "choice", "date", NULL };
static const char *const fact_kinds[] = { "yes_no", "number", "choice", "date", NULL };
static const char *const urgencies[] = { "none", "note", "doctor_first", "same_day", "emergency_now", NULL };
static const char *const askers[] = { "patient", "practitioner", "each_visit", "nobody", NULL };

/* ---- questions ---- */

static const struct column question_columns[] = {
    COL_STR(struct question, "id", id),
    COL_STR(struct question, "group", group),
    COL_STR(struct question, "page", page),
    COL_WORD(struct question, "kind", kind, kinds),
    COL_REAL_B(struct question, "min", min),
    COL_REAL_B(struct question, "max", max),
    COL_STR_B(struct question, "unit", unit),
    COL_RULE_B(struct question, "ask_if", ask_if),
    COL_WORD(struct question, "asked_of", asked_of, askers),
    COL_YES(struct question, "required", is_required),
    COL_TEXT(struct question, "text", text),
    COL_TEXT_B(struct question, "why", why),
    COL_TEXT_B(struct question, "low_label", low_label),
    COL_TEXT_B(struct question, "high_label", high_label),
    COL_STR_B(struct question, "sources", sources),
};

static const struct column red_flag_columns[] = {
    COL_STR(struct question, "id", id),
    COL_STR(struct question, "group", group),
    COL_STR(struct question, "page", page),
    COL_RULE_B(struct question, "ask_if", ask_if),
    COL_RULE_B(struct question, "derive", derive),
    COL_WORD(struct question, "asked_of", asked_of, askers),
    COL_TEXT(struct question, "question", text),
    COL_TEXT_B(struct question, "why", why),
    COL_TEXT(struct question, "suggests", suggests),
    COL_STR_B(struct question, "urgency_alone", urgency_alone),
    COL_STR_B(struct question, "sources", sources),
    COL_STR_B(struct question, "verified", verified),
};

/* The items of a `;` list. */
static size_t count_items(struct str list)
{
    struct str item;
    size_t n = 0;
    while (str_next(&list, ';', &item))
        n++;
    return n;
}

/* options and options_en, _ja, _vi: lists of the same length. */
static void load_options(struct loader *l, const struct tsv *t, size_t row, const int at[1 + LANG__COUNT],
                         struct question *q)
{
    struct str lists[1 + LANG__COUNT];
    for (int i = 0; i <= LANG__COUNT; i++) {
        lists[i] = tsv_cell(t, row, at[i]);
        if (count_items(lists[i]) != count_items(lists[0])) {
            tsv_fault(t, row, at[i], 0, l->faults, "%zu labels for %zu options", count_items(lists[i]),
                      count_items(lists[0]));
            return;
        }
    }
    if ((q->kind == ASKED_CHOICE) != (lists[0].n > 0))
        tsv_fault(t, row, at[0], 0, l->faults, "options belong to a choice");
    struct option *options = arena_array(&l->k->arena, struct option, count_items(lists[0]));
    q->options = options;
    while (str_next(&lists[0], ';', &options[q->n_options].code)) {
        for (int i = 0; i < LANG__COUNT; i++)
            if (!str_next(&lists[1 + i], ';', &options[q->n_options].label.in[i]))
                return;
        q->n_options++;
    }
}

static bool option_columns(struct loader *l, const struct tsv *t, int at[1 + LANG__COUNT])
{
    static const char *const names[] = { "options", "options_en", "options_ja", "options_vi" };
    bool ok = true;
    for (size_t i = 0; i < ARRAY_LEN(names); i++) {
        at[i] = load_column(l, t, names[i]);
        ok = ok && at[i] >= 0;
    }
    return ok;
}

/* Red flags first, then the other questions, as one array. */
static struct question *load_questions(struct loader *l)
{
    static const struct table flags = TABLE("red_flags.tsv", red_flag_columns, struct question),
                              others = TABLE("questions.tsv", question_columns, struct question);
    const struct tsv *t[2] = { load_tsv(l, flags.file), load_tsv(l, others.file) };
    size_t n = (t[0] ? t[0]->n_rows : 0) + (t[1] ? t[1]->n_rows : 0), at = 0;
    struct question *q = arena_array(&l->k->arena, struct question, n);
    int options[1 + LANG__COUNT];
    load_all(l, &flags, t[0], q);
    for (; t[0] && at < t[0]->n_rows; at++) {
        q[at].is_red_flag = true;
        q[at].min = q[at].max = NAN;
    }
    load_all(l, &others, t[1], q + at);
    if (t[1] && option_columns(l, t[1], options))
        for (size_t i = 0; i < t[1]->n_rows; i++)
            load_options(l, t[1], i, options, &q[at + i]);
    names_init(&l->k->index->questions, n, &l->k->arena);
    load_more_names(l, t[0], &l->k->index->questions, 0);
    load_more_names(l, t[1], &l->k->index->questions, (int)at);
    l->k->questions = q;
    l->k->n_questions = n;
    return q;
}

/* ---- facts: every question, then what is derived ---- */

static enum fact_kind kind_of(const struct question *q)
{
    static const enum fact_kind of[] = { [ASKED_YES_NO] = FACT_YES_NO,
                                         [ASKED_NUMBER] = FACT_NUMBER,
                                         [ASKED_SCALE] = FACT_NUMBER,
                                         [ASKED_CHOICE] = FACT_CHOICE,
                                         [ASKED_DATE] = FACT_DATE };
    return of[q->kind];
}

static void load_facts(struct loader *l, struct question *questions)
{
    static const struct column columns[] = {
        COL_STR(struct fact_def, "name", name),
        COL_WORD(struct fact_def, "kind", kind, fact_kinds),
    };
    static const struct table table = TABLE("facts.tsv", columns, struct fact_def);
    struct know *k = l->k;
    const struct tsv *t = load_tsv(l, table.file);
    size_t asked = k->n_questions, n = asked + (t ? t->n_rows : 0);
    struct fact_def *facts = arena_array(&k->arena, struct fact_def, n);
    load_all(l, &table, t, facts + asked);
    names_init(&k->index->facts, n, &k->arena);
    for (size_t i = 0; i < n; i++) {
        if (i < asked) {
            questions[i].fact = (int)i;
            facts[i] = (struct fact_def){ questions[i].id, kind_of(&questions[i]), (int)i };
        } else {
            facts[i].question = -1;
        }
    }
    for (size_t i = 0; i < asked; i++) /* a name that stands twice was reported with its question */
        (void)names_add(&k->index->facts, facts[i].name, (int)i);
    load_more_names(l, t, &k->index->facts, (int)asked);
    if (n > FACT_MAX)
        fault_add(l->faults, STR("facts.tsv"), 1, 1, "%zu facts, at most %d fit", n, FACT_MAX);
    k->facts = facts;
    k->n_facts = n;
}

/* ---- triage ---- */

static void load_triage(struct loader *l)
{
    static const struct column columns[] = {
        COL_STR(struct triage_rule, "id", id),
        COL_RULE(struct triage_rule, "when", when),
        COL_STR(struct triage_rule, "when", when_source),
        COL_STR(struct triage_rule, "suggests", suggests),
        COL_WORD(struct triage_rule, "urgency", urgency, urgencies),
        COL_YES(struct triage_rule, "treatment_may_go_on", treatment_may_go_on),
        COL_TEXT(struct triage_rule, "message", message),
        COL_STR(struct triage_rule, "clinic_action", clinic_action.in[LANG_EN]),
        COL_STR_B(struct triage_rule, "sources", sources),
        COL_STR(struct triage_rule, "basis", basis),
    };
    static const struct table table = TABLE("triage_rules.tsv", columns, struct triage_rule);
    const struct tsv *t;
    l->k->triage = load_rows(l, &table, &t, &l->k->n_triage);
    load_names(l, t, &l->k->index->triage);
}

static void load_safety(struct loader *l)
{
    static const struct column columns[] = {
        COL_STR(struct safety_text, "id", id),
        COL_TEXT(struct safety_text, "text", text),
        COL_STR_B(struct safety_text, "sources", sources),
    };
    static const struct table table = TABLE("safety_text.tsv", columns, struct safety_text);
    const struct tsv *t;
    l->k->safety = load_rows(l, &table, &t, &l->k->n_safety);
    load_names(l, t, &l->k->index->safety);
}

void load_ask(struct loader *l)
{
    load_facts(l, load_questions(l));
    load_triage(l);
    load_safety(l);
}
