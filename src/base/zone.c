/* zone.c - a time zone read from the bytes of a zoneinfo file.
 * SPDX-License-Identifier: AGPL-3.0-or-later
 *
 * The transitions of the file are kept as they are; after the last one the POSIX rule of its footer gives two more for
 * each year, worked out once up to 2400. So a conversion is one binary search. Source: RFC 8536.
 */
#include "base/zone.h"

#include <string.h>

#include "base/list.h"

#define BIG_TIME (INT64_C(1) << 59)
#define LAST_YEAR 2400
#define LAST_SECOND INT64_C(13601088000) /* 2401-01-01 */
#define OFFSET_MAX 93600

struct turn { /* from `at` on the clock is `offset` seconds east of UTC */
    int64_t at;
    int32_t offset;
};

struct zone {
    struct str name;
    const struct turn *turns; /* sorted; the first is at minus infinity */
    size_t n;
};

struct str zone_name(const struct zone *z)
{
    return z->name;
}

/* ---- the binary part ---- */

static int64_t big_endian(struct str s, size_t at, size_t n)
{
    uint64_t v = n && (unsigned char)s.p[at] & 0x80 ? UINT64_MAX : 0;
    for (size_t i = 0; i < n; i++)
        v = v << 8 | (unsigned char)s.p[at + i];
    return (int64_t)v;
}

struct header {
    int64_t isutc, isstd, leap, times, types, chars;
    char version;
};

static bool read_header(struct str s, size_t at, struct header *h)
{
    if (at + 44 > s.n || memcmp(s.p + at, "TZif", 4) != 0)
        return false;
    h->version = s.p[at + 4];
    int64_t *const fields[] = { &h->isutc, &h->isstd, &h->leap, &h->times, &h->types, &h->chars };
    for (size_t i = 0; i < 6; i++) {
        *fields[i] = big_endian(s, at + 20 + i * 4, 4);
        if (*fields[i] < 0 || *fields[i] > 100000)
            return false;
    }
    return h->types > 0;
}

static size_t body_size(const struct header *h, int64_t time_size)
{
    return (size_t)(h->times * (time_size + 1) + h->types * 6 + h->chars + h->leap * (time_size + 4) + h->isstd +
                    h->isutc);
}

struct turns {
    LIST(struct turn) list;
};

/* More than 26 hours off is no offset: zone_instant relies on it. */
static bool is_offset(int64_t seconds)
{
    return seconds >= -OFFSET_MAX && seconds <= OFFSET_MAX;
}

/* The transitions of one data block; false when an index points nowhere or times do not rise. */
static bool read_block(struct str s, size_t at, const struct header *h, struct turns *out, struct arena *a)
{
    size_t times = (size_t)h->times, index = at + times * 8, types = index + times;
    int64_t before = -BIG_TIME * 2;
    if (!is_offset(big_endian(s, types, 4)))
        return false;
    *list_push(&out->list, a) = (struct turn){ INT64_MIN, (int32_t)big_endian(s, types, 4) };
    for (size_t i = 0; i < times; i++) {
        int64_t t = big_endian(s, at + i * 8, 8);
        size_t type = (unsigned char)s.p[index + i];
        if (type >= (size_t)h->types || t <= before)
            return false;
        before = t;
        int64_t offset = big_endian(s, types + type * 6, 4);
        if (!is_offset(offset))
            return false;
        *list_push(&out->list, a) = (struct turn){ t, (int32_t)offset };
    }
    return true;
}

/* ---- the POSIX rule: EST5EDT,M3.2.0,M11.1.0/2 ---- */

struct posix_date {
    char kind; /* M month.week.day, J day without leap day from 1, 0 day from 0 */
    int32_t month, week, day, seconds;
};
struct posix_rule {
    int32_t standard, daylight; /* seconds east */
    bool has_daylight;
    struct posix_date start, end;
};

static bool take_char(struct str *s, char c)
{
    if (s->n == 0 || s->p[0] != c)
        return false;
    *s = str_sub(*s, 1, s->n);
    return true;
}

static bool take_number(struct str *s, int32_t max, int32_t *out)
{
    int64_t v;
    size_t n = 0;
    while (n < s->n && s->p[n] >= '0' && s->p[n] <= '9')
        n++;
    if (!str_to_i64(str_sub(*s, 0, n), 0, max, &v))
        return false;
    *s = str_sub(*s, n, s->n);
    *out = (int32_t)v;
    return true;
}

