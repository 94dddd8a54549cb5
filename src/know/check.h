/* check.h - the parts of know_check: what holds between tables, beyond the shape of each.
 * SPDX-License-Identifier: AGPL-3.0-or-later
 *
 * Each part adds its faults with the cell's file, line and column and goes on.
 */
#ifndef TSUBO_KNOW_CHECK_H
#define TSUBO_KNOW_CHECK_H

#include "know/index.h"
#include "know/know.h"
#include "know/tsv.h"

struct checker {
    const struct know *k;
    struct know_faults *faults;
};

/* A table by its file name, or NULL. */
const struct tsv *check_table(const struct checker *c, const char *file);

/* Points: drawn where their rule puts them, numbered without gaps, tokens of point lists that exist. */
void check_points(const struct checker *c);
/* Words: three languages wherever there is one, none that we promise not to say. */
void check_words(const struct checker *c);

#endif
