/* prop_diary.c - the diary agrees with a twin that goes through the days minute by minute.
 * SPDX-License-Identifier: AGPL-3.0-or-later
 *
 * The twin knows no grains and no bitmaps: for each minute it asks hours, exceptions, bookings and
 * notice. Days around clock changes come up often. TSUBO_SEED and TSUBO_ROUNDS repeat or lengthen a run.
 */
#include "support/cm.h"

#include <stdlib.h>
#include <string.h>

#include "engine/day_map.h"
#include "engine/diary.h"
#include "os/files.h"

#define DAYS 4
#define PEOPLE 3
#define TABLES 3
#define MINUTES_MAX (25 * 60)

static uint64_t seed;

static int rnd(int below)
{
    seed ^= seed >> 12, seed ^= seed << 25, seed ^= seed >> 27;
    return (int)((seed * UINT64_C(2685821657736338717) >> 33) % (unsigned)below);
}

struct world {
    struct arena a;
    struct weekly_hours hours[64];
    struct exception_hours exceptions[8];
    struct taken taken[60];
    struct segment segments[5];
    struct service_shape service;
    struct diary_input in;
    struct diary d;
    /* the twin: [day][resource][minute since the day's midnight]; practitioners, then tables */
    bool is_free[DAYS][PEOPLE + TABLES][MINUTES_MAX];
    int minutes[DAYS];
};

static int hour_of_five(void) /* a wall minute, mostly on the grid, seldom not */
{
    return rnd(20) ? rnd(289) * 5 : rnd(1441);
}

static void make_hours(struct world *w)
{
    for (int day = 0; day < 7; day++)
        for (int p = -1; p < w->in.n_practitioners; p++)
            for (int n = p < 0 ? 1 : rnd(3); n > 0; n--) {
                int from = hour_of_five(), to = hour_of_five();
                bool is_all = rnd(3) == 0;
                w->hours[w->in.n_hours++] = (struct weekly_hours){ p, day, is_all ? 0 : from, is_all ? 1440 : to };
            }
    for (int n = rnd(5); n > 0; n--) {
        int from = hour_of_five(), to = rnd(3) ? hour_of_five() : from;
        w->exceptions[w->in.n_exceptions++] = (struct exception_hours){
            rnd(w->in.n_practitioners + 1) - 1, { w->in.first.day + rnd(w->in.n_days) }, from, to
        };
    }
}

static void make_world(struct world *w)
{
    static const struct {
        const char *zone;
        struct ymd change;
    } places[] = {
        { "Asia/Tokyo", { 2026, 3, 2 } },           { "Europe/Berlin", { 2027, 3, 28 } },
        { "Europe/Berlin", { 2026, 10, 25 } },      { "America/New_York", { 2026, 11, 1 } },
        { "Australia/Lord_Howe", { 2026, 10, 4 } }, { "Australia/Lord_Howe", { 2026, 4, 5 } },
        { "Africa/Cairo", { 2026, 4, 24 } }, /* midnight itself is skipped */
    };
    int place = rnd((int)ARRAY_LEN(places));
    struct err e = { 0 };
    arena_clear(&w->a);
    w->in = (struct diary_input){ .first = { date_from_ymd(places[place].change).day - rnd(DAYS) },
                                  .n_days = 1 + rnd(DAYS),
                                  .n_practitioners = 1 + rnd(PEOPLE),
                                  .n_tables = 1 + rnd(TABLES),
                                  .hours = w->hours,
                                  .exceptions = w->exceptions,
                                  .taken = w->taken };
    if (!zone_load(str_from(places[place].zone), &w->a, &w->in.zone, &e))
        fail_msg("%s", e.detail);
    make_hours(w);
    int64_t base = zone_midnight(w->in.zone, w->in.first).s;
    for (int n = rnd(30); n > 0; n--) {
        bool is_table = rnd(2);
        int64_t from = base + rnd((w->in.n_days + 2) * 288) * 300 - 86400 + (rnd(10) ? 0 : rnd(300));
        int64_t to = from + rnd(40) * 300 + (rnd(10) ? 0 : rnd(300));
        w->taken[w->in.n_taken++] =
            (struct taken){ is_table, rnd(is_table ? w->in.n_tables : w->in.n_practitioners), { { from }, { to } } };
    }
    w->in.not_before.s = base - 86400 + rnd(3 * 86400);
    size_t n = 1 + (size_t)rnd(5);
    for (size_t i = 0; i < n; i++)
        w->segments[i] = (struct segment){ (enum segment_kind)rnd(3), 5 * (1 + rnd(rnd(5) ? 8 : 40)), rnd(2), rnd(2) };
    w->service = (struct service_shape){ w->segments, n };
    diary_build(&w->in, &w->a, &w->d);
}

