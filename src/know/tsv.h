/* tsv.h - a table file as rows of cells, each with its place.
 * SPDX-License-Identifier: AGPL-3.0-or-later
 *
 * Line 1 is "# <file stem> <version>", line 2 the header, then one row a line; cells are parted by tabs, nothing is
 * quoted. A table that does not have this shape is a fault with its line and byte column, and is not read further.
 *
 * Ownership: cells borrow from the file's content; arrays live in the arena.
 */
#ifndef TSUBO_KNOW_TSV_H
#define TSUBO_KNOW_TSV_H

#include "know/know.h"

struct tsv {
    struct str file; /* path under data/ */
    struct str version;
    struct str *header;
    size_t n_columns;
    struct str *cells; /* n_rows * n_columns */
    size_t n_rows;
};

/* Adds a fault at a byte of a file's line (both from 1). `what` is copied. Always false. */
bool fault_add(struct know_faults *faults, struct str file, size_t line, size_t column, const char *fmt, ...)
    PRINTF(5, 6);

NODISCARD bool tsv_read(struct know_file file, struct arena *a, struct tsv *out, struct know_faults *faults);

/* The column of this name, or -1. */
int tsv_column(const struct tsv *t, struct str name);
/* Exactly as it stands in the file. */
struct str tsv_cell(const struct tsv *t, size_t row, int column);
/* Adds a fault at a cell, `offset` bytes into it. Always false. */
bool tsv_fault(const struct tsv *t, size_t row, int column, size_t offset, struct know_faults *faults, const char *fmt,
               ...) PRINTF(6, 7);

#endif
