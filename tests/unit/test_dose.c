/* test_dose.c - every protocol unfolds to the visits, gaps, reviews and caps that its source gives.
 * SPDX-License-Identifier: AGPL-3.0-or-later
 *
 * The table was worked out by hand from the schedules as published (data/protocols.tsv), not from the program.
 */
#include "support/cm.h"

#include <math.h>

#include "engine/dose.h"
#include "support/builtin_know.h"

static const struct dose_defaults house = { .gap = { 5, 7, 10 }, .visits = 6, .minutes = 20 };

struct fixture {
    struct know *k;
    struct arena a;
};

static int set_up(void **state)
{
    static struct fixture f;
    f.k = builtin_know();
    *state = &f;
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *f = *state;
    arena_release(&f->a);
    know_free(f->k);
    return 0;
}

static struct course_shape unfold(struct fixture *f, const char *id)
{
    struct course_shape s;
    int p = know_protocol(f->k, str_from(id));
    if (p < 0)
        fail_msg("no protocol %s", id);
    dose_unfold(f->k, p, house, &f->a, &s);
    return s;
}

/* "0,3,4": the wished gaps. */
static struct str targets(struct fixture *f, const struct gap_days *gaps, int n)
{
    struct str out = STR("");
    for (int i = 0; i < n; i++)
        out = str_fmt(&f->a, "%.*s%s%d", STR_ARG(out), i ? "," : "", gaps[i].target);
    return out;
}

static struct str reviews_of(struct fixture *f, const struct course_shape *s)
{
    struct str out = STR("");
    for (size_t i = 0; i < s->n_reviews; i++)
        out = str_fmt(&f->a, "%.*s%s%d", STR_ARG(out), i ? "," : "", s->reviews[i]);
    return out;
}

static struct str caps_of(struct fixture *f, const struct course_shape *s)
{
    struct str out = STR("");
    for (size_t i = 0; i < s->n_caps; i++)
        out = str_fmt(&f->a, "%.*s%s%d/%d", STR_ARG(out), i ? " " : "", s->caps[i].sessions, s->caps[i].days);
    return out;
}

/* min-target-max visits of each phase. */
static struct str counts_of(struct fixture *f, const struct course_shape *s)
{
    struct str out = STR("");
    for (size_t i = 0; i < s->n_phases; i++)
        out = str_fmt(&f->a, "%.*s%s%d-%d-%d", STR_ARG(out), i ? " " : "", s->phases[i].visits_min,
                      s->phases[i].visits_target, s->phases[i].visits_max);
    return out;
}

