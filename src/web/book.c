/* book.c - booking the course: the week's wishes, the best course and two others, contact data, one confirmation.
 * SPDX-License-Identifier: AGPL-3.0-or-later
 *
 * The exemplary slice: here (route), svc/course.h, engine/course.h, store/course.h, sql/booking.sql.
 * Wishes and chosen visits travel in the query; nothing personal is in them. Contact data come with the POST only.
 */
#include <inttypes.h>

#include "web/plan_parts.h"
#include "web/screens.h"
#include "web/visits.h"
#include "web/wishes.h"
#include "web/write.h"

#define CONSENT_VERSION STR("2026-11")
#define ALTERNATIVES 8

/* The plan and the wishes of one booking request. */
struct booking_view {
    struct plan_view plan;
    struct wishes wishes;
    struct course_ask ask;
};

static int visits_max(const struct plan_view *v)
{
    int n = v->plan.course.phases[0].visits_max;
    for (size_t i = 1; i < v->plan.course.n_phases; i++)
        n += v->plan.course.phases[i].visits_max;
    n = n < v->plan.course.book_now ? v->plan.course.book_now : n;
    return n > COURSE_VISITS_MAX ? COURSE_VISITS_MAX : n;
}

/* False: a page was written (nothing to book without a plan that allows it). */
static bool booking_load(struct booking_view *b, struct req *r, struct resp *out, const struct form *f)
{
    if (!view_load(&b->plan, r, out))
        return false;
    if (!view_is_complete(&b->plan) || !b->plan.plan.may_book) {
        resp_redirect(r, out, web_path(r, view_is_complete(&b->plan) ? "/plan" : "/check"));
        return false;
    }
    struct civil_date today = svc_today(web_worker(r), b->plan.c);
    wishes_default(b->plan.c, today, &b->wishes);
    wishes_read(&b->wishes, f, b->plan.c, today, visits_max(&b->plan));
    if (b->wishes.visits == 0)
        b->wishes.visits = b->plan.plan.course.book_now;
    wishes_ask(&b->wishes, &b->plan.plan, &b->ask);
    return true;
}

static struct str book_path(struct req *r, const char *step, const struct wishes *w, struct str more)
{
    return str_fmt(r->a, "%.*s?%.*s%.*s", STR_ARG(web_path(r, step)), STR_ARG(wishes_query(w, r->a)), STR_ARG(more));
}

/* ---- 1: the week ---- */

static void put_cell(struct html *h, struct req *r, const struct wishes *w, int day, int band)
{
    static const enum msg names[] = { MSG_WISH_NEVER, MSG_WISH_POSSIBLE, MSG_WISH_PREFERRED };
    static const struct str signs[] = { STR_INIT("×"), STR_INIT("○"), STR_INIT("◎") };
    if (!w->open[day][band]) {
        html_lit(h, "<td class=\"closed\"><span class=\"visually-hidden\">");
        html_text(h, T(r, MSG_WISH_CLOSED));
        html_lit(h, "</span></td>");
        return;
    }
    int from = w->first_minute + band * BAND_MINUTES;
    html_lit(h, "<td><select data-wish");
    html_attr(h, "name", str_fmt(r->a, "w%d_%d", day, band));
    html_attr(h, "aria-label",
              str_fmt(r->a, "%.*s %.*s", STR_ARG(text_weekday(r->lang, day, false)), STR_ARG(text_clock(from, r->a))));
    html_lit(h, ">");
    for (int v = 2; v >= 0; v--) {
        html_lit(h, "<option");
        html_attr_int(h, "value", v);
        html_flag(h, "selected", w->week[day][band] == v);
        html_lit(h, ">");
        html_text(h, signs[v]);
        html_lit(h, " ");
        html_text(h, T(r, names[v]));
        html_lit(h, "</option>");
    }
    html_lit(h, "</select></td>");
}

