/* zone.h - a time zone read from the bytes of a zoneinfo file (TZif), with gap and fold told apart.
 * SPDX-License-Identifier: AGPL-3.0-or-later
 *
 * glibc knows one zone per process and hides the hour that a clock change skips or repeats; a diary must know both.
 * os/files.h reads the system's file; this module is pure. RFC 8536, versions 1 to 3, with the POSIX rule for later
 * years.
 *
 * Threads: a zone is immutable after zone_parse. Speed: under 50 ns a conversion.
 */
#ifndef TSUBO_BASE_ZONE_H
#define TSUBO_BASE_ZONE_H

#include "base/arena.h"
#include "base/date.h"
#include "base/err.h"

struct zone;

/* A wall-clock time. minute 0..1439. */
struct wall {
    struct civil_date date;
    int32_t minute;
    int32_t second;
};

enum wall_kind { WALL_ONCE, WALL_GAP /* skipped by a clock change */, WALL_FOLD /* happens twice */ };

/* Parses TZif bytes (at most 256 KB); the zone lives in `a`. `name` is kept for output (Asia/Tokyo). */
NODISCARD bool zone_parse(struct str name, struct str bytes, struct arena *a, const struct zone **out, struct err *e);
struct str zone_name(const struct zone *z);

/* Wall time at an instant; *offset_s gets seconds east of UTC when not NULL. */
struct wall zone_wall(const struct zone *z, struct instant t, int32_t *offset_s);
/* The instant of a wall time. In a gap: the instant as if the clock had not changed (so 02:30 becomes 03:30);
 * in a fold: the first. `kind` tells which; never NULL. */
struct instant zone_instant(const struct zone *z, struct wall w, enum wall_kind *kind);
/* The first instant of a date (00:00, or the first moment after when a change skips midnight). */
struct instant zone_midnight(const struct zone *z, struct civil_date d);
static inline struct civil_date zone_date(const struct zone *z, struct instant t)
{
    return zone_wall(z, t, (int32_t *)0).date;
}

#endif
