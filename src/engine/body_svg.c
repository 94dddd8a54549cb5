/* body_svg.c - a picture of the body: the figure, painful parts, points and their labels.
 * SPDX-License-Identifier: AGPL-3.0-or-later
 *
 * The stored figures have one element a line, which is all that is relied on here: their paths are copied with their
 * classes, their ids and styles are not (several pictures may stand on one page).
 */
#include <math.h>

#include "base/list.h"
#include "engine/body_labels.h"
#include "engine/body_picture.h"

static const struct picture_spec {
    enum view view;
    int figure;       /* index of know.figure */
    bool is_mirrored; /* the body's right on the viewer's left */
    bool right, left; /* the sides it shows */
    bool is_pair;     /* one leg is stored: the other is drawn beside it, mirrored */
} specs[PICTURE__COUNT] = {
    [PICTURE_FRONT] = { VIEW_ANTERIOR, VIEW_ANTERIOR, true, true, true, false },
    [PICTURE_BACK] = { VIEW_POSTERIOR, VIEW_POSTERIOR, false, true, true, false },
    [PICTURE_RIGHT] = { VIEW_LATERAL, VIEW_LATERAL, false, true, false, false },
    [PICTURE_LEFT] = { VIEW_LATERAL, FIGURE_LATERAL_LEFT, true, false, true, false },
    [PICTURE_LOW_BACK] = { VIEW_POSTERIOR, FIGURE_LOW_BACK, false, true, true, false },
    [PICTURE_INNER_LEG] = { VIEW_LEG_MEDIAL, VIEW_LEG_MEDIAL, true, true, true, true },
    [PICTURE_SOLE] = { VIEW_SOLE, VIEW_SOLE, false, true, true, false },
};

/* The close-up's figure ends at y 22 and 50; marks nearer to its edge than this are left to the whole back. */
#define LOW_BACK_TOP 22.8
#define LOW_BACK_BOTTOM 49.2
#define LOW_BACK_HALF_WIDTH 8.0

enum view picture_view(enum picture p)
{
    return specs[p].view;
}

struct place picture_place(const struct know *k, const struct body_mark *m, enum picture p)
{
    const struct picture_spec *s = &specs[p];
    if ((m->side == SIDE_RIGHT && !s->right) || (m->side == SIDE_LEFT && !s->left))
        return (struct place){ 0 };
    struct place at = body_place(k, m->point, s->view, m->side);
    if (p == PICTURE_LOW_BACK)
        at.seen = at.seen && at.y >= LOW_BACK_TOP && at.y <= LOW_BACK_BOTTOM && fabs(at.x) <= LOW_BACK_HALF_WIDTH;
    return at;
}

/* ---- writing ---- */

struct drawing {
    const struct know *k;
    const struct body_picture *p;
    const struct picture_spec *spec;
    struct buf *out;
    struct frame figure, all; /* the stored figure's frame (both legs of a pair), and with the labels */
    double pair_shift;        /* how far the right leg of a pair moves left, and the left one right */
    double font;
};

/* What is shown, where on the screen. */
struct spot {
    const struct body_mark *mark;
    struct place at, screen;
};

static void put_escaped(struct buf *b, struct str s)
{
    for (size_t i = 0; i < s.n; i++)
        switch (s.p[i]) {
        case '&':
            buf_lit(b, "&amp;");
            break;
        case '<':
            buf_lit(b, "&lt;");
            break;
        case '"':
            buf_lit(b, "&quot;");
            break;
        default:
            buf_char(b, s.p[i]);
        }
}

static void put_attribute(struct buf *b, const char *name, struct str value)
{
    buf_fmt(b, " %s=\"", name);
    put_escaped(b, value);
    buf_lit(b, "\"");
}

/* The value of an attribute of ours in a line of a stored figure. */
static struct str attribute(struct str line, struct str name_is)
{
    ptrdiff_t at = str_find(line, name_is);
    struct str rest = at < 0 ? STR("") : str_sub(line, (size_t)at + name_is.n, line.n);
    return str_cut(&rest, '"');
}

/* ---- the figure ---- */

