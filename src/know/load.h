/* load.h - how tables become rows of structs: columns bound to fields, references resolved at the end.
 * SPDX-License-Identifier: AGPL-3.0-or-later
 *
 * Each family of tables (load_*.c) lists its columns; load_rows fills an array of structs from them. Rules and names of
 * rows in other tables are noted while reading and resolved when all tables are there, so the order of tables is free.
 *
 * Errors: each becomes a fault at its cell; loading goes on, so that one run shows all of them.
 */
#ifndef TSUBO_KNOW_LOAD_H
#define TSUBO_KNOW_LOAD_H

#include "know/index.h"
#include "know/know.h"
#include "know/tsv.h"

/* A cell that is resolved at the end: a rule, or the name of a row in another table. */
struct late {
    void *field; /* const struct rule **, or int * */
    struct tsv_place {
        const struct tsv *t;
        size_t row;
        int column;
    } at;
    size_t names; /* offset of the name table in struct know_index */
    bool is_rule;
};

struct loader {
    struct know *k;
    const struct know_file *files;
    size_t n_files;
    struct know_faults *faults;
    LIST(struct late) late;
};

/* How a cell is read. Blank: an empty str, -1, NAN, false, the word "", no rule (NULL), no row (-1). */
enum cell_kind { CELL_STR, CELL_INT, CELL_REAL, CELL_YES, CELL_WORD, CELL_RULE, CELL_NAME };

struct column {
    const char *name;
    enum cell_kind kind;
    bool may_be_blank;
    size_t at;                /* offset of the field */
    const char *const *words; /* CELL_WORD: the closed list, NULL at its end; the field is the index of an enum */
    size_t names;             /* CELL_NAME: as struct late */
};

/* Columns by kind. Those ending in _B may be blank. */
#define COL_(T, kind_, name_, field, blank, ...)                                                         \
    {                                                                                                    \
        .name = (name_), .kind = (kind_), .may_be_blank = (blank), .at = offsetof(T, field), __VA_ARGS__ \
    }
#define COL_STR(T, name, field) COL_(T, CELL_STR, name, field, false)
#define COL_STR_B(T, name, field) COL_(T, CELL_STR, name, field, true)
#define COL_INT(T, name, field) COL_(T, CELL_INT, name, field, false)
#define COL_INT_B(T, name, field) COL_(T, CELL_INT, name, field, true)
#define COL_REAL(T, name, field) COL_(T, CELL_REAL, name, field, false)
#define COL_REAL_B(T, name, field) COL_(T, CELL_REAL, name, field, true)
#define COL_YES(T, name, field) COL_(T, CELL_YES, name, field, false)
#define COL_YES_B(T, name, field) COL_(T, CELL_YES, name, field, true)
#define COL_WORD(T, name, field, list) COL_(T, CELL_WORD, name, field, false, .words = (list))
#define COL_RULE(T, name, field) COL_(T, CELL_RULE, name, field, false)
#define COL_RULE_B(T, name, field) COL_(T, CELL_RULE, name, field, true)
#define COL_NAME(T, name, field, table) \
    COL_(T, CELL_NAME, name, field, false, .names = offsetof(struct know_index, table))
#define COL_NAME_B(T, name, field, table) \
    COL_(T, CELL_NAME, name, field, true, .names = offsetof(struct know_index, table))
/* name_en, name_ja, name_vi */
#define COL_TEXT(T, name, field)                                                          \
    COL_STR(T, name "_en", field.in[LANG_EN]), COL_STR(T, name "_ja", field.in[LANG_JA]), \
        COL_STR(T, name "_vi", field.in[LANG_VI])
#define COL_TEXT_B(T, name, field)                                                            \
    COL_STR_B(T, name "_en", field.in[LANG_EN]), COL_STR_B(T, name "_ja", field.in[LANG_JA]), \
        COL_STR_B(T, name "_vi", field.in[LANG_VI])

/* A table's file and how its rows are read. */
struct table {
    const char *file;
    const struct column *columns;
    size_t n_columns, size; /* of one struct */
};
#define TABLE(file, columns, T)                          \
    {                                                    \
        (file), (columns), ARRAY_LEN(columns), sizeof(T) \
    }

/* The table read and kept in the knowledge, or NULL with a fault when the file is missing or has no table's shape. */
const struct tsv *load_tsv(struct loader *l, const char *file);
/* load_tsv, and its rows as an array of structs; fields without a column are zero. No rows when the file is missing. */
void *load_rows(struct loader *l, const struct table *table, const struct tsv **t, size_t *n);
/* The rows of a table that is read already into an array of its n_rows structs; nothing when `t` is NULL. */
void load_all(struct loader *l, const struct table *table, const struct tsv *t, void *out);
/* One row into one struct. */
void load_row(struct loader *l, const struct table *table, const struct tsv *t, size_t row, void *out);
/* Puts column 0 of each row into a name table; a name that stands twice is a fault. Rows without a table are skipped.
 */
void load_names(struct loader *l, const struct tsv *t, struct name_table *names);
/* The same into a table that has room (names_init); row 0 is called `first`. */
void load_more_names(struct loader *l, const struct tsv *t, struct name_table *names, int first);
/* A file's bytes; empty with a fault when it is missing. */
struct str load_bytes(struct loader *l, const char *file);
/* The number in a cell that load_row does not bind; NAN when blank, a fault when it is none. */
double load_real(struct loader *l, const struct tsv *t, size_t row, int column);
/* The column, or -1 with a fault. */
int load_column(struct loader *l, const struct tsv *t, const char *name);

/* The families of tables. */
void load_atlas(struct loader *l);
void load_ask(struct loader *l);
void load_care(struct loader *l);
void load_course(struct loader *l);
void load_words(struct loader *l);

#endif
