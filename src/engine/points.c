/* points.c - which points, on which side, in which position, and why; and what was left out, and why.
 * SPDX-License-Identifier: AGPL-3.0-or-later
 */
#include "engine/points.h"

#include <stdlib.h>
#include <string.h>

#include "engine/points_compose.h"

#define NEEDLES_MAX 20
#define OPTIONAL_WORTH_MOVING 4

/* ---- which rules ---- */

static bool is_sure(const struct composing *c, int rule)
{
    return rule_eval(c->k, c->k->point_rules[rule].when, c->r->facts).sure;
}

/* The first sure override alone; otherwise every sure rule in the order of the table's `order`, which is its row order.
 */
static void choose_rules(struct composing *c)
{
    for (size_t i = 0; i < c->k->n_point_rules; i++)
        if (c->k->point_rules[i].group == PG_OVERRIDE && is_sure(c, (int)i)) {
            compose_rule(c, (int)i);
            return;
        }
    for (size_t i = 0; i < c->k->n_point_rules; i++)
        if (c->k->point_rules[i].group != PG_OVERRIDE && is_sure(c, (int)i))
            compose_rule(c, (int)i);
}

/* ---- position ---- */

static unsigned position_bits(struct str list)
{
    static const struct str names[POSITION__COUNT] = { STR_INIT("prone"), STR_INIT("supine"), STR_INIT("side"),
                                                       STR_INIT("sitting") };
    unsigned bits = 0;
    struct str item;
    while (str_next(&list, ';', &item))
        for (int p = 0; p < POSITION__COUNT; p++)
            if (str_eq(names[p], item))
                bits |= 1u << p;
    return bits;
}

unsigned points_positions(const struct know *k, int point)
{
    const struct point *p = &k->points[point];
    unsigned by_region = 0;
    for (size_t i = 0; i < k->n_positions; i++) {
        if (k->positions[i].code.n && str_eq(k->positions[i].code, p->code))
            return position_bits(k->positions[i].positions);
        if (k->positions[i].code.n == 0 && str_eq(k->positions[i].region, p->region))
            by_region = position_bits(k->positions[i].positions);
    }
    return by_region;
}

/* Needles of the picks that a position reaches. */
static int reached(const struct composing *c, int position, bool is_principal)
{
    int n = 0;
    for (size_t i = 0; i < c->picks.n; i++)
        n += c->picks.v[i].is_principal == is_principal &&
             (points_positions(c->k, c->picks.v[i].point) & (1u << position)) != 0;
    return n;
}

/* The one that reaches most principal needles; a few optional ones more are no reason to leave the usual (earlier)
 * position. */
static enum position best_position(const struct composing *c)
{
    unsigned not_these = position_bits(c->r->safety->positions_not);
    int best = -1;
    for (int p = 0; p < POSITION__COUNT; p++) {
        if (not_these & (1u << p))
            continue;
        int more = best < 0 ? 1 : reached(c, p, true) - reached(c, best, true);
        if (more > 0 || (more == 0 && reached(c, p, false) > reached(c, best, false) + OPTIONAL_WORTH_MOVING))
            best = p;
    }
    return best < 0 ? POSITION_SIDE : (enum position)best;
}

static void drop(struct composing *c, size_t i, enum left_out_why why)
{
    struct needle_pick p = c->picks.v[i];
    compose_leave_out(c, p.point, p.side, why, -1, p.rules[0]);
    memmove(&c->picks.v[i], &c->picks.v[i + 1], (c->picks.n - i - 1) * sizeof p);
    c->picks.n--;
}

static void drop_unreached(struct composing *c, enum position position)
{
    for (size_t i = c->picks.n; i-- > 0;)
        if (!(points_positions(c->k, c->picks.v[i].point) & (1u << position)))
            drop(c, i, LEFT_OUT_POSITION);
}

/* ---- budget ---- */

static void budget(const struct composing *c, int *min, int *max)
{
    *max = c->r->needles_max < NEEDLES_MAX ? c->r->needles_max : NEEDLES_MAX;
    *min = 0;
    for (size_t i = 0; i < c->rules.list.n; i++) {
        const struct point_rule *r = &c->k->point_rules[c->rules.list.v[i]];
        if (r->group == PG_CORE)
            continue;
        *max = r->needles_max > 0 && r->needles_max < *max ? r->needles_max : *max;
        *min = r->needles_min > *min ? r->needles_min : *min;
    }
    if (c->r->safety->needles_max >= 0 && c->r->safety->needles_max < *max)
        *max = c->r->safety->needles_max;
    *min = *min < *max ? *min : *max;
}

/* The order in which points go when there are too many: larger goes first. Distant points outlast the last local one
 * only as long as one distant point is left, so that local and distant stay mixed. */
static int expendable(const struct composing *c, size_t i, int distant_names)
{
    const struct needle_pick *p = &c->picks.v[i];
    if (!p->is_principal)
        return p->is_local ? 3 : 4;
    if (!p->is_local && distant_names > 1)
        return 2;
    return p->is_local ? 1 : 0;
}

static int distant_points(const struct composing *c)
{
    int n = 0;
    for (size_t i = 0; i < c->picks.n; i++) {
        bool is_first = !c->picks.v[i].is_local;
        for (size_t j = 0; j < i; j++)
            is_first &= c->picks.v[j].point != c->picks.v[i].point;
        n += is_first;
    }
    return n;
}

