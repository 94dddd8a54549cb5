/* test_points.c - the points for typical people, read as a practitioner would read them.
 * SPDX-License-Identifier: AGPL-3.0-or-later
 *
 * Sides: R right, L left, nothing for the midline; both sides stand as two. ASHI 1-3 are the tender points.
 */
#include "support/cm.h"

#include "support/builtin_know.h"
#include "support/person.h"

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

static struct person *plan(struct fixture *f, const char *pain, const char *answers, int age, int days, int needles)
{
    struct person *p = arena_one(&f->a, struct person);
    p->intake = person_intake(f->k, pain, answers, age, days);
    person_plan(f->k, p, needles, &f->a);
    return p;
}

static const char *side_of(enum side s)
{
    static const char *const letters[SIDE__COUNT] = { "", "R", "L" };
    return letters[s];
}

static struct str picks_of(struct fixture *f, const struct person *p)
{
    struct str out = STR("");
    for (size_t i = 0; i < p->plan.n_picks; i++) {
        const struct needle_pick *n = &p->plan.picks[i];
        struct str one = n->point < 0
                             ? str_fmt(&f->a, "ASHI%d-%d%s", n->ashi_min, n->ashi_max, side_of(n->side))
                             : str_fmt(&f->a, "%.*s%s", STR_ARG(f->k->points[n->point].code), side_of(n->side));
        out = str_fmt(&f->a, "%.*s%s%.*s", STR_ARG(out), out.n ? " " : "", STR_ARG(one));
    }
    return out;
}

static struct str rules_of(struct fixture *f, const struct person *p)
{
    struct str out = STR("");
    for (size_t i = 0; i < p->plan.n_rules; i++)
        out = str_fmt(&f->a, "%.*s%s%.*s", STR_ARG(out), i ? " " : "", STR_ARG(f->k->point_rules[p->plan.rules[i]].id));
    return out;
}

static struct str left_of(struct fixture *f, const struct person *p)
{
    static const char *const whys[] = { "precaution", "budget", "position", "not_chosen" };
    struct str out = STR("");
    for (size_t i = 0; i < p->plan.n_left; i++) {
        const struct left_out *l = &p->plan.left[i];
        struct str why = l->row >= 0 ? f->k->precautions[l->row].id : str_from(whys[l->why]);
        out = str_fmt(&f->a, "%.*s%s%.*s%s:%.*s", STR_ARG(out), i ? " " : "", STR_ARG(f->k->points[l->point].code),
                      side_of(l->side), STR_ARG(why));
    }
    return out;
}

static const struct needle_pick *find(struct fixture *f, const struct person *p, const char *code, enum side side)
{
    for (size_t i = 0; i < p->plan.n_picks; i++)
        if (p->plan.picks[i].point == know_point(f->k, str_from(code)) && p->plan.picks[i].side == side)
            return &p->plan.picks[i];
    return NULL;
}

/* ---- the plans of typical people ---- */

#define BACK "low_back_r low_back_l"

