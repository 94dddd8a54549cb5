/* test_person.c - cases of the engines about one person, in sentences.
 * SPDX-License-Identifier: AGPL-3.0-or-later
 */
#include "support/cm.h"

#include <math.h>
#include <stdlib.h>

#include "engine/outcome.h"
#include "engine/plan.h"
#include "support/people.h"

static struct know *k;
static struct intake *in;
static struct plan *p;
static struct arena a;

static const struct plan_rules rules = { .limits = { .min_age = 16 },
                                         .severity_axis = STR_INIT("severity_nrs"),
                                         .needles_max = 14,
                                         .dose = { .gap = { 3, 7, 14 }, .visits = 6, .minutes = 20 } };

static int start(void **state)
{
    (void)state;
    k = people_know();
    in = calloc(1, sizeof *in);
    p = calloc(1, sizeof *p);
    people_plain(k, in);
    return 0;
}

static int end(void **state)
{
    (void)state;
    free(in);
    free(p);
    arena_release(&a);
    know_free(k);
    return 0;
}

static void plan(void)
{
    plan_make(k, &rules, in, &a, p);
}

static bool fired(const char *rule)
{
    for (size_t i = 0; i < p->triage.n_hits; i++)
        if (str_eq(k->triage[p->triage.hits[i].rule].id, str_from(rule)))
            return true;
    return false;
}

static bool applies(const char *precaution)
{
    for (size_t i = 0; i < p->safety.n_hits; i++)
        if (str_eq(k->precautions[p->safety.hits[i].row].id, str_from(precaution)))
            return true;
    return false;
}

static bool picked(const char *code, enum side side)
{
    for (size_t i = 0; i < p->points.n_picks; i++)
        if (p->points.picks[i].point >= 0 && str_eq(k->points[p->points.picks[i].point].code, str_from(code)) &&
            p->points.picks[i].side == side)
            return true;
    return false;
}

static bool holds(const char *class)
{
    for (size_t i = 0; i < p->classes.n_patterns; i++)
        if (p->classes.patterns[i].is_sure && str_eq(k->classes[p->classes.patterns[i].row].id, str_from(class)))
            return true;
    return false;
}

static void mark(const char *region)
{
    int r = know_region(k, str_from(region));
    assert_true(r >= 0);
    region_set_add(&in->pain, r);
}

