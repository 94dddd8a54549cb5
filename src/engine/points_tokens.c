/* points_tokens.c - the tokens of one point rule as points with sides (data/README.md has the grammar).
 * SPDX-License-Identifier: AGPL-3.0-or-later
 */
#include "engine/body.h"
#include "engine/points_compose.h"

#define ROWS_MAX 16
#define LEVELS_MAX 2

void compose_leave_out(struct composing *c, int point, enum side side, enum left_out_why why, int row, int rule)
{
    for (size_t i = 0; i < c->left.list.n; i++)
        if (c->left.list.v[i].point == point && c->left.list.v[i].side == side)
            return;
    *list_push(&c->left.list, c->a) = (struct left_out){ point, side, why, row, rule };
}

/* Sides that were marked, in the buttock, hip and leg when `in_leg`, else anywhere: bit 1 right, bit 2 left. */
static unsigned marked_sides(const struct composing *c, bool in_leg)
{
    unsigned bits = 0;
    for (size_t i = 0; i < c->k->n_regions; i++) {
        const struct region *g = &c->k->regions[i];
        bool is_trunk = g->zone == ZONE_LUMBAR || g->zone == ZONE_SACRAL || g->zone == ZONE_MID_BACK ||
                        g->zone == ZONE_UPPER_BACK || g->zone == ZONE_OTHER;
        if (region_set_has(&c->r->intake->pain, (int)i) && g->side != SIDE_MIDLINE && !(in_leg && is_trunk))
            bits |= g->side == SIDE_RIGHT ? 1 : 2;
    }
    return bits;
}

/* The side of the buttock or leg that hurts, else of the back; both when both or neither. */
static size_t affected_sides(const struct composing *c, enum side out[2])
{
    unsigned bits = marked_sides(c, true);
    bits = bits ? bits : marked_sides(c, false);
    if (bits == 1 || bits == 2) {
        out[0] = bits == 1 ? SIDE_RIGHT : SIDE_LEFT;
        return 1;
    }
    out[0] = SIDE_RIGHT;
    out[1] = SIDE_LEFT;
    return 2;
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
        return affected_sides(c, out);
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

/* ASHI*1-3:painful */
static void read_ashi(struct composing *c, struct str token, int rule)
{
    enum side_rule side;
    enum side sides[2];
    struct str range = split_side(token, c->k->point_rules[rule].side, &side);
    int64_t least = 1, most = 3;
    (void)str_cut(&range, '*');
    struct str low = str_cut(&range, '-');
    if (!str_to_i64(low, 1, 10, &least))
        least = 1;
    if (!str_to_i64(range, least, 10, &most))
        most = least;
    if (c->ashi_rule >= 0)
        return; /* the first rule that speaks of tender points decides */
    c->ashi_min = (int)least;
    c->ashi_max = (int)most;
    c->ashi_rule = rule;
    c->ashi_side = side != SIDES_BOTH && affected_sides(c, sides) == 1 ? sides[0] : SIDE_MIDLINE;
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
