/* course_dp.c - the exact best courses, by working backwards from the last visit.
 * SPDX-License-Identifier: AGPL-3.0-or-later
 *
 * ways[i][day][practitioner] holds the best ways to finish from visit i there, cheapest first. A change of practitioner
 * costs the same whoever follows, so the best of a day over all practitioners is kept once and the cost of a change
 * added once, instead of trying every pair.
 */
#include <string.h>

#include "base/must.h"
#include "engine/course_search.h"

static uint64_t key_of(int64_t cost, int day, int practitioner, int rank)
{
    return (uint64_t)cost << 32 | (uint64_t)day << 16 | (uint64_t)practitioner << 8 | (uint64_t)rank;
}

static int64_t cost_of(uint64_t key)
{
    return (int64_t)(key >> 32);
}

/* Keeps the smallest `n` keys in order. */
static void keep(uint64_t *keys, int n, uint64_t key)
{
    if (key >= keys[n - 1])
        return;
    int at = n - 1;
    // at < n <= COURSES_MAX * 2, by the must in search_best, which clang-tidy does not carry down here.
    // NOLINTNEXTLINE(clang-analyzer-core.UndefinedBinaryOperatorResult)
    for (; at > 0 && keys[at - 1] > key; at--)
        keys[at] = keys[at - 1];
    keys[at] = key;
}

static void clear(uint64_t *keys, int n)
{
    for (int i = 0; i < n; i++)
        keys[i] = NO_COST;
}

/* The best of each day over practitioners: as many of one practitioner may lead as there are ranks, so twice that many
 * are kept, enough to leave one practitioner out. */
struct day_best {
    uint64_t key[COURSES_MAX * 2];
};

static void best_of_day(const struct course_search *s, const struct ways *row, int day, int want, struct day_best *out)
{
    clear(out->key, want * 2);
    for (int p = 0; p < s->n_practitioners; p++)
        for (int k = 0; k < want && row[day * s->n_practitioners + p].key[k] != NO_COST; k++)
            keep(out->key, want * 2, key_of(cost_of(row[day * s->n_practitioners + p].key[k]), day, p, k));
}

/* Adds the ways over one next day to `to`. */
static void join_day(const struct course_search *s, const struct course_request *r, const struct ways *next,
                     const struct day_best *best, int day, int practitioner, int64_t gap_cost, int want,
                     struct ways *to)
{
    const struct ways *same = &next[day * s->n_practitioners + practitioner];
    for (int k = 0; k < want && same->key[k] != NO_COST; k++)
        keep(to->key, want, key_of(cost_of(same->key[k]) + gap_cost, day, practitioner, k));
    int others = 0;
    for (int k = 0; k < want * 2 && others < want && best->key[k] != NO_COST; k++) {
        if ((int)(best->key[k] >> 8 & 0xFF) == practitioner)
            continue;
        keep(to->key, want, best->key[k] + ((uint64_t)(gap_cost + r->weights.change) << 32));
        others++;
    }
}

static void fill_last(struct course_search *s, struct ways *row, int want)
{
    for (int i = 0; i < s->n_days * s->n_practitioners; i++) {
        clear(row[i].key, want);
        if (s->slots[i].start >= 0)
            row[i].key[0] = key_of(s->slots[i].cost, 0, 0, 0);
    }
}

static void fill_visit(struct course_search *s, const struct course_request *r, int visit, int want,
                       struct day_best *best)
{
    struct ways *row = &s->ways[(size_t)visit * (size_t)(s->n_days * s->n_practitioners)];
    const struct ways *next = row + s->n_days * s->n_practitioners;
    struct gap_days gap = r->gaps[visit + 1];
    for (int day = 0; day < s->n_days; day++)
        best_of_day(s, next, day, want, &best[day]);
    for (int day = 0; day < s->n_days; day++)
        for (int p = 0; p < s->n_practitioners; p++) {
            struct ways *w = &row[day * s->n_practitioners + p];
            const struct slot *slot = &s->slots[day * s->n_practitioners + p];
            clear(w->key, want);
            if (slot->start < 0)
                continue;
            for (int g = gap.min > 1 ? gap.min : 1; g <= gap.max && day + g < s->n_days; g++)
                if (best[day + g].key[0] != NO_COST)
                    join_day(s, r, next, &best[day + g], day + g, p,
                             (int64_t)distance_days(g, gap.target) * r->weights.gap_day, want, w);
            for (int k = 0; k < want && w->key[k] != NO_COST; k++)
                w->key[k] += (uint64_t)slot->cost << 32;
        }
}

