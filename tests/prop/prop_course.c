/* prop_course.c - the course search agrees with trying every course, on random small diaries.
 * SPDX-License-Identifier: AGPL-3.0-or-later
 *
 * The twin is slow and obvious: free grains one by one, every start of every day, every sequence of days and
 * practitioners. TSUBO_SEED and TSUBO_ROUNDS repeat or lengthen a run.
 */
#include "support/cm.h"

#include <stdlib.h>
#include <string.h>

#include "engine/course.h"
#include "os/files.h"

#define PRACTITIONERS 5

static uint64_t seed;

static int rnd(int below)
{
    seed ^= seed >> 12, seed ^= seed << 25, seed ^= seed >> 27;
    return (int)((seed * UINT64_C(2685821657736338717) >> 33) % (unsigned)below);
}

/* ---- a random small clinic ---- */

struct world {
    struct arena a;
    const struct zone *zone;
    struct segment segments[4];
    struct weekly_hours hours[7 * (PRACTITIONERS + 1)];
    struct taken taken[200];
    struct gap_days gaps[5];
    struct diary_input in;
    struct diary diary;
    struct course_request r;
};

static void make_world(struct world *w)
{
    static const struct segment shapes[4][4] = {
        { { SEGMENT_HANDS_ON, 20, true, true },
          { SEGMENT_RETENTION, 20, false, true },
          { SEGMENT_HANDS_ON, 10, true, true },
          { SEGMENT_BUFFER, 10, false, true } },
        { { SEGMENT_HANDS_ON, 30, true, true } },
        { { SEGMENT_BUFFER, 5, true, true },
          { SEGMENT_HANDS_ON, 15, true, true },
          { SEGMENT_RETENTION, 25, false, true },
          { SEGMENT_HANDS_ON, 5, true, false } },
        { { SEGMENT_HANDS_ON, 15, true, false },
          { SEGMENT_RETENTION, 330, false, true },
          { SEGMENT_HANDS_ON, 10, true, true },
          { SEGMENT_BUFFER, 5, true, false } },
    };
    static const size_t lengths[4] = { 4, 1, 4, 4 };
    static const int shortest[4] = { 0, 5, 30, 45 };
    struct err e = { 0 };
    int shape = rnd(10) ? rnd(3) : 3;
    bool is_long = shape == 3 || rnd(10) == 0; /* days from midnight to midnight */
    int n_visits = 1 + rnd(4);
    arena_clear(&w->a);
    memcpy(w->segments, shapes[shape], sizeof w->segments);
    if (!zone_load(rnd(2) ? STR("Asia/Tokyo") : STR("Europe/Berlin"), &w->a, &w->zone, &e))
        fail_msg("%s", e.detail);
    w->in = (struct diary_input){ .zone = w->zone,
                                  .first = { 20700 + rnd(400) },
                                  .n_days = 4 + rnd(9),
                                  .n_practitioners = 1 + rnd(n_visits < 3 ? PRACTITIONERS : 3),
                                  .n_tables = 1 + rnd(3),
                                  .hours = w->hours,
                                  .taken = w->taken };
    for (int day = 0; day < 7; day++) {
        w->hours[w->in.n_hours++] = is_long ? (struct weekly_hours){ -1, day, 0, 1440 }
                                            : (struct weekly_hours){ -1, day, 540, 540 + 60 * (1 + rnd(3)) };
        for (int p = 0; p < w->in.n_practitioners; p++)
            if (rnd(4))
                w->hours[w->in.n_hours++] = is_long
                                                ? (struct weekly_hours){ p, day, 60 * rnd(3), 1440 }
                                                : (struct weekly_hours){ p, day, 540 + 30 * rnd(2), 660 + 30 * rnd(4) };
    }
    int64_t base = zone_midnight(w->zone, w->in.first).s;
    for (int i = rnd(60); i > 0; i--) {
        bool is_table = rnd(2);
        int64_t from = base + (int64_t)rnd(w->in.n_days) * 86400 + (is_long ? rnd(288) * 300 : 32400 + rnd(36) * 300);
        w->taken[w->in.n_taken++] = (struct taken){ is_table,
                                                    rnd(is_table ? w->in.n_tables : w->in.n_practitioners),
                                                    { { from }, { from + 300 * (1 + rnd(12)) } } };
    }
    w->in.not_before.s = base + rnd(2) * 36000;
    diary_build(&w->in, &w->a, &w->diary);
    w->r = (struct course_request){ .service = { w->segments, lengths[shape] },
                                    .grid = rnd(2) ? 15 : 5,
                                    .gaps = w->gaps,
                                    .n_visits = n_visits,
                                    .earliest = { w->in.first.day + rnd(3) },
                                    .practitioner = rnd(2) ? rnd(w->in.n_practitioners) : -1,
                                    .is_practitioner_must = rnd(4) == 0,
                                    .practitioners_allowed = rnd(5) ? UINT64_MAX : UINT64_C(1) << rnd(3),
                                    .shortest_service = shortest[rnd(4)],
                                    .weights = course_weights_default() };
    if (rnd(3) == 0) /* any weights, often the same */
        w->r.weights = (struct course_weights){ rnd(4), rnd(4), rnd(4), rnd(4), rnd(4), rnd(4) };
    for (int i = 0; i < w->r.n_visits; i++) {
        int min = i ? 1 + rnd(3) : 0, max = min + rnd(4);
        w->gaps[i] =
            (struct gap_days){ (int16_t)min, (int16_t)(min + (max > min ? rnd(max - min + 1) : 0)), (int16_t)max };
    }
    for (int d = 0; d < 7; d++)
        for (int h = 0; h < 48; h++)
            w->r.week[d][h] = (uint8_t)(rnd(is_long ? 40 : 10) < 2 ? WISH_NEVER
                                        : rnd(2)                   ? WISH_POSSIBLE
                                                                   : WISH_PREFERRED);
}