/* ---- the twin ---- */

/* From the first time that the wall shows `from` until the first time that it shows `to`; whole five minutes only. */
static bool is_between(const struct world *w, int32_t day, int from, int to, int64_t t)
{
    enum wall_kind kind;
    int64_t midnight = zone_midnight(w->in.zone, (struct civil_date){ day }).s;
    int64_t opens = zone_instant(w->in.zone, (struct wall){ { day }, from, 0 }, &kind).s - midnight;
    int64_t closes = zone_instant(w->in.zone, (struct wall){ { day + to / 1440 }, to % 1440, 0 }, &kind).s - midnight;
    return to > from && t - midnight >= (opens + 299) / 300 * 300 && t - midnight < closes / 300 * 300;
}

static bool is_within_hours(const struct world *w, int practitioner, int32_t day, int64_t t)
{
    bool is_exception = false, is_open = false;
    for (size_t i = 0; i < w->in.n_exceptions; i++) {
        const struct exception_hours *x = &w->exceptions[i];
        if (x->practitioner == practitioner && x->date.day == day) {
            is_exception = true;
            is_open |= is_between(w, day, x->from_minute, x->to_minute, t);
        }
    }
    for (size_t i = 0; !is_exception && i < w->in.n_hours; i++) {
        const struct weekly_hours *h = &w->hours[i];
        if (h->practitioner == practitioner && h->weekday == date_weekday((struct civil_date){ day }))
            is_open |= is_between(w, day, h->from_minute, h->to_minute, t);
    }
    return is_open;
}

static bool is_minute_taken(const struct world *w, bool is_table, int resource, int64_t t)
{
    for (size_t i = 0; i < w->in.n_taken; i++) {
        const struct taken *x = &w->taken[i];
        if (x->is_table == is_table && x->resource == resource && x->when.from.s < t + 60 && x->when.to.s > t &&
            x->when.to.s > x->when.from.s)
            return true;
    }
    return false;
}

static void fill_twin(struct world *w)
{
    memset(w->is_free, 0, sizeof w->is_free);
    for (int day = 0; day < w->in.n_days; day++) {
        int64_t from = zone_midnight(w->in.zone, (struct civil_date){ w->in.first.day + day }).s;
        int64_t to = zone_midnight(w->in.zone, (struct civil_date){ w->in.first.day + day + 1 }).s;
        w->minutes[day] = (int)((to - from) / 60);
        for (int m = 0; m < w->minutes[day]; m++) {
            int64_t t = from + m * 60;
            int32_t date = w->in.first.day + day;
            bool is_open = t >= w->in.not_before.s && is_within_hours(w, -1, date, t);
            for (int p = 0; p < w->in.n_practitioners; p++)
                w->is_free[day][p][m] = is_open && is_within_hours(w, p, date, t) && !is_minute_taken(w, false, p, t);
            for (int k = 0; k < w->in.n_tables; k++)
                w->is_free[day][PEOPLE + k][m] = is_open && !is_minute_taken(w, true, k, t);
        }
    }
}

static bool is_grain_free(const struct world *w, int day, int row, int grain)
{
    bool all = grain * 5 + 5 <= w->minutes[day];
    for (int m = grain * 5; all && m < grain * 5 + 5; m++)
        all = w->is_free[day][row][m];
    return all;
}

static bool twin_fits(const struct world *w, int day, int row, int grain, bool is_table)
{
    for (size_t i = 0; i < w->service.n_segments; i++)
        for (int k = 0; k < w->service.segments[i].minutes / 5; k++, grain++)
            if ((is_table ? w->service.segments[i].holds_table : w->service.segments[i].holds_practitioner) &&
                !is_grain_free(w, day, row, grain))
                return false;
    return true;
}

static int rounds(int normally)
{
    const char *s = getenv("TSUBO_ROUNDS");
    int64_t n;
    return s && str_to_i64(str_from(s), 1, 100000000, &n) ? (int)n : normally;
}

/* ---- properties ---- */

