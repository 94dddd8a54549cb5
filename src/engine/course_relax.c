/* course_relax.c - why there is no course, and the smallest single lifting of a rule that would allow one.
 * SPDX-License-Identifier: AGPL-3.0-or-later
 *
 * Rules are tried one by one in the order of enum course_block, each with the smallest amount first. Whether there is a
 * course at all depends only on the days that have a free start, so a trial is a few operations on sets of days.
 */
#include <string.h>

#include "engine/course_search.h"
#include "engine/held.h"

#define DAYS_MORE_MAX 60
#define HALF_HOURS 48

/* ---- sets of days ---- */

#define SET_WORDS ((SEARCH_DAYS + 63) / 64)
struct day_set {
    uint64_t w[SET_WORDS];
};

static void set_add(struct day_set *s, int day)
{
    s->w[day / 64] |= UINT64_C(1) << (day % 64);
}

static int set_last(const struct day_set *s) /* -1: empty */
{
    for (int i = SET_WORDS - 1; i >= 0; i--)
        if (s->w[i])
            return i * 64 + 63 - __builtin_clzll(s->w[i]);
    return -1;
}

/* Every day `by` days later. */
static struct day_set set_later(const struct day_set *s, int by)
{
    struct day_set out = { { 0 } };
    int words = by / 64, bits = by % 64;
    for (int i = SET_WORDS - 1; i >= words; i--) {
        out.w[i] = s->w[i - words] << bits;
        if (bits && i > words)
            out.w[i] |= s->w[i - words - 1] >> (64 - bits);
    }
    return out;
}

/* Every day that is min to max days after one of the set; by doubling. */
static struct day_set set_after(const struct day_set *s, int min, int max)
{
    struct day_set out = { { 0 } };
    if (max < min)
        return out;
    out = set_later(s, min);
    for (int have = 1; have <= max - min;) {
        int step = have < max - min + 1 - have ? have : max - min + 1 - have;
        struct day_set more = set_later(&out, step);
        for (int i = 0; i < SET_WORDS; i++)
            out.w[i] |= more.w[i];
        have += step;
    }
    return out;
}

/* ---- can it be done ---- */

struct reach {
    int longest;       /* the most visits that fit */
    bool hits_horizon; /* the visit after them could lie beyond the diary's end */
};

static bool is_feasible(const struct diary *d, const struct course_request *r, const struct day_set *has,
                        struct reach *out)
{
    struct day_set now = { { 0 } };
    *out = (struct reach){ 0, r->earliest.day - d->first.day + r->gaps[0].max >= d->n_days };
    for (int day = first_day_min(d, r); day <= first_day_max(d, r); day++)
        set_add(&now, day);
    for (int i = 0; i < r->n_visits; i++) {
        if (i > 0)
            now = set_after(&now, gap_min(r->gaps[i]), r->gaps[i].max);
        for (int w = 0; w < SET_WORDS; w++)
            now.w[w] &= has->w[w];
        int last = set_last(&now);
        if (last < 0)
            return false;
        *out = (struct reach){ i + 1, i + 1 < r->n_visits && last + r->gaps[i + 1].max >= d->n_days };
    }
    return true;
}

/* ---- what is free, the person's week aside ---- */

struct openings {
    struct day_map starts[SEARCH_DAYS]; /* with anyone who may */
    struct day_set has;                 /* days with a start within the week */
};

static bool has_start(const struct openings *o, const struct diary *d, const struct course_request *r, int day,
                      const uint8_t week[HALF_HOURS])
{
    return !map_is_empty(map_and(o->starts[day], wish_allowed(d, r, day, week)));
}

static void find_openings(const struct diary *d, const struct course_request *r, struct openings *o)
{
    struct held held = held_by(&r->service, false);
    memset(&o->has, 0, sizeof o->has);
    for (int day = 0; day < d->n_days; day++) {
        struct day_map any = { { 0 } };
        for (int p = 0; p < d->n_practitioners; p++)
            if (is_practitioner_allowed(r, p))
                any = map_or(any, held_fits(d->practitioner_free[day * d->n_practitioners + p], &held));
        any = map_and(any, diary_grid(d, &r->service, day, r->grid));
        o->starts[day] = map_is_empty(any) ? any : map_and(any, diary_table_fits(d, &r->service, day));
        if (has_start(o, d, r, day, r->week[day_weekday(d, day)]))
            set_add(&o->has, day);
    }
}

/* ---- the rules ---- */