/* ---- the slow twin ---- */

static bool bit(const struct day_map *m, int g)
{
    return g >= 0 && g < DAY_GRAINS_MAX && (m->w[g / 64] >> (g % 64) & 1);
}

static int minute_at(const struct world *w, int day, int g)
{
    return zone_wall(w->zone, (struct instant){ w->diary.midnight[day].s + g * 300 }, NULL).minute;
}

static bool slow_fits(const struct day_map *m, const struct service_shape *s, int g, bool is_table)
{
    for (size_t i = 0; i < s->n_segments; i++)
        for (int k = 0; k < s->segments[i].minutes / 5; k++, g++)
            if ((is_table ? s->segments[i].holds_table : s->segments[i].holds_practitioner) && !bit(m, g))
                return false;
    return true;
}

static int run_length(const struct day_map *m, int g, int step)
{
    int n = 0;
    for (; bit(m, g); g += step)
        n++;
    return n;
}

/* Cost of a start (wish and hole), or -1 when it cannot be. */
static int slow_start(const struct world *w, int day, int p, int g)
{
    const struct diary *d = &w->diary;
    const struct course_request *r = &w->r;
    const struct service_shape *s = &r->service;
    const struct day_map *free_map = &d->practitioner_free[day * d->n_practitioners + p];
    int weekday = date_weekday((struct civil_date){ d->first.day + day }), total = 0, held = 0, lead = 0, tail = 0;
    bool is_table_free = false;
    for (size_t i = 0; i < s->n_segments; i++) {
        if (total == lead && s->segments[i].kind == SEGMENT_BUFFER)
            lead += s->segments[i].minutes;
        total += s->segments[i].minutes;
        tail = s->segments[i].kind == SEGMENT_BUFFER ? tail + s->segments[i].minutes : 0;
        held = s->segments[i].holds_practitioner ? total / 5 : held;
    }
    if (minute_at(w, day, g) % r->grid || g + total / 5 > d->grains[day] || !slow_fits(free_map, s, g, false))
        return -1;
    for (int t = 0; t < d->n_tables; t++)
        is_table_free |= slow_fits(&d->table_free[day * d->n_tables + t], s, g, true);
    if (!is_table_free)
        return -1;
    for (int k = lead / 5; k < (total - tail) / 5; k++)
        if (r->week[weekday][minute_at(w, day, g + k) / 30] == WISH_NEVER)
            return -1;
    int before = run_length(free_map, g - 1, -1), after = run_length(free_map, g + held, 1);
    int least = r->shortest_service / 5;
    bool is_hole = (before > 0 && before < least) || (after > 0 && after < least);
    bool is_liked = r->week[weekday][minute_at(w, day, g + lead / 5) / 30] == WISH_PREFERRED;
    return (is_liked ? 0 : r->weights.possible) + (is_hole ? r->weights.hole : 0);
}