/* EST or <+1030> */
static bool take_name(struct str *s)
{
    size_t n = 0;
    if (take_char(s, '<')) {
        while (n < s->n && s->p[n] != '>')
            n++;
        *s = str_sub(*s, n, s->n);
        return take_char(s, '>');
    }
    while (n < s->n && ((s->p[n] >= 'A' && s->p[n] <= 'Z') || (s->p[n] >= 'a' && s->p[n] <= 'z')))
        n++;
    *s = str_sub(*s, n, s->n);
    return n >= 3;
}

/* [+-]hh[:mm[:ss]] as seconds */
static bool take_time(struct str *s, int32_t *out)
{
    bool minus = take_char(s, '-');
    int32_t h, m = 0, sec = 0;
    if (!minus)
        (void)take_char(s, '+');
    if (!take_number(s, 167, &h) ||
        (take_char(s, ':') && (!take_number(s, 59, &m) || (take_char(s, ':') && !take_number(s, 59, &sec)))))
        return false;
    *out = (h * 3600 + m * 60 + sec) * (minus ? -1 : 1);
    return true;
}

static bool take_date(struct str *s, struct posix_date *d)
{
    *d = (struct posix_date){ .seconds = 7200 };
    if (!take_char(s, ','))
        return false;
    if (take_char(s, 'M')) {
        d->kind = 'M';
        if (!take_number(s, 12, &d->month) || !take_char(s, '.') || !take_number(s, 5, &d->week) ||
            !take_char(s, '.') || !take_number(s, 6, &d->day) || d->month < 1 || d->week < 1)
            return false;
    } else {
        d->kind = take_char(s, 'J') ? 'J' : '0';
        if (!take_number(s, 366, &d->day))
            return false;
    }
    return !take_char(s, '/') || take_time(s, &d->seconds);
}

static bool read_posix(struct str s, struct posix_rule *r)
{
    int32_t west;
    *r = (struct posix_rule){ 0 };
    if (!take_name(&s) || !take_time(&s, &west))
        return false;
    r->standard = -west;
    if (s.n == 0)
        return is_offset(r->standard);
    r->has_daylight = true;
    r->daylight = r->standard + 3600;
    if (!take_name(&s))
        return false;
    if (s.n && s.p[0] != ',') {
        if (!take_time(&s, &west))
            return false;
        r->daylight = -west;
    }
    return is_offset(r->standard) && is_offset(r->daylight) && take_date(&s, &r->start) && take_date(&s, &r->end) &&
           s.n == 0;
}

static bool is_leap(int32_t y)
{
    return (y % 4 == 0 && y % 100 != 0) || y % 400 == 0;
}

/* Local seconds since 1970 at which the rule's date falls in a year. */
static int64_t posix_local(const struct posix_date *d, int32_t year)
{
    int32_t jan1 = date_from_ymd((struct ymd){ year, 1, 1 }).day, day;
    if (d->kind == 'M') {
        int32_t first = date_from_ymd((struct ymd){ year, d->month, 1 }).day;
        int32_t weekday = (date_weekday((struct civil_date){ first }) + 1) % 7; /* 0 Sunday */
        int32_t next = d->month == 12 ? jan1 + (is_leap(year) ? 366 : 365)
                                      : date_from_ymd((struct ymd){ year, d->month + 1, 1 }).day;
        day = first + (d->day - weekday + 7) % 7 + (d->week - 1) * 7;
        while (day >= next)
            day -= 7;
    } else if (d->kind == 'J') {
        day = jan1 + d->day - 1 + (is_leap(year) && d->day >= 60 ? 1 : 0);
    } else {
        day = jan1 + d->day;
    }
    return (int64_t)day * 86400 + d->seconds;
}

static void add_turn(struct turns *t, struct arena *a, int64_t at, int32_t offset)
{
    struct turn last = t->list.v[t->list.n - 1];
    if (at > last.at && offset != last.offset)
        *list_push(&t->list, a) = (struct turn){ at, offset };
}

