/* diary.c - who and what is free when, in 5-minute grains.
 * SPDX-License-Identifier: AGPL-3.0-or-later
 */
#include "engine/diary.h"

#include "base/must.h"
#include "engine/day_map.h"
#include "engine/held.h"

/* ---- building ---- */

/* The grain of an instant within a day; rounds down, or up when `up`. */
static int grain_of(const struct diary *d, int day, int64_t t, bool up)
{
    int64_t rest = t - d->midnight[day].s;
    if (rest <= 0)
        return 0;
    return (int)((rest + (up ? GRAIN_SECONDS - 1 : 0)) / GRAIN_SECONDS);
}

static int grain_of_wall(const struct diary *d, int day, int32_t minute, bool up)
{
    enum wall_kind kind;
    if (diary_is_plain(d, day))
        return (minute + (up ? GRAIN_MINUTES - 1 : 0)) / GRAIN_MINUTES;
    if (minute >= 1440)
        return d->grains[day];
    struct wall wall = { { d->first.day + day }, minute, 0 };
    return grain_of(d, day, zone_instant(d->zone, wall, &kind).s, up);
}

/* Opens wall minutes [from, to) of a day; whole grains inside only. */
static void open_wall(const struct diary *d, int day, int32_t from, int32_t to, struct day_map *m)
{
    int last = grain_of_wall(d, day, to, false);
    map_set(m, grain_of_wall(d, day, from, true), last < d->grains[day] ? last : d->grains[day], true);
}

/* The hours of one practitioner (or -1, the clinic) on a day: an exception of that date replaces the week's. */
static struct day_map hours_of(const struct diary_input *in, const struct diary *d, int day, int practitioner)
{
    struct civil_date date = { d->first.day + day };
    struct day_map m = { { 0 } };
    bool is_exception = false;
    for (size_t i = 0; i < in->n_exceptions; i++) {
        const struct exception_hours *x = &in->exceptions[i];
        if (x->practitioner != practitioner || x->date.day != date.day)
            continue;
        is_exception = true;
        if (x->to_minute > x->from_minute)
            open_wall(d, day, x->from_minute, x->to_minute, &m);
    }
    for (size_t i = 0; !is_exception && i < in->n_hours; i++) {
        const struct weekly_hours *h = &in->hours[i];
        if (h->practitioner == practitioner && h->weekday == date_weekday(date) && h->to_minute > h->from_minute)
            open_wall(d, day, h->from_minute, h->to_minute, &m);
    }
    return m;
}

static struct day_map *resource_map(struct diary *d, bool is_table, int resource, int day)
{
    return is_table ? &d->table_free[day * d->n_tables + resource]
                    : &d->practitioner_free[day * d->n_practitioners + resource];
}

void diary_take(struct diary *d, bool is_table, int resource, struct span when)
{
    must(resource >= 0 && resource < (is_table ? d->n_tables : d->n_practitioners));
    if (when.to.s <= when.from.s)
        return; /* nothing; widened to whole grains it would be something */
    /* Clock changes move midnights by hours, a change of the date line by a day: look from two days earlier on. */
    int64_t guess = (when.from.s - d->midnight[0].s) / 86400 - 2;
    int day = guess < 0 ? 0 : guess < d->n_days ? (int)guess : d->n_days;
    for (; day < d->n_days && d->midnight[day].s < when.to.s; day++) {
        if (when.from.s >= d->midnight[day + 1].s)
            continue;
        map_set(resource_map(d, is_table, resource, day), grain_of(d, day, when.from.s, false),
                grain_of(d, day, when.to.s, true), false);
    }
}

static void build_days(const struct diary_input *in, struct arena *a, struct diary *d)
{
    d->midnight = arena_array(a, struct instant, (size_t)in->n_days + 1);
    d->grains = arena_array(a, int16_t, (size_t)in->n_days);
    for (int day = 0; day <= in->n_days; day++)
        d->midnight[day] = zone_midnight(in->zone, (struct civil_date){ in->first.day + day });
    for (int day = 0; day < in->n_days; day++) {
        int64_t n = (d->midnight[day + 1].s - d->midnight[day].s) / GRAIN_SECONDS;
        d->grains[day] = (int16_t)(n < DAY_GRAINS_MAX ? n : DAY_GRAINS_MAX);
    }
}