static void put_week(struct html *h, struct req *r, const struct wishes *w)
{
    html_lit(h, "<fieldset class=\"field\"><legend>");
    html_text(h, T(r, MSG_BOOK_WEEK));
    html_lit(h, "</legend>\n<p class=\"hint\">");
    html_text(h, T(r, MSG_BOOK_WEEK_HINT));
    html_lit(h, "</p>\n<table class=\"week-grid\"><thead><tr><th scope=\"col\"><span class=\"visually-hidden\">");
    html_text(h, T(r, MSG_BOOK_TIME));
    html_lit(h, "</span></th>");
    for (int d = 0; d < 7; d++)
        html_el(h, "th", NULL, text_weekday(r->lang, d, true));
    html_lit(h, "</tr></thead><tbody>\n");
    for (int b = 0; b < w->n_bands; b++) {
        html_lit(h, "<tr><th scope=\"row\">");
        html_text(h, text_clock(w->first_minute + b * BAND_MINUTES, r->a));
        html_lit(h, "</th>");
        for (int d = 0; d < 7; d++)
            put_cell(h, r, w, d, b);
        html_lit(h, "</tr>\n");
    }
    html_lit(h, "</tbody></table>\n</fieldset>\n");
}

static void put_who(struct html *h, struct booking_view *b, struct req *r)
{
    const struct clinic *c = b->plan.c;
    struct choice *choices = arena_array(r->a, struct choice, c->n_practitioners + 1);
    struct field who = { .name = STR("who"),
                         .label = T(r, MSG_BOOK_WHO),
                         .value = str_fmt(r->a, "%" PRId64, b->wishes.practitioner_id) };
    struct field only = { .name = STR("only"), .label = T(r, MSG_BOOK_ONLY) };
    choices[0] = (struct choice){ STR("0"), T(r, MSG_BOOK_ANYONE), STR("") };
    for (size_t i = 0; i < c->n_practitioners; i++)
        choices[i + 1] = (struct choice){ str_fmt(r->a, "%" PRId64, c->practitioners[i].id),
                                          practitioner_name(&c->practitioners[i], r->lang, r->a), STR("") };
    field_select(h, &who, choices, c->n_practitioners + 1);
    field_check(h, &only, b->wishes.is_must);
}

void page_book(struct req *r, struct resp *out)
{
    struct booking_view b;
    struct page p;
    if (!booking_load(&b, r, out, web_query(r)) || !page_begin(&p, r, out, T(r, MSG_BOOK_TITLE), NAV_CHECK))
        return;
    struct html *h = &p.h;
    struct field earliest = { .name = STR("earliest"),
                              .label = T(r, MSG_BOOK_EARLIEST),
                              .value = date_iso(b.wishes.earliest, r->a) };
    struct field visits = { .name = STR("visits"),
                            .label = T(r, MSG_BOOK_VISITS),
                            .hint = text_say(r->a, r->lang, MSG_BOOK_VISITS_HINT,
                                             str_fmt(r->a, "%d", b.plan.plan.course.book_now)),
                            .value = str_fmt(r->a, "%d", b.wishes.visits),
                            .inputmode = "numeric" };
    html_el(h, "h1", NULL, T(r, MSG_BOOK_TITLE));
    html_el(h, "p", "lead", T(r, MSG_BOOK_LEAD));
    html_lit(h, "<form method=\"get\"");
    html_attr(h, "action", web_path(r, "/book/choose"));
    html_lit(h, ">\n");
    put_week(h, r, &b.wishes);
    html_lit(h, "<div class=\"grid\">\n");
    field_text(h, "date", &earliest);
    field_number(h, &visits, 1, visits_max(&b.plan), STR(""));
    html_lit(h, "<div>");
    put_who(h, &b, r);
    html_lit(h, "</div>\n</div>\n<div class=\"actions\"><button>");
    html_text(h, T(r, MSG_BOOK_FIND));
    html_lit(h, "</button></div>\n</form>\n");
    page_end(&p, r);
}

/* ---- 2: the offer ---- */

