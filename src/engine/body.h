/* body.h - from a point's rule to its place on the figure, to centimetres on this body, and to a picture.
 * SPDX-License-Identifier: AGPL-3.0-or-later
 *
 * Coordinates are cun in a view (data/atlas/README.md): stature 75, right side stored, left twin mirrored.
 */
#ifndef TSUBO_ENGINE_BODY_H
#define TSUBO_ENGINE_BODY_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/lang.h"
#include "domain/intake.h"
#include "know/know.h"

/* Where a point lies in a view, recomputed from landmark and offsets; seen is false where the view does not show it. */
struct place body_place(const struct know *k, int point, enum view v, enum side side);

/* Centimetres of one proportional inch for a body of this height in centimetres (stature is 75 cun). */
double body_cun_cm(double height_cm);

/* The region whose outline holds (x, y) in a view, or -1. */
int body_region_at(const struct know *k, enum view v, double x, double y);
NODISCARD bool body_point_in_regions(const struct know *k, int point, enum side side, const struct region_set *set);

/* The view that shows most of these points, for a first picture. */
enum picture {
    PICTURE_FRONT,
    PICTURE_BACK,
    PICTURE_RIGHT,
    PICTURE_LEFT,
    PICTURE_LOW_BACK,
    PICTURE_INNER_LEG,
    PICTURE_SOLE,
    PICTURE__COUNT
};
struct body_mark {
    int point; /* index */
    enum side side;
    struct str label; /* text beside it, e.g. BL23 */
    bool is_principal;
};
struct body_picture {
    enum picture which;
    enum lang lang;
    const struct body_mark *marks; /* those that the picture does not show are skipped */
    size_t n_marks;
    const struct region_set *pain; /* shaded; may be NULL */
    bool is_tappable;              /* regions as focusable elements named in `lang` (for the self-check) */
    struct str title;              /* accessible name */
};
/* Writes a complete <svg> element: no script, no inline style attribute, classes only; labels are set without overlap
 * (leader lines). Returns how many marks the picture shows. */
size_t body_svg(const struct know *k, const struct body_picture *p, struct buf *out);

/* The style sheet for the classes of the pictures: a page links it, a file of its own carries it in a <style>. */
struct str body_style(void);

/* The smallest set of pictures that shows every mark it can; at most `cap` written, ordered by use. */
size_t body_pictures(const struct know *k, const struct body_mark *marks, size_t n, enum picture *out, size_t cap);

#endif
