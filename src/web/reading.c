/* reading.c - what acupuncture is, what to expect, and the evidence in honest short form. All sentences are rows of
 * data/. SPDX-License-Identifier: AGPL-3.0-or-later
 */
#include <math.h>

#include "web/screens.h"

static const struct know *know_of(struct req *r)
{
    return ((struct app *)r->app)->know;
}

static void put_sources(struct html *h, struct req *r, struct str keys)
{
    struct str key;
    if (keys.n == 0)
        return;
    html_lit(h, "<details class=\"why\"><summary>");
    html_text(h, T(r, MSG_READ_SOURCES));
    html_lit(h, "</summary><ul class=\"small\">\n");
    while (str_next(&keys, ';', &key)) {
        int i = know_source(know_of(r), key);
        if (i < 0)
            continue;
        const struct source *s = &know_of(r)->sources[i];
        html_lit(h, "<li>");
        html_text(h, s->citation);
        if (str_starts(s->identifier, STR("doi:"))) {
            struct str doi = str_sub(s->identifier, 4, s->identifier.n);
            html_lit(h, " <a");
            html_href(h, str_fmt(r->a, "https://doi.org/%.*s", STR_ARG(doi)));
            html_lit(h, ">");
            html_text(h, doi);
            html_lit(h, "</a>");
        }
        html_lit(h, "</li>\n");
    }
    html_lit(h, "</ul></details>\n");
}

static void put_words(struct html *h, struct req *r, const struct clinic *c, const struct words *w)
{
    html_lit(h, "<section class=\"card\">\n");
    html_el(h, "h2", NULL, say(r, c, w->title));
    html_paras(h, NULL, say(r, c, w->text));
    if (w->figure.n) {
        html_lit(h, "<p class=\"meta\">");
        html_text(h, T(r, MSG_READ_FIGURE));
        html_lit(h, " ");
        html_text(h, w->figure);
        html_lit(h, "</p>\n");
    }
    put_sources(h, r, w->sources);
    html_lit(h, "</section>\n");
}

static void put_topic(struct html *h, struct req *r, const struct clinic *c, const struct words *rows, size_t n,
                      const char *topic)
{
    for (size_t i = 0; i < n; i++)
        if (str_eq(rows[i].topic, str_from(topic)))
            put_words(h, r, c, &rows[i]);
}

void page_what(struct req *r, struct resp *out)
{
    struct page p;
    const struct know *k = know_of(r);
    if (!page_begin(&p, r, out, T(r, MSG_NAV_WHAT), NAV_WHAT))
        return;
    html_el(&p.h, "h1", NULL, T(r, MSG_NAV_WHAT));
    html_el(&p.h, "p", "lead", T(r, MSG_READ_WHAT_LEAD));
    html_lit(&p.h, "<div class=\"split\">\n");
    put_topic(&p.h, r, p.clinic, k->statements, k->n_statements, "traditional");
    put_topic(&p.h, r, p.clinic, k->statements, k->n_statements, "modern");
    html_lit(&p.h, "</div>\n");
    page_end(&p, r);
}

void page_expect(struct req *r, struct resp *out)
{
    struct page p;
    const struct know *k = know_of(r);
    if (!page_begin_narrow(&p, r, out, T(r, MSG_NAV_EXPECT), NAV_EXPECT))
        return;
    html_el(&p.h, "h1", NULL, T(r, MSG_NAV_EXPECT));
    html_lit(&p.h, "<div class=\"stack\">\n");
    for (size_t i = 0; i < k->n_expectations; i++)
        if (!str_eq(k->expectations[i].topic, STR("banned")))
            put_words(&p.h, r, p.clinic, &k->expectations[i]);
    html_lit(&p.h, "</div>\n");
    page_end(&p, r);
}

/* ---- evidence ---- */

/* Pooled differences that can stand in one picture: standardised, against sham or against no or usual care. */
static bool is_shown(const struct review *v)
{
    bool is_smd = str_has(v->measure, STR("SMD"));
    bool is_pain = str_has(v->outcome, STR("pain"));
    return is_smd && is_pain && !isnan(v->estimate) && !isnan(v->ci_low) && !isnan(v->ci_high) &&
           !str_has(v->verification, STR("not_verified"));
}

