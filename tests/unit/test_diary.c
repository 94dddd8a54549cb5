/* test_diary.c - who is free when: hours, exceptions, bookings, staggered services, clock changes.
 * SPDX-License-Identifier: AGPL-3.0-or-later
 */
#include "support/cm.h"

#include "base/arena.h"
#include "engine/day_map.h"
#include "engine/diary.h"
#include "os/files.h"

/* Times of day as hhmm, read aloud as on the clinic's wall. */
#define MINUTES(hhmm) ((hhmm) / 100 * 60 + (hhmm) % 100)
#define GRAIN(hhmm) (MINUTES(hhmm) / GRAIN_MINUTES)

/* Needles in 20 minutes, rest 20, needles out 10, the table made ready 10. */
static const struct segment staggered_segments[] = { { SEGMENT_HANDS_ON, 20, true, true },
                                                     { SEGMENT_RETENTION, 20, false, true },
                                                     { SEGMENT_HANDS_ON, 10, true, true },
                                                     { SEGMENT_BUFFER, 10, false, true } };
static const struct service_shape staggered = { staggered_segments, ARRAY_LEN(staggered_segments) };
static const struct segment plain_segments[] = { { SEGMENT_HANDS_ON, 30, true, true } };
static const struct service_shape plain = { plain_segments, 1 };

struct clinic {
    struct arena a;
    struct weekly_hours hours[64];
    struct exception_hours exceptions[8];
    struct taken taken[8];
    struct diary_input in;
    struct diary d;
};

/* Monday 2 March 2026 on; open 9 to 12 every day, everybody there all day. */
static void begin(struct clinic *c, const char *zone, struct ymd first, int days, int practitioners, int tables)
{
    struct err e = { 0 };
    *c = (struct clinic){ .in = { .first = date_from_ymd(first),
                                  .n_days = days,
                                  .n_practitioners = practitioners,
                                  .n_tables = tables,
                                  .hours = c->hours,
                                  .exceptions = c->exceptions,
                                  .taken = c->taken } };
    if (!zone_load(str_from(zone), &c->a, &c->in.zone, &e))
        fail_msg("%s", e.detail);
    for (int day = 0; day < 7; day++)
        for (int p = -1; p < practitioners; p++)
            c->hours[c->in.n_hours++] =
                (struct weekly_hours){ p, day, p < 0 ? MINUTES(900) : 0, p < 0 ? MINUTES(1200) : 1440 };
    c->in.not_before.s = INT64_MIN / 4;
}

static struct instant at(const struct clinic *c, int day, int hhmm)
{
    enum wall_kind kind;
    return zone_instant(c->in.zone, (struct wall){ { c->in.first.day + day }, MINUTES(hhmm), 0 }, &kind);
}

static void take(struct clinic *c, bool is_table, int resource, int day, int from, int to)
{
    c->taken[c->in.n_taken++] = (struct taken){ is_table, resource, { at(c, day, from), at(c, day, to) } };
}

static void build(struct clinic *c)
{
    diary_build(&c->in, &c->a, &c->d);
}

/* The map as stretches of wall time: "0900-1020 1100-1200"; grains count from midnight. */
static struct str stretches(struct clinic *c, const struct day_map *m)
{
    struct str out = STR("");
    for (int g = 0; g < DAY_GRAINS_MAX; g++) {
        int from = g;
        while (g < DAY_GRAINS_MAX && map_has(m, g))
            g++;
        if (g > from)
            out = str_fmt(&c->a, "%.*s%s%02d%02d-%02d%02d", STR_ARG(out), out.n ? " " : "", from / 12, from % 12 * 5,
                          g / 12, g % 12 * 5);
    }
    return out;
}

static struct str practitioner_free(struct clinic *c, int day, int practitioner)
{
    return stretches(c, &c->d.practitioner_free[day * c->d.n_practitioners + practitioner]);
}

static struct str table_free(struct clinic *c, int day, int table)
{
    return stretches(c, &c->d.table_free[day * c->d.n_tables + table]);
}

/* Starts on the wall: "0900 0915". */
static struct str starts(struct clinic *c, const struct service_shape *s, int day, int practitioner, int grid)
{
    struct day_map m = diary_starts(&c->d, s, day, practitioner, grid);
    struct str out = STR("");
    for (int g = map_pop(&m); g >= 0; g = map_pop(&m)) {
        int32_t minute = zone_wall(c->in.zone, diary_instant(&c->d, day, g), NULL).minute;
        out = str_fmt(&c->a, "%.*s%s%02d%02d", STR_ARG(out), out.n ? " " : "", minute / 60, minute % 60);
    }
    return out;
}