/* Takes the most expendable point away, on all its sides; among equals the one named last. */
static void drop_one(struct composing *c)
{
    int distant = distant_points(c);
    size_t worst = 0;
    for (size_t i = 0; i < c->picks.n; i++)
        if (expendable(c, i, distant) >= expendable(c, worst, distant))
            worst = i;
    int point = c->picks.v[worst].point;
    for (size_t i = c->picks.n; i-- > 0;)
        if (c->picks.v[i].point == point)
            drop(c, i, LEFT_OUT_BUDGET);
}

static void keep_budget(struct composing *c, int max)
{
    while (c->picks.n && (int)c->picks.n + c->ashi_min > max)
        drop_one(c);
    if ((int)c->picks.n + c->ashi_max > max)
        c->ashi_max = max - (int)c->picks.n;
    c->ashi_max = c->ashi_max < c->ashi_min ? c->ashi_min : c->ashi_max;
}

/* ---- result ---- */

/* Tender points are found on the day; rows that avoid a region speak about them too, so the practitioner sees them
 * there. */
static struct needle_pick ashi(struct composing *c)
{
    struct needle_pick p = { .point = -1,
                             .side = c->ashi_side,
                             .ashi_min = c->ashi_min,
                             .ashi_max = c->ashi_max,
                             .is_principal = true,
                             .is_local = true,
                             .verdict = POINT_FREE };
    int *rules = arena_array(c->a, int, 1), *rows = arena_array(c->a, int, c->r->safety->n_hits + 1);
    if (c->ashi_rule >= 0) {
        rules[0] = c->ashi_rule;
        p.rules = rules;
        p.n_rules = 1;
    }
    for (size_t i = 0; i < c->r->safety->n_hits; i++) {
        const struct precaution *x = &c->k->precautions[c->r->safety->hits[i].row];
        if (x->action == PRECAUTION_AVOID_POINTS && x->points.n)
            rows[p.n_precautions++] = c->r->safety->hits[i].row;
    }
    p.precautions = rows;
    p.verdict = p.n_precautions ? POINT_MODIFY : POINT_FREE;
    return p;
}

static int by_use(const void *va, const void *vb)
{
    const struct needle_pick *a = va, *b = vb;
    if (a->is_principal != b->is_principal)
        return a->is_principal ? -1 : 1;
    if (a->is_local != b->is_local)
        return a->is_local ? -1 : 1;
    if (a->point != b->point)
        return a->point < b->point ? -1 : 1;
    return (int)a->side - (int)b->side;
}

static int by_point(const void *va, const void *vb)
{
    const struct left_out *a = va, *b = vb;
    if (a->point != b->point)
        return a->point < b->point ? -1 : 1;
    return (int)a->side - (int)b->side;
}

/* A point that one rule took is not left out, even if another rule chose something else in its place. */
static void forget_taken(struct composing *c)
{
    size_t n = 0;
    for (size_t i = 0; i < c->left.list.n; i++) {
        bool is_taken = false;
        for (size_t p = 0; p < c->picks.n; p++)
            is_taken |= c->picks.v[p].point == c->left.list.v[i].point && c->picks.v[p].side == c->left.list.v[i].side;
        if (!is_taken)
            c->left.list.v[n++] = c->left.list.v[i];
    }
    c->left.list.n = n;
}

static void finish(struct composing *c, struct points_plan *out)
{
    forget_taken(c);
    out->needles = (int)c->picks.n + c->ashi_min;
    out->needles_most = (int)c->picks.n + c->ashi_max;
    *list_push(&c->picks, c->a) = ashi(c);
    qsort(c->picks.v, c->picks.n, sizeof *c->picks.v, by_use);
    if (c->left.list.n)
        qsort(c->left.list.v, c->left.list.n, sizeof *c->left.list.v, by_point);
    out->picks = c->picks.v;
    out->n_picks = c->picks.n;
    out->left = c->left.list.v;
    out->n_left = c->left.list.n;
    out->rules = c->rules.list.v;
    out->n_rules = c->rules.list.n;
}

static bool is_refused(const struct composing *c)
{
    const struct fact *blocks = &c->r->facts->v[know_fact_must(c->k, STR("triage_blocks"))];
    return c->r->safety->blocks_needles || (blocks->state == FACT_KNOWN && blocks->number > 0);
}

void points_run(const struct know *k, const struct points_request *r, struct arena *a, struct points_plan *out)
{
    struct composing c = {
        .k = k, .r = r, .a = a, .ashi_min = 1, .ashi_max = 3, .ashi_rule = -1, .ashi_side = SIDE_MIDLINE
    };
    struct points_plan p = { .position = POSITION_PRONE };
    choose_rules(&c);
    if (is_refused(&c)) {
        *out = (struct points_plan){ .is_refused = true, .rules = c.rules.list.v, .n_rules = c.rules.list.n };
        return;
    }
    budget(&c, &p.budget_min, &p.budget_max);
    p.position = best_position(&c);
    drop_unreached(&c, p.position);
    keep_budget(&c, p.budget_max);
    finish(&c, &p);
    *out = p;
}