/* Each rule: answers that fire it and the level they bring; and the answer whose "no" unfires it. */
static void each_triage_rule_fires_on_its_answers_and_not_without_them(void **state)
{
    static const struct {
        const char *rule;
        enum urgency level;
        const char *answers[8]; /* pairs of question and value */
        const char *without;    /* this one back to no: the rule does not fire */
    } cases[] = {
        { "R01", URGENCY_EMERGENCY, { "rf_ces_bladder", "yes" }, "rf_ces_bladder" },
        { "R02", URGENCY_SAME_DAY, { "rf_ces_both_legs", "yes" }, "rf_ces_both_legs" },
        { "R03", URGENCY_SAME_DAY, { "rf_neuro_drop", "yes" }, "rf_neuro_drop" },
        { "R04", URGENCY_DOCTOR_FIRST, { "rf_ca_weight", "yes", "rf_ca_night", "yes" }, "rf_ca_night" },
        { "R05",
          URGENCY_DOCTOR_FIRST,
          { "rf_ca_history", "yes", "episode_new_or_changed", "yes" },
          "episode_new_or_changed" },
        { "R06", URGENCY_SAME_DAY, { "rf_ca_history", "yes", "rf_ca_strain", "yes" }, "rf_ca_strain" },
        { "R07", URGENCY_SAME_DAY, { "rf_fx_major", "yes" }, "rf_fx_major" },
        { "R08", URGENCY_DOCTOR_FIRST, { "rf_fx_minor", "yes", "rf_fx_osteo", "yes" }, "rf_fx_osteo" },
        { "R10", URGENCY_SAME_DAY, { "rf_inf_fever", "yes", "rf_inf_risk", "yes" }, "rf_inf_risk" },
        { "R11", URGENCY_SAME_DAY, { "rf_inf_fever", "yes" }, "rf_inf_fever" },
        { "R12", URGENCY_DOCTOR_FIRST, { "rf_inf_tb", "yes", "rf_ca_steady", "yes" }, "rf_inf_tb" },
        { "R13", URGENCY_EMERGENCY, { "rf_aaa_sudden", "yes" }, "rf_aaa_sudden" },
        { "R14", URGENCY_SAME_DAY, { "rf_aaa_pulse", "yes" }, "rf_aaa_pulse" },
        { "R15", URGENCY_NOTE, { "birth_date", "1955-01-01", "aaa_risk_factor", "yes" }, "aaa_risk_factor" },
        { "R16", URGENCY_DOCTOR_FIRST, { "rf_vasc_leg", "yes" }, "rf_vasc_leg" },
        { "R17", URGENCY_SAME_DAY, { "rf_vasc_calf", "yes" }, "rf_vasc_calf" },
        { "R18", URGENCY_EMERGENCY, { "rf_chest", "yes" }, "rf_chest" },
        { "R19", URGENCY_SAME_DAY, { "rf_belly", "yes" }, "rf_belly" },
        { "R20", URGENCY_EMERGENCY, { "sex", "female", "pregnant", "yes", "rf_preg_warn", "yes" }, "rf_preg_warn" },
        { "R21", URGENCY_DOCTOR_FIRST, { "rf_rash", "yes" }, "rf_rash" },
        { "R22", URGENCY_DOCTOR_FIRST, { "birth_date", "2010-01-01" }, NULL },
        { "R23", URGENCY_SAME_DAY, { "rf_selfharm", "yes" }, "rf_selfharm" },
        { "R28", URGENCY_NOTE, { "rf_neuro_stable", "yes" }, "rf_neuro_stable" },
        { "R30", URGENCY_DOCTOR_FIRST, { "rf_aaa_known", "yes" }, "rf_aaa_known" },
    };
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        people_plain(k, in);
        for (size_t n = 0; n + 1 < ARRAY_LEN(cases[i].answers) && cases[i].answers[n]; n += 2)
            people_answer(k, in, cases[i].answers[n], cases[i].answers[n + 1]);
        plan();
        if (!fired(cases[i].rule) || p->triage.level != cases[i].level)
            fail_msg("%s: fired %d, level %d", cases[i].rule, fired(cases[i].rule), (int)p->triage.level);
        if (cases[i].without) {
            people_answer(k, in, cases[i].without, "no");
            plan();
            if (fired(cases[i].rule))
                fail_msg("%s fires without %s", cases[i].rule, cases[i].without);
        }
    }
}

static void a_plain_back_pain_needs_no_doctor_first_and_may_be_booked(void **state)
{
    (void)state;
    plan();
    assert_int_equal(p->triage.level, URGENCY_NONE);
    assert_int_equal(p->triage.may_level, URGENCY_NONE);
    assert_true(p->may_book);
    assert_true(holds("pat_axial"));
    assert_true(picked("BL23", SIDE_RIGHT) && picked("BL23", SIDE_LEFT));
    assert_true(picked("BL25", SIDE_RIGHT) && picked("BL40", SIDE_LEFT));
    assert_int_equal(p->points.position, POSITION_PRONE);
}

static void an_unanswered_emergency_question_leaves_its_rule_open(void **state)
{
    (void)state;
    people_answer(k, in, "rf_ces_saddle", "");
    plan();
    assert_int_equal(p->triage.level, URGENCY_NONE);
    assert_int_equal(p->triage.may_level, URGENCY_EMERGENCY);
    assert_true(p->triage.is_emergency_open);
}

static void sciatica_is_needled_on_its_own_side_by_its_line(void **state)
{
    (void)state;
    mark("posterior_thigh_r");
    mark("calf_r");
    plan();
    assert_true(picked("GB30", SIDE_RIGHT) && picked("BL40", SIDE_RIGHT) && picked("BL57", SIDE_RIGHT));
    assert_false(picked("GB30", SIDE_LEFT) || picked("BL40", SIDE_LEFT) || picked("GB34", SIDE_RIGHT));
    assert_true(p->points.needles_most <= 9);
    people_plain(k, in);
    mark("lateral_thigh_l");
    mark("lateral_leg_l");
    plan();
    assert_true(picked("GB30", SIDE_LEFT) && picked("GB34", SIDE_LEFT));
    assert_false(picked("BL57", SIDE_LEFT) || picked("GB34", SIDE_RIGHT));
}