static const struct {
    const char *id, *counts;
    const char *gaps; /* of what is booked now */
    const char *reviews, *caps;
    enum next_when next; /* after phase 1 */
    bool is_gap_assumed, is_count_assumed;
} expected[] = {
    { "gerac-2007", "10-10-10 5-5-5", "0,3,4,3,4,3,4,3,4,3", "10", "15/0", NEXT_PARTIAL, false, false },
    { "brinkhaus-2006", "8-8-8 4-4-4", "0,3,4,3,4,3,4,3,7,7,7,7", "12", "12/0", NEXT_ALWAYS, false, false },
    { "cherkin-2009-standard", "6-6-6 4-4-4", "0,3,4,3,4,3,7,7,7,7", "10", "10/0", NEXT_ALWAYS, false, false },
    /* 13 weeks for 10 visits: every 9.1 days */
    { "thomas-2006", "1-10-10", "0,9,9,9,9,9,10,9,9,9", "10", "10/0", NEXT_NEVER, true, false },
    /* week 13 is day 91: visit 15 falls on day 78, visit 16 on day 95; week 26 is after the last */
    { "backinaction-2025", "8-15-15 4-5-6", "0,6,5,6,5,6,6,5,6,5,6,6,5,6,5,17,17,17,17,17", "15,20", "21/0",
      NEXT_ALWAYS, false, false },
    /* 90 days for 12 visits: every 7.5 days */
    { "cms-ncd-30.3.3", "1-12-12 0-8-8", "0,7,8,7,8,7,8,7,8,7,8,7", "12", "12/90 20/365", NEXT_IMPROVED, true, false },
    { "witt-arc-2006", "1-10-15", "0,9,9,9,9,9,10,9,9,9", "10", "15/0", NEXT_NEVER, true, false },
    { "pach-2013-standard", "10-10-15", "0,3,4,3,4,3,4,3,4,3", "10", "", NEXT_NEVER, false, false },
    { "cho-2013", "12-12-12", "0,3,4,3,4,3,4,3,4,3,4,3", "12", "", NEXT_NEVER, false, false },
    { "kong-2020-ea", "12-12-12", "0,3,4,3,4,3,4,3,4,3,4,3", "12", "", NEXT_NEVER, false, false },
    /* every 2.8 days: 2.8 5.6 8.4 11.2 14 16.8 19.6 22.4 25.2 */
    { "tu-2024-sciatica", "10-10-10", "0,3,3,2,3,3,3,3,2,3", "10", "", NEXT_NEVER, false, false },
    /* three a week: 2.33 4.66 6.99 9.32 11.65 13.98 16.31 18.64 20.97 23.3 25.63 */
    { "zhang-2021-sciatica-consensus", "12-12-12", "0,2,3,2,2,3,2,2,3,2,2,3", "12", "", NEXT_NEVER, false, false },
    { "molsberger-2008-expert-minimum", "6-11-11", "0,3,4,3,4,3,4,3,4,3,4", "11", "", NEXT_NEVER, false, false },
    { "clinic-trial-course-maintenance", "3-4-5 2-4-7 0-6-6", "0,7,7,7", "4", "", NEXT_IMPROVED, false, false },
    { "acute-single", "1-1-1", "0", "", "1/0", NEXT_NEVER, true, false },
    { "acute-5-in-2-weeks", "3-3-3 2-2-2", "0,2,2,3,3", "5", "5/0", NEXT_ALWAYS, false, false },
    { "acute-motion-style", "1-1-1", "0", "1", "1/0", NEXT_NEVER, true, false },
    { "yuan-2009-low", "10-10-10", "0,3,4,3,4,3,4,3,4,3", "10", "10/0", NEXT_NEVER, false, false },
    /* every 5.6 days: 5.6 11.2 16.8 22.4 */
    { "nicolian-2019-pregnancy", "5-5-5", "0,6,5,6,5", "5", "", NEXT_WISH, false, false },
    /* no number of visits in the source: the clinic's; 6.29 a week: 1.11 days apart */
    { "korea-lhivd-review", "6-6-6", "0,1,1,1,1,2", "6", "", NEXT_NEVER, true, true },
};

static void all_twenty_protocols_unfold_as_published(void **state)
{
    struct fixture *f = *state;
    size_t phases = 0;
    assert_int_equal(ARRAY_LEN(expected), f->k->n_protocols);
    for (size_t i = 0; i < ARRAY_LEN(expected); i++) {
        struct course_shape s = unfold(f, expected[i].id);
        print_message("# %s\n", expected[i].id);
        assert_str(counts_of(f, &s), str_from(expected[i].counts));
        assert_str(targets(f, s.gaps, s.book_now), str_from(expected[i].gaps));
        assert_str(reviews_of(f, &s), str_from(expected[i].reviews));
        assert_str(caps_of(f, &s), str_from(expected[i].caps));
        assert_int_equal(s.phases[0].next, expected[i].next);
        assert_int_equal(s.phases[0].is_gap_assumed, expected[i].is_gap_assumed);
        assert_int_equal(s.phases[0].is_count_assumed, expected[i].is_count_assumed);
        phases += s.n_phases;
    }
    assert_int_equal(phases, 28);
}

static void gaps_keep_their_bounds_and_their_average(void **state)
{
    struct fixture *f = *state;
    for (int p = 0; p < (int)f->k->n_protocols; p++) {
        struct course_shape s;
        dose_unfold(f->k, p, house, &f->a, &s);
        for (size_t i = 0; i < s.n_phases; i++) {
            const struct phase *row = &f->k->protocols[p].phases[i];
            int day = 0, steps = 0;
            for (int v = 0; v < s.phases[i].visits_max; v++) {
                struct gap_days g = s.phases[i].gaps[v];
                assert_true(g.min <= g.target && g.target <= g.max);
                if (i == 0 && v == 0) {
                    assert_int_equal(g.target, 0);
                    continue;
                }
                assert_true(g.min >= 1);
                day += g.target;
                steps++;
                if (isnan(row->interval_target) || str_eq(row->kind, STR("stretch")))
                    continue;
                assert_true(fabs(day - steps * row->interval_target) <= 0.5 + 1e-6);
                assert_true(g.min >= floor(row->interval_min) - 1e-9);
                assert_true(isnan(row->interval_max) || g.max <= ceil(row->interval_max));
            }
        }
    }
}

