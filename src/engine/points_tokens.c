/* points_tokens.c - the tokens of one point rule as points with sides (data/README.md has the grammar).
 * SPDX-License-Identifier: AGPL-3.0-or-later
 */
#include <string.h>

#include "base/must.h"
#include "engine/body.h"
#include "engine/points_compose.h"

#define ROWS_MAX 16
#define LEVELS_MAX 2

/* One reason a point and side. That an alternative was taken is the weakest: another rule may have asked for it. */
void compose_leave_out(struct composing *c, int point, enum side side, enum left_out_why why, int row, int rule)
{
    struct left_out l = { point, side, why, row, rule };
    for (size_t i = 0; i < c->left.list.n; i++) {
        struct left_out *old = &c->left.list.v[i];
        if (old->point != point || old->side != side)
            continue;
        if (old->why == LEFT_OUT_NOT_CHOSEN && why != LEFT_OUT_NOT_CHOSEN)
            *old = l;
        return;
    }
    *list_push(&c->left.list, c->a) = l;
}

bool compose_is_yes(const struct composing *c, const char *fact)
{
    const struct fact *f = &c->r->facts->v[know_fact_must(c->k, str_from(fact))];
    return f->state == FACT_KNOWN && f->number > 0;
}

/* How far down a mark lies: 3 the leg, 2 buttock and hip, 1 the low back, 0 elsewhere. */
static int reach_down(enum body_zone z)
{
    if (z >= ZONE_THIGH_BACK && z <= ZONE_FOOT)
        return 3;
    if (z == ZONE_BUTTOCK || z == ZONE_HIP)
        return 2;
    return z == ZONE_LUMBAR || z == ZONE_SACRAL || z == ZONE_GROIN ? 1 : 0;
}

static int deepest_mark(const struct composing *c)
{
    int deepest = 0;
    for (size_t i = 0; i < c->k->n_regions; i++)
        if (region_set_has(&c->r->intake->pain, (int)i) && reach_down(c->k->regions[i].zone) > deepest)
            deepest = reach_down(c->k->regions[i].zone);
    return deepest;
}

/* One side when the pain is on one, else both. The affected side is where the pain has spread to: a back that hurts on
 * both sides with pain down the right leg is a right leg. The painful side is that of every mark from the low back
 * down. */
static size_t sides_that_hurt(const struct composing *c, enum side_rule rule, enum side out[2])
{
    bool hurts[SIDE__COUNT] = { false };
    int deepest = deepest_mark(c), least = rule == SIDES_AFFECTED ? deepest : deepest > 0 ? 1 : 0;
    for (size_t i = 0; i < c->k->n_regions; i++)
        if (region_set_has(&c->r->intake->pain, (int)i) && reach_down(c->k->regions[i].zone) >= least)
            hurts[c->k->regions[i].side] = true;
    out[0] = SIDE_RIGHT;
    out[1] = SIDE_LEFT;
    if (hurts[SIDE_RIGHT] == hurts[SIDE_LEFT])
        return 2;
    out[0] = hurts[SIDE_RIGHT] ? SIDE_RIGHT : SIDE_LEFT;
    return 1;
}

/* "BL40:affected" -> the code and its own side rule. */
static struct str split_side(struct str token, enum side_rule otherwise, enum side_rule *side)
{
    static const struct {
        struct str word;
        enum side_rule side;
    } words[] = { { STR_INIT("both"), SIDES_BOTH },
                  { STR_INIT("affected"), SIDES_AFFECTED },
                  { STR_INIT("painful"), SIDES_PAINFUL },
                  { STR_INIT("beside_level"), SIDES_BESIDE_LEVEL } };
    struct str rest = token, code = str_cut(&rest, ':');
    *side = otherwise;
    for (size_t i = 0; i < ARRAY_LEN(words); i++)
        if (str_eq(rest, words[i].word))
            *side = words[i].side;
    return code;
}