static void pregnancy_gets_a_plan_of_its_own(void **state)
{
    static const char *const never[] = { "LI4",  "SP6",  "BL60", "BL67", "BL31", "BL32",
                                         "BL33", "BL34", "GB21", "LR3",  "BL23", "BL25" };
    (void)state;
    people_answer(k, in, "sex", "female");
    people_answer(k, in, "pregnant", "yes");
    plan(); /* without a due date both halves of pregnancy count */
    for (size_t i = 0; i < ARRAY_LEN(never); i++)
        assert_false(picked(never[i], SIDE_RIGHT) || picked(never[i], SIDE_LEFT));
    assert_int_equal(p->points.position, POSITION_SIDE);
    assert_true(p->points.needles_most <= 10);
    assert_true(p->safety.no_electro);
    assert_true(applies("ci_preg_t1") && applies("ci_preg_later"));
    people_answer(k, in, "due_date", "2026-12-20");
    plan();
    assert_false(applies("ci_preg_t1"));
}

static void precautions_apply_to_whom_they_concern(void **state)
{
    static const struct {
        const char *row;
        const char *answers[6];
    } cases[] = {
        { "ci_anticoag", { "anticoagulant", "yes" } },
        { "ci_antiplatelet", { "antiplatelet_one", "yes" } },
        { "ci_bleed_disorder", { "bleeding_disorder", "yes" } },
        { "ci_pacemaker_ea", { "implanted_device", "yes", "device_site", "chest_l" } },
        { "ci_lymph_limb_leg_l", { "lymph_limb", "leg_l" } },
        { "ci_immune", { "immune_weak", "yes" } },
        { "ci_metal", { "metal_allergy", "yes" } },
        { "ci_age_limit", { "birth_date", "2015-01-01" } },
        { "ci_bloodborne", { "blood_borne", "yes" } },
    };
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        people_plain(k, in);
        plan();
        if (applies(cases[i].row))
            fail_msg("%s applies to everyone", cases[i].row);
        for (size_t n = 0; n + 1 < ARRAY_LEN(cases[i].answers) && cases[i].answers[n]; n += 2)
            people_answer(k, in, cases[i].answers[n], cases[i].answers[n + 1]);
        plan();
        if (!applies(cases[i].row))
            fail_msg("%s does not apply", cases[i].row);
    }
}

static void a_swollen_leg_is_left_alone_and_the_other_side_is_not(void **state)
{
    (void)state;
    mark("posterior_thigh_l");
    mark("calf_l");
    people_answer(k, in, "lymph_limb", "leg_l");
    plan();
    assert_false(picked("BL40", SIDE_LEFT) || picked("BL57", SIDE_LEFT));
    int rows[16];
    size_t n;
    int bl40 = know_point(k, STR("BL40"));
    assert_int_equal(safety_point(k, &p->safety, in, bl40, SIDE_LEFT, rows, 16, &n), POINT_AVOID);
    assert_true(safety_point(k, &p->safety, in, bl40, SIDE_RIGHT, rows, 16, &n) < POINT_AVOID);
}

static void a_bleeding_disorder_blocks_every_needle(void **state)
{
    (void)state;
    people_answer(k, in, "bleeding_disorder", "yes");
    plan();
    assert_true(p->points.is_refused);
    assert_false(p->may_book);
}

static void the_course_follows_duration_and_severity(void **state)
{
    static const struct {
        const char *onset, *pain;
        int least, most;
    } cases[] = {
        { "2026-11-10", "2", 1, 3 },  { "2026-11-10", "8", 1, 5 },  { "2026-09-15", "5", 4, 8 },
        { "2025-01-01", "5", 6, 12 }, { "2025-01-01", "9", 6, 12 },
    };
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        people_plain(k, in);
        people_answer(k, in, "onset_date", cases[i].onset);
        people_answer(k, in, "nrs_average", cases[i].pain);
        plan();
        if (p->course.book_now < cases[i].least || p->course.book_now > cases[i].most)
            fail_msg("case %zu: %d visits", i, p->course.book_now);
        for (int v = 0; v < p->course.book_now; v++)
            assert_true(p->course.gaps[v].min <= p->course.gaps[v].target &&
                        p->course.gaps[v].target <= p->course.gaps[v].max);
    }
}