static void add_years(struct turns *t, struct arena *a, const struct posix_rule *r)
{
    int64_t last = t->list.v[t->list.n - 1].at;
    if (last > LAST_SECOND)
        return;
    int64_t from_day = last > 0 ? last / 86400 : 0;
    if (!r->has_daylight) {
        add_turn(t, a, last > -BIG_TIME ? last + 1 : 0, r->standard);
        return;
    }
    for (int32_t y = date_to_ymd((struct civil_date){ (int32_t)from_day }).y; y <= LAST_YEAR; y++) {
        int64_t on = posix_local(&r->start, y) - r->standard, off = posix_local(&r->end, y) - r->daylight;
        if (on < off) {
            add_turn(t, a, on, r->daylight);
            add_turn(t, a, off, r->standard);
        } else {
            add_turn(t, a, off, r->standard);
            add_turn(t, a, on, r->daylight);
        }
    }
}

bool zone_parse(struct str name, struct str bytes, struct arena *a, const struct zone **out, struct err *e)
{
    struct header h = { 0 };
    struct turns turns = { 0 };
    struct posix_rule rule;
    if (!read_header(bytes, 0, &h) || h.version < '2')
        return err_set(e, ERR_INPUT, 0, "not a zoneinfo file of version 2 or later");
    size_t second = 44 + body_size(&h, 4);
    if (!read_header(bytes, second, &h) || second + 44 + body_size(&h, 8) > bytes.n)
        return err_set(e, ERR_INPUT, 0, "the zoneinfo file is cut off");
    if (h.leap != 0)
        return err_set(e, ERR_INPUT, 0, "the zoneinfo file counts leap seconds; instants here do not");
    if (!read_block(bytes, second + 44, &h, &turns, a))
        return err_set(e, ERR_INPUT, 0, "the zoneinfo file contradicts itself");
    struct str footer = str_sub(bytes, second + 44 + body_size(&h, 8), bytes.n);
    if (!take_char(&footer, '\n') || !str_has(footer, STR("\n")))
        return err_set(e, ERR_INPUT, 0, "the zoneinfo file has no whole footer");
    footer = str_cut(&footer, '\n');
    if (footer.n) {
        if (!read_posix(footer, &rule))
            return err_set(e, ERR_INPUT, 0, "the zoneinfo file's rule cannot be read");
        add_years(&turns, a, &rule);
    }
    struct zone *z = arena_one(a, struct zone);
    *z = (struct zone){ str_dup(a, name), turns.list.v, turns.list.n };
    *out = z;
    return true;
}

/* ---- conversions ---- */

/* Index of the turn in force at t. */
static size_t turn_at(const struct zone *z, int64_t t)
{
    size_t lo = 0, hi = z->n;
    while (hi - lo > 1) {
        size_t mid = lo + (hi - lo) / 2;
        if (z->turns[mid].at <= t)
            lo = mid;
        else
            hi = mid;
    }
    return lo;
}

struct wall zone_wall(const struct zone *z, struct instant t, int32_t *offset_s)
{
    int32_t offset = z->turns[turn_at(z, t.s)].offset;
    int64_t local = t.s + offset, day = local / 86400, second = local % 86400;
    if (second < 0) {
        second += 86400;
        day--;
    }
    if (offset_s)
        *offset_s = offset;
    return (struct wall){ { (int32_t)day }, (int32_t)(second / 60), (int32_t)(second % 60) };
}

struct instant zone_instant(const struct zone *z, struct wall w, enum wall_kind *kind)
{
    int64_t local = (int64_t)w.date.day * 86400 + (int64_t)w.minute * 60 + w.second;
    int64_t found = 0;
    int hits = 0;
    int32_t before = 0; /* the offset in force just before a gap */
    /* Offsets are within 26 hours, so only turns near the local time can matter. */
    size_t i = turn_at(z, local - 100000);
    for (; i < z->n && z->turns[i].at <= local + 100000; i++) {
        int64_t t = local - z->turns[i].offset;
        int64_t end = i + 1 < z->n ? z->turns[i + 1].at : INT64_MAX;
        if (t >= z->turns[i].at && t < end) {
            if (hits++ == 0)
                found = t;
        }
        if (end != INT64_MAX && t >= end && hits == 0)
            before = z->turns[i].offset;
    }
    *kind = hits == 0 ? WALL_GAP : hits == 1 ? WALL_ONCE : WALL_FOLD;
    return (struct instant){ hits ? found : local - before };
}

struct instant zone_midnight(const struct zone *z, struct civil_date d)
{
    enum wall_kind kind;
    struct instant t = zone_instant(z, (struct wall){ d, 0, 0 }, &kind);
    if (kind != WALL_GAP)
        return t;
    return (struct instant){ z->turns[turn_at(z, t.s)].at }; /* midnight was skipped: the moment of the change */
}
