/* diary.h - who and what is free when, in 5-minute grains, and where a service with its segments fits.
 * SPDX-License-Identifier: AGPL-3.0-or-later
 *
 * A service is a list of segments: hands-on (practitioner and table), retention (table only), buffer (what it names).
 * So a practitioner can needle a second person while the first rests. A day is a bitmap of grains from the zone's local
 * midnight; a day has 276 to 300 grains, the map has room for 320. Bit 1 = free.
 *
 * Pure: bookings, hours and the clock are arguments. Ownership: a diary lives in the arena given to diary_build.
 */
#ifndef TSUBO_ENGINE_DIARY_H
#define TSUBO_ENGINE_DIARY_H

#include "base/arena.h"
#include "base/date.h"
#include "base/zone.h"
#include "domain/service.h"

#define GRAIN_MINUTES 5
#define GRAIN_SECONDS (GRAIN_MINUTES * 60)
#define DAY_WORDS 5
#define DAY_GRAINS_MAX (DAY_WORDS * 64)

struct day_map {
    uint64_t w[DAY_WORDS];
};

/* Hours begin when the wall first shows `from` and end when it first shows `to`; what a clock change skips or repeats
 * in between shortens or lengthens them. Whole grains within them are free. */
/* Weekly hours on the wall, for one practitioner (or all: practitioner -1 = the clinic's opening hours). */
struct weekly_hours {
    int practitioner;               /* index; -1 clinic */
    int weekday;                    /* 0 Monday */
    int32_t from_minute, to_minute; /* wall minutes of the day, to <= 1440 */
};
/* One date that differs: replaces the weekly hours of that practitioner (or clinic) on that date; from == to: closed.
 */
struct exception_hours {
    int practitioner;
    struct civil_date date;
    int32_t from_minute, to_minute;
};
/* Time taken: resource is a practitioner or a table. Half-open, on grain boundaries (widened outwards if not). */
struct taken {
    bool is_table;
    int resource; /* index */
    struct span when;
};

struct diary_input {
    const struct zone *zone;
    struct civil_date first;
    int n_days;          /* 1..366 */
    int n_practitioners; /* 1..64 */
    int n_tables;        /* 1..64 */
    const struct weekly_hours *hours;
    size_t n_hours;
    const struct exception_hours *exceptions;
    size_t n_exceptions;
    const struct taken *taken;
    size_t n_taken;
    struct instant not_before; /* now + the minimum notice: everything earlier is taken */
};

struct diary {
    const struct zone *zone;
    struct civil_date first;
    int n_days, n_practitioners, n_tables;
    struct instant *midnight;          /* [n_days + 1] */
    int16_t *grains;                   /* [n_days] how many grains the day has */
    struct day_map *practitioner_free; /* [n_days * n_practitioners] day-major */
    struct day_map *table_free;        /* [n_days * n_tables] */
};

/* Practitioner free = clinic hours (with exceptions) AND own hours (with exceptions) AND not taken AND not_before.
 * Table free = clinic hours AND not taken AND not_before. */
void diary_build(const struct diary_input *in, struct arena *a, struct diary *out);
/* Takes a stretch afterwards (a booking was made), without building again. */
void diary_take(struct diary *d, bool is_table, int resource, struct span when);

/* Start grains of a day at which the practitioner can give the whole service at some table; on the clinic's start grid
 * (`grid` minutes on the wall, a multiple of 5). */
struct day_map diary_starts(const struct diary *d, const struct service_shape *s, int day, int practitioner, int grid);
/* The parts of it: starts by the practitioner alone, by any table alone, by the grid alone. */
struct day_map diary_practitioner_fits(const struct diary *d, const struct service_shape *s, int day, int practitioner);
struct day_map diary_table_fits(const struct diary *d, const struct service_shape *s, int day);
struct day_map diary_grid(const struct diary *d, const struct service_shape *s, int day, int grid);
/* The table for a start: the one that leaves the smallest unusable rest (then lowest index); -1 when there is none. */
int diary_table(const struct diary *d, const struct service_shape *s, int day, int practitioner, int start_grain);
struct instant diary_instant(const struct diary *d, int day, int grain);
/* A day of 24 hours without a clock change: grains count wall minutes. */
static inline bool diary_is_plain(const struct diary *d, int day)
{
    return d->midnight[day + 1].s - d->midnight[day].s == 86400;
}
/* Minutes of the patient's part, and grains of the whole service from its start. */
int service_patient_minutes(const struct service_shape *s);
int service_lead_minutes(const struct service_shape *s); /* buffer before the patient's part */
int service_grains(const struct service_shape *s);

#endif
