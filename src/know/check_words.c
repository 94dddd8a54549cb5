/* check_words.c - three languages wherever there is one, and no word that we promise not to say.
 * SPDX-License-Identifier: AGPL-3.0-or-later
 */
#include "know/check.h"

/* The column NAME_en, or NAME where the English one carries no mark. */
static int english_of(const struct tsv *t, struct str stem, struct arena *a)
{
    int marked = tsv_column(t, str_fmt(a, "%.*s_en", STR_ARG(stem)));
    return marked >= 0 ? marked : tsv_column(t, stem);
}

/* NAME_vi decides which columns are a text in three languages: names of points have a Japanese form only. */
static void check_three(const struct checker *c, const struct tsv *t, int vi)
{
    struct str name = t->header[vi], stem = str_sub(name, 0, name.n - 3);
    int at[LANG__COUNT] = { english_of(t, stem, c->faults->a),
                            tsv_column(t, str_fmt(c->faults->a, "%.*s_ja", STR_ARG(stem))), vi };
    if (at[LANG_EN] < 0 || at[LANG_JA] < 0) {
        fault_add(c->faults, t->file, 2, 1, "%.*s has no other language beside it", STR_ARG(name));
        return;
    }
    /* where a point lies is put into Japanese and Vietnamese for the points that plans use; the rest shows English */
    if (str_eq(stem, STR("location")))
        return;
    for (size_t i = 0; i < t->n_rows; i++) {
        size_t given = 0;
        for (int l = 0; l < LANG__COUNT; l++)
            given += tsv_cell(t, i, at[l]).n > 0;
        for (int l = 0; l < LANG__COUNT; l++)
            if (given && tsv_cell(t, i, at[l]).n == 0)
                tsv_fault(t, i, at[l], 0, c->faults, "%.*s is missing in this language", STR_ARG(stem));
    }
}

void check_words(const struct checker *c)
{
    for (const struct tsv_node *n = c->k->index->tables; n; n = n->next)
        for (size_t i = 0; i < n->table.n_columns; i++)
            if (str_ends(n->table.header[i], STR("_vi")))
                check_three(c, &n->table, (int)i);
}
