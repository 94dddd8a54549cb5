/* test_body.c - places of points, regions and pictures of the body.
 * SPDX-License-Identifier: AGPL-3.0-or-later
 */
#include "support/cm.h"

#include <math.h>

#include "engine/body.h"
#include "support/builtin_know.h"

static int point(const struct know *k, const char *code)
{
    int i = know_point(k, str_from(code));
    if (i < 0)
        fail_msg("no point %s", code);
    return i;
}

static int setup(void **state)
{
    *state = builtin_know();
    return 0;
}

static int teardown(void **state)
{
    know_free(*state);
    return 0;
}

static void every_point_is_recomputed_to_where_it_is_drawn(void **state)
{
    const struct know *k = *state;
    size_t places = 0;
    for (size_t i = 0; i < k->n_points; i++)
        for (int v = 0; v < VIEW__COUNT; v++) {
            struct place got = body_place(k, (int)i, (enum view)v, SIDE_RIGHT), want = k->points[i].drawn[v];
            if (got.seen != want.seen || (got.seen && hypot(got.x - want.x, got.y - want.y) > 0.002))
                fail_msg("%.*s view %d: %d %f %f, drawn %d %f %f", STR_ARG(k->points[i].code), v, got.seen, got.x,
                         got.y, want.seen, want.x, want.y);
            places += got.seen;
        }
    assert_true(places > k->n_points);
}

static void three_points_lie_where_the_books_say(void **state)
{
    const struct know *k = *state;
    struct place bl23 = body_place(k, point(k, "BL23"), VIEW_POSTERIOR, SIDE_RIGHT);
    struct place l2 = k->landmarks[know_landmark(k, STR("l2_spinous"))].at[VIEW_POSTERIOR];
    assert_true(fabs(bl23.x - 1.5) < 1e-9 && fabs(bl23.y - l2.y) < 1e-9);
    /* BL40: the middle of the popliteal crease */
    struct place bl40 = body_place(k, point(k, "BL40"), VIEW_POSTERIOR, SIDE_RIGHT);
    struct place mid = k->landmarks[know_landmark(k, STR("popliteal_crease_mid"))].at[VIEW_POSTERIOR];
    assert_true(hypot(bl40.x - mid.x, bl40.y - mid.y) < 1e-9);
    /* GB30: a third of the way from the trochanter to the sacral hiatus, in both views */
    static const enum view views[] = { VIEW_POSTERIOR, VIEW_LATERAL };
    for (size_t i = 0; i < ARRAY_LEN(views); i++) {
        struct place gb30 = body_place(k, point(k, "GB30"), views[i], SIDE_RIGHT);
        struct place from = k->landmarks[know_landmark(k, STR("greater_trochanter"))].at[views[i]];
        struct place to = k->landmarks[know_landmark(k, STR("sacral_hiatus"))].at[views[i]];
        assert_true(fabs(gb30.x - (from.x + (to.x - from.x) / 3)) < 0.01);
        assert_true(fabs(gb30.y - (from.y + (to.y - from.y) / 3)) < 0.01);
    }
}

static void the_left_twin_is_the_mirror_and_a_midline_point_has_none(void **state)
{
    const struct know *k = *state;
    for (size_t i = 0; i < k->n_points; i++)
        for (int v = 0; v < VIEW__COUNT; v++) {
            struct place r = body_place(k, (int)i, (enum view)v, SIDE_RIGHT);
            struct place l = body_place(k, (int)i, (enum view)v, SIDE_LEFT);
            bool flips = k->points[i].is_bilateral && v != VIEW_LATERAL && v != VIEW_LEG_MEDIAL;
            assert_int_equal(r.seen, l.seen);
            assert_true(fabs(l.x - (flips ? -r.x : r.x)) < 1e-9 && fabs(l.y - r.y) < 1e-9);
        }
}

static void a_cun_is_a_seventy_fifth_of_the_height(void **state)
{
    (void)state;
    assert_true(fabs(body_cun_cm(150) - 2) < 1e-12);
    assert_true(fabs(1.5 * body_cun_cm(172.5) - 3.45) < 1e-12); /* BL23 from the midline */
}

/* ---- regions ---- */

/* The slow twin: how often the outline winds around the place, by angles. */
static bool winds_around(const struct outline *o, double x, double y)
{
    double sum = 0;
    for (size_t i = 0; i < o->n; i++) {
        struct corner a = o->v[i], b = o->v[(i + 1) % o->n];
        double ax = a.x - x, ay = a.y - y, bx = b.x - x, by = b.y - y;
        sum += atan2(ax * by - ay * bx, ax * bx + ay * by);
    }
    return fabs(sum) > 3;
}