/* The painful or operated level: as told, S1 and below as L5; L4 and L5 when it is not known. */
static size_t levels(const struct composing *c, enum side_rule side, int out[LEVELS_MAX])
{
    const struct fact *level = &c->r->facts->v[know_fact_must(c->k, STR("surgery_level"))];
    if (side == SIDES_BESIDE_LEVEL && level->state == FACT_KNOWN && !str_eq(level->code, STR("unknown"))) {
        struct str code = str_eq(level->code, STR("S1")) ? STR("L5") : level->code;
        out[0] = know_point(c->k, str_fmt(c->a, "EX-B2-%.*s", STR_ARG(code)));
        return out[0] >= 0 ? 1 : 0;
    }
    out[0] = know_point(c->k, STR("EX-B2-L4"));
    out[1] = know_point(c->k, STR("EX-B2-L5"));
    return 2;
}

static size_t points_of(const struct composing *c, struct str code, enum side_rule side, int out[LEVELS_MAX])
{
    if (str_eq(code, STR("EX-B2@level")))
        return levels(c, side, out);
    out[0] = know_point(c->k, code);
    return out[0] >= 0 ? 1 : 0;
}

static size_t sides_of(const struct composing *c, int point, enum side_rule rule, enum side out[2])
{
    out[0] = SIDE_MIDLINE;
    if (!c->k->points[point].is_bilateral)
        return 1;
    if (rule == SIDES_AFFECTED || rule == SIDES_PAINFUL)
        return sides_that_hurt(c, rule, out);
    out[0] = SIDE_RIGHT;
    out[1] = SIDE_LEFT;
    return 2;
}

static bool is_local(const struct composing *c, int point, enum side side)
{
    static const struct str regions[] = { STR_INIT("lumbar"), STR_INIT("sacrum"), STR_INIT("buttock") };
    for (size_t i = 0; i < ARRAY_LEN(regions); i++)
        if (str_eq(c->k->points[point].region, regions[i]))
            return true;
    return body_point_in_regions(c->k, point, side, &c->r->intake->pain);
}

static void add_rule(struct composing *c, struct needle_pick *p, int rule)
{
    int *rules = arena_array(c->a, int, p->n_rules + 1);
    for (size_t i = 0; i < p->n_rules; i++) {
        if (p->rules[i] == rule)
            return;
        rules[i] = p->rules[i];
    }
    rules[p->n_rules] = rule;
    p->rules = rules;
    p->n_rules++;
}

static void add_pick(struct composing *c, int point, enum side side, bool is_principal, int rule,
                     enum point_verdict verdict, const int *rows, size_t n_rows)
{
    for (size_t i = 0; i < c->picks.n; i++)
        if (c->picks.v[i].point == point && c->picks.v[i].side == side) {
            c->picks.v[i].is_principal |= is_principal;
            add_rule(c, &c->picks.v[i], rule);
            return;
        }
    int *kept = arena_array(c->a, int, n_rows + 1);
    memcpy(kept, rows, n_rows * sizeof *kept);
    struct needle_pick *p = list_push(&c->picks, c->a);
    *p = (struct needle_pick){ .point = point,
                               .side = side,
                               .is_principal = is_principal,
                               .is_local = is_local(c, point, side),
                               .verdict = verdict,
                               .precautions = kept,
                               .n_precautions = n_rows };
    add_rule(c, p, rule);
}

/* Offers one alternative; true when at least one side of it could be taken. */
static bool offer(struct composing *c, struct str token, bool is_principal, int rule)
{
    enum side_rule side_rule;
    struct str code = split_side(token, c->k->point_rules[rule].side, &side_rule);
    int points[LEVELS_MAX];
    bool taken = false;
    size_t n = points_of(c, code, side_rule, points);
    for (size_t i = 0; i < n; i++) {
        enum side sides[2];
        size_t n_sides = sides_of(c, points[i], side_rule, sides);
        for (size_t s = 0; s < n_sides; s++) {
            int rows[ROWS_MAX];
            size_t n_rows;
            enum point_verdict v =
                safety_point(c->k, c->r->safety, c->r->intake, points[i], sides[s], rows, ROWS_MAX, &n_rows);
            n_rows = n_rows < ROWS_MAX ? n_rows : ROWS_MAX;
            if (v >= POINT_AVOID) {
                int row = -1; /* the row that takes it away: the first that avoids or blocks */
                for (size_t x = 0; x < n_rows && row < 0; x++)
                    if (c->k->precautions[rows[x]].action >= PRECAUTION_AVOID_POINTS)
                        row = rows[x];
                compose_leave_out(c, points[i], sides[s], LEFT_OUT_PRECAUTION, row, rule);
                continue;
            }
            add_pick(c, points[i], sides[s], is_principal, rule, v, rows, n_rows);
            taken = true;
        }
    }
    return taken;
}