static void free_time_is_the_clinics_hours_and_ones_own_less_what_is_taken(void **state)
{
    static struct clinic c;
    (void)state;
    begin(&c, "Asia/Tokyo", (struct ymd){ 2026, 3, 2 }, 7, 2, 2);
    c.in.n_hours = 0;
    c.hours[c.in.n_hours++] = (struct weekly_hours){ -1, 0, MINUTES(900), MINUTES(1200) };
    c.hours[c.in.n_hours++] = (struct weekly_hours){ -1, 0, MINUTES(1400), MINUTES(1800) };
    c.hours[c.in.n_hours++] = (struct weekly_hours){ 0, 0, MINUTES(1000), MINUTES(1700) };
    c.hours[c.in.n_hours++] = (struct weekly_hours){ 1, 1, MINUTES(900), MINUTES(1200) };
    take(&c, false, 0, 0, 1430, 1500);
    take(&c, true, 1, 0, 1100, 1500);
    build(&c);
    assert_str(practitioner_free(&c, 0, 0), STR("1000-1200 1400-1430 1500-1700"));
    assert_str(practitioner_free(&c, 0, 1), STR("")); /* is there on Tuesdays only */
    assert_str(practitioner_free(&c, 1, 1), STR("")); /* when the clinic is closed */
    assert_str(table_free(&c, 0, 0), STR("0900-1200 1400-1800"));
    assert_str(table_free(&c, 0, 1), STR("0900-1100 1500-1800"));
    arena_release(&c.a);
}

static void an_exception_replaces_the_week_on_its_date_only(void **state)
{
    static struct clinic c;
    (void)state;
    begin(&c, "Asia/Tokyo", (struct ymd){ 2026, 3, 2 }, 7, 2, 1);
    c.exceptions[c.in.n_exceptions++] =
        (struct exception_hours){ 0, date_from_ymd((struct ymd){ 2026, 3, 3 }), MINUTES(1000), MINUTES(1030) };
    c.exceptions[c.in.n_exceptions++] =
        (struct exception_hours){ 0, date_from_ymd((struct ymd){ 2026, 3, 3 }), MINUTES(1100), MINUTES(1400) };
    c.exceptions[c.in.n_exceptions++] = (struct exception_hours){ -1, date_from_ymd((struct ymd){ 2026, 3, 4 }), 0, 0 };
    c.exceptions[c.in.n_exceptions++] =
        (struct exception_hours){ -1, date_from_ymd((struct ymd){ 2026, 3, 5 }), MINUTES(1300), MINUTES(1500) };
    build(&c);
    assert_str(practitioner_free(&c, 0, 0), STR("0900-1200"));
    assert_str(practitioner_free(&c, 1, 0), STR("1000-1030 1100-1200"));
    assert_str(practitioner_free(&c, 1, 1), STR("0900-1200"));
    assert_str(practitioner_free(&c, 2, 0), STR("")); /* closed for all */
    assert_str(table_free(&c, 2, 0), STR(""));
    assert_str(practitioner_free(&c, 3, 1), STR("1300-1500"));
    arena_release(&c.a);
}

static void nothing_is_free_before_the_minimum_notice(void **state)
{
    static struct clinic c;
    (void)state;
    begin(&c, "Asia/Tokyo", (struct ymd){ 2026, 3, 2 }, 3, 1, 1);
    c.in.not_before = (struct instant){ at(&c, 1, 1002).s };
    build(&c);
    assert_str(practitioner_free(&c, 0, 0), STR(""));
    assert_str(practitioner_free(&c, 1, 0), STR("1005-1200"));
    assert_str(table_free(&c, 1, 0), STR("1005-1200"));
    assert_str(practitioner_free(&c, 2, 0), STR("0900-1200"));
    arena_release(&c.a);
}

static void what_is_taken_is_widened_to_whole_grains_and_may_cross_midnight(void **state)
{
    static struct clinic c;
    (void)state;
    begin(&c, "Asia/Tokyo", (struct ymd){ 2026, 3, 2 }, 3, 1, 1);
    for (size_t i = 0; i < c.in.n_hours; i++)
        c.hours[i].from_minute = 0, c.hours[i].to_minute = 1440;
    build(&c);
    diary_take(&c.d, false, 0, (struct span){ { at(&c, 0, 2351).s }, { at(&c, 1, 11).s + 1 } });
    diary_take(&c.d, false, 0, (struct span){ { at(&c, 1, 900).s + 7 }, { at(&c, 1, 900).s + 7 } }); /* empty */
    diary_take(&c.d, false, 0, (struct span){ { at(&c, 0, 0).s - 86400 * 9 }, { at(&c, 0, 0).s - 86400 * 8 } });
    diary_take(&c.d, true, 0, (struct span){ { at(&c, 0, 0).s - 86400 * 9 }, { at(&c, 0, 0).s + 86400 * 9 } });
    assert_str(practitioner_free(&c, 0, 0), STR("0000-2350"));
    assert_str(practitioner_free(&c, 1, 0), STR("0015-2400"));
    assert_str(table_free(&c, 1, 0), STR(""));
    arena_release(&c.a);
}

