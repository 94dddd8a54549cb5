/* place.c - from a landmark and offsets in cun to a place on the figure.
 * SPDX-License-Identifier: AGPL-3.0-or-later
 */
#include "know/place.h"

#include <math.h>

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

struct place place_of(const struct know *k, const struct placement *at, enum view v)
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