static void put_visit_line(struct html *h, struct req *r, const struct clinic *c, const struct offered_visit *v, int i)
{
    html_lit(h, "<li><strong>");
    html_text(h, text_say(r->a, r->lang, MSG_VISIT_NO, str_fmt(r->a, "%d", i + 1)));
    html_lit(h, "</strong> <span>");
    html_text(h, visit_when(r, c, v->patient_from, v->patient_to));
    html_lit(h, "</span> <span class=\"meta\">");
    html_text(h, visit_who(r, c, v->practitioner_id));
    html_lit(h, "</span>");
    if (v->wish == WISH_PREFERRED)
        html_el(h, "span", "badge good", T(r, MSG_WISH_PREFERRED));
    if (v->is_review)
        html_el(h, "span", "badge", T(r, MSG_VISIT_REVIEW));
}

static void put_visit_calendar(struct html *h, struct req *r, const struct offered_visit *v, int n)
{
    struct civil_date *days = arena_array(r->a, struct civil_date, (size_t)n + 1);
    for (int i = 0; i < n; i++)
        days[i] = v[i].date;
    put_calendar(h, r, days, n);
}

static void put_offer(struct html *h, struct req *r, struct booking_view *b, const struct offered_course *o, int rank)
{
    const struct clinic *c = b->plan.c;
    struct str visits = str_fmt(r->a, "&v=%.*s", STR_ARG(visits_text(o->visits, o->n_visits, r->a)));
    html_lit(h, "<article class=\"card offer\">\n");
    html_el(h, "h2", NULL,
            rank == 0 ? T(r, MSG_OFFER_BEST) : text_say(r->a, r->lang, MSG_OFFER_OTHER, str_fmt(r->a, "%d", rank)));
    html_lit(h, "<div class=\"split\">\n<ol class=\"list-plain visits\">\n");
    for (int i = 0; i < o->n_visits; i++) {
        put_visit_line(h, r, c, &o->visits[i], i);
        html_lit(h, " <a class=\"small no-print\"");
        html_href(h, book_path(r, "/book/move", &b->wishes, str_fmt(r->a, "%.*s&i=%d", STR_ARG(visits), i)));
        html_lit(h, ">");
        html_text(h, T(r, MSG_VISIT_MOVE));
        html_lit(h, "<span class=\"visually-hidden\"> ");
        html_int(h, i + 1);
        html_lit(h, "</span></a></li>\n");
    }
    html_lit(h, "</ol>\n<div>");
    put_visit_calendar(h, r, o->visits, o->n_visits);
    html_lit(h, "</div>\n</div>\n<div class=\"actions\"><a");
    html_attr(h, "class", rank == 0 ? STR("btn") : STR("btn secondary"));
    html_href(h, book_path(r, "/book/details", &b->wishes, visits));
    html_lit(h, ">");
    html_text(h, T(r, MSG_OFFER_TAKE));
    html_lit(h, "</a> <span class=\"meta\">");
    html_text(h, text_say(r->a, r->lang, MSG_OFFER_TOTAL, text_money(r->lang, o->total, r->a)));
    html_lit(h, "</span></div>\n</article>\n");
}

static struct str why_none(struct req *r, const struct course_relaxation *x)
{
    struct str n = str_fmt(r->a, "%d", x->amount), fit = str_fmt(r->a, "%d", x->visits_possible);
    switch (x->block) {
    case BLOCK_WISH_NEVER:
        return text_say(r->a, r->lang, MSG_NONE_WISH, text_weekday(r->lang, x->weekday, false),
                        text_clock(x->half_hour * 30, r->a), text_clock((x->half_hour + x->half_hours) * 30, r->a));
    case BLOCK_PRACTITIONER:
        return T(r, MSG_NONE_PRACTITIONER);
    case BLOCK_GAP_MAX:
        return text_say(r->a, r->lang, MSG_NONE_GAP_MAX, n);
    case BLOCK_GAP_MIN:
        return text_say(r->a, r->lang, MSG_NONE_GAP_MIN, n);
    case BLOCK_HORIZON:
        return text_say(r->a, r->lang, MSG_NONE_HORIZON, fit);
    case BLOCK_START_LATER:
        return text_say(r->a, r->lang, MSG_NONE_LATER, n);
    case BLOCK_NONE:
    case BLOCK_FULL:
        break;
    }
    return text_say(r->a, r->lang, MSG_NONE_FULL, fit);
}