static const struct {
    const char *pain, *answers;
    int age, days, needles;
    const char *rules, *picks;
    enum position position;
} plans[] = {
    /* R1: chronic, low back only */
    { BACK, "", 45, 400, 20, "core_bl23 core_bl40 PR1",
      "ASHI1-2 BL23R BL23L BL25R BL25L BL40R BL40L BL24R BL24L GV3 GV4 EX-B2-L4R EX-B2-L4L", POSITION_PRONE },
    /* the clinic plans ten at most: optional points go, the last named first */
    { BACK, "", 45, 400, 10, "core_bl23 core_bl40 PR1", "ASHI1-1 BL23R BL23L BL25R BL25L BL40R BL40L BL24R BL24L GV3",
      POSITION_PRONE },
    { BACK, "cannot_lie_prone", 45, 400, 20, "core_bl23 core_bl40 PR1",
      "ASHI1-2 BL23R BL23L BL25R BL25L BL40R BL40L BL24R BL24L GV3 GV4 EX-B2-L4R EX-B2-L4L", POSITION_SIDE },
    /* R2: the sacrum */
    { "sacrum", "", 45, 400, 20, "PR2",
      "ASHI1-1 BL25R BL25L BL32R BL32L BL27R BL27L BL28R BL28L BL29R BL29L EX-B8 BL40R BL40L", POSITION_PRONE },
    /* R3: one buttock is needled lying on the other side, both lying prone */
    { "buttock_r", "", 45, 400, 20, "core_gb30 PR3", "ASHI1-3R BL54R GB30R BL25R GB31R GB34R", POSITION_SIDE },
    { "buttock_r buttock_l", "anticoagulant", 45, 400, 20, "core_gb30 PR3",
      "ASHI1-2 BL54R BL54L GB30R GB30L GB31R GB31L", POSITION_PRONE },
    /* R4: the back hurts on both sides, the leg on the right: the leg decides */
    { BACK " posterior_thigh_r calf_r", "", 45, 100, 20, "core_bl23 core_bl40 core_gb30 PR4",
      "ASHI2-2R BL57R GB30R EX-B2-L4R EX-B2-L4L EX-B2-L5R EX-B2-L5L BL40R", POSITION_PRONE },
    /* R5: down the side of the leg */
    { "low_back_l lateral_thigh_l lateral_leg_l", "", 45, 100, 20, "core_bl23 core_gb30 PR5",
      "ASHI2-2L GB30L GB34L EX-B2-L4R EX-B2-L4L EX-B2-L5R EX-B2-L5L GB31L", POSITION_PRONE },
    /* R6: both lines, cut to nine */
    { "low_back_l lateral_thigh_l calf_l", "", 45, 100, 20, "core_bl23 core_bl40 core_gb30 PR6",
      "ASHI2-2L BL57L GB30L EX-B2-L4R EX-B2-L4L EX-B2-L5R EX-B2-L5L BL40L", POSITION_PRONE },
    /* R2 and R4 together: two or three tender points; the other leg's BL40 goes without taking this one's along */
    { "sacrum posterior_thigh_r", "", 45, 100, 20, "core_bl40 core_gb30 PR2 PR4",
      "ASHI2-3R BL25R BL25L BL32R BL32L GB30R BL40R", POSITION_PRONE },
    /* R7: by place; never supine, the tender points are in the back */
    { BACK, "sudden_strain", 45, 3, 20, "PR7_midline", "ASHI1-1 SI3R SI3L GV26 EX-UE7-1R EX-UE7-1L EX-UE7-2R EX-UE7-2L",
      POSITION_SIDE },
    { "low_back_r", "sudden_strain", 45, 3, 20, "PR7_bladder", "ASHI1-3R SI6R BL2R BL60R EX-UE7-1R EX-UE7-2R",
      POSITION_SIDE },
    { "hip_side_r", "sudden_strain", 45, 3, 20, "PR7_side", "ASHI1-3R TE5R GB34R GB41R EX-UE7-1R EX-UE7-2R",
      POSITION_SIDE },
    /* R8: long-lasting, worse in cold */
    { BACK, "worse_cold", 45, 400, 20, "core_bl23 core_bl40 PR1 PR8",
      "ASHI1-2 BL23R BL23L BL25R BL25L GV4 BL40R BL40L KI3R KI3L BL24R BL24L GV3", POSITION_PRONE },
    /* R9: fewer needles from 65 */
    { BACK, "worse_cold", 78, 400, 20, "core_bl23 core_bl40 PR1 PR8 PR9",
      "ASHI1-1 BL23R BL23L BL25R BL25L GV4 BL40R BL40L KI3R KI3L", POSITION_PRONE },
    /* R10: on the side, few needles, nothing on the low back */
    { BACK, "pregnant", 30, 100, 20, "PR10", "ASHI1-2 BL40R BL40L GB30R GB30L BL57R BL57L KI9R KI9L", POSITION_SIDE },
    { BACK, "pregnant sudden_strain", 30, 3, 20, "PR10", "ASHI1-2 BL40R BL40L GB30R GB30L BL57R BL57L KI9R KI9L",
      POSITION_SIDE },
    /* R11: beside the operated level; with metal none of the low back */
    { BACK, "spine_surgery=older surgery_level=L3", 50, 400, 20, "core_bl23 core_bl40 PR1 PR11",
      "ASHI1-2 BL23R BL23L BL25R BL25L EX-B2-L3R EX-B2-L3L BL40R BL40L BL24R BL24L EX-B2-L4R EX-B2-L4L",
      POSITION_PRONE },
    { BACK, "spine_surgery=older_metal", 50, 400, 20, "core_bl23 core_bl40 PR1 PR11", "ASHI1-3 BL40R BL40L",
      POSITION_PRONE },
    /* nothing marked: only what is found on the day */
    { "", "", -1, -1, 20, "", "ASHI1-3", POSITION_PRONE },
};

