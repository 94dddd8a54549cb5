/* tsv.c - a table file as rows of cells, each with its place.
 * SPDX-License-Identifier: AGPL-3.0-or-later
 */
#include "know/tsv.h"

#include <stdarg.h>
#include <stdio.h>

PRINTF(5, 0)
static bool fault_addv(struct know_faults *faults, struct str file, size_t line, size_t column, const char *fmt,
                       va_list args)
{
    char what[400];
    vsnprintf(what, sizeof what, fmt, args);
    *list_push(&faults->list, faults->a) = (struct know_fault){
        .file = str_dup(faults->a, file),
        .line = line,
        .column = column,
        .what = str_dup(faults->a, str_from(what)),
    };
    return false;
}

bool fault_add(struct know_faults *faults, struct str file, size_t line, size_t column, const char *fmt, ...)
{
    va_list args;
    va_start(args, fmt);
    fault_addv(faults, file, line, column, fmt, args);
    va_end(args);
    return false;
}

bool tsv_fault(const struct tsv *t, size_t row, int column, size_t offset, struct know_faults *faults, const char *fmt,
               ...)
{
    const struct str *first = &t->cells[row * t->n_columns];
    size_t at = column < 0 ? 0 : (size_t)(first[column].p - first->p);
    va_list args;
    va_start(args, fmt);
    fault_addv(faults, t->file, row + 3, at + offset + 1, fmt, args);
    va_end(args);
    return false;
}

static size_t count_char(struct str s, char c)
{
    size_t n = 0;
    for (size_t i = 0; i < s.n; i++)
        n += s.p[i] == c;
    return n;
}

/* "atlas/points.tsv" -> "points" */
static struct str stem(struct str file)
{
    for (size_t i = file.n; i > 0; i--)
        if (file.p[i - 1] == '/') {
            file = str_sub(file, i, file.n);
            break;
        }
    return str_cut(&file, '.');
}

static bool read_title(struct tsv *t, struct str line, struct know_faults *faults)
{
    struct str rest = line, hash = str_cut(&rest, ' '), name = str_cut(&rest, ' ');
    if (!str_eq(hash, STR("#")) || !str_eq(name, stem(t->file)) || rest.n == 0)
        return fault_add(faults, t->file, 1, 1, "line 1 must be \"# %.*s VERSION\"", STR_ARG(stem(t->file)));
    t->version = rest;
    return true;
}

static bool read_header(struct tsv *t, struct str line, struct arena *a, struct know_faults *faults)
{
    struct str rest = line;
    t->n_columns = count_char(line, '\t') + 1;
    t->header = arena_array(a, struct str, t->n_columns);
    for (size_t i = 0; i < t->n_columns; i++) {
        struct str name = str_cut(&rest, '\t');
        size_t at = (size_t)(name.p - line.p) + 1;
        if (name.n == 0)
            return fault_add(faults, t->file, 2, at, "a column without a name");
        for (size_t j = 0; j < i; j++)
            if (str_eq(t->header[j], name))
                return fault_add(faults, t->file, 2, at, "column \"%.*s\" stands twice", STR_ARG(name));
        t->header[i] = name;
    }
    return true;
}

static bool read_rows(struct tsv *t, struct str body, struct arena *a, struct know_faults *faults)
{
    size_t lines = count_char(body, '\n') + 1;
    t->cells = arena_array(a, struct str, lines * t->n_columns);
    while (body.n) {
        struct str line = str_cut(&body, '\n'), rest = line;
        size_t cells = count_char(line, '\t') + 1;
        if (line.n == 0)
            return fault_add(faults, t->file, t->n_rows + 3, 1, "an empty line");
        if (cells != t->n_columns)
            return fault_add(faults, t->file, t->n_rows + 3, line.n + 1, "%zu cells, the header has %zu", cells,
                             t->n_columns);
        for (size_t i = 0; i < cells; i++)
            t->cells[t->n_rows * t->n_columns + i] = str_cut(&rest, '\t');
        t->n_rows++;
    }
    return true;
}

/* The place of the first byte that a table may not have: a carriage return, or what is not UTF-8. */
static bool check_bytes(struct know_file file, struct know_faults *faults)
{
    struct str rest = file.content;
    for (size_t line = 1; rest.n; line++) {
        struct str s = str_cut(&rest, '\n');
        ptrdiff_t cr = str_find(s, STR("\r"));
        if (cr >= 0)
            return fault_add(faults, file.name, line, (size_t)cr + 1, "a carriage return");
        if (!str_is_utf8(s))
            return fault_add(faults, file.name, line, 1, "not UTF-8");
    }
    return true;
}

bool tsv_read(struct know_file file, struct arena *a, struct tsv *out, struct know_faults *faults)
{
    struct tsv t = { .file = file.name };
    struct str rest = file.content;
    if (!check_bytes(file, faults))
        return false;
    struct str title = str_cut(&rest, '\n'), header = str_cut(&rest, '\n');
    if (!read_title(&t, title, faults) || !read_header(&t, header, a, faults) || !read_rows(&t, rest, a, faults))
        return false;
    *out = t;
    return true;
}

int tsv_column(const struct tsv *t, struct str name)
{
    for (size_t i = 0; i < t->n_columns; i++)
        if (str_eq(t->header[i], name))
            return (int)i;
    return -1;
}

struct str tsv_cell(const struct tsv *t, size_t row, int column)
{
    return t->cells[row * t->n_columns + (size_t)column];
}
