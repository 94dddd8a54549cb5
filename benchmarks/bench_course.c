/* bench_course.c - how long the course search and a zone conversion take.
 * SPDX-License-Identifier: AGPL-3.0-or-later
 *
 * Random clinics of 20 practitioners, 20 tables and 84 days, 40 to 97 per cent booked; a course of 12 visits. Each
 * clinic is searched in turns with the reference: free starts from the diary's own functions, then dynamic programming
 * over every pair of practitioners. Both must find the same cost. Prints: name value unit reference (what it is) ratio,
 * where ratio is value / reference. course_none: why there is no course, where there is none.
 *
 * Usage: bench_course [CLINICS]
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/must.h"
#include "engine/course.h"
#include "os/files.h"
#include "support/glibc_time.h"

#define PRACTITIONERS 20
#define TABLES 20
#define DAYS 84
#define VISITS 12
#define TURNS 5
#define FAR 30000

static uint64_t seed = 20261124;

static int rnd(int below)
{
    seed ^= seed >> 12, seed ^= seed << 25, seed ^= seed >> 27;
    return (int)((seed * UINT64_C(2685821657736338717) >> 33) % (unsigned)below);
}

static double now_us(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec * 1e6 + (double)t.tv_nsec / 1e3;
}

/* ---- a random clinic ---- */

static const struct segment segments[] = { { SEGMENT_HANDS_ON, 15, true, true },
                                           { SEGMENT_RETENTION, 20, false, true },
                                           { SEGMENT_HANDS_ON, 10, true, true },
                                           { SEGMENT_BUFFER, 5, false, true } };

struct clinic {
    struct arena a;
    struct diary diary;
    struct gap_days gaps[VISITS];
    struct course_request r;
};

static void take_some(struct diary *d, bool is_table, int resource, int day, int percent)
{
    int left = 120 * percent / 100; /* of ten open hours */
    for (int tries = 0; left > 0 && tries < 200; tries++) {
        int n = 1 + rnd(8), from = 108 + rnd(120 - n + 1);
        int64_t at = d->midnight[day].s + from * GRAIN_SECONDS;
        const struct day_map *m =
            is_table ? &d->table_free[day * TABLES + resource] : &d->practitioner_free[day * PRACTITIONERS + resource];
        for (int g = from; g < from + n; g++)
            left -= (int)(m->w[g / 64] >> (g % 64) & 1);
        diary_take(d, is_table, resource, (struct span){ { at }, { at + n * GRAIN_SECONDS } });
    }
}

/* A working person's week: some evenings and a morning are liked, office hours are mostly never. */
static void random_week(uint8_t week[7][48])
{
    for (int day = 0; day < 7; day++) {
        int free_from = 18 + rnd(16), liked = free_from + rnd(6);
        for (int h = 0; h < 48; h++)
            week[day][h] = h < free_from || h >= free_from + 12 ? WISH_NEVER
                           : h < liked                          ? WISH_POSSIBLE
                                                                : WISH_PREFERRED;
    }
}

static void make_clinic(struct clinic *c, const struct zone *zone)
{
    struct weekly_hours hours[7 * (PRACTITIONERS + 1)];
    struct diary_input in = { .zone = zone,
                              .first = { 20781 + rnd(300) },
                              .n_days = DAYS,
                              .n_practitioners = PRACTITIONERS,
                              .n_tables = TABLES,
                              .hours = hours };
    int booked = 40 + rnd(58);
    for (int day = 0; day < 6; day++)
        for (int p = -1; p < PRACTITIONERS; p++)
            hours[in.n_hours++] = (struct weekly_hours){ p, day, 540, 1140 };
    arena_clear(&c->a);
    diary_build(&in, &c->a, &c->diary);
    for (int day = 0; day < DAYS; day++) {
        for (int p = 0; p < PRACTITIONERS; p++)
            take_some(&c->diary, false, p, day, booked);
        for (int t = 0; t < TABLES; t++)
            take_some(&c->diary, true, t, day, booked * 3 / 4);
    }
    c->r = (struct course_request){ .service = { segments, ARRAY_LEN(segments) },
                                    .grid = 15,
                                    .gaps = c->gaps,
                                    .n_visits = VISITS,
                                    .earliest = { in.first.day + rnd(4) },
                                    .practitioner = rnd(2) ? rnd(PRACTITIONERS) : -1,
                                    .practitioners_allowed = UINT64_MAX,
                                    .shortest_service = 30,
                                    .weights = course_weights_default() };
    c->gaps[0] = (struct gap_days){ 0, 0, 10 };
    for (int i = 1; i < VISITS; i++)
        c->gaps[i] = (struct gap_days){ 2, 3, 5 };
    random_week(c->r.week);
}