static void put_back_to_week(struct html *h, struct req *r, const struct wishes *w)
{
    html_lit(h, "<p><a class=\"btn quiet\"");
    html_href(h, book_path(r, "/book", w, STR("")));
    html_lit(h, ">");
    html_text(h, T(r, MSG_BOOK_CHANGE));
    html_lit(h, "</a></p>\n");
}

void page_book_choose(struct req *r, struct resp *out)
{
    struct booking_view b;
    struct course_offer offer;
    struct err e = { 0 };
    struct page p;
    if (!booking_load(&b, r, out, web_query(r)))
        return;
    if (!course_offer(web_worker(r), &b.ask, r->a, &offer, &e)) {
        web_fail(r, out, &e);
        return;
    }
    if (!page_begin(&p, r, out, T(r, MSG_OFFER_TITLE), NAV_CHECK))
        return;
    html_el(&p.h, "h1", NULL, T(r, MSG_OFFER_TITLE));
    if (offer.n == 0)
        notice(&p.h, "warn", T(r, MSG_NONE_TITLE), why_none(r, &offer.relaxation));
    else
        html_el(&p.h, "p", "lead", T(r, MSG_OFFER_LEAD));
    html_lit(&p.h, "<div class=\"stack\">\n");
    for (int i = 0; i < offer.n; i++)
        put_offer(&p.h, r, &b, &offer.courses[i], i);
    html_lit(&p.h, "</div>\n");
    put_back_to_week(&p.h, r, &b.wishes);
    page_end(&p, r);
}

/* ---- one visit moved before booking ---- */

static bool read_visits(struct booking_view *b, struct req *r, const struct form *f, struct offered_visit **v, int *n)
{
    if (!visits_read(form_get(f, STR("v")), r->a, v, n))
        return false;
    b->wishes.visits = *n;
    wishes_ask(&b->wishes, &b->plan.plan, &b->ask);
    return true;
}

void page_book_move(struct req *r, struct resp *out)
{
    struct booking_view b;
    struct offered_visit *v, others[ALTERNATIVES];
    int n;
    int64_t i;
    size_t found = 0;
    struct err e = { 0 };
    struct page p;
    if (!booking_load(&b, r, out, web_query(r)))
        return;
    if (!read_visits(&b, r, web_query(r), &v, &n) || !str_to_i64(form_get(web_query(r), STR("i")), 0, n - 1, &i)) {
        web_error(r, out, 400);
        return;
    }
    if (!course_other_times(web_worker(r), &b.ask, v, n, (int)i, r->a, others, ALTERNATIVES, &found, &e)) {
        web_fail(r, out, &e);
        return;
    }
    if (!page_begin_narrow(&p, r, out, T(r, MSG_MOVE_TITLE), NAV_CHECK))
        return;
    html_el(&p.h, "h1", NULL, text_say(r->a, r->lang, MSG_MOVE_WHICH, str_fmt(r->a, "%d", (int)i + 1)));
    html_el(&p.h, "p", "lead", found ? T(r, MSG_MOVE_LEAD) : T(r, MSG_MOVE_NONE));
    html_lit(&p.h, "<ul class=\"list-plain visits\">\n");
    struct offered_visit before = v[i];
    for (size_t k = 0; k < found; k++) {
        v[i] = others[k];
        html_lit(&p.h, "<li><a");
        html_href(&p.h,
                  book_path(r, "/book/details", &b.wishes, str_fmt(r->a, "&v=%.*s", STR_ARG(visits_text(v, n, r->a)))));
        html_lit(&p.h, ">");
        html_text(&p.h, visit_when(r, b.plan.c, others[k].patient_from, others[k].patient_to));
        html_lit(&p.h, "</a> <span class=\"meta\">");
        html_text(&p.h, visit_who(r, b.plan.c, others[k].practitioner_id));
        html_lit(&p.h, "</span></li>\n");
    }
    v[i] = before;
    html_lit(&p.h, "</ul>\n");
    put_back_to_week(&p.h, r, &b.wishes);
    page_end(&p, r);
}

