/* load.c - how tables become rows of structs: columns bound to fields, references resolved at the end.
 * SPDX-License-Identifier: AGPL-3.0-or-later
 */
#include "know/load.h"

#include <math.h>
#include <stdlib.h>

#include "base/buf.h"

static const struct know_file *find_file(const struct loader *l, struct str name)
{
    for (size_t i = 0; i < l->n_files; i++)
        if (str_eq(l->files[i].name, name))
            return &l->files[i];
    return NULL;
}

struct str load_bytes(struct loader *l, const char *file)
{
    const struct know_file *f = find_file(l, str_from(file));
    if (f && f->content.n)
        return f->content;
    fault_add(l->faults, str_from(file), 1, 1, f ? "the file is empty" : "the file is missing");
    return STR("");
}

const struct tsv *load_tsv(struct loader *l, const char *file)
{
    const struct know_file *f = find_file(l, str_from(file));
    struct tsv_node *node = arena_one(&l->k->arena, struct tsv_node);
    if (!f) {
        fault_add(l->faults, str_from(file), 1, 1, "the file is missing");
        return NULL;
    }
    if (!tsv_read(*f, &l->k->arena, &node->table, l->faults))
        return NULL;
    node->next = l->k->index->tables;
    l->k->index->tables = node;
    return &node->table;
}

int load_column(struct loader *l, const struct tsv *t, const char *name)
{
    int c = tsv_column(t, str_from(name));
    if (c < 0)
        fault_add(l->faults, t->file, 2, 1, "the column \"%s\" is missing", name);
    return c;
}

double load_real(struct loader *l, const struct tsv *t, size_t row, int column)
{
    struct str s = tsv_cell(t, row, column);
    double v = NAN;
    if (s.n && !str_to_double(s, &v))
        tsv_fault(t, row, column, 0, l->faults, "\"%.*s\" is not a number", STR_ARG(s));
    return v;
}

void load_more_names(struct loader *l, const struct tsv *t, struct name_table *names, int first)
{
    for (size_t i = 0; t && i < t->n_rows; i++) {
        struct str name = tsv_cell(t, i, 0);
        if (!names_add(names, name, first + (int)i))
            tsv_fault(t, i, 0, 0, l->faults, "\"%.*s\" stands twice", STR_ARG(name));
    }
}

void load_names(struct loader *l, const struct tsv *t, struct name_table *names)
{
    names_init(names, t ? t->n_rows : 0, &l->k->arena);
    load_more_names(l, t, names, 0);
}

/* ---- one cell ---- */

static void word_fault(struct loader *l, const struct column *c, struct tsv_place at, struct str s)
{
    struct buf b;
    buf_init(&b, 300);
    for (size_t i = 0; c->words[i]; i++)
        if (c->words[i][0])
            buf_fmt(&b, "%s%s", b.n ? ", " : "", c->words[i]);
    tsv_fault(at.t, at.row, at.column, 0, l->faults, "\"%.*s\" is none of %.*s", STR_ARG(s), STR_ARG(buf_str(&b)));
    buf_release(&b);
}

static void read_word(struct loader *l, const struct column *c, struct tsv_place at, struct str s, void *field)
{
    for (unsigned i = 0; c->words[i]; i++)
        if (str_eq(str_from(c->words[i]), s)) {
            *(unsigned *)field = i;
            return;
        }
    word_fault(l, c, at, s);
}

static void read_int(struct loader *l, struct tsv_place at, struct str s, int *field)
{
    int64_t v = -1;
    if (s.n && !str_to_i64(s, 0, 1000000000, &v))
        tsv_fault(at.t, at.row, at.column, 0, l->faults, "\"%.*s\" is not a whole number of 0 or more", STR_ARG(s));
    *field = (int)v;
}

static void read_yes(struct loader *l, struct tsv_place at, struct str s, bool *field)
{
    *field = str_eq(s, STR("yes"));
    if (s.n && !*field && !str_eq(s, STR("no")))
        tsv_fault(at.t, at.row, at.column, 0, l->faults, "\"%.*s\" is neither yes nor no", STR_ARG(s));
}

static void read_late(struct loader *l, const struct column *c, struct tsv_place at, struct str s, void *field)
{
    if (c->kind == CELL_NAME)
        *(int *)field = -1;
    if (s.n)
        *list_push(&l->late, &l->k->arena) = (struct late){ field, at, c->names, c->kind == CELL_RULE };
}

static void read_cell(struct loader *l, const struct column *c, struct tsv_place at, char *out)
{
    struct str s = tsv_cell(at.t, at.row, at.column);
    void *field = out + c->at;
    if (s.n == 0 && !c->may_be_blank && c->kind != CELL_WORD)
        tsv_fault(at.t, at.row, at.column, 0, l->faults, "%s must not be blank", c->name);
    switch (c->kind) {
    case CELL_STR:
        *(struct str *)field = s;
        break;
    case CELL_INT:
        read_int(l, at, s, field);
        break;
    case CELL_REAL:
        *(double *)field = load_real(l, at.t, at.row, at.column);
        break;
    case CELL_YES:
        read_yes(l, at, s, field);
        break;
    case CELL_WORD:
        read_word(l, c, at, s, field);
        break;
    case CELL_RULE:
    case CELL_NAME:
        read_late(l, c, at, s, field);
        break;
    }
}