/* ---- the reference: every pair of practitioners ---- */

struct plain {
    int slot[DAYS][PRACTITIONERS], best[VISITS][DAYS][PRACTITIONERS];
};

/* Is the stretch [from, from + n) next to a booking too short for another one? */
static bool is_short(const struct day_map *m, int from, int step, int shortest)
{
    int n = 0;
    while (n < shortest && from + n * step >= 0 && from + n * step < DAY_GRAINS_MAX &&
           (m->w[(from + n * step) / 64] >> ((from + n * step) % 64) & 1))
        n++;
    return n > 0 && n < shortest;
}

static int plain_slot(const struct clinic *c, struct day_map tables_and_grid, int day, int p)
{
    const struct day_map *m = &c->diary.practitioner_free[day * PRACTITIONERS + p];
    struct day_map starts = diary_practitioner_fits(&c->diary, &c->r.service, day, p);
    int weekday = date_weekday((struct civil_date){ c->diary.first.day + day }), best = FAR;
    for (int g = 0; g < 288; g++) {
        bool never = false;
        if (!(starts.w[g / 64] & tables_and_grid.w[g / 64] & UINT64_C(1) << (g % 64)))
            continue;
        for (int k = g; k < g + 9; k++)
            never |= c->r.week[weekday][k / 6] == WISH_NEVER;
        int cost = c->r.week[weekday][g / 6] == WISH_PREFERRED ? 0 : c->r.weights.possible;
        cost += is_short(m, g - 1, -1, 6) || is_short(m, g + 9, 1, 6) ? c->r.weights.hole : 0;
        best = never || cost >= best ? best : cost;
    }
    return best >= FAR || c->r.practitioner < 0 || c->r.practitioner == p ? best : best + c->r.weights.not_asked;
}

static int plain_next(const struct clinic *c, const struct plain *x, int visit, int day, int p)
{
    struct gap_days gap = c->gaps[visit];
    int best = FAR;
    for (int g = gap.min; g <= gap.max && day + g < DAYS; g++)
        for (int q = 0; q < PRACTITIONERS; q++) {
            int cost = x->best[visit][day + g][q] + abs(g - gap.target) * c->r.weights.gap_day +
                       (p != q ? c->r.weights.change : 0);
            best = cost < best ? cost : best;
        }
    return best;
}

static int plain_find(const struct clinic *c, struct plain *x)
{
    int best = FAR;
    for (int day = 0; day < DAYS; day++) {
        struct day_map shared = diary_table_fits(&c->diary, &c->r.service, day);
        struct day_map grid = diary_grid(&c->diary, &c->r.service, day, c->r.grid);
        for (int i = 0; i < DAY_WORDS; i++)
            shared.w[i] &= grid.w[i];
        for (int p = 0; p < PRACTITIONERS; p++)
            x->slot[day][p] = plain_slot(c, shared, day, p);
    }
    for (int visit = VISITS - 1; visit >= 0; visit--)
        for (int day = 0; day < DAYS; day++)
            for (int p = 0; p < PRACTITIONERS; p++) {
                int next = visit == VISITS - 1 || x->slot[day][p] >= FAR ? 0 : plain_next(c, x, visit + 1, day, p);
                int cost = x->slot[day][p] + next;
                x->best[visit][day][p] = cost < FAR ? cost : FAR;
            }
    for (int gap = c->gaps[0].min; gap <= c->gaps[0].max; gap++) {
        int day = c->r.earliest.day - c->diary.first.day + gap;
        for (int p = 0; p < PRACTITIONERS && day < DAYS; p++) {
            int cost =
                x->best[0][day][p] + gap * c->r.weights.late_day + abs(gap - c->gaps[0].target) * c->r.weights.gap_day;
            best = x->best[0][day][p] < FAR && cost < best ? cost : best;
        }
    }
    return best;
}

/* ---- figures ---- */

struct figures {
    double *v;
    size_t n;
};