static void the_region_at_a_place_agrees_with_winding_numbers(void **state)
{
    const struct know *k = *state;
    uint64_t s = 7;
    int found = 0;
    for (int i = 0; i < 20000; i++) {
        s = s * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
        double x = (double)(s >> 40) / (1 << 24) * 42 - 21;
        s = s * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
        double y = (double)(s >> 40) / (1 << 24) * 78 - 1;
        enum view v = (enum view)(i % VIEW__COUNT);
        int got = body_region_at(k, v, x, y);
        bool any = false;
        for (size_t r = 0; r < k->n_regions; r++)
            if (k->regions[r].view == v && winds_around(&k->regions[r].outline, x, y))
                any = true;
        if (any != (got >= 0) || (got >= 0 && !winds_around(&k->regions[got].outline, x, y)))
            fail_msg("view %d at %f %f: region %d", (int)v, x, y, got);
        found += got >= 0;
    }
    assert_true(found > 1000);
}

static void a_point_lies_in_the_region_that_is_drawn_around_it(void **state)
{
    static const struct {
        const char *point;
        enum side side;
        const char *region;
    } cases[] = {
        { "BL23", SIDE_RIGHT, "low_back_r" },     { "BL23", SIDE_LEFT, "low_back_l" },
        { "BL40", SIDE_LEFT, "knee_back_l" },     { "BL57", SIDE_RIGHT, "calf_r" },
        { "SP6", SIDE_LEFT, "medial_leg_l" },     { "SP6", SIDE_RIGHT, "medial_leg_r" },
        { "GB31", SIDE_LEFT, "lateral_thigh_l" },
    };
    const struct know *k = *state;
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct region_set set = { { 0 } };
        region_set_add(&set, know_region(k, str_from(cases[i].region)));
        if (!body_point_in_regions(k, point(k, cases[i].point), cases[i].side, &set))
            fail_msg("%s not in %s", cases[i].point, cases[i].region);
        enum side other = cases[i].side == SIDE_LEFT ? SIDE_RIGHT : SIDE_LEFT;
        if (body_point_in_regions(k, point(k, cases[i].point), other, &set))
            fail_msg("%s of the other side in %s", cases[i].point, cases[i].region);
    }
}

/* ---- pictures ---- */

static size_t count(struct str s, const char *what)
{
    size_t n = 0;
    struct str needle = str_from(what);
    for (ptrdiff_t at; (at = str_find(s, needle)) >= 0; n++)
        s = str_sub(s, (size_t)at + needle.n, s.n);
    return n;
}

/* Both sides of each point named. */
static size_t both_sides(const struct know *k, const char *codes, struct body_mark *out)
{
    struct str rest = str_from(codes), code;
    size_t n = 0;
    while (str_next(&rest, ' ', &code)) {
        int p = know_point(k, code);
        assert_true(p >= 0);
        if (!k->points[p].is_bilateral)
            out[n++] = (struct body_mark){ p, SIDE_MIDLINE, code, true };
        for (int side = SIDE_RIGHT; k->points[p].is_bilateral && side <= SIDE_LEFT; side++)
            out[n++] = (struct body_mark){ p, (enum side)side, code, p % 3 != 0 };
    }
    return n;
}

static double number_after(struct str s, const char *what)
{
    double v = NAN;
    ptrdiff_t at = str_find(s, str_from(what));
    struct str rest = str_sub(s, (size_t)at + strlen(what), s.n);
    assert_true(at >= 0 && str_to_double(str_cut(&rest, '"'), &v));
    return v;
}

/* Boxes of the labels in a picture, from its text elements. */
static void check_labels_apart(struct str svg, size_t want)
{
    struct box {
        double x, y, size;
        bool is_left;
    } boxes[40];
    size_t n = 0;
    while (svg.n) {
        struct str line = str_cut(&svg, '\n');
        if (str_starts(line, STR("<text ")))
            boxes[n++] = (struct box){ number_after(line, " x=\""), number_after(line, " y=\""),
                                       number_after(line, "font-size=\""), str_has(line, STR("\"end\"")) };
    }
    assert_int_equal(n, want);
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < i; j++)
            if (boxes[i].is_left == boxes[j].is_left && fabs(boxes[i].y - boxes[j].y) < 1.2 * boxes[i].size)
                fail_msg("labels %zu and %zu overlap", i, j);
            else if (boxes[i].is_left && !boxes[j].is_left)
                assert_true(boxes[i].x < boxes[j].x);
}

