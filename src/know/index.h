/* index.h - from a name in the tables to its row, in constant time.
 * SPDX-License-Identifier: AGPL-3.0-or-later
 *
 * Used while loading (rows refer to each other by name) and by the lookups of know.h afterwards.
 */
#ifndef TSUBO_KNOW_INDEX_H
#define TSUBO_KNOW_INDEX_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/str.h"
#include "know/tsv.h"

struct name_slot {
    struct str name; /* empty: free */
    int row;
};

/* Open addressing; at most half full. A zeroed table holds nothing. */
struct name_table {
    struct name_slot *slots;
    size_t cap;
};

/* A table as it was read: checks name the file, line and column of a cell. */
struct tsv_node {
    struct tsv table;
    struct tsv_node *next;
};

struct know_index {
    struct tsv_node *tables;
    struct name_table facts, questions, triage, safety, classes, points, regions, landmarks, axes, meridians, sources,
        protocols, instruments, domains, actions, reviews;
};

/* Room for `n` names, in `a`. */
void names_init(struct name_table *t, size_t n, struct arena *a);
/* The names are borrowed. False, and nothing changed, when the name is there already; an empty name is not kept. */
bool names_add(struct name_table *t, struct str name, int row);
/* The row, or -1. */
int names_find(const struct name_table *t, struct str name);

#endif