struct sequence {
    int day[4], practitioner[4], start[4], cost;
};
struct found {
    struct sequence best[3];
    int n;
};

static bool is_before(const struct sequence *a, const struct sequence *b, int n)
{
    if (a->cost != b->cost)
        return a->cost < b->cost;
    for (int i = 0; i < n; i++) {
        if (a->day[i] != b->day[i])
            return a->day[i] < b->day[i];
        if (a->practitioner[i] != b->practitioner[i])
            return a->practitioner[i] < b->practitioner[i];
    }
    return false;
}

static void offer(struct found *f, const struct sequence *s, int n)
{
    int at = f->n;
    while (at > 0 && is_before(s, &f->best[at - 1], n))
        at--;
    if (at >= 3)
        return;
    for (int k = f->n < 3 ? f->n : 2; k > at; k--)
        f->best[k] = f->best[k - 1];
    f->best[at] = *s;
    f->n += f->n < 3;
}

static int slow_slots[16][PRACTITIONERS][2]; /* [day][practitioner]: cost, start; cost -1 none */

static void try_all(const struct world *w, int i, struct sequence *s, struct found *f)
{
    const struct course_request *r = &w->r;
    if (i == r->n_visits) {
        offer(f, s, i);
        return;
    }
    for (int day = 0; day < w->diary.n_days; day++) {
        int gap = i ? day - s->day[i - 1] : w->diary.first.day + day - r->earliest.day;
        if (gap < r->gaps[i].min || gap > r->gaps[i].max || (i && gap < 1))
            continue;
        for (int p = 0; p < w->diary.n_practitioners; p++) {
            bool may = (r->practitioners_allowed >> p & 1) &&
                       !(r->is_practitioner_must && r->practitioner >= 0 && r->practitioner != p);
            if (!may || slow_slots[day][p][0] < 0)
                continue;
            struct sequence next = *s;
            next.day[i] = day;
            next.practitioner[i] = p;
            next.start[i] = slow_slots[day][p][1];
            next.cost += slow_slots[day][p][0] + abs(gap - r->gaps[i].target) * r->weights.gap_day;
            next.cost += i ? 0 : gap * r->weights.late_day;
            next.cost += i && p != s->practitioner[i - 1] ? r->weights.change : 0;
            next.cost += r->practitioner >= 0 && r->practitioner != p ? r->weights.not_asked : 0;
            try_all(w, i + 1, &next, f);
        }
    }
}

static void slow_find(const struct world *w, struct found *f)
{
    struct sequence s = { .cost = 0 };
    for (int day = 0; day < w->diary.n_days; day++)
        for (int p = 0; p < w->diary.n_practitioners; p++) {
            slow_slots[day][p][0] = -1;
            for (int g = 0; g < w->diary.grains[day]; g++) {
                int cost = slow_start(w, day, p, g);
                if (cost >= 0 && (slow_slots[day][p][0] < 0 || cost < slow_slots[day][p][0])) {
                    slow_slots[day][p][0] = cost;
                    slow_slots[day][p][1] = g;
                }
            }
        }
    *f = (struct found){ .n = 0 };
    try_all(w, 0, &s, f);
}

/* ---- properties ---- */

static int rounds(int normally)
{
    const char *s = getenv("TSUBO_ROUNDS");
    int64_t n;
    return s && str_to_i64(str_from(s), 1, 100000000, &n) ? (int)n : normally;
}