static int by_size(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static double quantile(struct figures *f, double q)
{
    if (f->n == 0)
        return 0;
    qsort(f->v, f->n, sizeof *f->v, by_size);
    return f->v[(size_t)(q * (double)(f->n - 1))];
}

static void print(const char *name, double value, const char *unit, double reference, const char *what)
{
    printf("%s %.1f %s %.1f (%s) %.3f\n", name, value, unit, reference, what, value / reference);
}

static void print_both(const char *name, struct figures *f, struct figures *reference)
{
    char line[64];
    if (f->n == 0)
        return;
    snprintf(line, sizeof line, "%s_p50", name);
    print(line, quantile(f, 0.5), "us", quantile(reference, 0.5), "every pair of practitioners");
    snprintf(line, sizeof line, "%s_p99", name);
    print(line, quantile(f, 0.99), "us", quantile(reference, 0.99), "every pair of practitioners");
}

static double timed_find(const struct clinic *c, int want, struct course_search *s, struct course_result *out)
{
    double from = now_us();
    course_find(&c->diary, &c->r, want, s, out);
    return now_us() - from;
}

static void bench_search(const struct zone *zone, int clinics)
{
    size_t room = (size_t)clinics * TURNS;
    struct figures one = { malloc(room * sizeof(double)), 0 }, three = { malloc(room * sizeof(double)), 0 };
    struct figures naive = { malloc(room * sizeof(double)), 0 }, none = { malloc(room * sizeof(double)), 0 };
    struct figures naive_none = { malloc(room * sizeof(double)), 0 };
    struct clinic *c = calloc(1, sizeof *c);
    struct plain *x = calloc(1, sizeof *x);
    struct course_search *s = course_search_new();
    struct course_result *out = calloc(1, sizeof *out);
    must(one.v && three.v && naive.v && none.v && naive_none.v && c && x && out);
    for (int i = 0; i < clinics; i++) {
        make_clinic(c, zone);
        for (int turn = 0; turn < TURNS; turn++) {
            double from = now_us();
            int want = plain_find(c, x);
            double took = now_us() - from, best = timed_find(c, 1, s, out);
            must(out->n == (want < FAR) && (out->n == 0 || out->best[0].cost.total == want));
            if (out->n == 0) {
                none.v[none.n++] = best;
                naive_none.v[naive_none.n++] = took;
                continue;
            }
            one.v[one.n++] = best;
            naive.v[naive.n++] = took;
            three.v[three.n++] = timed_find(c, 3, s, out);
        }
    }
    print_both("course_best", &one, &naive);
    print_both("course_three", &three, &naive);
    print_both("course_none", &none, &naive_none);
    course_search_free(s);
    arena_release(&c->a);
    free(one.v);
    free(three.v);
    free(naive.v);
    free(none.v);
    free(naive_none.v);
    free(c);
    free(x);
    free(out);
}

static void bench_zone(struct arena *a, const char *name)
{
    enum { N = 100000, ROUNDS = 5 };
    static int64_t at[N];
    const struct zone *z;
    struct err e = { 0 };
    double ours[ROUNDS], theirs[ROUNDS];
    int64_t sums[2] = { 0, 0 };
    char line[64];
    if (!zone_load(str_from(name), a, &z, &e)) {
        fprintf(stderr, "%s\n", e.detail);
        exit(1);
    }
    glibc_zone(name);
    for (int i = 0; i < N; i++)
        at[i] = INT64_C(1704067200) + (int64_t)rnd(600000000); /* 2024 to 2043 */
    for (int k = 0; k < ROUNDS; k++) {
        double t0 = now_us();
        for (int i = 0; i < N; i++) {
            struct wall w = zone_wall(z, (struct instant){ at[i] }, NULL);
            sums[0] += (int64_t)w.date.day * 86400 + w.minute * 60 + w.second;
        }
        double t1 = now_us();
        for (int i = 0; i < N; i++)
            sums[1] += glibc_local_seconds(at[i]);
        ours[k] = (t1 - t0) * 1000 / N;
        theirs[k] = (now_us() - t1) * 1000 / N;
    }
    must(sums[0] == sums[1]);
    snprintf(line, sizeof line, "zone_%s", name);
    print(line, quantile(&(struct figures){ ours, ROUNDS }, 0.5), "ns",
          quantile(&(struct figures){ theirs, ROUNDS }, 0.5), "glibc");
}

int main(int argc, char **argv)
{
    struct arena a = { 0 };
    const struct zone *zone;
    struct err e = { 0 };
    int64_t clinics = 500;
    if (argc > 1 && !str_to_i64(str_from(argv[1]), 1, 100000, &clinics)) {
        fprintf(stderr, "usage: bench_course [CLINICS]\n");
        return 2;
    }
    if (!zone_load(STR("Asia/Tokyo"), &a, &zone, &e)) {
        fprintf(stderr, "%s\n", e.detail);
        return 1;
    }
    bench_search(zone, (int)clinics);
    bench_zone(&a, "Asia/Tokyo");
    bench_zone(&a, "America/New_York");
    arena_release(&a);
    return 0;
}
