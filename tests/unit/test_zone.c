/* test_zone.c - time zones: the same as glibc, with gap and fold told apart.
 * SPDX-License-Identifier: AGPL-3.0-or-later
 */
#include "support/cm.h"

#include "base/arena.h"
#include "base/zone.h"
#include "os/files.h"
#include "support/glibc_time.h"

static const struct zone *load(const char *name, struct arena *a)
{
    const struct zone *z = NULL;
    struct err e = { 0 };
    if (!zone_load(str_from(name), a, &z, &e))
        fail_msg("%s: %s", name, e.detail);
    return z;
}

static void a_million_instants_read_as_glibc_reads_them(void **state)
{
    static const char *const names[] = { "Asia/Tokyo", "America/New_York", "Europe/London", "Australia/Lord_Howe",
                                         "America/Sao_Paulo" };
    (void)state;
    for (size_t n = 0; n < ARRAY_LEN(names); n++) {
        struct arena a = { 0 };
        const struct zone *z = load(names[n], &a);
        uint64_t random = 88172645463325252u + n;
        glibc_zone(names[n]);
        for (int i = 0; i < 200000; i++) {
            random ^= random << 13, random ^= random >> 7, random ^= random << 17;
            int64_t t = (int64_t)(random % 3471292800u); /* 1970 to 2080 */
            struct wall w = zone_wall(z, (struct instant){ t }, NULL);
            int64_t want = glibc_local_seconds(t);
            if ((int64_t)w.date.day * 86400 + w.minute * 60 + w.second != want)
                fail_msg("%s at %lld", names[n], (long long)t);
            enum wall_kind kind;
            struct instant back = zone_instant(z, w, &kind);
            if (kind == WALL_GAP || (kind == WALL_ONCE && back.s != t) || (kind == WALL_FOLD && back.s > t))
                fail_msg("%s at %lld comes back as %lld", names[n], (long long)t, (long long)back.s);
        }
        arena_release(&a);
    }
}

static void the_hour_that_a_change_skips_or_repeats_is_told_apart(void **state)
{
    static const struct {
        const char *zone;
        struct ymd date;
        int32_t minute;
        enum wall_kind kind;
        int64_t want;
    } cases[] = {
        { "Europe/Berlin", { 2027, 3, 28 }, 510, WALL_ONCE, 1806215400 },      /* 08:30 +02 */
        { "Europe/Berlin", { 2027, 3, 28 }, 150, WALL_GAP, 1806197400 },       /* 02:30 is skipped: as 03:30 +02 */
        { "Europe/Berlin", { 2026, 10, 25 }, 150, WALL_FOLD, 1792888200 },     /* 02:30 twice: the first, +02 */
        { "America/New_York", { 2026, 3, 8 }, 150, WALL_GAP, 1772955000 },     /* 02:30: as 03:30 -04 */
        { "America/New_York", { 2026, 11, 1 }, 90, WALL_FOLD, 1793511000 },    /* 01:30 -04 */
        { "Australia/Lord_Howe", { 2026, 10, 4 }, 135, WALL_GAP, 1791042300 }, /* half an hour is skipped */
        { "Australia/Lord_Howe",
          { 2026, 4, 5 },
          105,
          WALL_FOLD,
          1775313900 }, /* 01:45 twice, half an hour apart: +11 */
        { "Asia/Tokyo", { 2026, 11, 24 }, 540, WALL_ONCE, 1795478400 },
        { "Asia/Ho_Chi_Minh", { 2026, 11, 24 }, 540, WALL_ONCE, 1795485600 },
    };
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct arena a = { 0 };
        const struct zone *z = load(cases[i].zone, &a);
        enum wall_kind kind;
        struct instant t = zone_instant(z, (struct wall){ date_from_ymd(cases[i].date), cases[i].minute, 0 }, &kind);
        if (kind != cases[i].kind || t.s != cases[i].want)
            fail_msg("%s case %zu: kind %d, %lld", cases[i].zone, i, (int)kind, (long long)t.s);
        arena_release(&a);
    }
}

static void days_have_23_to_25_hours_where_clocks_change_and_24_where_they_do_not(void **state)
{
    struct arena a = { 0 };
    const struct zone *tokyo = load("Asia/Tokyo", &a), *berlin = load("Europe/Berlin", &a);
    (void)state;
    for (int d = 0; d < 3000; d++) {
        struct civil_date day = { 20500 + d }, next = { 20501 + d };
        int64_t hours = (zone_midnight(berlin, next).s - zone_midnight(berlin, day).s) / 3600;
        assert_int_equal(zone_midnight(tokyo, next).s - zone_midnight(tokyo, day).s, 86400);
        assert_true(hours >= 23 && hours <= 25);
    }
    arena_release(&a);
}

static void names_that_could_leave_the_folder_are_refused(void **state)
{
    static const char *const bad[] = { "", "../../etc/passwd", "/etc/passwd", "Asia/Tokyo.", "Asia Tokyo" };
    struct arena a = { 0 };
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(bad); i++) {
        const struct zone *z = NULL;
        struct err e = { 0 };
        assert_false(zone_load(str_from(bad[i]), &a, &z, &e));
    }
    arena_release(&a);
}

static void a_damaged_file_is_refused_wherever_it_is_cut(void **state)
{
    struct arena a = { 0 };
    struct err e = { 0 };
    struct str bytes;
    const struct zone *z;
    (void)state;
    assert_true(file_read(STR("/usr/share/zoneinfo/Europe/Berlin"), 100000, &a, &bytes, &e));
    size_t accepted = 0;
    for (size_t n = 0; n < bytes.n; n++)
        accepted += zone_parse(STR("cut"), str_sub(bytes, 0, n), &a, &z, &e);
    assert_int_equal(accepted, 0);
    assert_true(zone_parse(STR("whole"), bytes, &a, &z, &e));
    arena_release(&a);
}

static void a_file_that_counts_leap_seconds_is_refused(void **state)
{
    struct arena a = { 0 };
    struct err e = { 0 };
    const struct zone *z;
    (void)state;
    if (!file_exists(STR("/usr/share/zoneinfo/right/Asia/Tokyo")))
        skip();
    assert_false(zone_load(STR("right/Asia/Tokyo"), &a, &z, &e));
    assert_int_equal(e.code, ERR_INPUT);
    arena_release(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_million_instants_read_as_glibc_reads_them),
        cmocka_unit_test(the_hour_that_a_change_skips_or_repeats_is_told_apart),
        cmocka_unit_test(days_have_23_to_25_hours_where_clocks_change_and_24_where_they_do_not),
        cmocka_unit_test(names_that_could_leave_the_folder_are_refused),
        cmocka_unit_test(a_file_that_counts_leap_seconds_is_refused),
        cmocka_unit_test(a_damaged_file_is_refused_wherever_it_is_cut),
    };
    return cmocka_run_group_tests_name("zone", tests, NULL, NULL);
}