/* What asking for a practitioner adds is the same on every visit, so it sits in the slots' cost while searching. */
static void add_asked(struct course_search *s, const struct course_request *r, int sign)
{
    for (int i = 0; i < s->n_days * s->n_practitioners; i++)
        if (s->slots[i].start >= 0)
            s->slots[i].cost += sign * asked_cost(r, i % s->n_practitioners);
}

/* Follows one way from the first visit on. */
static void follow(const struct course_search *s, const struct diary *d, const struct course_request *r, int day,
                   int practitioner, int rank, struct course *out)
{
    size_t row = (size_t)(s->n_days * s->n_practitioners);
    struct course_visit visits[COURSE_VISITS_MAX];
    int bad;
    for (int i = 0; i < r->n_visits; i++) {
        const struct slot *slot = &s->slots[day * s->n_practitioners + practitioner];
        visits[i] = (struct course_visit){ .day = day, .start_grain = slot->start, .practitioner = practitioner };
        uint64_t key = s->ways[(size_t)i * row + (size_t)(day * s->n_practitioners + practitioner)].key[rank];
        day = (int)(key >> 16 & 0xFFFF);
        practitioner = (int)(key >> 8 & 0xFF);
        rank = (int)(key & 0xFF);
    }
    (void)course_cost_of(d, r, visits, out, &bad);
}

int search_best(struct course_search *s, const struct diary *d, const struct course_request *r, int want,
                struct course_result *out)
{
    struct day_best best[SEARCH_DAYS];
    uint64_t firsts[COURSES_MAX];
    int n = 0;
    must(want >= 1 && want <= COURSES_MAX);
    add_asked(s, r, 1);
    fill_last(s, &s->ways[(size_t)(r->n_visits - 1) * (size_t)(s->n_days * s->n_practitioners)], want);
    for (int i = r->n_visits - 2; i >= 0; i--)
        fill_visit(s, r, i, want, best);
    clear(firsts, want);
    for (int day = first_day_min(d, r); day <= first_day_max(d, r); day++)
        for (int p = 0; p < s->n_practitioners; p++) {
            const struct ways *w = &s->ways[day * s->n_practitioners + p];
            int64_t late = (int64_t)(d->first.day + day - r->earliest.day) * r->weights.late_day;
            int64_t gap =
                (int64_t)distance_days(d->first.day + day, r->earliest.day + r->gaps[0].target) * r->weights.gap_day;
            for (int k = 0; k < want && w->key[k] != NO_COST; k++)
                keep(firsts, want, key_of(cost_of(w->key[k]) + late + gap, day, p, k));
        }
    add_asked(s, r, -1);
    while (n < want && firsts[n] != NO_COST) {
        follow(s, d, r, (int)(firsts[n] >> 16 & 0xFFFF), (int)(firsts[n] >> 8 & 0xFF), (int)(firsts[n] & 0xFF),
               &out->best[n]);
        n++;
    }
    return n;
}

/* ---- can it be done at all ---- */

static bool day_has_slot(const struct course_search *s, int day)
{
    for (int p = 0; p < s->n_practitioners; p++)
        if (s->slots[day * s->n_practitioners + p].start >= 0)
            return true;
    return false;
}

bool search_feasible(const struct course_search *s, const struct diary *d, const struct course_request *r, int *longest,
                     bool *hits_horizon)
{
    bool reach[2][SEARCH_DAYS] = { { false } }, has[SEARCH_DAYS] = { false };
    *longest = 0;
    *hits_horizon = r->earliest.day - d->first.day + r->gaps[0].max >= d->n_days;
    for (int day = 0; day < s->n_days; day++)
        has[day] = day_has_slot(s, day);
    for (int day = first_day_min(d, r); day <= first_day_max(d, r); day++)
        reach[0][day] = has[day];
    for (int i = 0; i < r->n_visits; i++) {
        bool *now = reach[i % 2], *next = reach[(i + 1) % 2], any = false;
        bool past_end = false;
        memset(next, 0, sizeof reach[0]);
        for (int day = 0; day < s->n_days; day++) {
            if (!now[day])
                continue;
            any = true;
            if (i + 1 == r->n_visits)
                break;
            struct gap_days gap = r->gaps[i + 1];
            past_end |= day + gap.max >= s->n_days;
            for (int g = gap.min > 1 ? gap.min : 1; g <= gap.max && day + g < s->n_days; g++)
                next[day + g] |= has[day + g];
        }
        if (!any)
            return false;
        *longest = i + 1;
        *hits_horizon = past_end;
    }
    return true;
}