static void compare(const struct world *w, const struct course_result *got, const struct found *want, uint64_t at)
{
    if (got->n != want->n)
        fail_msg("seed %llu: %d courses, the twin has %d", (unsigned long long)at, got->n, want->n);
    for (int k = 0; k < want->n; k++) {
        if (got->best[k].cost.total != want->best[k].cost)
            fail_msg("seed %llu: course %d costs %d, the twin's %d", (unsigned long long)at, k, got->best[k].cost.total,
                     want->best[k].cost);
        for (int i = 0; i < w->r.n_visits; i++)
            if (got->best[k].visits[i].day != want->best[k].day[i] ||
                got->best[k].visits[i].practitioner != want->best[k].practitioner[i] ||
                got->best[k].visits[i].start_grain != want->best[k].start[i])
                fail_msg("seed %llu: course %d differs at visit %d", (unsigned long long)at, k, i);
    }
}

static void the_three_best_courses_are_those_of_trying_every_course(void **state)
{
    struct world *w = calloc(1, sizeof *w);
    struct course_search *s = course_search_new();
    struct course_result *got = calloc(1, sizeof *got);
    (void)state;
    for (int i = rounds(4000), none = 0; i > 0; i--) {
        uint64_t at = seed;
        struct found want;
        make_world(w);
        slow_find(w, &want);
        course_find(&w->diary, &w->r, 3, s, got);
        compare(w, got, &want, at);
        struct course_result one;
        course_find(&w->diary, &w->r, 1, s, &one);
        if (want.n && one.best[0].cost.total != want.best[0].cost)
            fail_msg("seed %llu: asking for one course gives another", (unsigned long long)at);
        none += want.n == 0;
        if (i == 1)
            assert_true(none > 20); /* the generator makes impossible wishes too */
    }
    course_search_free(s);
    arena_release(&w->a);
    free(got);
    free(w);
}

/* Lifts the rule that the search names, by the amount it names, or by one less. */
static void lift(struct world *w, const struct course_relaxation *x, int less)
{
    for (int h = x->half_hour; x->block == BLOCK_WISH_NEVER && h < x->half_hour + x->half_hours - less; h++)
        if (w->r.week[x->weekday][h] == WISH_NEVER)
            w->r.week[x->weekday][h] = WISH_POSSIBLE;
    if (x->block == BLOCK_PRACTITIONER)
        w->r.is_practitioner_must = false;
    for (int i = 0; i < w->r.n_visits; i++) {
        if (x->block == BLOCK_GAP_MAX && i > 0)
            w->gaps[i].max = (int16_t)(w->gaps[i].max + x->amount - less);
        if (x->block == BLOCK_GAP_MIN && i > 0)
            w->gaps[i].min = (int16_t)(w->gaps[i].min - x->amount + less > 1 ? w->gaps[i].min - x->amount + less : 1);
        if (x->block == BLOCK_START_LATER && i == 0)
            w->gaps[i].max = (int16_t)(w->gaps[i].max + x->amount - less);
    }
}

/* Opening any stretch of one weekday with at most `most` half hours of "never" must give no course. */
static void no_stretch_helps(struct world *w, int most, uint64_t at)
{
    struct course_request before = w->r;
    struct found found;
    for (int day = 0; day < 7; day++)
        for (int from = 0; from < 48; from++)
            for (int to = from, opened = 0; to < 48 && opened < most; to++) {
                if (before.week[day][to] == WISH_NEVER) {
                    w->r.week[day][to] = WISH_POSSIBLE;
                    opened++;
                }
                bool is_whole = to == 47 || opened == most; /* what is shorter helps no more */
                if (!is_whole)
                    continue;
                slow_find(w, &found);
                if (found.n)
                    fail_msg("seed %llu: opening weekday %d, half hours %d to %d, would do", (unsigned long long)at,
                             day, from, to);
                memcpy(w->r.week, before.week, sizeof before.week);
            }
}