/* ---- 3: who, and consent ---- */

struct details {
    struct booking_view b;
    struct offered_visit *visits;
    int n_visits, bad; /* bad: index of a visit that is not free any more, -1 none */
    struct contact contact;
    struct str key; /* idempotency */
    struct issues problems;
};

static struct str contact_problem(struct details *d, struct req *r, struct str name)
{
    const struct issue *i = issue_at(&d->problems, name);
    return i ? text_issue(r->lang, i, r->a) : STR("");
}

static void put_contact_fields(struct html *h, struct details *d, struct req *r)
{
    const struct contact *c = &d->contact;
    const struct {
        struct str name, value, label, hint;
        const char *type, *autocomplete, *inputmode;
        bool is_required, is_kana;
    } fields[] = {
        { STR("family_name"), c->family_name, T(r, MSG_CONTACT_FAMILY), STR(""), "text", "family-name", NULL, true,
          false },
        { STR("given_name"), c->given_name, T(r, MSG_CONTACT_GIVEN), STR(""), "text", "given-name", NULL, true, false },
        { STR("family_kana"), c->family_kana, T(r, MSG_CONTACT_FAMILY_KANA), STR(""), "text", NULL, NULL, false, true },
        { STR("given_kana"), c->given_kana, T(r, MSG_CONTACT_GIVEN_KANA), STR(""), "text", NULL, NULL, false, true },
        { STR("phone"), c->phone, T(r, MSG_CONTACT_PHONE_LABEL), T(r, MSG_CONTACT_PHONE_HINT), "tel", "tel", "tel",
          true, false },
        { STR("email"), c->email, T(r, MSG_CONTACT_EMAIL_LABEL), T(r, MSG_CONTACT_EMAIL_HINT), "email", "email",
          "email", false, false },
    };
    html_lit(h, "<div class=\"grid\">\n");
    for (size_t i = 0; i < ARRAY_LEN(fields); i++) {
        struct field f = { fields[i].name,         fields[i].label,
                           fields[i].hint,         fields[i].value,
                           fields[i].autocomplete, fields[i].inputmode,
                           fields[i].is_required,  contact_problem(d, r, fields[i].name) };
        if (!fields[i].is_kana || r->lang == LANG_JA)
            field_text(h, fields[i].type, &f);
    }
    html_lit(h, "</div>\n");
}

static void put_consents(struct html *h, struct details *d, struct req *r)
{
    struct field data = { .name = STR("consents_data"),
                          .label = T(r, MSG_CONSENT_DATA),
                          .hint = T(r, MSG_CONSENT_DATA_HINT),
                          .is_required = true,
                          .problem = contact_problem(d, r, STR("consents_data")) };
    struct field treatment = { .name = STR("consents_treatment"),
                               .label = T(r, MSG_CONSENT_TREATMENT),
                               .hint = T(r, MSG_CONSENT_TREATMENT_HINT),
                               .is_required = true,
                               .problem = contact_problem(d, r, STR("consents_treatment")) };
    html_el(h, "h2", NULL, T(r, MSG_CONSENT_TITLE));
    field_check(h, &data, d->contact.consents_data);
    field_check(h, &treatment, d->contact.consents_treatment);
}