static void all_twenty_protocols_unfold(void **state)
{
    static const struct {
        const char *id;
        int visits, phases;
    } cases[] = {
        { "gerac-2007", 10, 2 },
        { "brinkhaus-2006", 12, 2 },
        { "cherkin-2009-standard", 10, 2 },
        { "thomas-2006", 10, 1 },
        { "backinaction-2025", 20, 2 },
        { "cms-ncd-30.3.3", 12, 2 },
        { "witt-arc-2006", 10, 1 },
        { "pach-2013-standard", 10, 1 },
        { "cho-2013", 12, 1 },
        { "kong-2020-ea", 12, 1 },
        { "tu-2024-sciatica", 10, 1 },
        { "zhang-2021-sciatica-consensus", 12, 1 },
        { "molsberger-2008-expert-minimum", 11, 1 },
        { "clinic-trial-course-maintenance", 4, 3 },
        { "acute-single", 1, 1 },
        { "acute-5-in-2-weeks", 5, 2 },
        { "acute-motion-style", 1, 1 },
        { "yuan-2009-low", 10, 1 },
        { "nicolian-2019-pregnancy", 5, 1 },
        { "korea-lhivd-review", 6, 1 },
    };
    (void)state;
    assert_int_equal(k->n_protocols, ARRAY_LEN(cases));
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct course_shape s;
        int id = know_protocol(k, str_from(cases[i].id));
        assert_true(id >= 0);
        dose_unfold(k, id, rules.dose, &a, &s);
        if (s.book_now != cases[i].visits || (int)s.n_phases != cases[i].phases)
            fail_msg("%s: %d visits now in %zu phases", cases[i].id, s.book_now, s.n_phases);
    }
}

static void half_days_alternate_so_that_the_average_is_kept(void **state)
{
    struct course_shape s;
    int days = 0;
    (void)state;
    dose_unfold(k, know_protocol(k, STR("gerac-2007")), rules.dose, &a, &s);
    for (int i = 2; i < s.book_now; i++)
        days += s.gaps[i].target;
    assert_int_equal(days, 28); /* eight gaps of 3.5 days */
}

static void caps_hold_over_any_stretch_of_their_days(void **state)
{
    struct course_shape s;
    struct civil_date days[13];
    size_t broken;
    (void)state;
    dose_unfold(k, know_protocol(k, STR("cms-ncd-30.3.3")), rules.dose, &a, &s);
    for (int i = 0; i < 13; i++)
        days[i] = (struct civil_date){ 20000 + i * 7 };
    assert_true(dose_caps_hold(&s, days, 12, &broken));
    assert_false(dose_caps_hold(&s, days, 13, &broken)); /* the 13th falls on day 84 of 90 */
    days[12].day = 20000 + 90;
    assert_true(dose_caps_hold(&s, days, 13, &broken));
}

/* ---- outcome ---- */

static void change_is_judged_against_the_persons_own_baseline(void **state)
{
    const struct instrument *nrs = &k->instruments[know_instrument(k, STR("nrs_pain"))];
    static const struct {
        double baseline, now;
        bool has_percent, is_important;
        enum response response;
    } cases[] = {
        { 10, 7, true, true, RESPONSE_RESPONDER }, /* exactly 30 percent */
        { 10, 5, true, true, RESPONSE_STRONG },    /* exactly 50 */
        { 6, 5, true, false, RESPONSE_PARTIAL },   { 6, 6, true, false, RESPONSE_NONE },
        { 6, 8, true, false, RESPONSE_WORSE },     { 0, 0, false, false, RESPONSE_NONE },
        { 1, 0, false, false, RESPONSE_PARTIAL },  { 1.9, 0, false, false, RESPONSE_PARTIAL },
        { 7, 5, true, true, RESPONSE_RESPONDER }, /* two points are important though under 30 percent */
    };
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct change c;
        outcome_change(nrs, cases[i].baseline, cases[i].now, &c);
        if (c.has_percent != cases[i].has_percent || c.is_important != cases[i].is_important ||
            c.response != cases[i].response)
            fail_msg("case %zu: percent %d, important %d, response %d", i, c.has_percent, c.is_important,
                     (int)c.response);
    }
}

