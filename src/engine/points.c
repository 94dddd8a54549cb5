/* points.c - which points, on which side, in which position, and why; and what was left out, and why.
 * SPDX-License-Identifier: AGPL-3.0-or-later
 */
#include "engine/points.h"

#include <stdlib.h>
#include <string.h>

#include "engine/points_compose.h"

#define NEEDLES_MAX 20

/* ---- which rules ---- */

static bool is_sure(const struct composing *c, int rule)
{
    return rule_eval(c->k, c->k->point_rules[rule].when, c->r->facts).sure;
}

static bool comes_before(const struct point_rule *a, const struct point_rule *b)
{
    return a->order != b->order ? a->order < b->order : str_cmp(a->id, b->id) < 0;
}

/* Sure rules by their `order`, so that the plan does not hang on how the rows lie in the table. */
static struct rule_list sure_rules(const struct composing *c)
{
    struct rule_list out = { 0 };
    const struct point_rule *rules = c->k->point_rules;
    for (size_t i = 0; i < c->k->n_point_rules; i++) {
        if (!is_sure(c, (int)i))
            continue;
        (void)list_push(&out.list, c->a);
        size_t at = out.list.n - 1;
        for (; at > 0 && comes_before(&rules[i], &rules[out.list.v[at - 1]]); at--)
            out.list.v[at] = out.list.v[at - 1];
        out.list.v[at] = (int)i;
    }
    return out;
}

/* The first sure override alone; otherwise every sure rule. */
static void choose_rules(struct composing *c)
{
    struct rule_list sure = sure_rules(c);
    for (size_t i = 0; i < sure.list.n; i++)
        if (c->k->point_rules[sure.list.v[i]].group == PG_OVERRIDE) {
            compose_rule(c, sure.list.v[i]);
            return;
        }
    for (size_t i = 0; i < sure.list.n; i++)
        compose_rule(c, sure.list.v[i]);
}

/* ---- position ---- */

#define ANY_POSITION ((1u << POSITION__COUNT) - 1)

static unsigned position_bit(struct str name)
{
    static const struct str names[POSITION__COUNT] = { STR_INIT("prone"), STR_INIT("supine"), STR_INIT("side"),
                                                       STR_INIT("sitting") };
    for (int p = 0; p < POSITION__COUNT; p++)
        if (str_eq(names[p], name))
            return 1u << p;
    return 0;
}

static unsigned position_bits(struct str list)
{
    unsigned bits = 0;
    struct str item;
    while (str_next(&list, ';', &item))
        bits |= position_bit(item);
    return bits;
}

/* The row of this very point, else that of its region; an empty `code` asks for the region's. */
static struct str position_list(const struct know *k, struct str region, struct str code)
{
    struct str by_region = STR("");
    for (size_t i = 0; i < k->n_positions; i++) {
        const struct position_row *row = &k->positions[i];
        if (code.n && str_eq(row->code, code))
            return row->positions;
        if (row->code.n == 0 && str_eq(row->region, region))
            by_region = row->positions;
    }
    return by_region;
}

static struct str positions_of(const struct know *k, int point)
{
    return position_list(k, k->points[point].region, k->points[point].code);
}

unsigned points_positions(const struct know *k, int point)
{
    return position_bits(positions_of(k, point));
}

/* Tender points are sought where the back hurts; the low back when nothing is marked there. */
static unsigned tender_positions(const struct composing *c)
{
    static const struct {
        const char *fact;
        struct str region;
    } places[] = { { "zone_lumbar", STR_INIT("lumbar") },       { "zone_sacral", STR_INIT("sacrum") },
                   { "zone_buttock", STR_INIT("buttock") },     { "zone_hip", STR_INIT("buttock") },
                   { "zone_mid_back", STR_INIT("upper_back") }, { "zone_upper_back", STR_INIT("upper_back") } };
    unsigned bits = ANY_POSITION;
    for (size_t i = 0; i < ARRAY_LEN(places); i++)
        if (compose_is_yes(c, places[i].fact))
            bits &= position_bits(position_list(c->k, places[i].region, STR("")));
    return bits != ANY_POSITION ? bits : position_bits(position_list(c->k, STR("lumbar"), STR("")));
}