static void the_named_relaxation_allows_a_course_and_a_smaller_one_does_not(void **state)
{
    struct world *w = calloc(1, sizeof *w);
    struct course_search *s = course_search_new();
    struct course_result *got = calloc(1, sizeof *got);
    int seen[BLOCK_FULL + 1] = { 0 };
    (void)state;
    for (int i = rounds(3000); i > 0; i--) {
        uint64_t at = seed;
        struct found want;
        make_world(w);
        course_find(&w->diary, &w->r, 1, s, got);
        if (got->n)
            continue;
        struct course_relaxation x = got->relaxation;
        struct course_request before = w->r;
        struct gap_days gaps[5];
        memcpy(gaps, w->gaps, sizeof gaps);
        seen[x.block]++;
        lift(w, &x, 0);
        slow_find(w, &want);
        if (want.n == 0 && x.block != BLOCK_HORIZON && x.block != BLOCK_FULL)
            fail_msg("seed %llu: block %d amount %d does not help", (unsigned long long)at, (int)x.block, x.amount);
        w->r = before;
        memcpy(w->gaps, gaps, sizeof gaps);
        if (i % 64 == 0) /* slow: hundreds of trials */
            no_stretch_helps(w, x.block == BLOCK_WISH_NEVER ? x.amount - 1 : 48, at);
        for (int b = BLOCK_PRACTITIONER; b < (int)x.block; b++) {
            if (b == BLOCK_HORIZON || (b == BLOCK_PRACTITIONER && !w->r.is_practitioner_must))
                continue;
            lift(w, &(struct course_relaxation){ .block = (enum course_block)b, .amount = 60 }, 0);
            slow_find(w, &want);
            if (want.n)
                fail_msg("seed %llu: rule %d alone would do, not %d", (unsigned long long)at, b, (int)x.block);
            w->r = before;
            memcpy(w->gaps, gaps, sizeof gaps);
        }
        if (x.block == BLOCK_PRACTITIONER || x.block == BLOCK_WISH_NEVER || x.block == BLOCK_HORIZON ||
            x.block == BLOCK_FULL)
            continue;
        lift(w, &x, 1);
        slow_find(w, &want);
        if (want.n)
            fail_msg("seed %llu: block %d: less than %d would do", (unsigned long long)at, (int)x.block, x.amount);
    }
    assert_true(seen[BLOCK_WISH_NEVER] > 0 && seen[BLOCK_GAP_MAX] > 0);
    course_search_free(s);
    arena_release(&w->a);
    free(got);
    free(w);
}

static void shuffle(void *items, size_t n, size_t size)
{
    char *v = items, tmp[64];
    for (size_t i = n; i > 1; i--) {
        size_t k = (size_t)rnd((int)i);
        memcpy(tmp, v + (i - 1) * size, size);
        memcpy(v + (i - 1) * size, v + k * size, size);
        memcpy(v + k * size, tmp, size);
    }
}

static bool is_same_result(const struct course_result *a, const struct course_result *b)
{
    bool same = a->n == b->n && memcmp(&a->relaxation, &b->relaxation, sizeof a->relaxation) == 0;
    for (int k = 0; same && k < a->n; k++)
        for (int i = 0; i < a->best[k].n_visits; i++) {
            const struct course_visit *x = &a->best[k].visits[i], *y = &b->best[k].visits[i];
            same &= x->day == y->day && x->start_grain == y->start_grain && x->practitioner == y->practitioner &&
                    x->table == y->table && x->wish == y->wish && x->leaves_hole == y->leaves_hole;
        }
    return same;
}

static void the_order_of_hours_and_bookings_is_no_matter(void **state)
{
    struct world *w = calloc(1, sizeof *w);
    struct course_search *s = course_search_new();
    struct course_result *before = calloc(1, sizeof *before), *after = calloc(1, sizeof *after);
    (void)state;
    for (int i = rounds(500); i > 0; i--) {
        uint64_t at = seed;
        make_world(w);
        course_find(&w->diary, &w->r, 3, s, before);
        shuffle(w->hours, w->in.n_hours, sizeof *w->hours);
        shuffle(w->taken, w->in.n_taken, sizeof *w->taken);
        diary_build(&w->in, &w->a, &w->diary);
        course_find(&w->diary, &w->r, 3, s, after);
        if (!is_same_result(before, after))
            fail_msg("seed %llu: another order, another result", (unsigned long long)at);
    }
    course_search_free(s);
    arena_release(&w->a);
    free(before);
    free(after);
    free(w);
}