/* The nearest other times for a visit that was taken meanwhile, as a choice in the same form. */
static void put_alternatives(struct html *h, struct details *d, struct req *r)
{
    struct offered_visit others[ALTERNATIVES];
    struct choice choices[ALTERNATIVES];
    size_t n = 0;
    struct err e = { 0 };
    if (!course_other_times(web_worker(r), &d->b.ask, d->visits, d->n_visits, d->bad, r->a, others, ALTERNATIVES, &n,
                            &e))
        n = 0;
    notice(h, "warn", text_say(r->a, r->lang, MSG_GONE_TITLE, str_fmt(r->a, "%d", d->bad + 1)),
           n ? T(r, MSG_GONE_CHOOSE) : T(r, MSG_GONE_NONE));
    for (size_t i = 0; i < n; i++)
        choices[i] = (struct choice){ visits_text(&others[i], 1, r->a),
                                      visit_when(r, d->b.plan.c, others[i].patient_from, others[i].patient_to),
                                      visit_who(r, d->b.plan.c, others[i].practitioner_id) };
    struct field f = { .name = STR("instead"),
                       .label = T(r, MSG_GONE_INSTEAD),
                       .value = n ? choices[0].value : STR("") };
    if (n)
        field_radios(h, "radios column", &f, choices, n);
    field_hidden(h, STR("bad"), str_fmt(r->a, "%d", d->bad));
}

static void put_summary(struct html *h, struct details *d, struct req *r)
{
    html_lit(h, "<section class=\"card\">\n");
    html_el(h, "h2", NULL, T(r, MSG_DETAILS_VISITS));
    html_lit(h, "<ol class=\"list-plain visits\">\n");
    for (int i = 0; i < d->n_visits; i++) {
        put_visit_line(h, r, d->b.plan.c, &d->visits[i], i);
        if (i == d->bad)
            html_el(h, "span", "badge danger", T(r, MSG_GONE_BADGE));
        html_lit(h, "</li>\n");
    }
    html_lit(h, "</ol>\n");
    put_back_to_week(h, r, &d->b.wishes);
    html_lit(h, "</section>\n");
}

/* The name of a field for the list of problems; the consents say it in their problem. */
static struct str contact_label(struct req *r, struct str name)
{
    static const struct {
        struct str name;
        enum msg label;
    } labels[] = {
        { STR_INIT("family_name"), MSG_CONTACT_FAMILY },      { STR_INIT("given_name"), MSG_CONTACT_GIVEN },
        { STR_INIT("family_kana"), MSG_CONTACT_FAMILY_KANA }, { STR_INIT("given_kana"), MSG_CONTACT_GIVEN_KANA },
        { STR_INIT("phone"), MSG_CONTACT_PHONE_LABEL },       { STR_INIT("email"), MSG_CONTACT_EMAIL_LABEL }
    };
    for (size_t i = 0; i < ARRAY_LEN(labels); i++)
        if (str_eq(labels[i].name, name))
            return T(r, labels[i].label);
    return STR("");
}

static void show_details(struct details *d, struct req *r, struct resp *out, int status)
{
    struct page p;
    struct problem *list = arena_array(r->a, struct problem, d->problems.list.n + 1);
    out->status = status;
    if (!page_begin(&p, r, out, T(r, MSG_DETAILS_TITLE), NAV_CHECK))
        return;
    struct html *h = &p.h;
    for (size_t i = 0; i < d->problems.list.n; i++)
        list[i] = (struct problem){ d->problems.list.v[i].path, contact_label(r, d->problems.list.v[i].path),
                                    text_issue(r->lang, &d->problems.list.v[i], r->a) };
    html_el(h, "h1", NULL, T(r, MSG_DETAILS_TITLE));
    field_summary(h, T(r, MSG_FORM_PROBLEMS), list, d->problems.list.n);
    html_lit(h, "<div class=\"split\">\n<div>\n");
    form_begin(h, r, web_path(r, "/book"));
    wishes_hidden(h, &d->b.wishes);
    field_hidden(h, STR("v"), visits_text(d->visits, d->n_visits, r->a));
    field_hidden(h, STR("key"), d->key);
    if (d->bad >= 0)
        put_alternatives(h, d, r);
    put_contact_fields(h, d, r);
    put_consents(h, d, r);
    html_lit(h, "<div class=\"actions\"><button>");
    html_text(h, text_say(r->a, r->lang, MSG_DETAILS_BOOK, str_fmt(r->a, "%d", d->n_visits)));
    html_lit(h, "</button></div>\n");
    form_end(h);
    html_lit(h, "</div>\n");
    put_summary(h, d, r);
    html_lit(h, "</div>\n");
    page_end(&p, r);
}

