/* test_base.c - text, dates, money and arenas.
 * SPDX-License-Identifier: AGPL-3.0-or-later
 */
#include "support/cm.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/date.h"
#include "base/err.h"
#include "base/money.h"
#include "text/text.h"

static void integers_are_read_exactly_or_refused(void **state)
{
    static const struct {
        const char *what;
        struct str in;
        bool ok;
        int64_t want;
    } cases[] = {
        { "plain", STR_INIT("42"), true, 42 },
        { "minus", STR_INIT("-7"), true, -7 },
        { "empty", STR_INIT(""), false, 0 },
        { "lone minus", STR_INIT("-"), false, 0 },
        { "blank before", STR_INIT(" 1"), false, 0 },
        { "text behind", STR_INIT("1x"), false, 0 },
        { "largest", STR_INIT("9223372036854775807"), true, INT64_MAX },
        { "smallest", STR_INIT("-9223372036854775808"), true, INT64_MIN },
        { "one too many", STR_INIT("9223372036854775808"), false, 0 },
    };
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        int64_t got = 0;
        bool ok = str_to_i64(cases[i].in, INT64_MIN, INT64_MAX, &got);
        if (ok != cases[i].ok || (ok && got != cases[i].want))
            fail_msg("%s: got %d, %lld", cases[i].what, ok, (long long)got);
    }
}

static void utf8_is_checked_strictly(void **state)
{
    (void)state;
    assert_true(str_is_utf8(STR("腰痛 đau lưng")));
    assert_false(str_is_utf8(STR("\xC0\xAF")));         /* overlong */
    assert_false(str_is_utf8(STR("\xED\xA0\x80")));     /* surrogate */
    assert_false(str_is_utf8(STR("\xF4\x90\x80\x80"))); /* above U+10FFFF */
    assert_false(str_is_utf8(STR("\xE3\x81")));         /* cut off */
    assert_int_equal(str_chars(STR("腰痛")), 2);
}

static void every_day_of_four_centuries_survives_the_way_there_and_back(void **state)
{
    (void)state;
    int weekday = date_weekday(date_from_ymd((struct ymd){ 1800, 1, 1 }));
    assert_int_equal(weekday, 2); /* a Wednesday */
    for (struct civil_date d = date_from_ymd((struct ymd){ 1800, 1, 1 }); d.day < 84000; d.day++) {
        struct ymd v = date_to_ymd(d);
        assert_true(date_is_real(v));
        assert_int_equal(date_from_ymd(v).day, d.day);
        assert_int_equal(date_weekday(d), weekday);
        weekday = (weekday + 1) % 7;
    }
}

static void dates_that_do_not_exist_are_refused(void **state)
{
    static const struct str bad[] = { STR_INIT("2025-02-29"), STR_INIT("2025-13-01"), STR_INIT("2025-00-10"),
                                      STR_INIT("2025-1-1"),   STR_INIT("25-01-01"),   STR_INIT("2025-01-32"),
                                      STR_INIT("1799-12-31"), STR_INIT("2025/01/01"), STR_INIT("") };
    struct civil_date d;
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(bad); i++)
        assert_false(date_parse(bad[i], &d));
    assert_true(date_parse(STR("2024-02-29"), &d));
}

static void a_leap_day_birthday_is_on_the_first_of_march(void **state)
{
    struct civil_date born = date_from_ymd((struct ymd){ 2004, 2, 29 });
    (void)state;
    assert_int_equal(date_age_years(born, date_from_ymd((struct ymd){ 2025, 2, 28 })), 20);
    assert_int_equal(date_age_years(born, date_from_ymd((struct ymd){ 2025, 3, 1 })), 21);
    assert_int_equal(date_age_years(born, date_from_ymd((struct ymd){ 2024, 2, 29 })), 20);
}

static void money_is_grouped_and_never_mixed(void **state)
{
    struct arena a = { 0 };
    struct money sum;
    (void)state;
    assert_str(money_text((struct money){ 1234567, CUR_JPY }, ',', '.', &a), STR("1,234,567"));
    assert_str(money_text((struct money){ 1234567, CUR_EUR }, ',', '.', &a), STR("12,345.67"));
    assert_str(money_text((struct money){ -5, CUR_EUR }, ',', '.', &a), STR("-0.05"));
    assert_str(money_text((struct money){ 0, CUR_JPY }, ',', '.', &a), STR("0"));
    assert_false(money_add((struct money){ 1, CUR_JPY }, (struct money){ 1, CUR_EUR }, &sum));
    assert_false(money_add((struct money){ INT64_MAX, CUR_JPY }, (struct money){ 1, CUR_JPY }, &sum));
    arena_release(&a);
}

static void a_full_buffer_says_so_and_drops_what_does_not_fit(void **state)
{
    struct buf b;
    (void)state;
    buf_init(&b, 5);
    buf_lit(&b, "abc");
    buf_lit(&b, "def");
    assert_true(b.is_full);
    assert_str(buf_str(&b), STR("abc"));
    buf_release(&b);
}

static void sentences_are_filled_in_their_language(void **state)
{
    struct arena a = { 0 };
    struct civil_date d = date_from_ymd((struct ymd){ 2026, 11, 24 });
    (void)state;
    assert_str(text_date(LANG_EN, d, DATE_WEEKDAY, &a), STR("Tuesday, 24 November 2026"));
    assert_str(text_date(LANG_JA, d, DATE_WEEKDAY, &a), STR("2026年11月24日（火）"));
    assert_str(text_date(LANG_VI, d, DATE_WEEKDAY, &a), STR("Thứ Ba, ngày 24 tháng 11 năm 2026"));
    assert_str(text_fill(STR("{1} of {0}, {0}{2}"), (struct str[]){ STR("ten"), STR("two") }, 2, &a),
               STR("two of ten, ten"));
    assert_str(text_name(STR("Call {n} or {n}."), STR("{n}"), STR("119"), &a), STR("Call 119 or 119."));
    arena_release(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(integers_are_read_exactly_or_refused),
        cmocka_unit_test(utf8_is_checked_strictly),
        cmocka_unit_test(every_day_of_four_centuries_survives_the_way_there_and_back),
        cmocka_unit_test(dates_that_do_not_exist_are_refused),
        cmocka_unit_test(a_leap_day_birthday_is_on_the_first_of_march),
        cmocka_unit_test(money_is_grouped_and_never_mixed),
        cmocka_unit_test(a_full_buffer_says_so_and_drops_what_does_not_fit),
        cmocka_unit_test(sentences_are_filled_in_their_language),
    };
    return cmocka_run_group_tests_name("base", tests, NULL, NULL);
}
