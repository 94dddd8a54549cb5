/* course.c - the best whole course of visits, what given visits cost, and where one of them could move.
 * SPDX-License-Identifier: AGPL-3.0-or-later
 */
#include "engine/course.h"

#include "base/must.h"
#include "engine/course_search.h"
#include "engine/day_map.h"

struct course_weights course_weights_default(void)
{
    return (
        struct course_weights){ .gap_day = 8, .possible = 6, .change = 10, .not_asked = 20, .late_day = 3, .hole = 2 };
}

void course_find(const struct diary *d, const struct course_request *r, int want, struct course_search *s,
                 struct course_result *out)
{
    must(r->n_visits >= 1 && r->n_visits <= COURSE_VISITS_MAX && want >= 1 && want <= COURSES_MAX);
    out->relaxation = (struct course_relaxation){ .block = BLOCK_NONE };
    search_slots(s, d, r);
    out->n = search_best(s, d, r, want, out);
    if (out->n == 0)
        search_relax(s, d, r, &out->relaxation);
}

/* ---- given visits ---- */

/* Is this start free, on the grid, and not in "never" time? Fills the rest of the visit. */
static enum course_block place(const struct diary *d, const struct course_request *r, struct course_visit *v)
{
    struct day_map allowed, preferred;
    if (v->day < 0 || v->day >= d->n_days || v->practitioner < 0 || v->practitioner >= d->n_practitioners)
        return BLOCK_HORIZON;
    if (!is_practitioner_allowed(r, v->practitioner))
        return BLOCK_PRACTITIONER;
    struct day_map starts = diary_starts(d, &r->service, v->day, v->practitioner, r->grid);
    if (!map_has(&starts, v->start_grain))
        return BLOCK_FULL;
    wish_maps(d, r, v->day, &allowed, &preferred);
    if (!map_has(&allowed, v->start_grain))
        return BLOCK_WISH_NEVER;
    struct day_map holes = hole_map(d, r, v->day, v->practitioner);
    v->wish = map_has(&preferred, v->start_grain) ? WISH_PREFERRED : WISH_POSSIBLE;
    v->leaves_hole = map_has(&holes, v->start_grain);
    v->table = diary_table(d, &r->service, v->day, v->practitioner, v->start_grain);
    return BLOCK_NONE;
}

static enum course_block gap_fault(const struct course_request *r, const struct diary *d, const struct course_visit *v,
                                   int i)
{
    int gap = i == 0 ? d->first.day + v[0].day - r->earliest.day : v[i].day - v[i - 1].day;
    if (gap < r->gaps[i].min || (i > 0 && gap < 1))
        return BLOCK_GAP_MIN;
    return gap > r->gaps[i].max ? BLOCK_GAP_MAX : BLOCK_NONE;
}

static void add_cost(const struct course_request *r, const struct diary *d, const struct course_visit *v, int i,
                     struct course_cost *c)
{
    int gap = i == 0 ? d->first.day + v[0].day - r->earliest.day : v[i].day - v[i - 1].day;
    c->gap += distance_days(gap, r->gaps[i].target) * r->weights.gap_day;
    c->wish += v[i].wish == WISH_PREFERRED ? 0 : r->weights.possible;
    c->change += (i > 0 && v[i].practitioner != v[i - 1].practitioner ? r->weights.change : 0) +
                 asked_cost(r, v[i].practitioner);
    c->late += i == 0 ? gap * r->weights.late_day : 0;
    c->hole += v[i].leaves_hole ? r->weights.hole : 0;
}

enum course_block course_cost_of(const struct diary *d, const struct course_request *r,
                                 const struct course_visit *visits, struct course *out, int *bad)
{
    struct course c = { .n_visits = r->n_visits };
    *bad = -1;
    for (int i = 0; i < r->n_visits; i++) {
        c.visits[i] = visits[i];
        enum course_block block = place(d, r, &c.visits[i]);
        if (block == BLOCK_NONE)
            block = gap_fault(r, d, c.visits, i);
        if (block != BLOCK_NONE) {
            *bad = i;
            return block;
        }
        add_cost(r, d, c.visits, i, &c.cost);
    }
    c.cost.total = c.cost.gap + c.cost.wish + c.cost.change + c.cost.late + c.cost.hole;
    *out = c;
    return BLOCK_NONE;
}

/* ---- moving one ---- */

struct move {
    struct course_visit visit;
    int cost;
};

/* What this visit and its neighbours' gaps cost; false when a gap is out of bounds. */
static bool move_cost(const struct diary *d, const struct course_request *r, const struct course_visit *v, int i,
                      int *cost)
{
    struct course_cost c = { 0 };
    if (gap_fault(r, d, v, i) != BLOCK_NONE || (i + 1 < r->n_visits && gap_fault(r, d, v, i + 1) != BLOCK_NONE))
        return false;
    add_cost(r, d, v, i, &c);
    if (i + 1 < r->n_visits)
        add_cost(r, d, v, i + 1, &c);
    *cost = c.gap + c.wish + c.change + c.late + c.hole;
    return true;
}

static void keep_move(struct move *best, size_t *n, size_t cap, struct move m)
{
    size_t at = *n;
    while (at > 0 && best[at - 1].cost > m.cost)
        at--;
    if (at >= cap)
        return;
    size_t last = *n < cap ? *n : cap - 1;
    for (size_t k = last; k > at; k--)
        best[k] = best[k - 1];
    best[at] = m;
    *n = last + 1;
}

size_t course_moves(const struct diary *d, const struct course_request *r, const struct course *c, int i,
                    struct course_visit *out, size_t cap)
{
    struct move best[64] = { 0 };
    struct course_visit v[COURSE_VISITS_MAX];
    size_t n = 0;
    cap = cap < ARRAY_LEN(best) ? cap : ARRAY_LEN(best);
    for (int k = 0; k < c->n_visits; k++)
        v[k] = c->visits[k];
    for (int day = 0; day < d->n_days && cap; day++)
        for (int p = 0; p < d->n_practitioners; p++) {
            struct day_map starts = diary_starts(d, &r->service, day, p, r->grid);
            for (int g = map_first(starts); g >= 0; g = map_first(starts)) {
                struct move m;
                map_set(&starts, g, g + 1, false);
                v[i] = (struct course_visit){ .day = day, .start_grain = g, .practitioner = p };
                bool is_same =
                    day == c->visits[i].day && g == c->visits[i].start_grain && p == c->visits[i].practitioner;
                if (is_same || place(d, r, &v[i]) != BLOCK_NONE || !move_cost(d, r, v, i, &m.cost))
                    continue;
                m.visit = v[i];
                keep_move(best, &n, cap, m);
            }
        }
    for (size_t k = 0; k < n; k++)
        out[k] = best[k].visit;
    return n;
}