/* The visits of the request, completed and checked. False: a page was written. */
static bool details_load(struct details *d, struct req *r, struct resp *out, const struct form *f)
{
    struct err e = { 0 };
    *d = (struct details){ .bad = -1, .problems = { .a = r->a } };
    if (!booking_load(&d->b, r, out, f))
        return false;
    if (!read_visits(&d->b, r, f, &d->visits, &d->n_visits)) {
        web_error(r, out, 400);
        return false;
    }
    if (course_recheck(web_worker(r), &d->b.ask, d->visits, d->n_visits, r->a, &d->bad, &e) || d->bad >= 0)
        return true;
    web_fail(r, out, &e);
    return false;
}

void page_book_details(struct req *r, struct resp *out)
{
    struct details d;
    if (!details_load(&d, r, out, web_query(r)))
        return;
    d.key = svc_new_key(r->a);
    show_details(&d, r, out, d.bad >= 0 ? 409 : 200);
}

/* ---- 4: the confirmation ---- */

static void read_contact(struct details *d, const struct form *f)
{
    d->contact = (struct contact){ form_get(f, STR("family_name")),
                                   form_get(f, STR("given_name")),
                                   form_get(f, STR("family_kana")),
                                   form_get(f, STR("given_kana")),
                                   form_get(f, STR("phone")),
                                   form_get(f, STR("email")),
                                   str_eq(form_get(f, STR("consents_data")), STR("yes")),
                                   str_eq(form_get(f, STR("consents_treatment")), STR("yes")) };
    d->key = str_sub(form_get(f, STR("key")), 0, 64);
}

/* A visit chosen instead of one that was gone: put into the list of visits before they are read. */
static struct form with_instead(struct req *r, const struct form *f)
{
    struct offered_visit *v, *other;
    int n, one;
    int64_t bad;
    struct form copy = { arena_array(r->a, struct form_field, f->n + 1), f->n };
    memcpy(copy.v, f->v, f->n * sizeof *f->v);
    if (!visits_read(form_get(f, STR("instead")), r->a, &other, &one) || one != 1 ||
        !visits_read(form_get(f, STR("v")), r->a, &v, &n) || !str_to_i64(form_get(f, STR("bad")), 0, n - 1, &bad))
        return copy;
    v[bad] = other[0];
    for (size_t i = 0; i < copy.n; i++)
        if (str_eq(copy.v[i].name, STR("v")))
            copy.v[i].value = visits_text(v, n, r->a);
    return copy;
}

static struct str gaps_text(const struct course_ask *ask, int n, struct arena *a)
{
    const struct course_shape *s = &ask->plan->course;
    struct str out = STR("");
    for (int i = 0; i < n; i++) {
        struct gap_days g = s->gaps[i < s->book_now ? i : s->book_now - 1];
        out = str_fmt(a, "%.*s%s%d-%d-%d", STR_ARG(out), i ? ";" : "", g.min, g.target, g.max);
    }
    return out;
}

static struct str reviews_text(const struct course_shape *s, struct arena *a)
{
    struct str out = STR("");
    for (size_t i = 0; i < s->n_reviews; i++)
        out = str_fmt(a, "%.*s%s%d", STR_ARG(out), i ? ";" : "", s->reviews[i]);
    return out;
}

static void put_answers(struct course_booking *b, const struct plan_view *v)
{
    const struct fact *birth = &v->in.answers.v[know_fact_must(v->k, STR("birth_date"))];
    const struct fact *onset = &v->in.answers.v[know_fact_must(v->k, STR("onset_date"))];
    const struct fact *sex = &v->in.answers.v[know_fact_must(v->k, STR("sex"))];
    b->has_birth_date = birth->state == FACT_KNOWN;
    b->birth_date = (struct civil_date){ (int32_t)birth->number };
    b->has_onset = onset->state == FACT_KNOWN;
    b->onset = (struct civil_date){ (int32_t)onset->number };
    b->sex = sex->state == FACT_KNOWN ? sex->code : STR("");
}