static bool is_on_both_sides(const struct composing *c, size_t i)
{
    for (size_t j = 0; j < c->picks.n; j++)
        if (j != i && c->picks.v[j].point == c->picks.v[i].point)
            return true;
    return false;
}

struct reach {
    int principal, usual, optional; /* needles; usual: principal ones for which this position is the first named */
};

static struct reach reach_of(const struct composing *c, int position)
{
    struct reach out = { 0, 0, 0 };
    for (size_t i = 0; i < c->picks.n; i++) {
        const struct needle_pick *p = &c->picks.v[i];
        struct str list = positions_of(c->k, p->point), first = list;
        if (!(position_bits(list) & (1u << position)))
            continue;
        /* Lying on one side suits a point of the other side, not the pair. */
        bool is_usual = position_bit(str_cut(&first, ';')) == 1u << position &&
                        (position != POSITION_SIDE || !is_on_both_sides(c, i));
        out.principal += p->is_principal;
        out.usual += p->is_principal && is_usual;
        out.optional += !p->is_principal;
    }
    return out;
}

static bool reaches_more(struct reach a, struct reach b)
{
    if (a.principal != b.principal)
        return a.principal > b.principal;
    return a.usual != b.usual ? a.usual > b.usual : a.optional > b.optional;
}

/* Of the positions that the person can take and in which the tender points can be found: the one that reaches most
 * principal needles, then the usual one for most of them, then most optional needles, then the earlier in the enum. */