/* Grain by grain, from the list of bookings instead of the diary's maps. */
static bool is_taken(const struct world *w, bool is_table, int resource, int64_t from, int64_t to)
{
    for (size_t i = 0; i < w->in.n_taken; i++) {
        const struct taken *t = &w->taken[i];
        if (t->is_table == is_table && t->resource == resource && t->when.from.s < to && t->when.to.s > from)
            return true;
    }
    return false;
}

static bool is_open(const struct world *w, int practitioner, struct wall from)
{
    for (size_t i = 0; i < w->in.n_hours; i++) {
        const struct weekly_hours *h = &w->hours[i];
        if (h->practitioner == practitioner && h->weekday == date_weekday(from.date) && h->from_minute <= from.minute &&
            h->to_minute >= from.minute + 5)
            return true;
    }
    return false;
}

static void check_visit(const struct world *w, const struct course_visit *v, uint64_t at)
{
    int64_t t = w->diary.midnight[v->day].s + v->start_grain * 300;
    if (t < w->in.not_before.s || v->table < 0)
        fail_msg("seed %llu: a visit before the notice or without a table", (unsigned long long)at);
    for (size_t i = 0; i < w->r.service.n_segments; i++)
        for (int k = 0; k < w->r.service.segments[i].minutes / 5; k++, t += 300) {
            const struct segment *s = &w->r.service.segments[i];
            struct wall wall = zone_wall(w->zone, (struct instant){ t }, NULL);
            if (s->holds_practitioner && (is_taken(w, false, v->practitioner, t, t + 300) || !is_open(w, -1, wall) ||
                                          !is_open(w, v->practitioner, wall)))
                fail_msg("seed %llu: the practitioner is not there", (unsigned long long)at);
            if (s->holds_table && (is_taken(w, true, v->table, t, t + 300) || !is_open(w, -1, wall)))
                fail_msg("seed %llu: the table is not free", (unsigned long long)at);
            if (s->kind != SEGMENT_BUFFER && w->r.week[date_weekday(wall.date)][wall.minute / 30] == WISH_NEVER)
                fail_msg("seed %llu: a visit in time that is never", (unsigned long long)at);
        }
}

static void every_visit_stands_up_against_hours_and_bookings_one_by_one(void **state)
{
    struct world *w = calloc(1, sizeof *w);
    struct course_search *s = course_search_new();
    struct course_result *got = calloc(1, sizeof *got);
    (void)state;
    for (int i = rounds(2000); i > 0; i--) {
        uint64_t at = seed;
        make_world(w);
        course_find(&w->diary, &w->r, 3, s, got);
        for (int k = 0; k < got->n; k++) {
            struct course again;
            int bad;
            for (int v = 0; v < w->r.n_visits; v++)
                check_visit(w, &got->best[k].visits[v], at);
            if (course_cost_of(&w->diary, &w->r, got->best[k].visits, &again, &bad) != BLOCK_NONE ||
                memcmp(&again.cost, &got->best[k].cost, sizeof again.cost) != 0)
                fail_msg("seed %llu: course_cost_of says otherwise", (unsigned long long)at);
        }
    }
    course_search_free(s);
    arena_release(&w->a);
    free(got);
    free(w);
}