static void scores_follow_the_rule_for_what_is_missing(void **state)
{
    const struct instrument *peg = &k->instruments[know_instrument(k, STR("peg"))];
    const struct instrument *rmdq = &k->instruments[know_instrument(k, STR("rmdq_en"))];
    const struct instrument *psfs = &k->instruments[know_instrument(k, STR("psfs"))];
    double ticks[24] = { 1, 1, 1 }, items[5] = { 4, 6, NAN, NAN, NAN };
    struct score s;
    (void)state;
    assert_true(outcome_score(peg, (double[]){ 3, 6, 6 }, 3, &s) && s.is_known);
    assert_near(s.value, 5, 1e-12);
    assert_true(outcome_score(peg, (double[]){ 3, NAN, 6 }, 3, &s));
    assert_false(s.is_known);
    assert_true(outcome_score(rmdq, ticks, 24, &s));
    assert_near(s.value, 3, 1e-12);
    assert_true(outcome_score(psfs, items, 5, &s));
    assert_near(s.value, 5, 1e-12);
    assert_false(outcome_score(peg, (double[]){ 3, 11, 6 }, 3, &s));
    assert_false(outcome_score(peg, (double[]){ 3, 4 }, 2, &s));
}

static void a_review_follows_the_protocols_own_rule(void **state)
{
    static const struct {
        const char *protocol;
        double baseline, now;
        int visits, no_response_before;
        enum review_decision want;
        int next_phase;
    } cases[] = {
        { "gerac-2007", 10, 8, 10, 0, DECIDE_EXTEND, 1 },    /* a fall of 20 percent opens five more */
        { "gerac-2007", 10, 9.5, 10, 0, DECIDE_CHANGE, -1 }, /* 5 percent: no more of the same */
        { "clinic-trial-course-maintenance", 8, 5, 4, 0, DECIDE_GO_ON, 1 },
        { "clinic-trial-course-maintenance", 8, 7.5, 4, 0, DECIDE_CHANGE, -1 },
        { "clinic-trial-course-maintenance", 8, 7.5, 8, 1, DECIDE_STOP_REFER, -1 },
        { "clinic-trial-course-maintenance", 6, 8, 4, 0, DECIDE_CHANGE, -1 },
    };
    const struct instrument *nrs = &k->instruments[know_instrument(k, STR("nrs_pain"))];
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct course_shape s;
        struct review_result v;
        dose_unfold(k, know_protocol(k, str_from(cases[i].protocol)), rules.dose, &a, &s);
        struct review_request r = { .know = k,
                                    .shape = &s,
                                    .measure = nrs,
                                    .baseline = cases[i].baseline,
                                    .now = cases[i].now,
                                    .visits_done = cases[i].visits,
                                    .no_response_before = cases[i].no_response_before };
        outcome_review(&r, &a, &v);
        if (v.decision != cases[i].want || v.next_phase != cases[i].next_phase)
            fail_msg("case %zu: decision %d, next phase %d", i, (int)v.decision, v.next_phase);
        assert_true(v.rule >= 0);
    }
}

int main(void)
{
#define CASE(f) cmocka_unit_test_setup_teardown(f, start, end)
    const struct CMUnitTest tests[] = {
        CASE(each_triage_rule_fires_on_its_answers_and_not_without_them),
        CASE(a_plain_back_pain_needs_no_doctor_first_and_may_be_booked),
        CASE(an_unanswered_emergency_question_leaves_its_rule_open),
        CASE(sciatica_is_needled_on_its_own_side_by_its_line),
        CASE(pregnancy_gets_a_plan_of_its_own),
        CASE(precautions_apply_to_whom_they_concern),
        CASE(a_swollen_leg_is_left_alone_and_the_other_side_is_not),
        CASE(a_bleeding_disorder_blocks_every_needle),
        CASE(the_course_follows_duration_and_severity),
        CASE(all_twenty_protocols_unfold),
        CASE(half_days_alternate_so_that_the_average_is_kept),
        CASE(caps_hold_over_any_stretch_of_their_days),
        CASE(change_is_judged_against_the_persons_own_baseline),
        CASE(scores_follow_the_rule_for_what_is_missing),
        CASE(a_review_follows_the_protocols_own_rule),
    };
    return cmocka_run_group_tests_name("person", tests, NULL, NULL);
}
