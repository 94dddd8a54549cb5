/* check_points.c - points are drawn where their rule puts them; lists of points name points that exist.
 * SPDX-License-Identifier: AGPL-3.0-or-later
 */
#include <math.h>

#include "know/check.h"
#include "know/place.h"

#define TOLERANCE_CUN 0.002

/* ---- places ---- */

static void check_place(const struct checker *c, const struct tsv *t, size_t i, enum view v, const char *column)
{
    const struct point *p = &c->k->points[i];
    struct place got = place_of(c->k, p->place_in[v].landmark >= 0 ? &p->place_in[v] : &p->place, v);
    struct place drawn = p->drawn[v];
    int at = tsv_column(t, str_from(column));
    if (got.seen != drawn.seen)
        tsv_fault(t, i, at, 0, c->faults,
                  got.seen ? "its rule places this point here, but it is not drawn"
                           : "drawn, but its rule gives no place here");
    else if (got.seen && !(hypot(got.x - drawn.x, got.y - drawn.y) <= TOLERANCE_CUN))
        tsv_fault(t, i, at, 0, c->faults, "drawn at %.4f, %.4f, but its rule gives %.4f, %.4f", drawn.x, drawn.y, got.x,
                  got.y);
}

static void check_places(const struct checker *c)
{
    static const char *const columns[VIEW__COUNT] = { "x_anterior", "x_posterior", "x_lateral", "x_leg_medial",
                                                      "x_sole" };
    const struct tsv *t = check_table(c, "atlas/points.tsv");
    for (size_t i = 0; t && i < t->n_rows; i++) {
        for (int v = 0; v < VIEW__COUNT; v++)
            check_place(c, t, i, (enum view)v, columns[v]);
        if (!c->k->points[i].drawn[c->k->points[i].view].seen)
            tsv_fault(t, i, tsv_column(t, STR("view")), 0, c->faults, "not drawn in its own view");
    }
}

/* ---- the points of a meridian are 1 .. n ---- */

static void check_numbers(const struct checker *c)
{
    const struct tsv *t = check_table(c, "atlas/meridians.tsv");
    for (size_t i = 0; t && i < c->k->n_meridians; i++) {
        const struct meridian *m = &c->k->meridians[i];
        for (int n = 1; n <= m->points; n++) {
            struct str code = str_fmt(c->faults->a, "%.*s%d", STR_ARG(m->code), n);
            int p = know_point(c->k, code);
            if (p < 0 || c->k->points[p].number != n || !str_eq(c->k->points[p].meridian, m->code))
                tsv_fault(t, i, 0, 0, c->faults, "%.*s is missing among the points", STR_ARG(code));
        }
    }
}

/* Depths come in pairs and in order, and only where a needle may go. */
static void check_depths(const struct checker *c)
{
    const struct tsv *t = check_table(c, "atlas/points.tsv");
    for (size_t i = 0; t && i < t->n_rows; i++) {
        const struct point *p = &c->k->points[i];
        int at = tsv_column(t, STR("depth_min_mm"));
        if ((p->depth_min_mm < 0) != (p->depth_max_mm < 0) || p->depth_min_mm > p->depth_max_mm)
            tsv_fault(t, i, at, 0, c->faults, "the depths are not a range");
        else if (p->depth_min_mm >= 0 && str_eq(p->angle, STR("none")))
            tsv_fault(t, i, at, 0, c->faults, "a depth where no needle goes");
    }
}

/* ---- lists of points ---- */

/* CV2-CV7: two points of one meridian, in order. */
static bool is_range(const struct know *k, struct str token)
{
    struct str to = token, from = str_cut(&to, '-');
    int a = know_point(k, from), b = know_point(k, to);
    return a >= 0 && b >= 0 && str_eq(k->points[a].meridian, k->points[b].meridian) && k->points[a].number > 0 &&
           k->points[a].number < k->points[b].number;
}

static bool is_among(struct str word, const char *words)
{
    struct str rest = str_from(words), w;
    while (str_next(&rest, ' ', &w))
        if (str_eq(w, word))
            return true;
    return false;
}

static bool is_region_of_points(const struct know *k, struct str name)
{
    for (size_t i = 0; i < k->n_points; i++)
        if (str_eq(k->points[i].region, name))
            return true;
    return false;
}

static bool is_caution_of_points(const struct know *k, struct str name)
{
    for (size_t i = 0; i < k->n_points; i++) {
        struct str rest = k->points[i].cautions, word;
        while (str_next(&rest, ',', &word))
            if (str_eq(word, name))
                return true;
    }
    return false;
}

static bool is_side(struct str word)
{
    return word.n == 0 || is_among(word, "left right");
}

/* One token of contraindications.tsv: all, marked, caution:X, region:X[:side], limb:arm|leg:side, BL23[:side],
 * BL22-BL35. */
static bool is_precaution_token(const struct know *k, struct str token)
{
    struct str rest = token, head = str_cut(&rest, ':'), name = rest, side = STR("");
    if (is_among(token, "all marked") || is_range(k, token))
        return true;
    if (str_eq(head, STR("caution")))
        return is_caution_of_points(k, rest);
    if (!is_among(head, "region limb"))
        return know_point(k, head) >= 0 && is_side(rest);
    side = name;
    name = str_cut(&side, ':');
    if (str_eq(head, STR("limb")))
        return is_among(name, "arm leg") && is_side(side);
    return is_region_of_points(k, name) && is_side(side);
}

static bool is_ashi(struct str token)
{
    int64_t n;
    struct str to = token, from;
    if (!str_starts(token, STR("ASHI*")))
        return false;
    to = str_sub(token, 5, token.n);
    from = str_cut(&to, '-');
    return str_to_i64(from, 1, 9, &n) && str_to_i64(to, n, 9, &n);
}

/* One token of point_rules.tsv: BL23, ASHI*1-3 or EX-B2@level, each with :side, several joined by | as a choice. */
static bool is_choice(const struct know *k, struct str token)
{
    struct str one;
    while (str_next(&token, '|', &one)) {
        struct str side = one, name = str_cut(&side, ':');
        bool is_level = str_eq(name, STR("EX-B2@level"));
        if (side.n && !is_among(side, "both affected painful beside_level"))
            return false;
        if (!is_level && !is_ashi(name) && know_point(k, name) < 0)
            return false;
    }
    return true;
}

/* point_use.tsv counts points, tender points as such, and the Jiaji points of all levels together. */
static bool is_counted(const struct know *k, struct str token)
{
    return is_among(token, "ASHI EX-B2") || know_point(k, token) >= 0;
}

static void check_list(const struct checker *c, const char *file, const char *name,
                       bool (*is_good)(const struct know *k, struct str token))
{
    const struct tsv *t = check_table(c, file);
    int column = t ? tsv_column(t, str_from(name)) : -1;
    for (size_t i = 0; column >= 0 && i < t->n_rows; i++) {
        struct str cell = tsv_cell(t, i, column), rest = cell, token;
        while (str_next(&rest, ';', &token))
            if (!is_good(c->k, token))
                tsv_fault(t, i, column, (size_t)(token.p - cell.p), c->faults, "\"%.*s\" names no points",
                          STR_ARG(token));
    }
}

void check_points(const struct checker *c)
{
    check_places(c);
    check_numbers(c);
    check_depths(c);
    check_list(c, "contraindications.tsv", "points", is_precaution_token);
    check_list(c, "point_rules.tsv", "principal", is_choice);
    check_list(c, "point_rules.tsv", "optional", is_choice);
    check_list(c, "point_use.tsv", "point", is_counted);
}