void diary_build(const struct diary_input *in, struct arena *a, struct diary *out)
{
    struct diary d = { .zone = in->zone,
                       .first = in->first,
                       .n_days = in->n_days,
                       .n_practitioners = in->n_practitioners,
                       .n_tables = in->n_tables };
    must(in->n_days >= 1 && in->n_days <= 366 && in->n_practitioners >= 1 && in->n_practitioners <= 64 &&
         in->n_tables >= 1 && in->n_tables <= 64);
    build_days(in, a, &d);
    d.practitioner_free = arena_array(a, struct day_map, (size_t)(in->n_days * in->n_practitioners));
    d.table_free = arena_array(a, struct day_map, (size_t)(in->n_days * in->n_tables));
    for (int day = 0; day < d.n_days; day++) {
        struct day_map open = hours_of(in, &d, day, -1);
        int past = grain_of(&d, day, in->not_before.s, true);
        map_set(&open, 0, past < DAY_GRAINS_MAX ? past : DAY_GRAINS_MAX, false);
        for (int p = 0; p < d.n_practitioners; p++)
            *resource_map(&d, false, p, day) = map_and(open, hours_of(in, &d, day, p));
        for (int t = 0; t < d.n_tables; t++)
            *resource_map(&d, true, t, day) = open;
    }
    for (size_t i = 0; i < in->n_taken; i++)
        diary_take(&d, in->taken[i].is_table, in->taken[i].resource, in->taken[i].when);
    *out = d;
}

/* ---- services ---- */

int service_grains(const struct service_shape *s)
{
    int minutes = 0;
    for (size_t i = 0; i < s->n_segments; i++)
        minutes += s->segments[i].minutes;
    return minutes / GRAIN_MINUTES;
}

int service_lead_minutes(const struct service_shape *s)
{
    int minutes = 0;
    for (size_t i = 0; i < s->n_segments && s->segments[i].kind == SEGMENT_BUFFER; i++)
        minutes += s->segments[i].minutes;
    return minutes;
}

int service_patient_minutes(const struct service_shape *s)
{
    int minutes = 0, trailing = 0;
    for (size_t i = 0; i < s->n_segments; i++) {
        minutes += s->segments[i].minutes;
        trailing = s->segments[i].kind == SEGMENT_BUFFER ? trailing + s->segments[i].minutes : 0;
    }
    return trailing == minutes ? 0 : minutes - trailing - service_lead_minutes(s);
}

struct day_map diary_table_fits(const struct diary *d, const struct service_shape *s, int day)
{
    struct held held = held_by(s, true);
    struct day_map any = { { 0 } };
    for (int t = 0; t < d->n_tables; t++)
        any = map_or(any, held_fits(d->table_free[day * d->n_tables + t], &held));
    return any;
}

struct day_map diary_practitioner_fits(const struct diary *d, const struct service_shape *s, int day, int practitioner)
{
    struct held held = held_by(s, false);
    return held_fits(d->practitioner_free[day * d->n_practitioners + practitioner], &held);
}

struct day_map diary_grid(const struct diary *d, const struct service_shape *s, int day, int grid)
{
    struct day_map m = { { 0 } };
    int last = d->grains[day] - service_grains(s);
    must(grid >= GRAIN_MINUTES && grid % GRAIN_MINUTES == 0);
    if (diary_is_plain(d, day)) {
        for (int g = 0; g <= last; g += grid / GRAIN_MINUTES)
            m.w[g / 64] |= UINT64_C(1) << (g % 64);
        return m;
    }
    for (int g = 0; g <= last; g++)
        if (zone_wall(d->zone, diary_instant(d, day, g), NULL).minute % grid == 0)
            m.w[g / 64] |= UINT64_C(1) << (g % 64);
    return m;
}

struct day_map diary_starts(const struct diary *d, const struct service_shape *s, int day, int practitioner, int grid)
{
    return map_and(map_and(diary_practitioner_fits(d, s, day, practitioner), diary_table_fits(d, s, day)),
                   diary_grid(d, s, day, grid));
}

int diary_table(const struct diary *d, const struct service_shape *s, int day, int practitioner, int start_grain)
{
    struct held held = held_by(s, true);
    int best = -1, best_rest = 0, end = start_grain + service_grains(s);
    (void)practitioner;
    for (int t = 0; t < d->n_tables; t++) {
        const struct day_map *m = &d->table_free[day * d->n_tables + t];
        if (!held_fits_at(m, &held, start_grain))
            continue;
        /* What stays free directly before and after. */
        int rest = start_grain - 1 - map_last_clear(m, start_grain) + map_next_clear(m, end) - end;
        if (best < 0 || rest < best_rest) {
            best = t;
            best_rest = rest;
        }
    }
    return best;
}

struct instant diary_instant(const struct diary *d, int day, int grain)
{
    return (struct instant){ d->midnight[day].s + (int64_t)grain * GRAIN_SECONDS };
}