static void the_practitioner_is_free_for_another_person_while_one_rests(void **state)
{
    static struct clinic c;
    (void)state;
    begin(&c, "Asia/Tokyo", (struct ymd){ 2026, 3, 2 }, 1, 1, 2);
    /* one person at 9:00: hands on until 9:20, rest until 9:40, hands on until 9:50, table until 10:00 */
    take(&c, false, 0, 0, 900, 920);
    take(&c, false, 0, 0, 940, 950);
    take(&c, true, 0, 0, 900, 1000);
    build(&c);
    /* 9:20: needles in until 9:40, out from 10:00; at 9:25 the needles of both would be put in and out at once */
    assert_str(starts(&c, &staggered, 0, 0, 5), STR("0920 0950 0955 1000 1005 1010 1015 1020 1025 1030 1035 1040 1045 "
                                                    "1050 1055 1100"));
    assert_int_equal(diary_table(&c.d, &staggered, 0, 0, GRAIN(920)), 1);
    arena_release(&c.a);
}

static void two_people_overlap_at_two_tables_but_not_at_one(void **state)
{
    static struct clinic c;
    (void)state;
    for (int tables = 1; tables <= 2; tables++) {
        begin(&c, "Asia/Tokyo", (struct ymd){ 2026, 3, 2 }, 1, 1, tables);
        take(&c, false, 0, 0, 900, 920);
        take(&c, false, 0, 0, 940, 950);
        take(&c, true, 0, 0, 900, 1000);
        build(&c);
        struct day_map m = diary_starts(&c.d, &staggered, 0, 0, 5);
        assert_int_equal(map_first(m), tables == 1 ? GRAIN(1000) : GRAIN(920));
        arena_release(&c.a);
    }
}

static void starts_lie_on_the_grid_of_the_wall(void **state)
{
    static struct clinic c;
    (void)state;
    begin(&c, "Asia/Tokyo", (struct ymd){ 2026, 3, 2 }, 1, 1, 1);
    take(&c, false, 0, 0, 900, 935);
    build(&c);
    assert_str(starts(&c, &staggered, 0, 0, 30), STR("1000 1030 1100"));
    assert_str(starts(&c, &plain, 0, 0, 30), STR("1000 1030 1100 1130"));
    assert_str(starts(&c, &plain, 0, 0, 20), STR("0940 1000 1020 1040 1100 1120"));
    arena_release(&c.a);
}

static void a_service_ends_within_its_day(void **state)
{
    static struct clinic c;
    (void)state;
    begin(&c, "Asia/Tokyo", (struct ymd){ 2026, 3, 2 }, 2, 1, 1);
    for (size_t i = 0; i < c.in.n_hours; i++)
        c.hours[i].from_minute = 1380, c.hours[i].to_minute = 1440;
    build(&c);
    assert_str(starts(&c, &plain, 0, 0, 15), STR("2300 2315 2330"));
    arena_release(&c.a);
}

static void the_table_is_the_one_that_leaves_the_smallest_rest(void **state)
{
    static struct clinic c;
    (void)state;
    begin(&c, "Asia/Tokyo", (struct ymd){ 2026, 3, 2 }, 1, 1, 4);
    take(&c, true, 1, 0, 900, 1000);
    take(&c, true, 2, 0, 900, 1000);
    take(&c, true, 2, 0, 1030, 1200);
    take(&c, true, 3, 0, 1000, 1005);
    build(&c);
    assert_int_equal(diary_table(&c.d, &plain, 0, 0, GRAIN(1000)), 2); /* fits in exactly */
    assert_int_equal(diary_table(&c.d, &plain, 0, 0, GRAIN(1030)), 3); /* five minutes less than table 1 */
    assert_int_equal(diary_table(&c.d, &plain, 0, 0, GRAIN(900)), 3);
    assert_int_equal(diary_table(&c.d, &staggered, 0, 0, GRAIN(1115)), -1); /* would end after closing */
    arena_release(&c.a);
}

