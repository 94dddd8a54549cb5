/* body.c - from a point's rule to its place on the figure, and which pictures show it.
 * SPDX-License-Identifier: AGPL-3.0-or-later
 */
#include "engine/body.h"

#include <math.h>

#include "base/must.h"
#include "engine/body_picture.h"

#define STATURE_CUN 75.0

/* ---- the head: cun along the scalp's midline and around it (data/atlas/README.md) ---- */

#define HEAD_RADIUS 3.10
#define HEAD_DEGREES_PER_CUN (52.8 / 4.5)
#define HEAD_LAST 12 /* head_s00 .. head_s12 */
#define PI 3.14159265358979323846

/* The landmark head_sNN, or NULL. */
static const struct landmark *head_landmark(const struct know *k, int s)
{
    char name[] = "head_s00";
    name[6] = (char)('0' + s / 10);
    name[7] = (char)('0' + s % 10);
    int i = know_landmark(k, str_from(name));
    return i < 0 ? NULL : &k->landmarks[i];
}

/* How far behind the hairline a landmark of the scalp lies: 5 for head_s05. False for another landmark. */
static bool head_step(struct str id, int64_t *out)
{
    return str_starts(id, STR("head_s")) && str_to_i64(str_sub(id, 6, id.n), 0, HEAD_LAST, out);
}

static struct place midline_of_head(const struct know *k, double s)
{
    int i = (int)fmin(fmax(floor(s), 0), HEAD_LAST - 1);
    const struct landmark *a = head_landmark(k, i), *b = head_landmark(k, i + 1);
    if (!a || !b || !a->at[VIEW_LATERAL].seen || !b->at[VIEW_LATERAL].seen)
        return (struct place){ 0 };
    const struct place *p = &a->at[VIEW_LATERAL], *q = &b->at[VIEW_LATERAL];
    return (struct place){ true, p->x + (q->x - p->x) * (s - i), p->y + (q->y - p->y) * (s - i) };
}

static struct place place_on_head(const struct know *k, const struct placement *at, enum view v)
{
    int64_t step;
    int centre = know_landmark(k, STR("head_centre"));
    if (!head_step(k->landmarks[at->landmark].id, &step) || centre < 0)
        return (struct place){ 0 };
    double s = (double)step + at->dy, angle = at->dx * HEAD_DEGREES_PER_CUN * PI / 180;
    double weight = s <= 6 ? 1 : fmax(0, (8 - s) / 2);
    struct place mid = midline_of_head(k, s), c = k->landmarks[centre].at[VIEW_LATERAL];
    double y = mid.y + weight * (c.y - mid.y) * (1 - cos(angle));
    if (!mid.seen)
        return mid;
    if (v == VIEW_LATERAL)
        return (struct place){ true, c.x + (mid.x - c.x) * cos(angle), y };
    /* the front shows the scalp up to 3.2 cun behind the hairline, the back from there */
    bool is_seen = (v == VIEW_ANTERIOR && s <= 3.21) || (v == VIEW_POSTERIOR && s >= 3.19);
    return (struct place){ is_seen, HEAD_RADIUS * sin(angle), y };
}

/* ---- elsewhere: a landmark and offsets along an axis ---- */

/* The direction of the axis in a view, per cun. */
static struct place along(const struct know *k, const struct axis *ax, enum view v)
{
    if (ax->from < 0 || ax->to < 0)
        return ax->u[v];
    struct place a = k->landmarks[ax->from].at[v], b = k->landmarks[ax->to].at[v];
    return (struct place){ a.seen && b.seen, (b.x - a.x) / ax->length, (b.y - a.y) / ax->length };
}

static struct place place_by(const struct know *k, const struct placement *at, enum view v)
{
    const struct axis *ax = &k->axes[at->axis];
    if (str_eq(ax->kind, STR("head")))
        return place_on_head(k, at, v);
    struct place l = k->landmarks[at->landmark].at[v];
    bool is_landmark = !(fabs(at->dx) > 0) && !(fabs(at->dy) > 0);
    if (!l.seen || is_landmark)
        return l;
    struct place u = along(k, ax, v), t = ax->t[v];
    if (!u.seen || !t.seen)
        return (struct place){ 0 };
    return (struct place){ true, l.x + u.x * at->dy + t.x * at->dx, l.y + u.y * at->dy + t.y * at->dx };
}

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
    struct place out = place_by(k, at, v);
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
