/* course_link.c - a booked course as its owner sees it by the private link, and as a calendar file.
 * SPDX-License-Identifier: AGPL-3.0-or-later
 */
#include <inttypes.h>
#include <libical/ical.h>

#include "base/must.h"
#include "db/db.h"
#include "os/random.h"
#include "store/course.h"
#include "svc/course.h"
#include "text/text.h"

static bool is_listed(struct str list, int n)
{
    struct str item;
    int64_t v;
    while (str_next(&list, ';', &item))
        if (str_to_i64(item, 0, 1000, &v) && v == n)
            return true;
    return false;
}

static struct booked_visit visit_from(const struct clinic *c, const struct booking_row *b, struct str reviews,
                                      struct instant now)
{
    return (struct booked_visit){ .booking_id = b->id,
                                  .practitioner_id = b->practitioner_id,
                                  .table_id = b->table_id,
                                  .service_id = b->service_id,
                                  .visit_no = b->visit_no,
                                  .sequence = b->sequence,
                                  .patient_from = b->patient_from,
                                  .patient_to = b->patient_to,
                                  .state = b->state,
                                  .is_review = is_listed(reviews, b->visit_no),
                                  .can_change = str_eq(b->state, STR("booked")) &&
                                                b->patient_from.s > now.s + c->notice_minutes * 60,
                                  .price = { b->price_minor, c->currency } };
}

bool course_by_token(struct svc_worker *w, struct str token, struct arena *a, struct booked_course *out, struct err *e)
{
    const struct clinic *c;
    struct course_row row;
    struct booking_rows rows;
    if (token.n == 0 || token.n > 64)
        return err_set(e, ERR_NOT_FOUND, 0, "no such link");
    if (!svc_clinic(w, &c, e) || !course_row_by_link(w->db, c->id, token_hash(token, a), a, &row, e) ||
        !booking_of_course(w->db, c->id, row.id, a, &rows, e))
        return false;
    *out = (struct booked_course){ .course_id = row.id,
                                   .patient_id = row.patient_id,
                                   .family_name = row.family_name,
                                   .given_name = row.given_name,
                                   .protocol_id = row.protocol_id,
                                   .house_row = row.house_row,
                                   .intake_json = row.intake,
                                   .plan_json = row.plan,
                                   .gaps = row.gaps,
                                   .lang = row.lang,
                                   .booked_at = row.booked_at,
                                   .n_visits = (int)rows.list.n };
    out->visits = arena_array(a, struct booked_visit, rows.list.n + 1);
    for (size_t i = 0; i < rows.list.n; i++)
        out->visits[i] = visit_from(c, &rows.list.v[i], row.reviews, w->app->now(w->app));
    return true;
}

/* ---- calendar ---- */

static icaltimetype utc_time(struct instant t)
{
    return icaltime_from_timet_with_zone((time_t)t.s, 0, icaltimezone_get_utc_timezone());
}

static void add_text(icalcomponent *event, icalproperty *p)
{
    icalcomponent_add_property(event, p);
}

/* One visit. Times are in UTC: right in every calendar program, whatever it knows of the clinic's zone; the wall time
 * of the clinic stands in the description. */
static icalcomponent *event_of(const struct clinic *c, const struct booked_course *course, const struct booked_visit *v,
                               struct str host, struct instant now, struct arena *a)
{
    enum lang l = course->lang;
    icalcomponent *event = icalcomponent_new_vevent();
    struct wall wall = zone_wall(c->zone, v->patient_from, NULL);
    bool is_cancelled = str_eq(v->state, STR("cancelled"));
    struct str summary = text_say(a, l, MSG_ICS_SUMMARY, text_in(c->name, l), str_fmt(a, "%d", v->visit_no));
    struct str about = text_say(a, l, MSG_ICS_DESCRIPTION, text_date(l, wall.date, DATE_WEEKDAY, a),
                                text_clock(wall.minute, a), zone_name(c->zone), c->phone);
    add_text(event, icalproperty_new_uid(str_fmt(a, "%" PRId64 "@%.*s", v->booking_id, STR_ARG(host)).p));
    add_text(event, icalproperty_new_dtstamp(utc_time(now)));
    add_text(event, icalproperty_new_sequence(v->sequence));
    add_text(event, icalproperty_new_dtstart(utc_time(v->patient_from)));
    add_text(event, icalproperty_new_dtend(utc_time(v->patient_to)));
    add_text(event, icalproperty_new_summary(str_dup(a, summary).p));
    add_text(event, icalproperty_new_description(str_dup(a, about).p));
    add_text(event, icalproperty_new_location(str_dup(a, text_in(c->address, l)).p));
    add_text(event, icalproperty_new_status(is_cancelled ? ICAL_STATUS_CANCELLED : ICAL_STATUS_CONFIRMED));
    add_text(event, icalproperty_new_transp(is_cancelled ? ICAL_TRANSP_TRANSPARENT : ICAL_TRANSP_OPAQUE));
    return event;
}

bool course_ics(struct svc_worker *w, const struct booked_course *course, struct str host, struct arena *a,
                struct str *out, struct err *e)
{
    const struct clinic *c;
    if (!svc_clinic(w, &c, e))
        return false;
    icalcomponent *calendar = icalcomponent_new_vcalendar();
    add_text(calendar, icalproperty_new_version("2.0"));
    add_text(calendar, icalproperty_new_prodid("-//tsubo//tsubo 1.0//EN"));
    add_text(calendar, icalproperty_new_calscale("GREGORIAN"));
    add_text(calendar, icalproperty_new_method(ICAL_METHOD_PUBLISH));
    for (int i = 0; i < course->n_visits; i++)
        icalcomponent_add_component(calendar, event_of(c, course, &course->visits[i], host, w->app->now(w->app), a));
    char *text = icalcomponent_as_ical_string_r(calendar);
    must(text != NULL);
    *out = str_dup(a, str_from(text));
    icalmemory_free_buffer(text);
    icalcomponent_free(calendar);
    return true;
}