static void typical_people_get_the_points_of_their_rules(void **state)
{
    struct fixture *f = *state;
    for (size_t i = 0; i < ARRAY_LEN(plans); i++) {
        const struct person *p =
            plan(f, plans[i].pain, plans[i].answers, plans[i].age, plans[i].days, plans[i].needles);
        print_message("# %s; %s\n", plans[i].pain, plans[i].answers);
        assert_false(p->plan.is_refused);
        assert_str(rules_of(f, p), str_from(plans[i].rules));
        assert_str(picks_of(f, p), str_from(plans[i].picks));
        assert_int_equal(p->plan.position, plans[i].position);
    }
}

static void a_warning_sign_refuses_all_needles(void **state)
{
    struct fixture *f = *state;
    const struct person *p = plan(f, BACK, "rf_ces_bladder pregnant", 50, 10, 20);
    assert_true(p->plan.is_refused);
    assert_str(rules_of(f, p), STR("PR12"));
    assert_int_equal(p->plan.n_picks, 0);
    assert_int_equal(p->plan.needles, 0);
}

static void a_bleeding_disorder_refuses_and_names_its_row_for_every_point(void **state)
{
    struct fixture *f = *state;
    const struct person *p = plan(f, BACK, "bleeding_disorder", 50, 100, 20);
    assert_true(p->plan.is_refused);
    assert_int_equal(p->plan.n_picks, 0);
    assert_true(p->plan.n_left > 0);
    for (size_t i = 0; i < p->plan.n_left; i++)
        assert_str(f->k->precautions[p->plan.left[i].row].id, STR("ci_bleed_disorder"));
}

static void what_is_left_out_says_why(void **state)
{
    struct fixture *f = *state;
    assert_str(left_of(f, plan(f, BACK, "pregnant", 30, 100, 20)),
               STR("BL23R:ci_preg_t1 BL23L:ci_preg_t1 LR3R:ci_preg_points LR3L:ci_preg_points"));
    assert_str(left_of(f, plan(f, "low_back_l lateral_thigh_l lateral_leg_l", "", 45, 100, 20)),
               STR("BL23R:budget BL23L:budget BL54L:budget GB41L:position"));
    assert_str(left_of(f, plan(f, BACK, "", 45, 400, 20)),
               STR("BL60R:not_chosen BL60L:not_chosen EX-B2-L5R:budget EX-B2-L5L:budget"));
}

/* Traditionally forbidden points stay out of every plan of a pregnant person, wherever it hurts. */
static void pregnancy_never_gets_the_traditionally_forbidden_points(void **state)
{
    static const char *const forbidden[] = {
        "LI4", "SP6", "BL60", "BL67", "BL31", "BL32", "BL33", "BL34", "GB21", "LR3"
    };
    static const char *const pains[] = { BACK, "sacrum", "buttock_r posterior_thigh_r calf_r", "lateral_thigh_l", "" };
    struct fixture *f = *state;
    for (size_t i = 0; i < ARRAY_LEN(pains); i++) {
        const struct person *p = plan(f, pains[i], "pregnant worse_cold", 40, 400, 20);
        assert_int_equal(p->plan.position, POSITION_SIDE);
        assert_true(p->plan.needles_most <= 10);
        for (size_t n = 0; n < ARRAY_LEN(forbidden); n++)
            for (int side = 0; side < SIDE__COUNT; side++)
                assert_null(find(f, p, forbidden[n], (enum side)side));
    }
}