/* ASHI*1-3:painful. Where several rules speak of tender points the largest of their counts are taken: two or three in
 * pain down a leg, whatever else hurts; one side only when all of them mean that side. */
static void read_ashi(struct composing *c, struct str token, int rule)
{
    enum side_rule side_rule;
    enum side sides[2], side;
    int64_t least = 1, most = 1;
    struct str range = split_side(token, c->k->point_rules[rule].side, &side_rule);
    (void)str_cut(&range, '*');
    must(str_to_i64(str_cut(&range, '-'), 1, 9, &least) && str_to_i64(range, least, 9, &most)); /* checked tables */
    side = side_rule != SIDES_BOTH && sides_that_hurt(c, side_rule, sides) == 1 ? sides[0] : SIDE_MIDLINE;
    bool is_first = c->ashi_rules.list.n == 0;
    c->ashi_min = is_first || c->ashi_min < (int)least ? (int)least : c->ashi_min;
    c->ashi_max = is_first || c->ashi_max < (int)most ? (int)most : c->ashi_max;
    c->ashi_side = is_first || c->ashi_side == side ? side : SIDE_MIDLINE;
    *list_push(&c->ashi_rules.list, c->a) = rule;
}

/* ---- where tender points are sought ---- */

bool compose_is_sought(const struct composing *c, int point, enum side side)
{
    static const struct region_set none;
    if (memcmp(&c->r->intake->pain, &none, sizeof none) == 0)
        return is_local(c, point, side);
    return body_point_in_regions(c->k, point, side, &c->r->intake->pain);
}

size_t compose_speaks(const struct composing *c, int point, enum side side, int *rows, size_t n, size_t cap)
{
    int here[ROWS_MAX];
    size_t n_here;
    (void)safety_point(c->k, c->r->safety, c->r->intake, point, side, here, ROWS_MAX, &n_here);
    for (size_t i = 0; i < n_here && i < ROWS_MAX; i++) {
        bool is_new = true;
        for (size_t j = 0; j < n; j++)
            is_new &= rows[j] != here[i];
        if (is_new && n < cap)
            rows[n++] = here[i];
    }
    return n;
}

/* One token: its first alternative that can be taken; the others are said to be not chosen. */
static void read_token(struct composing *c, struct str token, bool is_principal, int rule)
{
    struct str alternative;
    bool taken = false;
    if (str_starts(token, STR("ASHI"))) {
        read_ashi(c, token, rule);
        return;
    }
    while (str_next(&token, '|', &alternative)) {
        enum side_rule side_rule = SIDES_BOTH;
        int points[LEVELS_MAX];
        if (!taken) {
            taken = offer(c, alternative, is_principal, rule);
            continue;
        }
        size_t n = points_of(c, split_side(alternative, c->k->point_rules[rule].side, &side_rule), side_rule, points);
        for (size_t i = 0; i < n; i++) {
            enum side sides[2];
            size_t n_sides = sides_of(c, points[i], side_rule, sides);
            for (size_t s = 0; s < n_sides; s++)
                compose_leave_out(c, points[i], sides[s], LEFT_OUT_NOT_CHOSEN, -1, rule);
        }
    }
}

void compose_rule(struct composing *c, int rule)
{
    const struct point_rule *r = &c->k->point_rules[rule];
    struct str rest = r->principal, token;
    *list_push(&c->rules.list, c->a) = rule;
    while (str_next(&rest, ';', &token))
        read_token(c, token, true, rule);
    rest = r->optional;
    while (str_next(&rest, ';', &token))
        read_token(c, token, false, rule);
}