static struct course_booking *booking_from(struct details *d, struct req *r)
{
    struct course_booking *b = arena_one(r->a, struct course_booking);
    const struct plan_view *v = &d->b.plan;
    const struct course_shape *s = &v->plan.course;
    *b = (struct course_booking){ .intake_json = intake_to_json(&v->in, v->k, r->a),
                                  .plan_json = plan_to_json(v->k, &v->plan, r->a),
                                  .data_version = v->plan.data_version,
                                  .triage_level = (int)v->plan.triage.level,
                                  .contact = d->contact,
                                  .lang = r->lang,
                                  .visits = d->visits,
                                  .n_visits = d->n_visits,
                                  .protocol_id = v->k->protocols[s->protocol].id,
                                  .house_row = s->house_row >= 0 ? v->k->doses[s->house_row].id : STR(""),
                                  .reviews = reviews_text(s, r->a),
                                  .gaps = gaps_text(&d->b.ask, d->n_visits, r->a),
                                  .key = ((struct app *)r->app)->key,
                                  .clinic = svc_clinic_for_job(v->c, r->a),
                                  .idempotency_key = d->key,
                                  .consent_version = CONSENT_VERSION,
                                  .now = r->now,
                                  .a = r->a };
    put_answers(b, v);
    return b;
}

static void redirect_to_link(struct req *r, struct resp *out, struct str token)
{
    draft_forget(r, out);
    resp_redirect(r, out, web_path(r, str_fmt(r->a, "/c/%.*s?new=1", STR_ARG(token)).p));
}

/* Back from the writer: booked, or a visit was taken between looking and booking. */
static void booked(struct req *r, struct resp *out)
{
    const struct job *j = web_written(r);
    const struct course_booking *b = j->arg;
    struct details d;
    if (j->ok) {
        redirect_to_link(r, out, b->token);
        return;
    }
    if (j->err.code != ERR_CONFLICT || b->bad_visit < 0) {
        web_fail(r, out, &j->err);
        return;
    }
    struct form f = with_instead(r, web_form(r));
    if (!details_load(&d, r, out, &f))
        return;
    read_contact(&d, &f);
    d.bad = d.bad >= 0 ? d.bad : b->bad_visit;
    show_details(&d, r, out, 409);
}

/* A form that was sent before gets the answer it had, though its times are taken and the answers forgotten by now. */
static bool was_sent_before(struct req *r, struct resp *out, const struct form *f)
{
    const struct clinic *c;
    struct err e = { 0 };
    struct details d = { .problems = { .a = r->a } };
    struct course_booking b = { .key = ((struct app *)r->app)->key, .now = r->now, .a = r->a };
    read_contact(&d, f);
    if (d.key.n == 0 || !contact_check(&d.contact, r->lang, r->a, &d.problems) ||
        !visits_read(form_get(f, STR("v")), r->a, &b.visits, &b.n_visits) || !svc_clinic(web_worker(r), &c, &e))
        return false;
    b.contact = d.contact;
    b.clinic = c;
    b.idempotency_key = d.key;
    if (!course_was_booked(web_worker(r), &b))
        return false;
    redirect_to_link(r, out, b.token);
    return true;
}

void action_book(struct req *r, struct resp *out)
{
    struct details d;
    struct form f = with_instead(r, web_form(r));
    if (was_sent_before(r, out, &f) || !details_load(&d, r, out, &f))
        return;
    read_contact(&d, &f);
    struct contact typed = d.contact;
    bool is_fine = contact_check(&d.contact, r->lang, r->a, &d.problems);
    if (is_fine && d.bad < 0) {
        web_write(r, course_book_job, booking_from(&d, r), booked);
        return;
    }
    if (d.bad >= 0 && was_sent_before(r, out, &f)) // by its own twin, since the first look
        return;
    d.contact = typed;
    show_details(&d, r, out, d.bad >= 0 ? 409 : 422);
}
