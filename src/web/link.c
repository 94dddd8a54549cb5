/* link.c - the private link: the booked visits, their calendar file, moving and cancelling one.
 * SPDX-License-Identifier: AGPL-3.0-or-later
 *
 * Whoever has the link sees this course and nothing else. A GET changes nothing: moving and cancelling are buttons.
 */
#include <inttypes.h>

#include "web/screens.h"
#include "web/visits.h"
#include "web/write.h"

#define OTHER_TIMES 12

struct link_view {
    const struct clinic *c;
    struct booked_course course;
    struct str token;
};

static bool link_load(struct link_view *v, struct req *r, struct resp *out)
{
    struct err e = { 0 };
    v->token = r->params[1];
    if (course_by_token(web_worker(r), v->token, r->a, &v->course, &e) && svc_clinic(web_worker(r), &v->c, &e))
        return true;
    web_fail(r, out, &e);
    return false;
}

static struct str link_path(struct req *r, const struct link_view *v, struct str more)
{
    return web_path(r, str_fmt(r->a, "/c/%.*s%.*s", STR_ARG(v->token), STR_ARG(more)).p);
}

static struct str visit_path(struct req *r, const struct link_view *v, const struct booked_visit *b, const char *what)
{
    return link_path(r, v, str_fmt(r->a, "/visit/%" PRId64 "%s", b->booking_id, what));
}

static void put_visit(struct html *h, struct req *r, const struct link_view *v, const struct booked_visit *b)
{
    bool is_cancelled = str_eq(b->state, STR("cancelled"));
    html_lit(h, "<li");
    if (is_cancelled)
        html_attr(h, "class", STR("cancelled"));
    html_lit(h, "><strong>");
    html_text(h, text_say(r->a, r->lang, MSG_VISIT_NO, str_fmt(r->a, "%d", b->visit_no)));
    html_lit(h, "</strong> <span>");
    html_text(h, visit_when(r, v->c, b->patient_from, b->patient_to));
    html_lit(h, "</span> <span class=\"meta\">");
    html_text(h, visit_who(r, v->c, b->practitioner_id));
    html_lit(h, "</span>");
    if (b->is_review)
        html_el(h, "span", "badge", T(r, MSG_VISIT_REVIEW));
    if (is_cancelled)
        html_el(h, "span", "badge warn", T(r, MSG_VISIT_CANCELLED));
    if (b->can_change) {
        html_lit(h, " <a class=\"small no-print\"");
        html_href(h, visit_path(r, v, b, ""));
        html_lit(h, ">");
        html_text(h, T(r, MSG_VISIT_CHANGE));
        html_lit(h, "<span class=\"visually-hidden\"> ");
        html_int(h, b->visit_no);
        html_lit(h, "</span></a>");
    }
    html_lit(h, "</li>\n");
}

static void put_months(struct html *h, struct req *r, const struct link_view *v)
{
    struct civil_date *days = arena_array(r->a, struct civil_date, (size_t)v->course.n_visits + 1);
    int n = 0;
    for (int i = 0; i < v->course.n_visits; i++)
        if (!str_eq(v->course.visits[i].state, STR("cancelled")))
            days[n++] = zone_date(v->c->zone, v->course.visits[i].patient_from);
    put_calendar(h, r, days, n);
}

void page_link(struct req *r, struct resp *out)
{
    struct link_view v;
    struct page p;
    if (!link_load(&v, r, out) || !page_begin(&p, r, out, T(r, MSG_LINK_TITLE), NAV_NONE))
        return;
    struct html *h = &p.h;
    bool is_new = form_has(web_query(r), STR("new")), is_changed = form_has(web_query(r), STR("changed"));
    html_el(h, "h1", NULL, T(r, is_new ? MSG_LINK_BOOKED : MSG_LINK_TITLE));
    if (is_new)
        notice(h, "good", STR(""), T(r, MSG_LINK_KEEP));
    if (is_changed)
        notice(h, "good", STR(""), T(r, MSG_LINK_CHANGED));
    html_lit(h, "<div class=\"split\">\n<section><ol class=\"list-plain visits\">\n");
    for (int i = 0; i < v.course.n_visits; i++)
        put_visit(h, r, &v, &v.course.visits[i]);
    html_lit(h, "</ol>\n<div class=\"actions\"><a class=\"btn\" download");
    html_href(h, link_path(r, &v, STR("/visits.ics")));
    html_lit(h, ">");
    html_text(h, T(r, MSG_LINK_ICS));
    html_lit(h, "</a></div>\n</section>\n<section>\n");
    put_months(h, r, &v);
    html_lit(h, "</section>\n</div>\n");
    html_el(h, "h2", NULL, T(r, MSG_LINK_BEFORE));
    html_paras(h, NULL, text_say(r->a, r->lang, MSG_LINK_BEFORE_TEXT, v.c->phone));
    page_end(&p, r);
}

void page_link_ics(struct req *r, struct resp *out)
{
    struct link_view v;
    struct str ics;
    struct err e = { 0 };
    if (!link_load(&v, r, out))
        return;
    struct str host = req_header(r, "Host");
    if (!course_ics(web_worker(r), &v.course, str_cut(&host, ':'), r->a, &ics, &e)) {
        web_fail(r, out, &e);
        return;
    }
    out->type = STR("text/calendar; charset=utf-8");
    resp_header(out, STR("Content-Disposition"), STR("attachment; filename=\"visits.ics\""));
    buf_add(&out->body, ics);
}

/* ---- one visit ---- */

static int find_visit(const struct link_view *v, struct str id)
{
    int64_t n;
    if (!str_to_i64(id, 1, INT64_MAX, &n))
        return -1;
    for (int i = 0; i < v->course.n_visits; i++)
        if (v->course.visits[i].booking_id == n)
            return i;
    return -1;
}