static void half_days_alternate_three_and_four(void **state)
{
    struct fixture *f = *state;
    struct course_shape s = unfold(f, "gerac-2007");
    assert_str(targets(f, s.phases[1].gaps, 5), STR("3,4,3,4,3"));
    assert_int_equal(s.phases[0].gaps[1].min, 3);
    assert_int_equal(s.phases[0].gaps[1].max, 4);
}

static void the_second_part_of_the_usual_course_stretches_from_one_week_towards_two(void **state)
{
    struct fixture *f = *state;
    struct course_shape s = unfold(f, "clinic-trial-course-maintenance");
    assert_str(targets(f, s.phases[1].gaps, 4), STR("7,9,11,13"));
    assert_int_equal(s.phases[1].next, NEXT_EFFECT_LASTS);
    assert_int_equal(s.phases[1].gaps[0].min, 7);
    assert_int_equal(s.phases[1].gaps[0].max, 14);
    assert_str(targets(f, s.phases[2].gaps, 6), STR("56,56,56,56,56,56"));
    assert_int_equal(s.phases[2].gaps[0].min, 56);
}

static void the_response_band_of_gerac_opens_five_more(void **state)
{
    struct fixture *f = *state;
    struct course_shape s = unfold(f, "gerac-2007");
    assert_int_equal(s.phases[0].next, NEXT_PARTIAL);
    assert_true(s.phases[0].response_low_percent == 10 && s.phases[0].response_high_percent == 50);
    assert_int_equal(s.book_now, 10);
    assert_int_equal(s.phases[1].review_after, 15);
    assert_int_equal(s.minutes, 30);
    assert_int_equal(s.needles_min, 14);
    assert_int_equal(s.needles_max, 20);
}

static void a_source_without_gaps_takes_the_clinics(void **state)
{
    struct fixture *f = *state;
    struct course_shape s = unfold(f, "cms-ncd-30.3.3");
    assert_true(s.phases[1].is_gap_assumed);
    assert_str(targets(f, s.phases[1].gaps, 8), STR("7,7,7,7,7,7,7,7"));
    assert_int_equal(s.phases[1].gaps[0].min, 5);
    assert_int_equal(s.phases[1].gaps[0].max, 10);
}

/* ---- the house's choice ---- */

static void yes(struct fixture *f, struct facts *p, const char *name)
{
    fact_set_yes_no(p, know_fact_must(f->k, str_from(name)), true);
}

static const struct {
    const char *facts; /* blanks between */
    int age;
    const char *row, *gaps, *reviews;
} houses[] = {
    { "pregnant dur_chronic sev_sev", 30, "hd_pregnant", "0,6,5,6,5", "5" },
    { "dur_acute sudden_strain sev_sev", 40, "hd_acute_strain", "0,2,2", "3" },
    { "dur_acute sev_mild", 40, "hd_acute_mild", "0,7", "2" },
    { "dur_acute sev_mod", 40, "hd_acute", "0,7,7", "3" },
    { "dur_chronic sev_mod", 78, "hd_older", "0,7,7,7,7,9,11,13", "4" },
    { "dur_chronic sev_mild", 40, "hd_chronic_mild", "0,7,7,7,7,9", "4" },
    { "dur_chronic sev_mod", 40, "hd_chronic", "0,7,7,7,7,9,11,13", "4" },
    { "dur_subacute sev_sev", 40, "hd_chronic", "0,7,7,7,7,9,11,13", "4" },
    { "dur_subacute sev_mod", 40, "hd_default", "0,7,7,7,7,9", "4" },
    { "", 40, "hd_default", "0,7,7,7,7,9", "4" },
};