static void put_region(struct drawing *d, struct str id, struct str path, bool is_left_twin)
{
    char twin[64];
    if (is_left_twin && id.n < sizeof twin && str_ends(id, STR("_r"))) {
        memcpy(twin, id.p, id.n);
        twin[id.n - 1] = 'l';
        id.p = twin;
    }
    int r = know_region(d->k, id);
    bool is_pain = r >= 0 && d->p->pain && region_set_has(d->p->pain, r);
    if (r < 0 || (!is_pain && !d->p->is_tappable))
        return;
    buf_fmt(d->out, "<path class=\"%s\"", d->p->is_tappable ? "body-region" : "body-pain");
    if (d->p->is_tappable) {
        buf_fmt(d->out, " role=\"checkbox\" aria-checked=\"%s\" tabindex=\"0\"", is_pain ? "true" : "false");
        put_attribute(d->out, "data-region", id);
        put_attribute(d->out, "aria-label", text_in(d->k->regions[r].label, d->p->lang));
    }
    put_attribute(d->out, "d", path);
    buf_lit(d->out, "/>\n");
}

static void put_path(struct drawing *d, struct str line, bool is_left_twin)
{
    struct str class = attribute(line, STR(" class=\"")), path = attribute(line, STR(" d=\"")), word;
    if (str_eq(class, STR("region"))) {
        put_region(d, attribute(line, STR(" id=\"")), path, is_left_twin);
        return;
    }
    buf_lit(d->out, "<path class=\"");
    for (bool first = true; str_next(&class, ' ', &word); first = false)
        buf_fmt(d->out, "%sbody-%.*s", first ? "" : " ", STR_ARG(word));
    buf_fmt(d->out, "\" d=\"%.*s\"/>\n", STR_ARG(path));
}

/* The paths of the stored figure: everything but its frame, title, style and groups. */
static void put_figure(struct drawing *d, bool is_left_twin)
{
    struct str rest = d->k->figure[d->spec->figure];
    while (rest.n) {
        struct str line = str_cut(&rest, '\n');
        if (str_starts(line, STR("<path ")))
            put_path(d, line, is_left_twin);
    }
}

static void put_points(struct drawing *d, const struct spot *spots, size_t n, enum side only)
{
    for (size_t i = 0; i < n; i++) {
        const struct body_mark *m = spots[i].mark;
        if (only != SIDE_MIDLINE && m->side != only)
            continue;
        buf_fmt(d->out, "<circle class=\"body-point%s\" cx=\"%.3f\" cy=\"%.3f\" r=\"%.3f\"",
                m->is_principal ? " is-principal" : "", spots[i].at.x, spots[i].at.y,
                d->font * (m->is_principal ? 0.34 : 0.28));
        put_attribute(d->out, "data-point", d->k->points[m->point].code);
        static const char *const sides[] = { "midline", "right", "left" };
        buf_fmt(d->out, " data-side=\"%s\"/>\n", sides[m->side]);
    }
}

/* Opens a group whose coordinates are those of the view; of a pair, the leg of that side. */
static void open_view(struct drawing *d, enum side only)
{
    bool is_mirrored = d->spec->is_mirrored != (only == SIDE_LEFT);
    double shift = only == SIDE_LEFT ? d->pair_shift : -d->pair_shift;
    buf_lit(d->out, "<g");
    if (d->spec->is_pair)
        buf_fmt(d->out, " transform=\"translate(%.3f 0) scale(%d 1)\"", shift, is_mirrored ? -1 : 1);
    else if (is_mirrored)
        buf_lit(d->out, " transform=\"scale(-1 1)\"");
    buf_lit(d->out, ">\n");
}

/* Each part of the picture in the view's coordinates: once, or for each leg of a pair. */
static void put_views(struct drawing *d, const struct spot *spots, size_t n, bool is_figure)
{
    for (int side = d->spec->is_pair ? SIDE_RIGHT : SIDE_MIDLINE; side < SIDE__COUNT; side++) {
        open_view(d, (enum side)side);
        if (is_figure)
            put_figure(d, side == SIDE_LEFT);
        else
            put_points(d, spots, n, (enum side)side);
        buf_lit(d->out, "</g>\n");
        if (side == SIDE_MIDLINE)
            break;
    }
}

/* ---- labels ---- */