/* The visit of the path, which may still be changed. False: a page was written. */
static bool visit_load(struct link_view *v, struct req *r, struct resp *out, int *i)
{
    if (!link_load(v, r, out))
        return false;
    *i = find_visit(v, r->params[2]);
    if (*i >= 0)
        return true;
    web_error(r, out, 404);
    return false;
}

static struct str time_value(struct req *r, const struct offered_visit *o)
{
    return str_fmt(r->a, "%" PRId64 "-%" PRId64, o->practitioner_id, o->starts_at.s / 60);
}

static void show_visit(struct link_view *v, struct req *r, struct resp *out, int i, int status)
{
    struct booked_visit *b = &v->course.visits[i];
    struct offered_visit others[OTHER_TIMES];
    struct choice choices[OTHER_TIMES];
    size_t n = 0;
    struct err e = { 0 };
    struct page p;
    out->status = status;
    if (b->can_change && !booking_other_times(web_worker(r), &v->course, i, r->a, others, OTHER_TIMES, &n, &e)) {
        web_fail(r, out, &e);
        return;
    }
    if (!page_begin_narrow(&p, r, out, T(r, MSG_VISIT_CHANGE), NAV_NONE))
        return;
    struct html *h = &p.h;
    html_el(h, "h1", NULL, text_say(r->a, r->lang, MSG_VISIT_NO, str_fmt(r->a, "%d", b->visit_no)));
    html_el(h, "p", "lead", visit_when(r, v->c, b->patient_from, b->patient_to));
    if (status == 409)
        notice(h, "warn", STR(""), T(r, MSG_GONE_CHOOSE));
    if (!b->can_change)
        notice(h, "warn", STR(""), text_say(r->a, r->lang, MSG_VISIT_TOO_LATE, v->c->phone));
    for (size_t k = 0; k < n; k++)
        choices[k] = (struct choice){ time_value(r, &others[k]),
                                      visit_when(r, v->c, others[k].patient_from, others[k].patient_to),
                                      visit_who(r, v->c, others[k].practitioner_id) };
    if (n) {
        struct field f = { .name = STR("to"), .label = T(r, MSG_MOVE_LEAD), .is_required = true };
        form_begin(h, r, visit_path(r, v, b, "/move"));
        field_radios(h, "radios column", &f, choices, n);
        html_lit(h, "<div class=\"actions\"><button>");
        html_text(h, T(r, MSG_VISIT_MOVE));
        html_lit(h, "</button></div>\n");
        form_end(h);
    }
    if (b->can_change) {
        html_lit(h, "<hr>\n");
        form_begin(h, r, visit_path(r, v, b, "/cancel"));
        html_el(h, "p", NULL, T(r, MSG_CANCEL_LEAD));
        html_lit(h, "<button class=\"danger\">");
        html_text(h, T(r, MSG_VISIT_CANCEL));
        html_lit(h, "</button>\n");
        form_end(h);
    }
    html_lit(h, "<p class=\"actions\"><a class=\"btn quiet\"");
    html_href(h, link_path(r, v, STR("")));
    html_lit(h, ">");
    html_text(h, T(r, MSG_LINK_BACK));
    html_lit(h, "</a></p>\n");
    page_end(&p, r);
}

void page_link_visit(struct req *r, struct resp *out)
{
    struct link_view v;
    int i;
    if (visit_load(&v, r, out, &i))
        show_visit(&v, r, out, i, 200);
}

static struct booking_change *change_of(struct req *r, const struct link_view *v, int i)
{
    struct booking_change *c = arena_one(r->a, struct booking_change);
    *c = (struct booking_change){ .clinic = svc_clinic_for_job(v->c, r->a),
                                  .course_id = v->course.course_id,
                                  .booking_id = v->course.visits[i].booking_id,
                                  .now = r->now,
                                  .actor = str_fmt(r->a, "patient:%" PRId64, v->course.patient_id) };
    return c;
}

static void changed(struct req *r, struct resp *out)
{
    const struct job *j = web_written(r);
    struct link_view v;
    int i;
    if (j->ok)
        resp_redirect(r, out, web_path(r, str_fmt(r->a, "/c/%.*s?changed=1", STR_ARG(r->params[1])).p));
    else if (j->err.code != ERR_CONFLICT)
        web_fail(r, out, &j->err);
    else if (visit_load(&v, r, out, &i))
        show_visit(&v, r, out, i, 409);
}

void action_link_move(struct req *r, struct resp *out)
{
    struct link_view v;
    struct offered_visit others[OTHER_TIMES];
    size_t n = 0;
    struct err e = { 0 };
    int i;
    if (!visit_load(&v, r, out, &i))
        return;
    if (v.course.visits[i].can_change &&
        !booking_other_times(web_worker(r), &v.course, i, r->a, others, OTHER_TIMES, &n, &e)) {
        web_fail(r, out, &e);
        return;
    }
    for (size_t k = 0; k < n; k++)
        if (str_eq(time_value(r, &others[k]), form_get(web_form(r), STR("to")))) {
            struct booking_change *c = change_of(r, &v, i);
            c->to = others[k];
            web_write(r, booking_move_job, c, changed);
            return;
        }
    show_visit(&v, r, out, i, 409); /* not offered any more: show what is */
}

void action_link_cancel(struct req *r, struct resp *out)
{
    struct link_view v;
    int i;
    if (!visit_load(&v, r, out, &i))
        return;
    if (!v.course.visits[i].can_change && !str_eq(v.course.visits[i].state, STR("cancelled")))
        show_visit(&v, r, out, i, 409);
    else
        web_write(r, booking_cancel_job, change_of(r, &v, i), changed);
}