static void anticoagulants_flag_the_deep_points_and_lower_the_count(void **state)
{
    struct fixture *f = *state;
    const struct person *p = plan(f, "low_back_r buttock_r posterior_thigh_r", "anticoagulant", 60, 200, 20);
    const struct needle_pick *gb30 = find(f, p, "GB30", SIDE_RIGHT);
    assert_non_null(gb30);
    assert_int_equal(gb30->verdict, POINT_MODIFY);
    assert_true(p->plan.needles_most <= 8);
}

static void a_swollen_limb_gets_no_needle_on_its_side(void **state)
{
    struct fixture *f = *state;
    const struct person *p = plan(f, BACK, "lymph_limb=leg_r", 50, 400, 20);
    assert_null(find(f, p, "BL40", SIDE_RIGHT));
    assert_non_null(find(f, p, "BL40", SIDE_LEFT));
}

static void a_painful_shoulder_does_not_decide_the_side_of_the_back(void **state)
{
    struct fixture *f = *state;
    const struct person *p = plan(f, "shoulder_back_l buttock_r", "", 45, 400, 20);
    assert_non_null(find(f, p, "GB30", SIDE_RIGHT));
    assert_null(find(f, p, "GB30", SIDE_LEFT));
}

static bool ashi_names(struct fixture *f, const struct person *p, const char *row)
{
    for (size_t i = 0; i < p->plan.n_picks; i++)
        for (size_t x = 0; p->plan.picks[i].point < 0 && x < p->plan.picks[i].n_precautions; x++)
            if (str_eq(f->k->precautions[p->plan.picks[i].precautions[x]].id, str_from(row)))
                return true;
    return false;
}

/* Tender points have no code, so no row can name them: they take the precautions of the place where they are sought. */
static void tender_points_carry_the_precautions_of_the_place_that_hurts(void **state)
{
    struct fixture *f = *state;
    assert_true(ashi_names(f, plan(f, "mid_back_r", "", 45, 100, 20), "ci_thorax"));
    assert_false(ashi_names(f, plan(f, "buttock_r", "", 45, 100, 20), "ci_thorax"));
    assert_true(ashi_names(f, plan(f, BACK, "pregnant", 30, 100, 20), "ci_preg_t1"));
    assert_true(ashi_names(f, plan(f, BACK, "", 45, 100, 20), "ci_flank"));
    assert_false(ashi_names(f, plan(f, BACK, "lymph_limb=arm_l", 45, 100, 20), "ci_lymph_limb_arm_l"));
}

/* A skin problem over the right buttock: the point there goes, its twin stays. */
static void marked_skin_is_kept_clear(void **state)
{
    struct fixture *f = *state;
    struct person *p = arena_one(&f->a, struct person);
    p->intake = person_intake(f->k, "buttock_r buttock_l", "skin_problem", 45, 400);
    person_marks(f->k, &p->intake.avoid, "buttock_r buttock_side_r");
    person_plan(f->k, p, 20, &f->a);
    assert_null(find(f, p, "GB30", SIDE_RIGHT));
    assert_non_null(find(f, p, "GB30", SIDE_LEFT));
    assert_int_equal(p->plan.position, POSITION_SIDE);
}

static void every_point_of_the_atlas_can_be_reached_in_some_position(void **state)
{
    struct fixture *f = *state;
    for (int i = 0; i < (int)f->k->n_points; i++)
        if (points_positions(f->k, i) == 0)
            fail_msg("%.*s", STR_ARG(f->k->points[i].code));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(typical_people_get_the_points_of_their_rules),
        cmocka_unit_test(a_warning_sign_refuses_all_needles),
        cmocka_unit_test(a_bleeding_disorder_refuses_and_names_its_row_for_every_point),
        cmocka_unit_test(what_is_left_out_says_why),
        cmocka_unit_test(pregnancy_never_gets_the_traditionally_forbidden_points),
        cmocka_unit_test(anticoagulants_flag_the_deep_points_and_lower_the_count),
        cmocka_unit_test(a_swollen_limb_gets_no_needle_on_its_side),
        cmocka_unit_test(a_painful_shoulder_does_not_decide_the_side_of_the_back),
        cmocka_unit_test(tender_points_carry_the_precautions_of_the_place_that_hurts),
        cmocka_unit_test(marked_skin_is_kept_clear),
        cmocka_unit_test(every_point_of_the_atlas_can_be_reached_in_some_position),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
