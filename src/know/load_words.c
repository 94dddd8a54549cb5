/* load_words.c - lifestyle steps, honest words for patients, reviews and sources.
 * SPDX-License-Identifier: AGPL-3.0-or-later
 */
#include "know/load.h"

static void load_domains(struct loader *l)
{
    static const struct column columns[] = {
        COL_STR(struct lifestyle_domain, "id", id),
        COL_INT(struct lifestyle_domain, "order", order),
        COL_TEXT(struct lifestyle_domain, "label", label),
    };
    static const struct table table = TABLE("lifestyle_domains.tsv", columns, struct lifestyle_domain);
    const struct tsv *t;
    l->k->domains = load_rows(l, &table, &t, &l->k->n_domains);
    load_names(l, t, &l->k->index->domains);
}

static void load_actions(struct loader *l)
{
    static const struct column columns[] = {
        COL_STR(struct lifestyle_action, "id", id),
        COL_NAME(struct lifestyle_action, "domain", domain, domains),
        COL_INT(struct lifestyle_action, "level", level),
        COL_TEXT(struct lifestyle_action, "action", action),
        COL_TEXT_B(struct lifestyle_action, "dose", dose),
        COL_TEXT_B(struct lifestyle_action, "progression", progression),
        COL_TEXT_B(struct lifestyle_action, "caution", caution),
        COL_TEXT_B(struct lifestyle_action, "effect", effect),
        COL_RULE(struct lifestyle_action, "when", when),
        COL_RULE_B(struct lifestyle_action, "not_when", not_when),
        COL_STR(struct lifestyle_action, "grade", grade),
        COL_STR_B(struct lifestyle_action, "next", next),
        COL_STR_B(struct lifestyle_action, "sources", sources),
        COL_STR_B(struct lifestyle_action, "basis", basis),
    };
    static const struct table table = TABLE("lifestyle.tsv", columns, struct lifestyle_action);
    const struct tsv *t;
    l->k->actions = load_rows(l, &table, &t, &l->k->n_actions);
    load_names(l, t, &l->k->index->actions);
}

static const struct column words_columns[] = {
    COL_STR(struct words, "id", id),
    COL_STR(struct words, "topic", topic),
    COL_INT(struct words, "order", order),
    COL_TEXT_B(struct words, "title", title),
    COL_TEXT(struct words, "text", text),
    COL_STR_B(struct words, "figure", figure),
    COL_STR_B(struct words, "review_ids", review_ids),
    COL_STR_B(struct words, "sources", sources),
};

static void load_reviews(struct loader *l)
{
    static const struct column columns[] = {
        COL_STR(struct review, "id", id),
        COL_STR(struct review, "kind", kind),
        COL_STR(struct review, "author", author),
        COL_INT_B(struct review, "year", year),
        COL_STR_B(struct review, "body", body),
        COL_STR_B(struct review, "comparison", comparison),
        COL_STR_B(struct review, "outcome", outcome),
        COL_STR_B(struct review, "measure", measure),
        COL_REAL_B(struct review, "estimate", estimate),
        COL_REAL_B(struct review, "ci_lb", ci_low),
        COL_REAL_B(struct review, "ci_ub", ci_high),
        COL_STR_B(struct review, "scale", scale),
        COL_INT_B(struct review, "k_trials", k_trials),
        COL_INT_B(struct review, "n_participants", n_participants),
        COL_STR_B(struct review, "timepoint", timepoint),
        COL_STR_B(struct review, "certainty", certainty),
        COL_STR_B(struct review, "meaning", meaning),
        COL_STR_B(struct review, "recommendation", recommendation),
        COL_STR_B(struct review, "citation", citation),
        COL_STR_B(struct review, "doi", doi),
        COL_STR_B(struct review, "verification", verification),
        COL_STR_B(struct review, "notes", notes),
    };
    static const struct table table = TABLE("reviews.tsv", columns, struct review);
    const struct tsv *t;
    l->k->reviews = load_rows(l, &table, &t, &l->k->n_reviews);
    load_names(l, t, &l->k->index->reviews);
}

/* Two files, one list. */
static void load_sources(struct loader *l)
{
    static const struct column columns[] = {
        COL_STR(struct source, "key", key),
        COL_STR(struct source, "citation", citation),
        COL_STR_B(struct source, "identifier", identifier),
        COL_STR_B(struct source, "how_read", how_read),
    };
    static const struct table clinical = TABLE("sources.tsv", columns, struct source),
                              points = TABLE("sources_points.tsv", columns, struct source);
    const struct tsv *t[2] = { load_tsv(l, clinical.file), load_tsv(l, points.file) };
    size_t first = t[0] ? t[0]->n_rows : 0, n = first + (t[1] ? t[1]->n_rows : 0);
    struct source *sources = arena_array(&l->k->arena, struct source, n);
    load_all(l, &clinical, t[0], sources);
    load_all(l, &points, t[1], sources + first);
    names_init(&l->k->index->sources, n, &l->k->arena);
    load_more_names(l, t[0], &l->k->index->sources, 0);
    load_more_names(l, t[1], &l->k->index->sources, (int)first);
    l->k->sources = sources;
    l->k->n_sources = n;
}

void load_words(struct loader *l)
{
    static const struct table expectations = TABLE("expectations.tsv", words_columns, struct words),
                              statements = TABLE("evidence_statements.tsv", words_columns, struct words);
    const struct tsv *t;
    load_domains(l);
    load_actions(l);
    l->k->expectations = load_rows(l, &expectations, &t, &l->k->n_expectations);
    l->k->statements = load_rows(l, &statements, &t, &l->k->n_statements);
    load_reviews(l);
    load_sources(l);
}
