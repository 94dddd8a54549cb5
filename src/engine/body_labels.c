/* body_labels.c - where the words beside a figure go: two columns, no two on top of each other.
 * SPDX-License-Identifier: AGPL-3.0-or-later
 */
#include "engine/body_labels.h"

#include <math.h>
#include <stdlib.h>

#include "base/arena.h"

#define FONT_SHARE 0.037 /* of the final width */
#define COLUMN_MOST 0.25 /* of the final width, for very long words */
#define GAP 0.5          /* font sizes between text, line and figure */

/* Width in font sizes; letters of Latin scripts are narrow, kana and kanji square. */
static double text_width(struct str s)
{
    double w = 0;
    for (size_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i];
        w += c < 0x80 ? 0.62 : c >= 0xE3 ? 1 : c >= 0xC0 ? 0.62 : 0; /* of a sequence only its first byte counts */
    }
    return w;
}

static int by_height(const void *a, const void *b)
{
    const struct label *x = a, *y = b;
    if (x->at_y < y->at_y || x->at_y > y->at_y)
        return x->at_y < y->at_y ? -1 : 1;
    return (x->at_x > y->at_x) - (x->at_x < y->at_x);
}

static int by_column(const void *a, const void *b)
{
    const struct label *x = a, *y = b;
    return x->is_left != y->is_left ? (x->is_left ? -1 : 1) : by_height(a, b);
}

/* Left of the middle goes left; what lies on it goes where there are fewer. Returns how many go left. */
static size_t share_out(struct label *labels, size_t n, double middle)
{
    size_t left = 0, right = 0;
    for (size_t i = 0; i < n; i++) {
        left += labels[i].at_x < middle - 0.05;
        right += labels[i].at_x > middle + 0.05;
    }
    for (size_t i = 0; i < n; i++) {
        bool is_middle = fabs(labels[i].at_x - middle) <= 0.05;
        labels[i].is_left = is_middle ? left < right : labels[i].at_x < middle;
        left += is_middle && labels[i].is_left;
        right += is_middle && !labels[i].is_left;
    }
    return left;
}

/* Heights with at least `gap` between neighbours, within [top, bottom], nearest to the wished ones (least squares):
 * labels that would touch form a block around their mean. `labels` sorted by height. */
static void spread(struct label *labels, size_t n, double gap, double top, double bottom, struct arena *a)
{
    struct block {
        double sum;
        size_t n;
    } *blocks = arena_array(a, struct block, n + 1);
    size_t m = 0;
    for (size_t i = 0; i < n; i++) {
        blocks[m++] = (struct block){ labels[i].at_y - gap * (double)i, 1 };
        while (m > 1 && blocks[m - 2].sum * (double)blocks[m - 1].n > blocks[m - 1].sum * (double)blocks[m - 2].n) {
            blocks[m - 2].sum += blocks[m - 1].sum;
            blocks[m - 2].n += blocks[m - 1].n;
            m--;
        }
    }
    double last = bottom - gap * (double)(n ? n - 1 : 0);
    for (size_t b = 0, i = 0; b < m; b++)
        for (size_t j = 0; j < blocks[b].n; j++, i++)
            labels[i].y = fmin(fmax(blocks[b].sum / (double)blocks[b].n, top), last) + gap * (double)i;
}

static double widest(const struct label *labels, size_t n)
{
    double w = 0;
    for (size_t i = 0; i < n; i++)
        w = fmax(w, text_width(labels[i].text));
    return w;
}

static void set_columns(struct label *labels, size_t n, const struct frame *figure, double font)
{
    for (size_t i = 0; i < n; i++) {
        double edge = labels[i].is_left ? figure->x : figure->x + figure->w, out = labels[i].is_left ? -1 : 1;
        labels[i].x_bend = edge;
        labels[i].x_line = edge + out * GAP * font;
        labels[i].x = edge + out * 1.6 * GAP * font;
    }
}

/* On which side of the line from p to q the place r lies. */
static double turn(double px, double py, double qx, double qy, double rx, double ry)
{
    return (qx - px) * (ry - py) - (qy - py) * (rx - px);
}

static bool lines_cross(const struct label *a, const struct label *b)
{
    double a1 = turn(b->x_bend, b->y, b->at_x, b->at_y, a->x_bend, a->y);
    double a2 = turn(b->x_bend, b->y, b->at_x, b->at_y, a->at_x, a->at_y);
    double b1 = turn(a->x_bend, a->y, a->at_x, a->at_y, b->x_bend, b->y);
    double b2 = turn(a->x_bend, a->y, a->at_x, a->at_y, b->at_x, b->at_y);
    return ((a1 < 0) != (a2 < 0)) && ((b1 < 0) != (b2 < 0));
}

/* Two labels of a column whose lines cross change places. Each change makes the lines shorter together, so it ends. */
static void uncross(struct label *labels, size_t n)
{
    bool changed = true;
    for (size_t round = 0; changed && round < n; round++) {
        changed = false;
        for (size_t i = 0; i < n; i++)
            for (size_t j = i + 1; j < n; j++)
                if (lines_cross(&labels[i], &labels[j])) {
                    struct label t = labels[i];
                    double yi = labels[i].y, yj = labels[j].y;
                    labels[i] = labels[j];
                    labels[j] = t;
                    labels[i].y = yi;
                    labels[j].y = yj;
                    changed = true;
                }
    }
}

double labels_set(struct label *labels, size_t n, struct frame *frame)
{
    struct arena a = { 0 };
    const struct frame figure = *frame;
    qsort(labels, n, sizeof *labels, by_height);
    size_t left = share_out(labels, n, figure.x + figure.w / 2), most = left > n - left ? left : n - left;
    qsort(labels, n, sizeof *labels, by_column);
    int columns = (left > 0) + (left < n);
    double ems = widest(labels, n) + 3 * GAP, share = fmin(FONT_SHARE, COLUMN_MOST / ems);
    double font = figure.w / (1 - columns * ems * share) * share, column = ems * font, gap = LABEL_SPACING * font;
    frame->x -= left > 0 ? column : 0;
    frame->w += columns * column;
    frame->h = fmax(frame->h, gap * (double)(most + 1));
    double top = frame->y + gap / 2, bottom = frame->y + frame->h - gap / 2;
    spread(labels, left, gap, top, bottom, &a);
    spread(labels + left, n - left, gap, top, bottom, &a);
    set_columns(labels, n, &figure, font);
    uncross(labels, left);
    uncross(labels + left, n - left);
    arena_release(&a);
    return font;
}