static void hours_stay_on_the_wall_when_the_clocks_change(void **state)
{
    static const struct {
        const char *zone;
        struct ymd date;
        int grains;
        int first; /* grain of the first start at nine o'clock */
    } cases[] = {
        { "Europe/Berlin", { 2027, 3, 28 }, 276, 96 },        { "Europe/Berlin", { 2026, 10, 25 }, 300, 120 },
        { "America/New_York", { 2026, 11, 1 }, 300, 120 },    { "America/New_York", { 2026, 3, 8 }, 276, 96 },
        { "Australia/Lord_Howe", { 2026, 10, 4 }, 282, 102 }, { "Australia/Lord_Howe", { 2026, 4, 5 }, 294, 114 },
        { "Asia/Tokyo", { 2026, 3, 29 }, 288, 108 },          { "Asia/Ho_Chi_Minh", { 2026, 10, 25 }, 288, 108 },
    };
    static struct clinic c;
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        begin(&c, cases[i].zone, cases[i].date, 3, 1, 1);
        build(&c);
        struct day_map m = diary_starts(&c.d, &plain, 0, 0, 15);
        if (c.d.grains[0] != cases[i].grains || map_first(m) != cases[i].first)
            fail_msg("%s: %d grains, first start at %d", cases[i].zone, c.d.grains[0], map_first(m));
        for (int day = 0; day < 3; day++) /* the same sentence on the day of the change and after it */
            assert_str(starts(&c, &plain, day, 0, 15), STR("0900 0915 0930 0945 1000 1015 1030 1045 1100 1115 1130"));
        arena_release(&c.a);
    }
}

static void a_clinic_open_all_night_has_the_hours_that_there_are(void **state)
{
    static const struct {
        const char *what;
        struct ymd date;
        int from, to, starts;
    } cases[] = {
        { "the hour from two to three is skipped", { 2027, 3, 28 }, 130, 330, 2 },
        { "the hour from two to three comes twice", { 2026, 10, 25 }, 130, 330, 6 },
        { "any other night", { 2026, 10, 24 }, 130, 330, 4 },
    };
    static struct clinic c;
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        begin(&c, "Europe/Berlin", cases[i].date, 1, 1, 1);
        for (size_t k = 0; k < c.in.n_hours; k++)
            c.hours[k].from_minute = MINUTES(cases[i].from), c.hours[k].to_minute = MINUTES(cases[i].to);
        build(&c);
        struct day_map m = diary_starts(&c.d, &plain, 0, 0, 30);
        int n = 0;
        while (map_pop(&m) >= 0)
            n++;
        if (n != cases[i].starts)
            fail_msg("%s: %d starts", cases[i].what, n);
        arena_release(&c.a);
    }
}

static void the_patients_part_leaves_out_the_buffers_at_both_ends(void **state)
{
    static const struct segment segments[] = {
        { SEGMENT_BUFFER, 5, true, true },      { SEGMENT_BUFFER, 10, false, true },
        { SEGMENT_HANDS_ON, 15, true, true },   { SEGMENT_BUFFER, 5, true, false },
        { SEGMENT_RETENTION, 20, false, true }, { SEGMENT_BUFFER, 10, false, true }
    };
    struct service_shape s = { segments, ARRAY_LEN(segments) };
    (void)state;
    assert_int_equal(service_grains(&s), 13);
    assert_int_equal(service_lead_minutes(&s), 15);
    assert_int_equal(service_patient_minutes(&s), 40);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(free_time_is_the_clinics_hours_and_ones_own_less_what_is_taken),
        cmocka_unit_test(an_exception_replaces_the_week_on_its_date_only),
        cmocka_unit_test(nothing_is_free_before_the_minimum_notice),
        cmocka_unit_test(what_is_taken_is_widened_to_whole_grains_and_may_cross_midnight),
        cmocka_unit_test(the_practitioner_is_free_for_another_person_while_one_rests),
        cmocka_unit_test(two_people_overlap_at_two_tables_but_not_at_one),
        cmocka_unit_test(starts_lie_on_the_grid_of_the_wall),
        cmocka_unit_test(a_service_ends_within_its_day),
        cmocka_unit_test(the_table_is_the_one_that_leaves_the_smallest_rest),
        cmocka_unit_test(hours_stay_on_the_wall_when_the_clocks_change),
        cmocka_unit_test(a_clinic_open_all_night_has_the_hours_that_there_are),
        cmocka_unit_test(the_patients_part_leaves_out_the_buffers_at_both_ends),
    };
    return cmocka_run_group_tests_name("diary", tests, NULL, NULL);
}
