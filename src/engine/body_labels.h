/* body_labels.h - where the words beside a figure go: two columns, no two on top of each other.
 * SPDX-License-Identifier: AGPL-3.0-or-later
 *
 * Units: cun on the screen (x to the viewer's right, y down).
 */
#ifndef TSUBO_ENGINE_BODY_LABELS_H
#define TSUBO_ENGINE_BODY_LABELS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/str.h"

struct frame {
    double x, y, w, h;
};

struct label {
    struct str text;
    double at_x, at_y; /* what it names */
    /* set by labels_set: */
    bool is_left;          /* in the left column, set flush right */
    double x, y;           /* edge of the text next to the figure; middle of its height */
    double x_line, x_bend; /* the leader line runs level from x_line to x_bend, then to (at_x, at_y) */
};

/* Lines of labels are this many font sizes apart. */
#define LABEL_SPACING 1.3

/* Places the labels beside `frame`, which grows by the columns (and downwards when they need more height). Each label
 * stands as near to the height of what it names as its neighbours allow. Sorts `labels` by column and height. Returns
 * the font size: about 1/27 of the final width, 13 px on a phone. */
double labels_set(struct label *labels, size_t n, struct frame *frame);

#endif