#define PLOT_WIDTH 240.0
#define PLOT_MAX 1.2

static double plot_x(double smd)
{
    double v = fabs(smd);
    return (v > PLOT_MAX ? PLOT_MAX : v) / PLOT_MAX * PLOT_WIDTH;
}

/* The interval as a line with its estimate; the numbers beside it are the record. */
static void put_interval(struct html *h, struct req *r, const struct review *v)
{
    double a = plot_x(v->ci_low), b = plot_x(v->ci_high), e = plot_x(v->estimate);
    html_svg(
        h, str_fmt(r->a,
                   "<svg class=\"interval\" viewBox=\"0 0 240 20\" role=\"presentation\" aria-hidden=\"true\">"
                   "<line class=\"zero\" x1=\"1\" y1=\"0\" x2=\"1\" y2=\"20\"/><line x1=\"%.1f\" y1=\"10\" x2=\"%.1f\" "
                   "y2=\"10\"/><circle cx=\"%.1f\" cy=\"10\" r=\"4\"/></svg>",
                   a < b ? a : b, a < b ? b : a, e));
}

static void put_review(struct html *h, struct req *r, const struct review *v)
{
    html_lit(h, "<tr><td>");
    html_text(h, v->author);
    html_lit(h, " ");
    html_int(h, v->year);
    html_lit(h, "<br><span class=\"meta\">");
    html_text(h, v->comparison);
    html_lit(h, " · ");
    html_text(h, v->timepoint);
    html_lit(h, "</span></td><td class=\"num\">");
    html_text(h, str_fmt(r->a, "%.2f (%.2f, %.2f)", v->estimate, v->ci_low, v->ci_high));
    html_lit(h, "</td><td>");
    put_interval(h, r, v);
    html_lit(h, "</td><td>");
    if (v->doi.n) {
        html_lit(h, "<a");
        html_href(h, str_fmt(r->a, "https://doi.org/%.*s", STR_ARG(v->doi)));
        html_lit(h, ">doi</a>");
    }
    html_lit(h, "</td></tr>\n");
}

static void put_reviews(struct html *h, struct req *r)
{
    const struct know *k = know_of(r);
    html_lit(h, "<section>\n");
    html_el(h, "h2", NULL, T(r, MSG_READ_POOLED));
    html_el(h, "p", "meta", T(r, MSG_READ_POOLED_LEAD));
    html_lit(h, "<div class=\"table-wrap\" tabindex=\"0\"><table>\n<thead><tr>");
    html_el(h, "th", NULL, T(r, MSG_READ_STUDY));
    html_el(h, "th", "num", T(r, MSG_READ_EFFECT));
    html_el(h, "th", NULL, T(r, MSG_READ_PICTURE));
    html_el(h, "th", NULL, T(r, MSG_READ_SOURCES));
    html_lit(h, "</tr></thead>\n<tbody>\n");
    for (size_t i = 0; i < k->n_reviews; i++)
        if (is_shown(&k->reviews[i]))
            put_review(h, r, &k->reviews[i]);
    html_lit(h, "</tbody></table></div>\n</section>\n");
}

void page_evidence(struct req *r, struct resp *out)
{
    static const char *const topics[] = { "sham", "usual_care", "guidelines", "responders", "points", "dose", "harms" };
    struct page p;
    const struct know *k = know_of(r);
    if (!page_begin(&p, r, out, T(r, MSG_NAV_EVIDENCE), NAV_EVIDENCE))
        return;
    html_el(&p.h, "h1", NULL, T(r, MSG_NAV_EVIDENCE));
    html_el(&p.h, "p", "lead", T(r, MSG_READ_EVIDENCE_LEAD));
    html_lit(&p.h, "<div class=\"stack\">\n<div class=\"grid wide\">\n");
    for (size_t i = 0; i < ARRAY_LEN(topics); i++)
        put_topic(&p.h, r, p.clinic, k->statements, k->n_statements, topics[i]);
    html_lit(&p.h, "</div>\n");
    put_reviews(&p.h, r);
    html_lit(&p.h, "</div>\n");
    page_end(&p, r);
}
