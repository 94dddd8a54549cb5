/* home.c - the clinic's first page: plain facts, no praise.
 * SPDX-License-Identifier: AGPL-3.0-or-later
 */
#include "web/screens.h"

void page_root(struct req *r, struct resp *out)
{
    resp_redirect(r, out, web_path(r, "/"));
}

static void put_hero(struct html *h, struct req *r, const struct clinic *c)
{
    html_lit(h, "<section class=\"hero\">\n");
    html_el(h, "h1", NULL, T(r, MSG_HOME_TITLE));
    html_el(h, "p", "lead", text_in(c->about, r->lang));
    html_lit(h, "<p class=\"actions\"><a class=\"btn\"");
    html_href(h, web_path(r, "/check"));
    html_lit(h, ">");
    html_text(h, T(r, MSG_HOME_START));
    html_lit(h, "</a> <a class=\"btn quiet\"");
    html_href(h, web_path(r, "/what-to-expect"));
    html_lit(h, ">");
    html_text(h, T(r, MSG_NAV_EXPECT));
    html_lit(h, "</a></p>\n");
    html_el(h, "p", "meta", T(r, MSG_HOME_BOOKED));
    html_lit(h, "</section>\n");
}

static struct str licence_name(struct req *r, struct str kind)
{
    if (str_eq(kind, STR("hari")))
        return T(r, MSG_LICENCE_HARI);
    return str_eq(kind, STR("kyu")) ? T(r, MSG_LICENCE_KYU) : kind;
}

static void put_langs(struct html *h, struct str langs)
{
    static const enum msg names[LANG__COUNT] = { MSG_LANG_EN, MSG_LANG_JA, MSG_LANG_VI };
    struct str item;
    enum lang l;
    html_lit(h, "<p class=\"meta\">");
    for (bool first = true; str_next(&langs, ';', &item); first = false)
        if (lang_parse(item, &l)) {
            if (!first)
                html_lit(h, " · ");
            html_text(h, text_get(l, names[l]));
        }
    html_lit(h, "</p>\n");
}

static void put_people(struct html *h, struct req *r, const struct clinic *c)
{
    html_lit(h, "<section>\n");
    html_el(h, "h2", NULL, T(r, MSG_HOME_PEOPLE));
    html_lit(h, "<div class=\"grid\">\n");
    for (size_t i = 0; i < c->n_practitioners; i++) {
        const struct practitioner *p = &c->practitioners[i];
        html_lit(h, "<div class=\"card\">\n<h3>");
        if (r->lang == LANG_JA) {
            html_ruby(h, p->family_name, p->family_kana);
            html_lit(h, " ");
            html_ruby(h, p->given_name, p->given_kana);
        } else {
            html_text(h, practitioner_name(p, r->lang, r->a));
        }
        html_lit(h, "</h3>\n<ul class=\"list-plain\">\n");
        for (size_t k = 0; k < p->n_licences; k++) {
            html_lit(h, "<li>");
            html_text(h, licence_name(r, p->licences[k].kind));
            html_lit(h, " <span class=\"meta\">");
            html_text(h, text_say(r->a, r->lang, MSG_LICENCE_NUMBER, p->licences[k].number));
            html_lit(h, "</span></li>\n");
        }
        html_lit(h, "</ul>\n");
        put_langs(h, p->langs);
        html_lit(h, "</div>\n");
    }
    html_lit(h, "</div>\n</section>\n");
}

static int patient_minutes(const struct service_shape *s)
{
    int minutes = 0;
    for (size_t i = 0; i < s->n_segments; i++)
        minutes += s->segments[i].kind == SEGMENT_BUFFER ? 0 : s->segments[i].minutes;
    return minutes;
}

static void put_services(struct html *h, struct req *r, const struct clinic *c)
{
    html_lit(h, "<section>\n");
    html_el(h, "h2", NULL, T(r, MSG_HOME_SERVICES));
    html_lit(h, "<div class=\"table-wrap\"><table>\n<thead><tr>");
    html_el(h, "th", NULL, T(r, MSG_HOME_SERVICE));
    html_el(h, "th", "num", T(r, MSG_HOME_LENGTH));
    html_el(h, "th", "num", T(r, MSG_HOME_PRICE));
    html_lit(h, "</tr></thead>\n<tbody>\n");
    for (size_t i = 0; i < c->n_services; i++) {
        const struct clinic_service *s = &c->services[i];
        html_lit(h, "<tr><td><strong>");
        html_text(h, text_in(s->name, r->lang));
        html_lit(h, "</strong><br><span class=\"meta\">");
        html_text(h, text_in(s->about, r->lang));
        html_lit(h, "</span></td>");
        html_el(h, "td", "num", text_say(r->a, r->lang, MSG_MINUTES, str_fmt(r->a, "%d", patient_minutes(&s->shape))));
        html_el(h, "td", "num", text_money(r->lang, s->price, r->a));
        html_lit(h, "</tr>\n");
    }
    html_lit(h, "</tbody></table></div>\n</section>\n");
}

static void put_day_hours(struct html *h, struct req *r, const struct clinic *c, int day)
{
    bool is_open = false;
    html_lit(h, "<tr><th scope=\"row\">");
    html_text(h, text_weekday(r->lang, day, false));
    html_lit(h, "</th><td>");
    for (size_t i = 0; i < c->n_hours; i++) {
        if (c->hours[i].practitioner_id != 0 || c->hours[i].weekday != day)
            continue;
        if (is_open)
            html_lit(h, ", ");
        html_text(h, text_clock(c->hours[i].from_minute, r->a));
        html_lit(h, "–");
        html_text(h, text_clock(c->hours[i].to_minute, r->a));
        is_open = true;
    }
    if (!is_open)
        html_text(h, T(r, MSG_WISH_CLOSED));
    html_lit(h, "</td></tr>\n");
}

static void put_visit(struct html *h, struct req *r, const struct clinic *c)
{
    html_lit(h, "<section class=\"split\">\n<div>\n");
    html_el(h, "h2", NULL, T(r, MSG_HOME_HOURS));
    html_lit(h, "<table><tbody>\n");
    for (int day = 0; day < 7; day++)
        put_day_hours(h, r, c, day);
    html_lit(h, "</tbody></table>\n</div>\n<div>\n");
    html_el(h, "h2", NULL, T(r, MSG_HOME_WAY));
    html_el(h, "p", NULL, text_in(c->address, r->lang));
    html_el(h, "p", NULL, text_in(c->access, r->lang));
    html_lit(h, "<p><a");
    html_href(h, str_fmt(r->a, "tel:%.*s", STR_ARG(c->phone)));
    html_lit(h, ">");
    html_text(h, c->phone);
    html_lit(h, "</a>");
    if (c->email.n) {
        html_lit(h, "<br><a");
        html_href(h, str_fmt(r->a, "mailto:%.*s", STR_ARG(c->email)));
        html_lit(h, ">");
        html_text(h, c->email);
        html_lit(h, "</a>");
    }
    html_lit(h, "</p>\n</div>\n</section>\n");
}

void page_home(struct req *r, struct resp *out)
{
    struct page p;
    if (!page_begin(&p, r, out, T(r, MSG_HOME_TITLE), NAV_HOME))
        return;
    html_lit(&p.h, "<div class=\"stack\">\n");
    put_hero(&p.h, r, p.clinic);
    put_services(&p.h, r, p.clinic);
    put_people(&p.h, r, p.clinic);
    put_visit(&p.h, r, p.clinic);
    html_lit(&p.h, "</div>\n");
    page_end(&p, r);
}