static void the_house_course_follows_duration_severity_and_person(void **state)
{
    struct fixture *f = *state;
    for (size_t i = 0; i < ARRAY_LEN(houses); i++) {
        struct facts *p = arena_one(&f->a, struct facts);
        struct str rest = str_from(houses[i].facts), name;
        struct course_shape s;
        while (str_next(&rest, ' ', &name))
            fact_set_yes_no(p, know_fact_must(f->k, name), true);
        fact_set_number(p, know_fact_must(f->k, STR("age")), houses[i].age);
        dose_for(f->k, p, house, &f->a, &s);
        assert_str(f->k->doses[s.house_row].id, str_from(houses[i].row));
        assert_str(targets(f, s.gaps, s.book_now), str_from(houses[i].gaps));
        assert_str(reviews_of(f, &s), str_from(houses[i].reviews));
        assert_int_equal(s.book_now, f->k->doses[s.house_row].visits_target);
        for (size_t ph = 0; ph < s.n_phases; ph++)
            assert_true(s.phases[ph].visits_min <= s.phases[ph].visits_target &&
                        s.phases[ph].visits_target <= s.phases[ph].visits_max);
    }
}

static void what_a_short_house_course_leaves_open_stays_within_its_largest_count(void **state)
{
    struct fixture *f = *state;
    struct facts *p = arena_one(&f->a, struct facts);
    struct course_shape s;
    yes(f, p, "dur_acute");
    yes(f, p, "sudden_strain");
    dose_for(f->k, p, house, &f->a, &s);
    assert_str(counts_of(f, &s), STR("3-3-3 2-2-2")); /* three now, two more after the review: five at most */
}

/* ---- caps ---- */

static bool holds(const struct course_shape *s, const int *at, size_t n, size_t *broken)
{
    struct civil_date days[64];
    for (size_t i = 0; i < n; i++)
        days[i] = (struct civil_date){ 20800 + at[i] };
    return dose_caps_hold(s, days, n, broken);
}

static void both_caps_of_the_payer_rule_hold_at_once(void **state)
{
    struct fixture *f = *state;
    struct course_shape s = unfold(f, "cms-ncd-30.3.3");
    int days[21];
    size_t broken = 9;
    for (int i = 0; i < 21; i++)
        days[i] = i < 12 ? i * 7 : 90 + (i - 12) * 20;
    assert_true(holds(&s, days, 12, &broken));
    assert_false(holds(&s, days, 21, &broken)); /* 250 days: the 21st within the year */
    assert_true(holds(&s, days, 20, &broken));
    assert_int_equal(broken, 1);
    days[12] = 89; /* the 13th on the 90th day, counted from day 0 */
    assert_false(holds(&s, days, 13, &broken));
    assert_int_equal(broken, 0);
}

static void a_cap_window_slides_and_does_not_start_with_the_course(void **state)
{
    (void)state;
    static const struct dose_cap cap = { 2, 7 };
    struct course_shape s = { .caps = &cap, .n_caps = 1 };
    size_t broken;
    assert_true(holds(&s, (const int[]){ 0, 5, 7, 12 }, 4, &broken));
    assert_false(holds(&s, (const int[]){ 0, 6, 8, 12 }, 4, &broken));
    assert_true(holds(&s, NULL, 0, &broken));
}

static void the_cap_of_an_initial_course_leaves_maintenance_free(void **state)
{
    struct fixture *f = *state;
    struct course_shape s = unfold(f, "clinic-trial-course-maintenance");
    assert_int_equal(s.n_caps, 0);
    assert_int_equal(s.phases[0].visits_max + s.phases[1].visits_max, 12);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(all_twenty_protocols_unfold_as_published),
        cmocka_unit_test(gaps_keep_their_bounds_and_their_average),
        cmocka_unit_test(half_days_alternate_three_and_four),
        cmocka_unit_test(the_second_part_of_the_usual_course_stretches_from_one_week_towards_two),
        cmocka_unit_test(the_response_band_of_gerac_opens_five_more),
        cmocka_unit_test(a_source_without_gaps_takes_the_clinics),
        cmocka_unit_test(the_house_course_follows_duration_severity_and_person),
        cmocka_unit_test(what_a_short_house_course_leaves_open_stays_within_its_largest_count),
        cmocka_unit_test(both_caps_of_the_payer_rule_hold_at_once),
        cmocka_unit_test(a_cap_window_slides_and_does_not_start_with_the_course),
        cmocka_unit_test(the_cap_of_an_initial_course_leaves_maintenance_free),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