static void put_leaders(struct drawing *d, const struct label *labels, size_t n)
{
    for (size_t i = 0; i < n; i++)
        buf_fmt(d->out, "<polyline class=\"body-leader\" points=\"%.3f,%.3f %.3f,%.3f %.3f,%.3f\"/>\n",
                labels[i].x_line, labels[i].y, labels[i].x_bend, labels[i].y, labels[i].at_x, labels[i].at_y);
}

static void put_words(struct drawing *d, const struct label *labels, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        buf_fmt(d->out, "<text class=\"body-label\" x=\"%.3f\" y=\"%.3f\" font-size=\"%.3f\" text-anchor=\"%s\">",
                labels[i].x, labels[i].y + 0.36 * d->font, d->font, labels[i].is_left ? "end" : "start");
        put_escaped(d->out, labels[i].text);
        buf_lit(d->out, "</text>\n");
    }
}

/* ---- all together ---- */

/* viewBox="x y w h" of a stored figure. */
static struct frame stored_frame(struct str svg)
{
    struct str box = attribute(svg, STR("viewBox=\"")), word;
    double v[4] = { 0, 0, 1, 1 };
    for (int i = 0; i < 4 && str_next(&box, ' ', &word); i++)
        if (!str_to_double(word, &v[i]))
            return (struct frame){ 0, 0, 1, 1 };
    return (struct frame){ v[0], v[1], v[2], v[3] };
}

static void set_frame(struct drawing *d)
{
    d->figure = stored_frame(d->k->figure[d->spec->figure]);
    if (!d->spec->is_pair)
        return;
    double left = d->figure.x, right = d->figure.x + d->figure.w;
    d->pair_shift = right;
    d->figure.x = left - right;
    d->figure.w = 2 * (right - left);
}

static struct place on_screen(const struct drawing *d, const struct body_mark *m, struct place at)
{
    double shift = !d->spec->is_pair ? 0 : m->side == SIDE_LEFT ? d->pair_shift : -d->pair_shift;
    bool is_mirrored = d->spec->is_mirrored != (d->spec->is_pair && m->side == SIDE_LEFT);
    return (struct place){ true, shift + (is_mirrored ? -at.x : at.x), at.y };
}

static struct spot *collect(const struct drawing *d, struct arena *a, size_t *n)
{
    struct spot *spots = arena_array(a, struct spot, d->p->n_marks);
    for (size_t i = 0; i < d->p->n_marks; i++) {
        const struct body_mark *m = &d->p->marks[i];
        struct place at = picture_place(d->k, m, d->p->which);
        if (at.seen)
            spots[(*n)++] = (struct spot){ m, at, on_screen(d, m, at) };
    }
    return spots;
}

static struct label *set_labels(struct drawing *d, const struct spot *spots, size_t n, struct arena *a)
{
    struct label *labels = arena_array(a, struct label, n);
    for (size_t i = 0; i < n; i++)
        labels[i] =
            (struct label){ .text = spots[i].mark->label, .at_x = spots[i].screen.x, .at_y = spots[i].screen.y };
    d->all = d->figure;
    d->font = labels_set(labels, n, &d->all);
    return labels;
}

static void put_svg(struct drawing *d, const struct spot *spots, size_t n, const struct label *labels)
{
    buf_fmt(d->out,
            "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"body\" viewBox=\"%.2f %.2f %.2f %.2f\" role=\"%s\"",
            d->all.x, d->all.y, d->all.w, d->all.h, d->p->is_tappable ? "group" : "img");
    put_attribute(d->out, "aria-label", d->p->title);
    buf_lit(d->out, ">\n");
    put_views(d, spots, n, true);
    put_leaders(d, labels, n);
    if (n)
        put_views(d, spots, n, false);
    put_words(d, labels, n);
    buf_lit(d->out, "</svg>\n");
}

size_t body_svg(const struct know *k, const struct body_picture *p, struct buf *out)
{
    struct arena a = { 0 };
    struct drawing d = { .k = k, .p = p, .spec = &specs[p->which], .out = out };
    size_t n = 0;
    set_frame(&d);
    const struct spot *spots = collect(&d, &a, &n);
    const struct label *labels = set_labels(&d, spots, n, &a);
    put_svg(&d, spots, n, labels);
    arena_release(&a);
    return n;
}
