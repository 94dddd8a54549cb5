/* load_atlas.c - points, landmarks, axes, meridians, regions and the figure.
 * SPDX-License-Identifier: AGPL-3.0-or-later
 */
#include <math.h>

#include "know/load.h"

static const char *const views[VIEW__COUNT + 1] = { "anterior", "posterior", "lateral", "leg_medial", "sole" };
static const char *const sides[] = { "midline", "right", "left", NULL };
static const char *const zones[] = { "lumbar",     "sacral",     "buttock",     "hip",         "groin",
                                     "thigh_back", "thigh_side", "thigh_front", "thigh_inner", "knee",
                                     "calf_back",  "calf_side",  "shin",        "leg_inner",   "foot",
                                     "mid_back",   "upper_back", "other",       NULL };
static const char *const lines[] = { "", "bladder", "gallbladder", NULL };

/* ---- coordinates ---- */

/* The cells PREFIX_VIEW for each view. */
static bool view_columns(struct loader *l, const struct tsv *t, const char *prefix, int out[VIEW__COUNT])
{
    bool ok = true;
    for (int v = 0; v < VIEW__COUNT; v++) {
        out[v] = load_column(l, t, str_fmt(&l->k->arena, "%s_%s", prefix, views[v]).p);
        ok = ok && out[v] >= 0;
    }
    return ok;
}

/* x_VIEW and y_VIEW as places, for row i of an array of structs of `size` whose places stand at `at`. */
static void load_places(struct loader *l, const struct tsv *t, char *rows, size_t size, size_t at)
{
    int x[VIEW__COUNT], y[VIEW__COUNT];
    if (!view_columns(l, t, "x", x) || !view_columns(l, t, "y", y))
        return;
    for (size_t i = 0; i < t->n_rows; i++) {
        struct place *places = (struct place *)(void *)(rows + i * size + at);
        for (int v = 0; v < VIEW__COUNT; v++) {
            double px = load_real(l, t, i, x[v]), py = load_real(l, t, i, y[v]);
            if (isnan(px) != isnan(py))
                tsv_fault(t, i, x[v], 0, l->faults, "x and y go together");
            else if (!isnan(px))
                places[v] = (struct place){ true, px, py };
        }
    }
}

/* A direction "x,y"; not seen when blank. */
static struct place load_direction(struct loader *l, const struct tsv *t, size_t row, int column)
{
    struct str y = tsv_cell(t, row, column), all = y, x = str_cut(&y, ',');
    struct place d = { all.n > 0, 0, 0 };
    if (all.n && (!str_to_double(x, &d.x) || !str_to_double(y, &d.y)))
        tsv_fault(t, row, column, 0, l->faults, "\"%.*s\" is not a direction x,y", STR_ARG(all));
    return d;
}

/* ---- landmarks and axes ---- */

static void load_landmarks(struct loader *l)
{
    static const char *const mid[] = { "right", "midline", NULL };
    struct row {
        struct landmark m;
        unsigned is_midline;
    };
    static const struct column columns[] = {
        COL_STR(struct row, "id", m.id),
        COL_STR(struct row, "name", m.name),
        COL_STR(struct row, "basis", m.basis),
        COL_WORD(struct row, "side", is_midline, mid),
    };
    static const struct table table = TABLE("atlas/landmarks.tsv", columns, struct row);
    const struct tsv *t;
    struct row *rows = load_rows(l, &table, &t, &l->k->n_landmarks);
    struct landmark *out = arena_array(&l->k->arena, struct landmark, l->k->n_landmarks);
    l->k->landmarks = out;
    if (!t)
        return;
    load_names(l, t, &l->k->index->landmarks);
    for (size_t i = 0; i < t->n_rows; i++) {
        out[i] = rows[i].m;
        out[i].is_midline = rows[i].is_midline;
    }
    load_places(l, t, (char *)out, sizeof *out, offsetof(struct landmark, at));
}

static void load_axes(struct loader *l)
{
    static const struct column columns[] = {
        COL_STR(struct axis, "axis", id),
        COL_STR(struct axis, "kind", kind),
        COL_STR(struct axis, "unit", unit),
        COL_NAME_B(struct axis, "from_landmark", from, landmarks),
        COL_NAME_B(struct axis, "to_landmark", to, landmarks),
        COL_REAL_B(struct axis, "length", length),
    };
    static const struct table table = TABLE("atlas/axes.tsv", columns, struct axis);
    const struct tsv *t;
    struct axis *axes = load_rows(l, &table, &t, &l->k->n_axes);
    int u[VIEW__COUNT], s[VIEW__COUNT];
    l->k->axes = axes;
    if (!t || !view_columns(l, t, "u", u) || !view_columns(l, t, "t", s))
        return;
    load_names(l, t, &l->k->index->axes);
    for (size_t i = 0; i < t->n_rows; i++)
        for (int v = 0; v < VIEW__COUNT; v++) {
            axes[i].u[v] = load_direction(l, t, i, u[v]);
            axes[i].t[v] = load_direction(l, t, i, s[v]);
        }
}

