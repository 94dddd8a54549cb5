/* visits.c - visits as a list and as a small calendar.
 * SPDX-License-Identifier: AGPL-3.0-or-later
 */
#include "web/visits.h"

struct str visit_when(struct req *r, const struct clinic *c, struct instant from, struct instant to)
{
    struct wall a = zone_wall(c->zone, from, NULL), b = zone_wall(c->zone, to, NULL);
    return text_say(r->a, r->lang, MSG_VISIT_WHEN, text_date(r->lang, a.date, DATE_WEEKDAY, r->a),
                    text_clock(a.minute, r->a), text_clock(b.minute, r->a));
}

struct str visit_who(struct req *r, const struct clinic *c, int64_t practitioner_id)
{
    for (size_t i = 0; i < c->n_practitioners; i++)
        if (c->practitioners[i].id == practitioner_id)
            return practitioner_name(&c->practitioners[i], r->lang, r->a);
    return STR("");
}

static int visit_on(const struct civil_date *days, int n, int32_t day)
{
    for (int i = 0; i < n; i++)
        if (days[i].day == day)
            return i + 1;
    return 0;
}

static struct str month_title(struct req *r, struct ymd m)
{
    /* the long date without its day: the month's name alone would need its own pattern in each language */
    static const enum msg names[12] = { MSG_MONTH_01, MSG_MONTH_02, MSG_MONTH_03, MSG_MONTH_04,
                                        MSG_MONTH_05, MSG_MONTH_06, MSG_MONTH_07, MSG_MONTH_08,
                                        MSG_MONTH_09, MSG_MONTH_10, MSG_MONTH_11, MSG_MONTH_12 };
    return text_say(r->a, r->lang, MSG_CALENDAR_MONTH, str_fmt(r->a, "%d", m.y), T(r, names[m.m - 1]));
}

static void put_day(struct html *h, struct req *r, int day_of_month, int visit)
{
    html_lit(h, "<td");
    if (visit)
        html_attr(h, "class", STR("visit"));
    html_lit(h, ">");
    html_int(h, day_of_month);
    if (visit) {
        html_lit(h, "<span class=\"visit-no\"><span class=\"visually-hidden\">");
        html_text(h, T(r, MSG_CALENDAR_VISIT));
        html_lit(h, " </span>");
        html_int(h, visit);
        html_lit(h, "</span>");
    }
    html_lit(h, "</td>");
}

static void put_month(struct html *h, struct req *r, struct ymd month, const struct civil_date *days, int n)
{
    struct civil_date first = date_from_ymd((struct ymd){ month.y, month.m, 1 });
    struct ymd after = month.m == 12 ? (struct ymd){ month.y + 1, 1, 1 } : (struct ymd){ month.y, month.m + 1, 1 };
    int32_t end = date_from_ymd(after).day;
    html_lit(h, "<table class=\"month\">\n<caption>");
    html_text(h, month_title(r, month));
    html_lit(h, "</caption>\n<thead><tr>");
    for (int d = 0; d < 7; d++) {
        html_lit(h, "<th scope=\"col\"");
        html_attr(h, "abbr", text_weekday(r->lang, d, false));
        html_lit(h, ">");
        html_text(h, text_weekday(r->lang, d, true));
        html_lit(h, "</th>");
    }
    html_lit(h, "</tr></thead>\n<tbody>\n");
    for (int32_t day = first.day - date_weekday(first); day < end; day += 7) {
        html_lit(h, "<tr>");
        for (int d = 0; d < 7; d++) {
            if (day + d < first.day || day + d >= end)
                html_lit(h, "<td></td>");
            else
                put_day(h, r, day + d - first.day + 1, visit_on(days, n, day + d));
        }
        html_lit(h, "</tr>\n");
    }
    html_lit(h, "</tbody></table>\n");
}

void put_calendar(struct html *h, struct req *r, const struct civil_date *days, int n)
{
    struct ymd last = { 0 };
    html_lit(h, "<div class=\"months\">\n");
    for (int i = 0; i < n; i++) {
        struct ymd m = date_to_ymd(days[i]);
        if (m.y != last.y || m.m != last.m)
            put_month(h, r, m, days, n);
        last = m;
    }
    html_lit(h, "</div>\n");
}