static void more_capacity_never_costs_more(void **state)
{
    struct world *w = calloc(1, sizeof *w);
    struct course_search *s = course_search_new();
    struct course_result *got = calloc(1, sizeof *got);
    (void)state;
    for (int i = rounds(1500); i > 0; i--) {
        uint64_t at = seed;
        make_world(w);
        w->r.weights.hole = 0; /* a hole is made by what is free beside, so room can make one */
        course_find(&w->diary, &w->r, 1, s, got);
        int before = got->n ? got->best[0].cost.total : INT32_MAX;
        if (w->in.n_taken)
            w->in.n_taken -= 1 + (size_t)rnd((int)w->in.n_taken);
        diary_build(&w->in, &w->a, &w->diary);
        course_find(&w->diary, &w->r, 1, s, got);
        if ((got->n ? got->best[0].cost.total : INT32_MAX) > before)
            fail_msg("seed %llu: fewer bookings, dearer course", (unsigned long long)at);
    }
    course_search_free(s);
    arena_release(&w->a);
    free(got);
    free(w);
}

/* How many moves there are, trying every grain; *best gets the cheapest course. */
static size_t count_moves(const struct world *w, const struct course *c, int which, int *best)
{
    const struct course_visit *now = &c->visits[which];
    size_t n = 0;
    *best = INT32_MAX;
    for (int day = 0; day < w->in.n_days; day++)
        for (int p = 0; p < w->in.n_practitioners; p++)
            for (int g = 0; g < w->diary.grains[day]; g++) {
                struct course_visit v[COURSE_VISITS_MAX];
                struct course out;
                int bad;
                bool is_same = day == now->day && p == now->practitioner && g == now->start_grain;
                memcpy(v, c->visits, sizeof v);
                v[which] = (struct course_visit){ .day = day, .start_grain = g, .practitioner = p };
                if (is_same || course_cost_of(&w->diary, &w->r, v, &out, &bad) != BLOCK_NONE)
                    continue;
                *best = out.cost.total < *best ? out.cost.total : *best;
                n++;
            }
    return n;
}

static void a_moved_visit_keeps_every_rule_and_the_others_where_they_are(void **state)
{
    struct world *w = calloc(1, sizeof *w);
    struct course_search *s = course_search_new();
    struct course_result *got = calloc(1, sizeof *got);
    (void)state;
    for (int i = rounds(800); i > 0; i--) {
        uint64_t at = seed;
        make_world(w);
        course_find(&w->diary, &w->r, 1, s, got);
        if (!got->n)
            continue;
        int which = rnd(w->r.n_visits);
        struct course_visit moves[64], v[COURSE_VISITS_MAX];
        size_t n = course_moves(&w->diary, &w->r, &got->best[0], which, moves, 64);
        int cost = 0, best = 0;
        size_t all = i % 32 == 0 ? count_moves(w, &got->best[0], which, &best) : n;
        if (n != (all < 64 ? all : 64))
            fail_msg("seed %llu: %zu moves of %zu", (unsigned long long)at, n, all);
        for (size_t k = 0; k < n; k++) {
            struct course out;
            int bad;
            memcpy(v, got->best[0].visits, sizeof v);
            v[which] = moves[k];
            if (course_cost_of(&w->diary, &w->r, v, &out, &bad) != BLOCK_NONE || out.cost.total < cost)
                fail_msg("seed %llu: move %zu breaks a rule or comes out of order", (unsigned long long)at, k);
            if (k == 0 && i % 32 == 0 && out.cost.total != best)
                fail_msg("seed %llu: the first move is not the cheapest", (unsigned long long)at);
            cost = out.cost.total;
        }
    }
    course_search_free(s);
    arena_release(&w->a);
    free(got);
    free(w);
}

int main(void)
{
    const char *from_env = getenv("TSUBO_SEED");
    int64_t given;
    seed = from_env && str_to_i64(str_from(from_env), 1, INT64_MAX, &given) ? (uint64_t)given : 20261124;
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_three_best_courses_are_those_of_trying_every_course),
        cmocka_unit_test(the_named_relaxation_allows_a_course_and_a_smaller_one_does_not),
        cmocka_unit_test(every_visit_stands_up_against_hours_and_bookings_one_by_one),
        cmocka_unit_test(the_order_of_hours_and_bookings_is_no_matter),
        cmocka_unit_test(more_capacity_never_costs_more),
        cmocka_unit_test(a_moved_visit_keeps_every_rule_and_the_others_where_they_are),
    };
    return cmocka_run_group_tests_name("course", tests, NULL, NULL);
}