/* Would it do if these half hours of one weekday were possible? */
static bool works_with(const struct openings *o, const struct diary *d, const struct course_request *r, int weekday,
                       int from, int to)
{
    struct day_set has = o->has;
    uint8_t week[HALF_HOURS];
    struct reach reach;
    bool more = false;
    memcpy(week, r->week[weekday], sizeof week);
    for (int h = from; h < to; h++)
        week[h] = week[h] == WISH_NEVER ? WISH_POSSIBLE : week[h];
    struct day_map allowed = { { 0 } };
    bool is_known = false;
    for (int day = (weekday - day_weekday(d, 0) + 7) % 7; day < d->n_days; day += 7) {
        bool is_plain = diary_is_plain(d, day);
        if (is_plain && !is_known)
            allowed = wish_allowed(d, r, day, week), is_known = true;
        if (is_plain ? map_is_empty(map_and(o->starts[day], allowed)) : !has_start(o, d, r, day, week))
            continue;
        more |= !(has.w[day / 64] >> (day % 64) & 1);
        set_add(&has, day);
    }
    return more && is_feasible(d, r, &has, &reach);
}

/* The stretches of a weekday that open just `n` half hours of "never"; the shortest of those that would do. */
static void try_stretches(const struct openings *o, const struct diary *d, const struct course_request *r, int weekday,
                          int n, struct course_relaxation *out)
{
    int never[HALF_HOURS] = { 0 }, count = 0;
    for (int h = 0; h < HALF_HOURS; h++)
        if (r->week[weekday][h] == WISH_NEVER)
            never[count++] = h;
    for (int i = 0; i + n <= count; i++) {
        int from = never[i], to = never[i + n - 1] + 1;
        if (out->block == BLOCK_WISH_NEVER && to - from >= out->half_hours)
            continue;
        if (works_with(o, d, r, weekday, from, to))
            *out = (struct course_relaxation){
                .block = BLOCK_WISH_NEVER, .amount = n, .weekday = weekday, .half_hour = from, .half_hours = to - from
            };
    }
}

/* The fewest half hours of "never" within one stretch of one weekday. */
static bool relax_wish(const struct openings *o, const struct diary *d, const struct course_request *r,
                       struct course_relaxation *out)
{
    bool could[7];
    for (int weekday = 0; weekday < 7; weekday++)
        could[weekday] = works_with(o, d, r, weekday, 0, HALF_HOURS);
    for (int n = 1; n <= HALF_HOURS && out->block == BLOCK_NONE; n++)
        for (int weekday = 0; weekday < 7; weekday++)
            if (could[weekday])
                try_stretches(o, d, r, weekday, n, out);
    return out->block != BLOCK_NONE;
}

static bool relax_practitioner(struct openings *o, const struct diary *d, const struct course_request *r,
                               struct course_relaxation *out)
{
    struct course_request other = *r;
    struct reach reach;
    other.is_practitioner_must = false;
    if (!r->is_practitioner_must || r->practitioner < 0)
        return false;
    struct day_set before = o->has;
    find_openings(d, &other, o);
    if (is_feasible(d, &other, &o->has, &reach))
        out->block = BLOCK_PRACTITIONER;
    o->has = before;
    return out->block != BLOCK_NONE;
}

/* Gaps with some days more or less; of the first visit only how late it may be. */
static bool relax_gaps(const struct openings *o, const struct diary *d, const struct course_request *r,
                       enum course_block block, struct course_relaxation *out)
{
    struct gap_days gaps[COURSE_VISITS_MAX];
    struct course_request x = *r;
    struct reach reach;
    x.gaps = gaps;
    for (int days = 1; days <= DAYS_MORE_MAX; days++) {
        memcpy(gaps, r->gaps, (size_t)r->n_visits * sizeof *gaps);
        for (int i = 0; i < r->n_visits; i++) {
            if (i == 0 ? block == BLOCK_START_LATER : block == BLOCK_GAP_MAX)
                gaps[i].max = (int16_t)(gaps[i].max + days);
            if (i > 0 && block == BLOCK_GAP_MIN)
                gaps[i].min = (int16_t)(gaps[i].min - days > 1 ? gaps[i].min - days : 1);
        }
        if (is_feasible(d, &x, &o->has, &reach)) {
            *out = (struct course_relaxation){ .block = block, .amount = days };
            return true;
        }
    }
    return false;
}

void search_relax(const struct diary *d, const struct course_request *r, struct course_relaxation *out)
{
    struct openings o;
    struct reach reach;
    *out = (struct course_relaxation){ .block = BLOCK_NONE };
    find_openings(d, r, &o);
    (void)is_feasible(d, r, &o.has, &reach);
    bool found = relax_wish(&o, d, r, out) || relax_practitioner(&o, d, r, out) ||
                 relax_gaps(&o, d, r, BLOCK_GAP_MAX, out) || relax_gaps(&o, d, r, BLOCK_GAP_MIN, out);
    if (!found && reach.hits_horizon)
        *out = (struct course_relaxation){ .block = BLOCK_HORIZON, .amount = reach.longest };
    else if (!found && !relax_gaps(&o, d, r, BLOCK_START_LATER, out))
        *out = (struct course_relaxation){ .block = BLOCK_FULL };
    out->visits_possible = reach.longest;
}
