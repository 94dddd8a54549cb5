/* body.c - from a point's rule to its place on the figure, and which pictures show it.
 * SPDX-License-Identifier: AGPL-3.0-or-later
 */
#include "engine/body.h"

#include <math.h>

#include "base/must.h"
#include "engine/body_picture.h"
#include "know/place.h"

#define STATURE_CUN 75.0

/* Views in which the body's left is the other half of the same drawing. */
static bool shows_both_sides(enum view v)
{
    return v == VIEW_ANTERIOR || v == VIEW_POSTERIOR || v == VIEW_SOLE;
}

struct place body_place(const struct know *k, int point, enum view v, enum side side)
{
    must(point >= 0 && (size_t)point < k->n_points);
    const struct point *p = &k->points[point];
    const struct placement *at = p->place_in[v].landmark >= 0 ? &p->place_in[v] : &p->place;
    struct place out = place_of(k, at, v);
    if (side == SIDE_LEFT && p->is_bilateral && shows_both_sides(v))
        out.x = -out.x;
    return out;
}

double body_cun_cm(double height_cm)
{
    return height_cm / STATURE_CUN;
}

/* ---- regions ---- */

/* Of a view that is drawn once for each side, the regions of `side` only. */
static int region_of_side(const struct know *k, enum view v, enum side side, double x, double y)
{
    for (size_t i = 0; i < k->n_regions; i++) {
        const struct region *r = &k->regions[i];
        if (r->view == v && (shows_both_sides(v) || r->side == side) && outline_holds(&r->outline, x, y))
            return (int)i;
    }
    return -1;
}

int body_region_at(const struct know *k, enum view v, double x, double y)
{
    return region_of_side(k, v, SIDE_RIGHT, x, y);
}

bool body_point_in_regions(const struct know *k, int point, enum side side, const struct region_set *set)
{
    for (int v = 0; v < VIEW__COUNT; v++) {
        struct place p = body_place(k, point, (enum view)v, side);
        int r = p.seen ? region_of_side(k, (enum view)v, side == SIDE_LEFT ? SIDE_LEFT : SIDE_RIGHT, p.x, p.y) : -1;
        if (r >= 0 && region_set_has(set, r))
            return true;
    }
    return false;
}

/* ---- which pictures ---- */

static int bits(unsigned set)
{
    return __builtin_popcount(set);
}

/* How well a set of pictures serves: first by marks shown, then fewer pictures, then by how well each mark is seen: in
 * the view that the atlas calls best, and close up. */
static int set_score(const struct know *k, const struct body_mark *marks, size_t n, unsigned set)
{
    int shown = 0, quality = 0;
    for (size_t i = 0; i < n; i++) {
        int best = -1;
        for (int p = 0; p < PICTURE__COUNT; p++) {
            if (!(set >> p & 1) || !picture_place(k, &marks[i], (enum picture)p).seen)
                continue;
            int q = 2 * (picture_view((enum picture)p) == k->points[marks[i].point].view) + (p == PICTURE_LOW_BACK);
            best = q > best ? q : best;
        }
        shown += best >= 0;
        quality += best >= 0 ? best : 0;
    }
    return (shown * (PICTURE__COUNT + 1) - bits(set)) * 4 * (int)(n + 1) + quality;
}

static int shown_in(const struct know *k, const struct body_mark *marks, size_t n, int picture)
{
    int shown = 0;
    for (size_t i = 0; i < n; i++)
        shown += picture_place(k, &marks[i], (enum picture)picture).seen;
    return shown;
}

size_t body_pictures(const struct know *k, const struct body_mark *marks, size_t n, enum picture *out, size_t cap)
{
    unsigned best = 0;
    int best_score = set_score(k, marks, n, 0);
    for (unsigned set = 1; set < 1U << PICTURE__COUNT; set++) {
        int score = set_score(k, marks, n, set);
        if (score > best_score) {
            best = set;
            best_score = score;
        }
    }
    size_t written = 0;
    while (best && written < cap) {
        int next = -1;
        for (int p = 0; p < PICTURE__COUNT; p++)
            if ((best >> p & 1) && (next < 0 || shown_in(k, marks, n, p) > shown_in(k, marks, n, next)))
                next = p;
        best &= ~(1U << next);
        out[written++] = (enum picture)next;
    }
    return written;
}
