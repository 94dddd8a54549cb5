/* prop_dose.c - caps over random days agree with counting every window; shapes hold together under any clinic defaults.
 * SPDX-License-Identifier: AGPL-3.0-or-later
 *
 * The twin looks at every calendar day as the first of a window and counts the visits in it. TSUBO_SEED and
 * TSUBO_ROUNDS repeat or lengthen a run.
 */
#include "support/cm.h"

#include <stdlib.h>

#include "engine/dose.h"
#include "support/builtin_know.h"

static uint64_t seed;
static int rounds;

static int rnd(int below)
{
    seed ^= seed >> 12, seed ^= seed << 25, seed ^= seed >> 27;
    return (int)((seed * UINT64_C(2685821657736338717) >> 33) % (unsigned)below);
}

static bool twin_holds(const struct dose_cap *c, const struct civil_date *days, size_t n)
{
    for (int first = 0; n > 0 && first <= days[n - 1].day; first++) {
        int visits = 0;
        for (size_t i = 0; i < n; i++)
            visits += c->days == 0 || (days[i].day >= first && days[i].day < first + c->days);
        if (visits > c->sessions)
            return false;
    }
    return true;
}

static void caps_agree_with_counting_every_window(void **state)
{
    (void)state;
    int broken_ones = 0;
    for (int round = 0; round < rounds; round++) {
        struct dose_cap caps[3];
        struct civil_date days[16];
        struct course_shape s = { .caps = caps, .n_caps = (size_t)rnd(4) };
        size_t n = (size_t)rnd(17), broken = 99, first_broken = 99;
        int day = 0;
        for (size_t c = 0; c < s.n_caps; c++)
            caps[c] = (struct dose_cap){ 1 + rnd(8), rnd(4) ? 1 + rnd(40) : 0 };
        for (size_t i = 0; i < n; i++)
            days[i] = (struct civil_date){ day += rnd(9) };
        for (size_t c = s.n_caps; c-- > 0;)
            if (!twin_holds(&caps[c], days, n))
                first_broken = c;
        bool holds = dose_caps_hold(&s, days, n, &broken);
        if (holds != (first_broken == 99) || (!holds && broken != first_broken))
            fail_msg("round %d of seed as printed: holds %d, broken %zu, twin %zu", round, holds, broken, first_broken);
        broken_ones += !holds;
    }
    assert_in_range(broken_ones, rounds / 5, rounds * 4 / 5); /* the rounds try both */
}

/* What is booked now, at its wished gaps, keeps the caps of its own protocol, whatever the clinic's defaults. */
static void any_protocol_under_any_defaults_is_whole(void **state)
{
    (void)state;
    struct know *k = builtin_know();
    struct arena a = { 0 };
    for (int round = 0; round < rounds / 20; round++) {
        int16_t min = (int16_t)(1 + rnd(10)), target = (int16_t)(min + rnd(8)), max = (int16_t)(target + rnd(8));
        struct dose_defaults d = { { min, target, max }, 1 + rnd(12), 20 };
        struct course_shape s;
        struct civil_date days[64];
        size_t broken;
        int at = 0;
        arena_clear(&a);
        dose_unfold(k, rnd((int)k->n_protocols), d, &a, &s);
        assert_in_range(s.book_now, 1, 40);
        for (int v = 0; v < s.book_now; v++) {
            assert_true(s.gaps[v].min <= s.gaps[v].target && s.gaps[v].target <= s.gaps[v].max);
            assert_true(v == 0 || s.gaps[v].min >= 1);
            days[v] = (struct civil_date){ at += s.gaps[v].target };
        }
        assert_true(dose_caps_hold(&s, days, (size_t)s.book_now, &broken));
        for (size_t i = 0; i < s.n_reviews; i++)
            assert_true(s.reviews[i] >= 1 && s.reviews[i] <= s.book_now && (i == 0 || s.reviews[i] > s.reviews[i - 1]));
        for (size_t i = 0; i < s.n_phases; i++)
            assert_true(s.phases[i].visits_min <= s.phases[i].visits_target &&
                        s.phases[i].visits_target <= s.phases[i].visits_max);
    }
    arena_release(&a);
    know_free(k);
}

int main(void)
{
    const char *given = getenv("TSUBO_SEED"), *length = getenv("TSUBO_ROUNDS");
    seed = given ? strtoull(given, NULL, 10) : 20261124;
    rounds = length ? (int)strtoul(length, NULL, 10) : 4000;
    print_message("# TSUBO_SEED=%llu\n", (unsigned long long)seed);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(caps_agree_with_counting_every_window),
        cmocka_unit_test(any_protocol_under_any_defaults_is_whole),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