static void labels_never_overlap(void **state)
{
    static const struct {
        const char *codes;
        enum picture which;
        size_t shown;
    } cases[] = {
        { "BL23 BL24 BL25 GV3 GV4 BL52 EX-B7", PICTURE_LOW_BACK, 12 },
        { "BL23 BL25 BL26 BL27 BL28 BL31 BL32 BL33 BL34 BL53 BL54 EX-B2-L4 EX-B2-L5 GV3", PICTURE_LOW_BACK, 27 },
        { "BL23 BL40 BL57 BL60 GB30 BL36 BL37 GV4", PICTURE_BACK, 15 },
        { "GB30 GB31 GB34 GB39 BL60", PICTURE_RIGHT, 5 },
        { "GB30 GB31 GB34 GB39 BL60", PICTURE_LEFT, 5 },
        { "SP6 KI3 SP9 LR3", PICTURE_INNER_LEG, 6 },
        { "KI1", PICTURE_SOLE, 2 },
        { "LI4 ST36 CV4 BL23", PICTURE_FRONT, 3 },
    };
    const struct know *k = *state;
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct body_mark marks[40];
        size_t n = both_sides(k, cases[i].codes, marks);
        struct buf b;
        buf_init(&b, 1 << 20);
        struct body_picture p = { .which = cases[i].which, .marks = marks, .n_marks = n, .title = STR("Points") };
        size_t shown = body_svg(k, &p, &b);
        if (shown != cases[i].shown)
            fail_msg("%s: %zu shown", cases[i].codes, shown);
        assert_false(b.is_full);
        assert_int_equal(count(buf_str(&b), "<circle "), shown);
        check_labels_apart(buf_str(&b), shown);
        buf_release(&b);
    }
}

static void a_picture_carries_no_script_style_or_id(void **state)
{
    const struct know *k = *state;
    for (int which = 0; which < PICTURE__COUNT; which++) {
        struct buf b;
        struct region_set pain = { { 0 } };
        buf_init(&b, 1 << 20);
        region_set_add(&pain, know_region(k, STR("low_back_r")));
        struct body_picture p = {
            .which = (enum picture)which, .pain = &pain, .is_tappable = which % 2, .title = STR("<&\"")
        };
        body_svg(k, &p, &b);
        struct str svg = buf_str(&b);
        assert_int_equal(count(svg, "<script") + count(svg, "style") + count(svg, " id=") + count(svg, "NaN"), 0);
        assert_int_equal(count(svg, "aria-label=\"&lt;&amp;&quot;\""), 1);
        assert_int_equal(count(svg, "<g"), count(svg, "</g>"));
        buf_release(&b);
    }
}

static void a_tappable_figure_offers_each_region_by_name_once(void **state)
{
    const struct know *k = *state;
    static const struct {
        enum picture which;
        size_t regions;
    } cases[] = { { PICTURE_FRONT, 26 },    { PICTURE_BACK, 29 },     { PICTURE_RIGHT, 18 }, { PICTURE_LEFT, 18 },
                  { PICTURE_LOW_BACK, 11 }, { PICTURE_INNER_LEG, 8 }, { PICTURE_SOLE, 2 } };
    struct region_set pain = { { 0 } };
    region_set_add(&pain, know_region(k, STR("low_back_r")));
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct buf b;
        buf_init(&b, 1 << 20);
        struct body_picture p = { .which = cases[i].which, .lang = LANG_JA, .pain = &pain, .is_tappable = true };
        body_svg(k, &p, &b);
        assert_int_equal(count(buf_str(&b), "role=\"checkbox\""), cases[i].regions);
        bool is_back = cases[i].which == PICTURE_BACK || cases[i].which == PICTURE_LOW_BACK;
        assert_int_equal(count(buf_str(&b), "aria-checked=\"true\""), is_back);
        assert_int_equal(count(buf_str(&b), "data-region=\"low_back_r\" aria-label=\"右腰部\""), is_back);
        buf_release(&b);
    }
}

static void the_fewest_pictures_that_show_all_are_proposed(void **state)
{
    static const struct {
        const char *codes;
        enum picture want[3];
        size_t n;
    } cases[] = {
        { "BL23 BL25 GV3", { PICTURE_LOW_BACK }, 1 },
        { "BL23 BL40", { PICTURE_BACK }, 1 },
        { "BL23 KI1", { PICTURE_LOW_BACK, PICTURE_SOLE }, 2 },
        { "", { 0 }, 0 },
    };
    const struct know *k = *state;
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct body_mark marks[20];
        enum picture got[PICTURE__COUNT];
        size_t n = both_sides(k, cases[i].codes, marks);
        size_t pictures = body_pictures(k, marks, n, got, PICTURE__COUNT);
        assert_int_equal(pictures, cases[i].n);
        for (size_t j = 0; j < pictures; j++)
            assert_int_equal(got[j], cases[i].want[j]);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_point_is_recomputed_to_where_it_is_drawn),
        cmocka_unit_test(three_points_lie_where_the_books_say),
        cmocka_unit_test(the_left_twin_is_the_mirror_and_a_midline_point_has_none),
        cmocka_unit_test(a_cun_is_a_seventy_fifth_of_the_height),
        cmocka_unit_test(the_region_at_a_place_agrees_with_winding_numbers),
        cmocka_unit_test(a_point_lies_in_the_region_that_is_drawn_around_it),
        cmocka_unit_test(labels_never_overlap),
        cmocka_unit_test(a_picture_carries_no_script_style_or_id),
        cmocka_unit_test(a_tappable_figure_offers_each_region_by_name_once),
        cmocka_unit_test(the_fewest_pictures_that_show_all_are_proposed),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
