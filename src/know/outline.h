/* outline.h - the outline of a part of the figure: from SVG path data to corners, and what lies inside.
 * SPDX-License-Identifier: AGPL-3.0-or-later
 *
 * The figures use absolute M, L, C and Z only, one closed outline each. Curves become 12 straight pieces, which is
 * finer than a line's width. Coordinates are cun in the figure's view.
 */
#ifndef TSUBO_KNOW_OUTLINE_H
#define TSUBO_KNOW_OUTLINE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/str.h"

struct corner {
    double x, y;
};

struct outline {
    const struct corner *v; /* closed: the last joins the first */
    size_t n;
    struct corner min, max;
};

/* False when the data has another command, a broken number, fewer than three corners or more than one outline. */
NODISCARD bool outline_read(struct str path_data, struct arena *a, struct outline *out);
/* By the even-odd rule; an empty outline holds nothing. */
NODISCARD bool outline_holds(const struct outline *o, double x, double y);

#endif