static void every_grain_is_free_when_all_its_minutes_are(void **state)
{
    struct world *w = calloc(1, sizeof *w);
    (void)state;
    for (int i = rounds(300); i > 0; i--) {
        uint64_t from = seed;
        make_world(w);
        fill_twin(w);
        for (int day = 0; day < w->in.n_days; day++)
            for (int row = 0; row < PEOPLE + TABLES; row++)
                for (int g = 0; g < DAY_GRAINS_MAX; g++) {
                    bool is_table = row >= PEOPLE;
                    int k = is_table ? row - PEOPLE : row;
                    if (k >= (is_table ? w->in.n_tables : w->in.n_practitioners))
                        continue;
                    const struct day_map *m = is_table ? &w->d.table_free[day * w->in.n_tables + k]
                                                       : &w->d.practitioner_free[day * w->in.n_practitioners + k];
                    if (map_has(m, g) != is_grain_free(w, day, row, g))
                        fail_msg("seed %llu: day %d row %d grain %d", (unsigned long long)from, day, row, g);
                }
    }
    arena_release(&w->a);
    free(w);
}

static void a_service_starts_where_everybody_is_free_and_at_the_tightest_table(void **state)
{
    struct world *w = calloc(1, sizeof *w);
    int found = 0;
    (void)state;
    for (int i = rounds(300); i > 0; i--) {
        uint64_t from = seed;
        int grid = 5 * (1 + rnd(6)), total = 0;
        make_world(w);
        fill_twin(w);
        for (size_t s = 0; s < w->service.n_segments; s++)
            total += w->service.segments[s].minutes / 5;
        for (int day = 0; day < w->in.n_days; day++)
            for (int p = 0; p < w->in.n_practitioners; p++) {
                struct day_map got = diary_starts(&w->d, &w->service, day, p, grid);
                for (int g = 0; g < DAY_GRAINS_MAX; g++) {
                    int best = -1, best_rest = 0;
                    for (int k = 0; k < w->in.n_tables; k++) {
                        if (!twin_fits(w, day, PEOPLE + k, g, true))
                            continue;
                        int rest = 0;
                        for (int b = g - 1; b >= 0 && is_grain_free(w, day, PEOPLE + k, b); b--)
                            rest++;
                        for (int b = g + total; is_grain_free(w, day, PEOPLE + k, b); b++)
                            rest++;
                        if (best < 0 || rest < best_rest)
                            best = k, best_rest = rest;
                    }
                    struct instant t = { w->d.midnight[day].s + g * 300 };
                    bool want = (g + total) * 5 <= w->minutes[day] && best >= 0 && twin_fits(w, day, p, g, false) &&
                                zone_wall(w->in.zone, t, NULL).minute % grid == 0;
                    if (map_has(&got, g) != want)
                        fail_msg("seed %llu: day %d practitioner %d grain %d", (unsigned long long)from, day, p, g);
                    if (want && diary_table(&w->d, &w->service, day, p, g) != best)
                        fail_msg("seed %llu: day %d grain %d is not at table %d", (unsigned long long)from, day, g,
                                 best);
                    found += want;
                }
            }
    }
    assert_true(found > 1000);
    arena_release(&w->a);
    free(w);
}

static void taking_afterwards_is_the_same_as_building_with_it(void **state)
{
    struct world *w = calloc(1, sizeof *w);
    (void)state;
    for (int i = rounds(300); i > 0; i--) {
        uint64_t from = seed;
        struct diary later;
        make_world(w);
        struct diary_input without = w->in;
        without.n_taken = 0;
        diary_build(&without, &w->a, &later);
        for (size_t k = w->in.n_taken; k > 0; k--)
            diary_take(&later, w->taken[k - 1].is_table, w->taken[k - 1].resource, w->taken[k - 1].when);
        size_t people = (size_t)(w->in.n_days * w->in.n_practitioners),
               tables = (size_t)(w->in.n_days * w->in.n_tables);
        if (memcmp(later.practitioner_free, w->d.practitioner_free, people * sizeof(struct day_map)) != 0 ||
            memcmp(later.table_free, w->d.table_free, tables * sizeof(struct day_map)) != 0)
            fail_msg("seed %llu", (unsigned long long)from);
    }
    arena_release(&w->a);
    free(w);
}

int main(void)
{
    const char *from_env = getenv("TSUBO_SEED");
    int64_t given;
    seed = from_env && str_to_i64(str_from(from_env), 1, INT64_MAX, &given) ? (uint64_t)given : 20261124;
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_grain_is_free_when_all_its_minutes_are),
        cmocka_unit_test(a_service_starts_where_everybody_is_free_and_at_the_tightest_table),
        cmocka_unit_test(taking_afterwards_is_the_same_as_building_with_it),
    };
    return cmocka_run_group_tests_name("diary", tests, NULL, NULL);
}
