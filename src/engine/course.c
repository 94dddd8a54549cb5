/* course.c - the best whole course of visits, what given visits cost, and where one of them could move.
 * SPDX-License-Identifier: AGPL-3.0-or-later
 */
#include "engine/course.h"

#include <string.h>

#include "base/must.h"
#include "engine/course_search.h"
#include "engine/held.h"

struct course_weights course_weights_default(void)
{
    return (
        struct course_weights){ .gap_day = 8, .possible = 6, .change = 10, .not_asked = 20, .late_day = 3, .hole = 2 };
}

void course_find(const struct diary *d, const struct course_request *r, int want, struct course_search *s,
                 struct course_result *out)
{
    must(r->n_visits >= 1 && r->n_visits <= COURSE_VISITS_MAX && want >= 1 && want <= COURSES_MAX);
    *out = (struct course_result){ .n = 0 };
    if (search_prepare(s, d, r)) {
        search_slots(s, d, r);
        out->n = search_best(s, d, r, want, out);
    }
    if (out->n == 0)
        search_relax(d, r, &out->relaxation);
}

/* ---- given visits ---- */

/* What visits of one day with one practitioner have in common. */
struct day_rules {
    struct day_map starts, allowed, preferred, room;
    int end; /* grains that the practitioner is held for */
};

static struct day_rules rules_of(const struct diary *d, const struct course_request *r, int day, int practitioner)
{
    const uint8_t *week = r->week[day_weekday(d, day)];
    return (struct day_rules){ .starts = diary_starts(d, &r->service, day, practitioner, r->grid),
                               .allowed = wish_allowed(d, r, day, week),
                               .preferred = wish_preferred(d, r, day, week),
                               .room = d->practitioner_free[day * d->n_practitioners + practitioner],
                               .end = held_by(&r->service, false).end };
}

static void fill_visit(const struct diary *d, const struct course_request *r, const struct day_rules *rules,
                       struct course_visit *v)
{
    v->wish = map_has(&rules->preferred, v->start_grain) ? WISH_PREFERRED : WISH_POSSIBLE;
    v->leaves_hole = leaves_hole(&rules->room, r, v->start_grain, rules->end);
    v->table = diary_table(d, &r->service, v->day, v->practitioner, v->start_grain);
}

/* Is this start free, on the grid, and not in "never" time? Fills the rest of the visit. */
static enum course_block place(const struct diary *d, const struct course_request *r, struct course_visit *v)
{
    if (v->day < 0 || v->day >= d->n_days)
        return BLOCK_HORIZON;
    if (v->practitioner < 0 || v->practitioner >= d->n_practitioners || !is_practitioner_allowed(r, v->practitioner))
        return BLOCK_PRACTITIONER;
    struct day_rules rules = rules_of(d, r, v->day, v->practitioner);
    if (!map_has(&rules.starts, v->start_grain))
        return BLOCK_FULL;
    if (!map_has(&rules.allowed, v->start_grain))
        return BLOCK_WISH_NEVER;
    fill_visit(d, r, &rules, v);
    return BLOCK_NONE;
}

/* Days between a visit and what its gap is counted from. */
static int gap_before(const struct course_request *r, const struct diary *d, const struct course_visit *v, int i)
{
    return i == 0 ? d->first.day + v[0].day - r->earliest.day : v[i].day - v[i - 1].day;
}

static enum course_block gap_fault(const struct course_request *r, const struct diary *d, const struct course_visit *v,
                                   int i)
{
    int gap = gap_before(r, d, v, i);
    if (gap < (i == 0 ? r->gaps[0].min : gap_min(r->gaps[i])))
        return BLOCK_GAP_MIN;
    return gap > r->gaps[i].max ? BLOCK_GAP_MAX : BLOCK_NONE;
}

static void add_cost(const struct course_request *r, const struct diary *d, const struct course_visit *v, int i,
                     struct course_cost *c)
{
    int gap = gap_before(r, d, v, i);
    c->gap += distance_days(gap, r->gaps[i].target) * r->weights.gap_day;
    c->wish += v[i].wish == WISH_PREFERRED ? 0 : r->weights.possible;
    c->change += (i > 0 && v[i].practitioner != v[i - 1].practitioner ? r->weights.change : 0) +
                 asked_cost(r, v[i].practitioner);
    c->late += i == 0 ? gap * r->weights.late_day : 0;
    c->hole += v[i].leaves_hole ? r->weights.hole : 0;
    c->total = c->gap + c->wish + c->change + c->late + c->hole;
}

struct course_cost search_cost(const struct diary *d, const struct course_request *r, const struct course_visit *v)
{
    struct course_cost c = { 0 };
    for (int i = 0; i < r->n_visits; i++)
        add_cost(r, d, v, i, &c);
    return c;
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
    }
    c.cost = search_cost(d, r, c.visits);
    *out = c;
    return BLOCK_NONE;
}

/* ---- moving one ---- */

struct move {
    struct course_visit visit;
    int cost;
};
struct moves {
    struct move best[64]; /* cheapest first */
    size_t n, cap;
};

static void keep_move(struct moves *m, struct course_visit visit, int cost)
{
    size_t at = m->n;
    while (at > 0 && m->best[at - 1].cost > cost)
        at--;
    if (at >= m->cap)
        return;
    m->n += m->n < m->cap;
    for (size_t k = m->n - 1; k > at; k--)
        m->best[k] = m->best[k - 1];
    m->best[at] = (struct move){ visit, cost };
}

/* The gap rules and the cost depend on the neighbours, which stay. */
static bool is_between_neighbours(const struct diary *d, const struct course_request *r, const struct course_visit *v,
                                  int i)
{
    return gap_fault(r, d, v, i) == BLOCK_NONE && (i + 1 == r->n_visits || gap_fault(r, d, v, i + 1) == BLOCK_NONE);
}

static void moves_of(const struct diary *d, const struct course_request *r, const struct course_visit *now,
                     struct course_visit *v, int i, struct moves *m)
{
    struct day_rules rules = rules_of(d, r, v[i].day, v[i].practitioner);
    struct day_map starts = map_and(rules.starts, rules.allowed);
    bool is_same = v[i].day == now->day && v[i].practitioner == now->practitioner;
    for (int g = map_pop(&starts); g >= 0; g = map_pop(&starts)) {
        struct course_cost cost = { 0 };
        if (is_same && g == now->start_grain)
            continue;
        v[i].start_grain = g;
        fill_visit(d, r, &rules, &v[i]);
        add_cost(r, d, v, i, &cost);
        if (i + 1 < r->n_visits)
            add_cost(r, d, v, i + 1, &cost);
        keep_move(m, v[i], cost.total);
    }
}

size_t course_moves(const struct diary *d, const struct course_request *r, const struct course *c, int i,
                    struct course_visit *out, size_t cap)
{
    struct moves m = { .cap = cap < ARRAY_LEN(m.best) ? cap : ARRAY_LEN(m.best) };
    struct course_visit v[COURSE_VISITS_MAX];
    must(c->n_visits == r->n_visits && i >= 0 && i < r->n_visits);
    memcpy(v, c->visits, sizeof v);
    for (int day = 0; day < d->n_days && m.cap; day++)
        for (int p = 0; p < d->n_practitioners; p++) {
            v[i] = (struct course_visit){ .day = day, .practitioner = p };
            if (is_practitioner_allowed(r, p) && is_between_neighbours(d, r, v, i))
                moves_of(d, r, &c->visits[i], v, i, &m);
        }
    for (size_t k = 0; k < m.n; k++)
        out[k] = m.best[k].visit;
    return m.n;
}
