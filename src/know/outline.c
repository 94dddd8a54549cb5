/* outline.c - the outline of a part of the figure: from SVG path data to corners, and what lies inside.
 * SPDX-License-Identifier: AGPL-3.0-or-later
 */
#include "know/outline.h"

#include <math.h>

#include "base/list.h"

#define PIECES 12 /* of a curve */

struct pen {
    struct str rest;
    struct arena *a;
    LIST(struct corner) corners;
};

static void skip_blanks(struct pen *p)
{
    while (p->rest.n && (p->rest.p[0] == ' ' || p->rest.p[0] == ','))
        p->rest = str_sub(p->rest, 1, p->rest.n);
}

static bool is_number_part(char c, bool is_first)
{
    return (c >= '0' && c <= '9') || c == '.' || (c == '-' && is_first);
}

static bool take_number(struct pen *p, double *out)
{
    size_t n = 0;
    skip_blanks(p);
    while (n < p->rest.n && is_number_part(p->rest.p[n], n == 0))
        n++;
    struct str s = str_sub(p->rest, 0, n);
    p->rest = str_sub(p->rest, n, p->rest.n);
    return str_to_double(s, out);
}

static bool take_corner(struct pen *p, struct corner *out)
{
    return take_number(p, &out->x) && take_number(p, &out->y);
}

static void add(struct pen *p, struct corner c)
{
    *list_push(&p->corners, p->a) = c;
}

/* A cubic curve from the last corner: two control points and its end. */
static bool take_curve(struct pen *p)
{
    struct corner b, c, d;
    if (p->corners.n == 0 || !take_corner(p, &b) || !take_corner(p, &c) || !take_corner(p, &d))
        return false;
    struct corner a = p->corners.v[p->corners.n - 1];
    for (int i = 1; i <= PIECES; i++) {
        double t = (double)i / PIECES, s = 1 - t;
        double wa = s * s * s, wb = 3 * s * s * t, wc = 3 * s * t * t, wd = t * t * t;
        add(p, (struct corner){ wa * a.x + wb * b.x + wc * c.x + wd * d.x, wa * a.y + wb * b.y + wc * c.y + wd * d.y });
    }
    return true;
}

static bool take_line(struct pen *p)
{
    struct corner c;
    if (!take_corner(p, &c))
        return false;
    add(p, c);
    return true;
}

/* One piece of the path; `command` is kept while numbers follow, as SVG has it. */
static bool take_piece(struct pen *p, char *command)
{
    char c = p->rest.p[0];
    if (!is_number_part(c, true)) {
        *command = c;
        p->rest = str_sub(p->rest, 1, p->rest.n);
    }
    switch (*command) {
    case 'M':
        *command = 'L'; /* what follows a start without a letter is a line */
        return p->corners.n == 0 && take_line(p);
    case 'L':
        return p->corners.n > 0 && take_line(p);
    case 'C':
        return take_curve(p);
    default:
        return *command == 'Z' && p->rest.n == 0;
    }
}

bool outline_read(struct str path_data, struct arena *a, struct outline *out)
{
    struct pen p = { .rest = path_data, .a = a };
    char command = 0;
    for (skip_blanks(&p); p.rest.n; skip_blanks(&p))
        if (!take_piece(&p, &command))
            return false;
    if (p.corners.n < 3)
        return false;
    struct outline o = { p.corners.v, p.corners.n, p.corners.v[0], p.corners.v[0] };
    for (size_t i = 0; i < o.n; i++) {
        o.min = (struct corner){ fmin(o.min.x, o.v[i].x), fmin(o.min.y, o.v[i].y) };
        o.max = (struct corner){ fmax(o.max.x, o.v[i].x), fmax(o.max.y, o.v[i].y) };
    }
    *out = o;
    return true;
}

bool outline_holds(const struct outline *o, double x, double y)
{
    bool in = false;
    if (o->n == 0 || x < o->min.x || x > o->max.x || y < o->min.y || y > o->max.y)
        return false;
    for (size_t i = 0, j = o->n - 1; i < o->n; j = i++) {
        struct corner a = o->v[j], b = o->v[i];
        if ((a.y > y) != (b.y > y) && x < (b.x - a.x) * (y - a.y) / (b.y - a.y) + a.x)
            in = !in;
    }
    return in;
}