/* ---- points ---- */

static const struct column point_columns[] = {
    COL_STR(struct point, "code", code),
    COL_STR(struct point, "meridian", meridian),
    COL_STR(struct point, "pinyin", pinyin),
    COL_STR(struct point, "hanzi", hanzi),
    COL_STR(struct point, "hanzi_ja", hanzi_ja),
    COL_STR_B(struct point, "kana", kana),
    COL_STR_B(struct point, "romaji", romaji),
    COL_STR_B(struct point, "vietnamese", vietnamese),
    COL_STR(struct point, "english", english),
    COL_WORD(struct point, "view", view, views),
    COL_STR(struct point, "region", region),
    COL_NAME(struct point, "landmark", place.landmark, landmarks),
    COL_NAME(struct point, "axis", place.axis, axes),
    COL_REAL(struct point, "dx_cun", place.dx),
    COL_REAL(struct point, "dy_cun", place.dy),
    COL_STR(struct point, "offset_basis", place.basis),
    COL_STR(struct point, "location", location.in[LANG_EN]),
    COL_STR_B(struct point, "location_ja", location.in[LANG_JA]),
    COL_STR_B(struct point, "location_vi", location.in[LANG_VI]),
    COL_STR_B(struct point, "needle_angle", angle),
    COL_INT_B(struct point, "depth_min_mm", depth_min_mm),
    COL_INT_B(struct point, "depth_max_mm", depth_max_mm),
    COL_STR_B(struct point, "cautions", cautions),
    COL_STR_B(struct point, "categories", categories),
    COL_STR(struct point, "lbp_role", lbp_role),
};

/* 23 of BL23; extra points have no number of a meridian. */
static int load_number(struct loader *l, const struct tsv *t, size_t row, int column, struct str meridian)
{
    int64_t number = 0;
    if (!str_eq(meridian, STR("EX")) && !str_to_i64(tsv_cell(t, row, column), 1, 99, &number))
        tsv_fault(t, row, column, 0, l->faults, "not the number of a point");
    return (int)number;
}

static struct point *load_points(struct loader *l)
{
    static const struct table table = TABLE("atlas/points.tsv", point_columns, struct point);
    const struct tsv *t;
    struct point *points = load_rows(l, &table, &t, &l->k->n_points);
    l->k->points = points;
    int side = t ? load_column(l, t, "side") : -1, number = t ? load_column(l, t, "number") : -1;
    if (side < 0 || number < 0)
        return NULL;
    load_names(l, t, &l->k->index->points);
    load_places(l, t, (char *)points, sizeof *points, offsetof(struct point, drawn));
    for (size_t i = 0; i < t->n_rows; i++) {
        struct str s = tsv_cell(t, i, side);
        points[i].is_bilateral = str_eq(s, STR("bilateral"));
        if (!points[i].is_bilateral && !str_eq(s, STR("midline")))
            tsv_fault(t, i, side, 0, l->faults, "\"%.*s\" is none of midline, bilateral", STR_ARG(s));
        points[i].number = load_number(l, t, i, number, points[i].meridian);
        for (int v = 0; v < VIEW__COUNT; v++)
            points[i].place_in[v].landmark = -1;
    }
    return points;
}

struct second_place {
    struct str code;
    enum view view;
    struct placement place;
};

/* Where another view needs its own landmark. */
static void load_placements(struct loader *l, struct point *points)
{
    static const struct column columns[] = {
        COL_STR(struct second_place, "code", code),
        COL_WORD(struct second_place, "view", view, views),
        COL_STR(struct second_place, "offset_basis", place.basis),
    };
    static const struct column place_columns[] = {
        COL_NAME(struct placement, "landmark", landmark, landmarks),
        COL_NAME(struct placement, "axis", axis, axes),
        COL_REAL(struct placement, "dx_cun", dx),
        COL_REAL(struct placement, "dy_cun", dy),
        COL_STR(struct placement, "offset_basis", basis),
    };
    static const struct table table = TABLE("atlas/placements.tsv", columns, struct second_place),
                              place_table = TABLE("atlas/placements.tsv", place_columns, struct placement);
    const struct tsv *t;
    size_t n;
    const struct second_place *rows = load_rows(l, &table, &t, &n);
    for (size_t i = 0; i < n; i++) {
        int p = know_point(l->k, rows[i].code);
        if (p < 0)
            tsv_fault(t, i, 0, 0, l->faults, "\"%.*s\" is not known", STR_ARG(rows[i].code));
        else
            load_row(l, &place_table, t, i, &points[p].place_in[rows[i].view]);
    }
}