/* ---- rows ---- */

#define COLUMNS_MAX 64

/* Where the bound columns stand in this file; false with a fault for each that is missing. */
static bool bind(struct loader *l, const struct table *table, const struct tsv *t, int at[COLUMNS_MAX])
{
    bool ok = true;
    for (size_t i = 0; i < table->n_columns; i++) {
        at[i] = load_column(l, t, table->columns[i].name);
        ok = ok && at[i] >= 0;
    }
    return ok;
}

static void fill(struct loader *l, const struct table *table, const int at[COLUMNS_MAX], const struct tsv *t,
                 size_t row, char *out)
{
    for (size_t i = 0; i < table->n_columns; i++)
        read_cell(l, &table->columns[i], (struct tsv_place){ t, row, at[i] }, out);
}

void load_row(struct loader *l, const struct table *table, const struct tsv *t, size_t row, void *out)
{
    int at[COLUMNS_MAX];
    if (bind(l, table, t, at))
        fill(l, table, at, t, row, out);
}

void load_all(struct loader *l, const struct table *table, const struct tsv *t, void *out)
{
    int at[COLUMNS_MAX];
    if (!t || !bind(l, table, t, at))
        return;
    for (size_t i = 0; i < t->n_rows; i++)
        fill(l, table, at, t, i, (char *)out + i * table->size);
}

void *load_rows(struct loader *l, const struct table *table, const struct tsv **t, size_t *n)
{
    *t = load_tsv(l, table->file);
    *n = *t ? (*t)->n_rows : 0;
    void *rows = arena_alloc(&l->k->arena, *n, table->size, alignof(max_align_t));
    load_all(l, table, *t, rows);
    return rows;
}

/* ---- all ---- */

static void resolve_rule(struct loader *l, const struct late *x, struct str s)
{
    struct rule_error err = { 0 };
    const struct rule *r = rule_parse(l->k, s, &l->k->arena, &err);
    if (!r)
        tsv_fault(x->at.t, x->at.row, x->at.column, err.column - 1, l->faults, "%s: \"%.*s\"", err.what,
                  STR_ARG(err.token));
    *(const struct rule **)x->field = r;
}

static void resolve_name(struct loader *l, const struct late *x, struct str s)
{
    const struct name_table *names = (const void *)((const char *)l->k->index + x->names);
    int i = names_find(names, s);
    if (i < 0)
        tsv_fault(x->at.t, x->at.row, x->at.column, 0, l->faults, "\"%.*s\" is not known", STR_ARG(s));
    *(int *)x->field = i;
}

static void resolve(struct loader *l)
{
    for (size_t i = 0; i < l->late.n; i++) {
        const struct late *x = &l->late.v[i];
        struct str s = tsv_cell(x->at.t, x->at.row, x->at.column);
        if (x->is_rule)
            resolve_rule(l, x, s);
        else
            resolve_name(l, x, s);
    }
}

/* A triage rule that needs itself; `state`: 0 new, 1 on the way, 2 done. */
static bool has_cycle(const struct know *k, int rule, char *state)
{
    int named[FACT_MAX];
    size_t n = rule_names(k->triage[rule].when, named, FACT_MAX);
    state[rule] = 1;
    for (size_t i = 0; i < n && i < FACT_MAX; i++)
        if (state[named[i]] == 1 || (state[named[i]] == 0 && has_cycle(k, named[i], state)))
            return true;
    state[rule] = 2;
    return false;
}

static void refuse_cycles(struct loader *l)
{
    const struct know *k = l->k;
    char *state = arena_array(&l->k->arena, char, k->n_triage + 1);
    for (size_t i = 0; i < k->n_triage; i++)
        if (state[i] == 0 && has_cycle(k, (int)i, state)) {
            fault_add(l->faults, STR("triage_rules.tsv"), i + 3, 1, "rule %.*s leads back to itself",
                      STR_ARG(k->triage[i].id));
            return;
        }
}

static void load_version(struct loader *l)
{
    l->k->version = str_trim(load_bytes(l, "VERSION"));
}

struct know *know_load(const struct know_file *files, size_t n, struct know_faults *faults)
{
    size_t before = faults->list.n;
    struct know *k = xmalloc(sizeof *k);
    struct loader l = { .k = k, .files = files, .n_files = n, .faults = faults };
    k->index = arena_one(&k->arena, struct know_index);
    load_version(&l);
    load_atlas(&l);
    load_ask(&l);
    load_care(&l);
    load_course(&l);
    load_words(&l);
    if (faults->list.n == before)
        resolve(&l);
    if (faults->list.n == before)
        refuse_cycles(&l);
    if (faults->list.n == before)
        return k;
    know_free(k);
    return NULL;
}