static enum position best_position(const struct composing *c)
{
    unsigned can_take = ANY_POSITION & ~position_bits(c->r->safety->positions_not);
    unsigned allowed = can_take & tender_positions(c) ? can_take & tender_positions(c) : can_take;
    enum position best = POSITION_SIDE;
    struct reach most = { -1, 0, 0 };
    for (int p = 0; p < POSITION__COUNT; p++) {
        struct reach here = reach_of(c, p);
        if ((allowed & (1u << p)) && reaches_more(here, most)) {
            most = here;
            best = (enum position)p;
        }
    }
    return best;
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

/* No other point is distant: this one keeps the plan mixed. */
static bool is_last_distant(const struct composing *c, const struct needle_pick *p)
{
    for (size_t i = 0; i < c->picks.n; i++)
        if (!c->picks.v[i].is_local && c->picks.v[i].point != p->point)
            return false;
    return !p->is_local;
}

/* The order in which points go when there are too many: larger goes first. Optional before principal, distant before
 * local; but the last distant point outlasts the others of its kind, so that local and distant stay mixed. */
static int expendable(const struct composing *c, size_t i)
{
    const struct needle_pick *p = &c->picks.v[i];
    if (!p->is_principal)
        return is_last_distant(c, p) ? 3 : p->is_local ? 4 : 5;
    return is_last_distant(c, p) ? 0 : p->is_local ? 1 : 2;
}

/* The needles that go together: one point, its principal or its optional sides. */
static int needles_of(const struct composing *c, size_t i)
{
    int n = 0;
    for (size_t j = 0; j < c->picks.n; j++)
        n += c->picks.v[j].point == c->picks.v[i].point && c->picks.v[j].is_principal == c->picks.v[i].is_principal;
    return n;
}

/* Takes the most expendable point away; among equals a pair when two are too many, so that fewer points are lost, then
 * the one named last. */
static void drop_one(struct composing *c, int too_many)
{
    int most = -1;
    size_t worst = 0;
    for (size_t i = 0; i < c->picks.n; i++) {
        int score = 2 * expendable(c, i) + (too_many > 1 && needles_of(c, i) > 1);
        if (score >= most) {
            most = score;
            worst = i;
        }
    }
    struct needle_pick gone = c->picks.v[worst];
    for (size_t i = c->picks.n; i-- > 0;)
        if (c->picks.v[i].point == gone.point && c->picks.v[i].is_principal == gone.is_principal)
            drop(c, i, LEFT_OUT_BUDGET);
}

static void keep_budget(struct composing *c, int max)
{
    while (c->picks.n && (int)c->picks.n + c->ashi_min > max)
        drop_one(c, (int)c->picks.n + c->ashi_min - max);
    if (c->ashi_min > max)
        c->ashi_min = max > 1 ? max : 1;
    if ((int)c->picks.n + c->ashi_max > max)
        c->ashi_max = max - (int)c->picks.n;
    c->ashi_max = c->ashi_max < c->ashi_min ? c->ashi_min : c->ashi_max;
}

/* ---- result ---- */

/* Rows that speak about any point where it hurts, or near the low back when nothing is marked: tender points are sought
 * there, so the practitioner must see them there. */
static size_t tender_rows(const struct composing *c, int *rows, size_t cap)
{
    size_t n = 0;
    for (int p = 0; p < (int)c->k->n_points; p++)
        for (int side = c->k->points[p].is_bilateral ? SIDE_RIGHT : SIDE_MIDLINE;
             side <= (c->k->points[p].is_bilateral ? SIDE_LEFT : SIDE_MIDLINE); side++) {
            if (compose_is_sought(c, p, (enum side)side))
                n = compose_speaks(c, p, (enum side)side, rows, n, cap);
        }
    return n;
}

static struct needle_pick ashi(struct composing *c)
{
    size_t cap = c->k->n_precautions;
    int *rows = arena_array(c->a, int, cap + 1);
    struct needle_pick p = { .point = -1,
                             .side = c->ashi_side,
                             .ashi_min = c->ashi_min,
                             .ashi_max = c->ashi_max,
                             .is_principal = true,
                             .is_local = true,
                             .rules = c->ashi_rules.list.v,
                             .n_rules = c->ashi_rules.list.n,
                             .precautions = rows };
    p.n_precautions = tender_rows(c, rows, cap);
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

/* Triage or a precaution blocks, or the override that fired plans no needles at all. */
static bool is_refused(const struct composing *c)
{
    for (size_t i = 0; i < c->rules.list.n; i++) {
        const struct point_rule *r = &c->k->point_rules[c->rules.list.v[i]];
        if (r->group == PG_OVERRIDE && r->needles_max == 0)
            return true;
    }
    return c->r->safety->blocks_needles || compose_is_yes(c, "triage_blocks");
}

static void refuse(struct composing *c, struct points_plan *out)
{
    while (c->picks.n)
        drop(c, c->picks.n - 1, LEFT_OUT_PRECAUTION);
    if (c->left.list.n)
        qsort(c->left.list.v, c->left.list.n, sizeof *c->left.list.v, by_point);
    *out = (struct points_plan){ .is_refused = true,
                                 .left = c->left.list.v,
                                 .n_left = c->left.list.n,
                                 .rules = c->rules.list.v,
                                 .n_rules = c->rules.list.n };
}

void points_run(const struct know *k, const struct points_request *r, struct arena *a, struct points_plan *out)
{
    struct composing c = { .k = k, .r = r, .a = a, .ashi_min = 1, .ashi_max = 3, .ashi_side = SIDE_MIDLINE };
    struct points_plan p = { .position = POSITION_PRONE };
    choose_rules(&c);
    if (is_refused(&c)) {
        refuse(&c, out);
        return;
    }
    budget(&c, &p.budget_min, &p.budget_max);
    p.position = best_position(&c);
    drop_unreached(&c, p.position);
    keep_budget(&c, p.budget_max);
    finish(&c, &p);
    *out = p;
}
