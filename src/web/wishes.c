/* wishes.c - what a person wishes for their course, in the query of a link.
 * SPDX-License-Identifier: AGPL-3.0-or-later
 */
#include "web/wishes.h"

#include <inttypes.h>

void wishes_default(const struct clinic *c, struct civil_date today, struct wishes *out)
{
    int from = 24 * 60, to = 0;
    for (size_t i = 0; i < c->n_hours; i++)
        if (c->hours[i].practitioner_id == 0) {
            from = c->hours[i].from_minute < from ? c->hours[i].from_minute : from;
            to = c->hours[i].to_minute > to ? c->hours[i].to_minute : to;
        }
    if (to <= from) {
        from = 9 * 60;
        to = 17 * 60;
    }
    *out = (struct wishes){ .first_minute = from / 60 * 60, .earliest = { today.day + 1 } };
    out->n_bands = (to - out->first_minute + BAND_MINUTES - 1) / BAND_MINUTES;
    out->n_bands = out->n_bands > BANDS_MAX ? BANDS_MAX : out->n_bands;
    for (size_t i = 0; i < c->n_hours; i++)
        for (int b = 0; c->hours[i].practitioner_id == 0 && b < out->n_bands; b++) {
            int start = out->first_minute + b * BAND_MINUTES;
            if (c->hours[i].from_minute < start + BAND_MINUTES && c->hours[i].to_minute > start)
                out->open[c->hours[i].weekday][b] = true;
        }
    for (int d = 0; d < 7; d++)
        for (int b = 0; b < out->n_bands; b++)
            out->week[d][b] = WISH_POSSIBLE;
}

static void read_week(struct wishes *w, const struct form *f, struct arena *a)
{
    struct str packed = form_get(f, STR("week"));
    for (int d = 0; d < 7; d++)
        for (int b = 0; b < w->n_bands; b++) {
            size_t i = (size_t)(d * w->n_bands + b);
            struct str cell = form_get(f, str_fmt(a, "w%d_%d", d, b));
            char v = cell.n == 1 ? cell.p[0] : i < packed.n ? packed.p[i] : '\0';
            if (v >= '0' && v <= '2')
                w->week[d][b] = (uint8_t)(v - '0');
        }
}

void wishes_read(struct wishes *w, const struct form *f, const struct clinic *c, struct civil_date today,
                 int visits_max)
{
    struct arena a = { 0 };
    struct civil_date d;
    int64_t v;
    read_week(w, f, &a);
    arena_release(&a);
    if (date_parse(form_get(f, STR("earliest")), &d) && d.day >= today.day && d.day < today.day + c->horizon_days)
        w->earliest = d;
    if (str_to_i64(form_get(f, STR("who")), 0, INT64_MAX, &v))
        for (size_t i = 0; i < c->n_practitioners; i++)
            if (c->practitioners[i].id == v)
                w->practitioner_id = v;
    w->is_must = w->practitioner_id && str_eq(form_get(f, STR("only")), STR("yes"));
    if (str_to_i64(form_get(f, STR("visits")), 1, visits_max, &v))
        w->visits = (int)v;
}

static struct str packed_week(const struct wishes *w, struct arena *a)
{
    char *p = arena_array(a, char, (size_t)(7 * w->n_bands) + 1);
    for (int d = 0; d < 7; d++)
        for (int b = 0; b < w->n_bands; b++)
            p[d * w->n_bands + b] = (char)('0' + w->week[d][b]);
    return (struct str){ p, (size_t)(7 * w->n_bands) };
}

struct str wishes_query(const struct wishes *w, struct arena *a)
{
    return str_fmt(a, "earliest=%.*s&who=%" PRId64 "%s&visits=%d&week=%.*s", STR_ARG(date_iso(w->earliest, a)),
                   w->practitioner_id, w->is_must ? "&only=yes" : "", w->visits, STR_ARG(packed_week(w, a)));
}

void wishes_hidden(struct html *h, const struct wishes *w)
{
    field_hidden(h, STR("earliest"), date_iso(w->earliest, h->a));
    field_hidden(h, STR("who"), str_fmt(h->a, "%" PRId64, w->practitioner_id));
    if (w->is_must)
        field_hidden(h, STR("only"), STR("yes"));
    field_hidden(h, STR("visits"), str_fmt(h->a, "%d", w->visits));
    field_hidden(h, STR("week"), packed_week(w, h->a));
}

void wishes_ask(const struct wishes *w, const struct plan *p, struct course_ask *out)
{
    *out = (struct course_ask){ .plan = p,
                                .visits = w->visits,
                                .earliest = w->earliest,
                                .practitioner_id = w->practitioner_id,
                                .is_practitioner_must = w->is_must };
    for (int d = 0; d < 7; d++)
        for (int half = 0; half < 48; half++) {
            int band = (half * 30 - w->first_minute) / BAND_MINUTES;
            bool is_in = half * 30 >= w->first_minute && band < w->n_bands;
            out->week[d][half] = is_in ? w->week[d][band] : WISH_POSSIBLE;
        }
}

struct str visits_text(const struct offered_visit *v, int n, struct arena *a)
{
    struct str out = STR("");
    for (int i = 0; i < n; i++)
        out = str_fmt(a, "%.*s%s%" PRId64 "-%" PRId64, STR_ARG(out), i ? "." : "", v[i].practitioner_id,
                      v[i].starts_at.s / 60);
    return out;
}

bool visits_read(struct str text, struct arena *a, struct offered_visit **out, int *n)
{
    struct offered_visit *v = arena_array(a, struct offered_visit, COURSE_VISITS_MAX);
    int count = 0;
    struct str item;
    while (str_next(&text, '.', &item)) {
        struct str who = str_cut(&item, '-');
        int64_t minutes;
        if (count == COURSE_VISITS_MAX || !str_to_i64(who, 1, INT64_MAX, &v[count].practitioner_id) ||
            !str_to_i64(item, 0, INT64_C(100000000), &minutes))
            return false;
        v[count++].starts_at.s = minutes * 60;
    }
    *out = v;
    *n = count;
    return count > 0;
}