/* ---- meridians, regions, figure ---- */

static void load_meridians(struct loader *l)
{
    static const struct column columns[] = {
        COL_STR(struct meridian, "code", code),
        COL_STR(struct meridian, "pinyin", pinyin),
        COL_STR(struct meridian, "hanzi", hanzi),
        COL_STR(struct meridian, "hanzi_ja", hanzi_ja),
        COL_STR(struct meridian, "kana", kana),
        COL_STR(struct meridian, "english", english),
        COL_STR(struct meridian, "vietnamese", vietnamese),
        COL_STR(struct meridian, "polarity", polarity),
        COL_STR(struct meridian, "limb", limb),
        COL_STR_B(struct meridian, "paired_organ", paired_organ),
        COL_STR(struct meridian, "colour", colour),
        COL_INT(struct meridian, "points", points),
        COL_INT(struct meridian, "order", order),
    };
    static const struct table table = TABLE("atlas/meridians.tsv", columns, struct meridian);
    const struct tsv *t;
    l->k->meridians = load_rows(l, &table, &t, &l->k->n_meridians);
    load_names(l, t, &l->k->index->meridians);
}

/* What stands between `before` and the next quotation mark, after a place in the text; empty when it is not there. */
static struct str quoted_after(struct str text, struct str before)
{
    ptrdiff_t at = str_find(text, before);
    struct str rest = at < 0 ? STR("") : str_sub(text, (size_t)at + before.n, text.n);
    return str_cut(&rest, '"');
}

/* The path in the figure whose id is the region's. A left inner leg is the mirror of the right one's. */
static void load_outline(struct loader *l, const struct tsv *t, size_t row, struct region *r)
{
    struct str mirror = STR("mirror of "), id = r->id, file = r->file;
    if (str_starts(file, mirror)) {
        file = str_sub(file, mirror.n, file.n);
        id = str_fmt(&l->k->arena, "%.*s_r", (int)(id.n - 2), id.p);
    }
    struct str svg = load_bytes(l, str_fmt(&l->k->arena, "atlas/figure/%.*s", STR_ARG(file)).p);
    struct str path = quoted_after(svg, str_fmt(&l->k->arena, "id=\"%.*s\" class=\"region\" d=\"", STR_ARG(id)));
    if (!outline_read(path, &l->k->arena, &r->outline))
        tsv_fault(t, row, 0, 0, l->faults, "%.*s has no outline of this name", STR_ARG(r->file));
}

static void load_regions(struct loader *l)
{
    static const struct column columns[] = {
        COL_STR(struct region, "id", id),
        COL_STR(struct region, "file", file),
        COL_WORD(struct region, "view", view, views),
        COL_WORD(struct region, "side", side, sides),
        COL_STR(struct region, "english", label.in[LANG_EN]),
        COL_STR(struct region, "japanese", label.in[LANG_JA]),
        COL_STR(struct region, "vietnamese", label.in[LANG_VI]),
        COL_STR_B(struct region, "dermatomes", dermatomes),
        COL_STR_B(struct region, "close_up", close_up),
        COL_WORD(struct region, "zone", zone, zones),
        COL_WORD(struct region, "line", line, lines),
    };
    static const struct table table = TABLE("atlas/regions.tsv", columns, struct region);
    const struct tsv *t;
    struct region *regions = load_rows(l, &table, &t, &l->k->n_regions);
    l->k->regions = regions;
    load_names(l, t, &l->k->index->regions);
    for (size_t i = 0; i < l->k->n_regions; i++)
        load_outline(l, t, i, &regions[i]);
}

static void load_figures(struct loader *l)
{
    static const char *const files[VIEW__COUNT + 2] = {
        "atlas/figure/anterior.svg",   "atlas/figure/posterior.svg", "atlas/figure/lateral.svg",
        "atlas/figure/leg_medial.svg", "atlas/figure/sole.svg",      "atlas/figure/lateral_left.svg",
        "atlas/figure/low_back.svg",
    };
    for (size_t i = 0; i < ARRAY_LEN(files); i++)
        l->k->figure[i] = load_bytes(l, files[i]);
}

void load_atlas(struct loader *l)
{
    load_landmarks(l);
    load_axes(l);
    struct point *points = load_points(l);
    if (points)
        load_placements(l, points);
    load_meridians(l);
    load_regions(l);
    load_figures(l);
}
