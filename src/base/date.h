/* date.h - dates on a wall, instants and stretches of time. No zone here: os/zone.h joins the two.
 * SPDX-License-Identifier: AGPL-3.0-or-later
 *
 * Units:  struct instant: seconds UTC since 1970. struct civil_date: days since 1970-01-01, proleptic Gregorian.
 *         struct minutes: minutes. Spans are half-open: `from` is in, `to` is out.
 * Range:  years 1800 to 2999 for what is read from outside.
 * Errors: none, but parsing, which returns false and leaves *out alone.
 */
#ifndef TSUBO_BASE_DATE_H
#define TSUBO_BASE_DATE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/attr.h"
#include "base/str.h"

struct instant {
    int64_t s;
};
struct civil_date {
    int32_t day;
};
struct minutes {
    int32_t n;
};
struct span {
    struct instant from, to;
};
struct ymd {
    int32_t y, m, d; /* month 1-12, day 1-31 */
};

/* `d` must be a real date (date_is_real). */
struct civil_date date_from_ymd(struct ymd d);
struct ymd date_to_ymd(struct civil_date d);
NODISCARD bool date_is_real(struct ymd d);
/* 0 Monday .. 6 Sunday. */
NODISCARD int date_weekday(struct civil_date d);
/* Exactly YYYY-MM-DD, a real date within 1800-2999. */
NODISCARD bool date_parse(struct str s, struct civil_date *out);
struct str date_iso(struct civil_date d, struct arena *a);
/* Full years between two dates; who was born on 29 February has the birthday on 1 March in common years. */
NODISCARD int32_t date_age_years(struct civil_date birth, struct civil_date on);

static inline bool span_overlaps(struct span a, struct span b)
{
    return a.from.s < b.to.s && b.from.s < a.to.s && a.from.s < a.to.s && b.from.s < b.to.s;
}

/* RFC 3339 in UTC: 2026-11-24T10:00:00Z */
struct str instant_iso(struct instant t, struct arena *a);

#endif
