/* prop_points.c - the points of random people: never what a precaution forbids, never over the budget, nothing lost
 * without a reason, and the same as a slow twin that follows the rules' text step by step.
 * SPDX-License-Identifier: AGPL-3.0-or-later
 *
 * The twin shares only the tables and safety_point with the engine. TSUBO_SEED and TSUBO_ROUNDS repeat or lengthen a
 * run.
 */
#include "support/cm.h"

#include <stdlib.h>
#include <string.h>

#include "engine/body.h"
#include "support/builtin_know.h"
#include "support/person.h"

#define TWIN_MAX 128

static uint64_t seed;
static int rounds = 1500;

static int rnd(int below)
{
    seed ^= seed >> 12, seed ^= seed << 25, seed ^= seed >> 27;
    return (int)((seed * UINT64_C(2685821657736338717) >> 33) % (unsigned)below);
}

/* The seed of the next round: short, so that a printed one can be given as TSUBO_SEED. */
static void next_round(void)
{
    seed = 1 + (uint64_t)rnd(INT32_MAX);
}

/* ---- random people ---- */

static const char *const often[] = { "sudden_strain",
                                     "worse_cold",
                                     "tired_heavy",
                                     "anticoagulant",
                                     "antiplatelet_one",
                                     "cannot_lie_prone",
                                     "faint_before",
                                     "first_acupuncture",
                                     "diabetes",
                                     "skin_problem",
                                     "pregnant",
                                     "pregnant",
                                     "sij_tests_positive=3",
                                     "lymph_limb=leg_l",
                                     "lymph_limb=leg_r",
                                     "lymph_limb=arm_r",
                                     "epilepsy=controlled",
                                     "implanted_device device_site=back",
                                     "implanted_device device_site=abdomen",
                                     "joint_implant joint_implant_site=hip_l",
                                     "joint_implant joint_implant_site=knee_r",
                                     "spine_surgery=older surgery_level=L5",
                                     "spine_surgery=older surgery_level=S1",
                                     "spine_surgery=older surgery_level=unknown",
                                     "spine_surgery=older_metal surgery_level=L4",
                                     "spine_surgery=recent",
                                     "soft_implant" };
static const char *const seldom[] = { "rf_ces_saddle",  "bleeding_disorder", "tumour",
                                      "heart_unstable", "cannot_consent",    "epilepsy=uncontrolled" };

/* Mostly the back and the legs, as those who come. */
static int random_region(const struct know *k)
{
    int r;
    do
        r = rnd((int)k->n_regions);
    while (k->regions[r].zone == ZONE_OTHER && rnd(8));
    return r;
}

static struct intake random_intake(const struct know *k)
{
    struct intake in = person_intake(k, "", "", rnd(10) ? 12 + rnd(80) : -1, rnd(10) ? rnd(rnd(3) ? 1000 : 14) : -1);
    for (int n = rnd(7); n > 0; n--)
        region_set_add(&in.pain, random_region(k));
    for (int n = rnd(4) ? 0 : rnd(4); n > 0; n--)
        region_set_add(&in.avoid, random_region(k));
    for (int n = rnd(5); n > 0; n--)
        person_answers(k, &in, often[rnd(ARRAY_LEN(often))]);
    if (rnd(25) == 0)
        person_answers(k, &in, seldom[rnd(ARRAY_LEN(seldom))]);
    return in;
}

/* ---- the twin ---- */

struct twin_needle {
    int point;
    enum side side;
    bool is_principal, is_local, is_gone;
};

struct twin {
    const struct know *k;
    const struct person *p;
    struct twin_needle v[TWIN_MAX];
    int n, rules[32], n_rules;
    int ashi_min, ashi_max, ashi_side; /* -1 no token seen */
    int max;
    enum position position;
};

static bool yes(const struct twin *t, const char *fact)
{
    const struct fact *f = &t->p->facts.v[know_fact_must(t->k, str_from(fact))];
    return f->state == FACT_KNOWN && f->number > 0;
}

/* Step 1 and 2: an override alone, the first by its order; else all that hold. */
static void twin_rules(struct twin *t)
{
    for (int pass = 0; pass < 2; pass++)
        for (int order = 0; order < 1000; order++)
            for (int i = 0; i < (int)t->k->n_point_rules; i++) {
                const struct point_rule *r = &t->k->point_rules[i];
                if (r->order != order || (r->group == PG_OVERRIDE) != (pass == 0) ||
                    !rule_eval(t->k, r->when, &t->p->facts).sure)
                    continue;
                t->rules[t->n_rules++] = i;
                if (pass == 0)
                    return;
            }
}

static bool marked_in(const struct twin *t, const char *zone_names, enum side side)
{
    static const char *const names[ZONE__COUNT] = { "lumbar",     "sacral",     "buttock",     "hip",         "groin",
                                                    "thigh_back", "thigh_side", "thigh_front", "thigh_inner", "knee",
                                                    "calf_back",  "calf_side",  "shin",        "leg_inner",   "foot",
                                                    "mid_back",   "upper_back", "other" };
    for (int i = 0; i < (int)t->k->n_regions; i++) {
        struct str rest = str_from(zone_names), name;
        if (!region_set_has(&t->p->intake.pain, i) || t->k->regions[i].side != side)
            continue;
        while (str_next(&rest, ' ', &name))
            if (str_eq(name, str_from(names[t->k->regions[i].zone])))
                return true;
    }
    return false;
}

#define LEG "thigh_back thigh_side thigh_front thigh_inner knee calf_back calf_side shin leg_inner foot"
#define SEAT "buttock hip"
#define LOW "lumbar sacral groin"
#define HIGH "mid_back upper_back other"

/* 'R', 'L', or 'B' for both or unknown. */
static char hurting_side(const struct twin *t, bool is_affected)
{
    static const char *const steps[] = { LEG, SEAT, LOW, HIGH };
    bool right = false, left = false, any = false;
    for (int s = 0; s < 4 && !(any && is_affected); s++) {
        if (s == 3 && any)
            break;
        right |= marked_in(t, steps[s], SIDE_RIGHT);
        left |= marked_in(t, steps[s], SIDE_LEFT);
        any |= right || left || marked_in(t, steps[s], SIDE_MIDLINE);
    }
    return right == left ? 'B' : right ? 'R' : 'L';
}

static bool twin_is_local(const struct twin *t, int point, enum side side)
{
    struct str r = t->k->points[point].region;
    return str_eq(r, STR("lumbar")) || str_eq(r, STR("sacrum")) || str_eq(r, STR("buttock")) ||
           body_point_in_regions(t->k, point, side, &t->p->intake.pain);
}

static bool is_forbidden(const struct twin *t, int point, enum side side)
{
    int rows[8];
    size_t n;
    return safety_point(t->k, &t->p->safety, &t->p->intake, point, side, rows, 8, &n) >= POINT_AVOID;
}

static bool twin_take(struct twin *t, struct str code, char sides, bool is_principal)
{
    int point = know_point(t->k, code);
    bool taken = false;
    for (enum side side = SIDE_MIDLINE; side < SIDE__COUNT; side++) {
        bool is_asked = t->k->points[point].is_bilateral
                            ? (side == SIDE_RIGHT && sides != 'L') || (side == SIDE_LEFT && sides != 'R')
                            : side == SIDE_MIDLINE;
        int at = 0;
        if (!is_asked || is_forbidden(t, point, side))
            continue;
        taken = true;
        while (at < t->n && (t->v[at].point != point || t->v[at].side != side))
            at++;
        if (at == t->n)
            t->v[t->n++] = (struct twin_needle){ point, side, false, twin_is_local(t, point, side), false };
        t->v[at].is_principal |= is_principal;
    }
    return taken;
}

static char sides_for(const struct twin *t, struct str word, enum side_rule of_rule)
{
    static const char *const words[] = { "both", "affected", "painful", "beside_level" };
    int rule = (int)of_rule;
    for (int i = 0; i < 4; i++)
        if (str_eq(word, str_from(words[i])))
            rule = i;
    return rule == SIDES_AFFECTED || rule == SIDES_PAINFUL ? hurting_side(t, rule == SIDES_AFFECTED) : 'B';
}

static void twin_ashi(struct twin *t, struct str name, char side)
{
    int low = name.p[5] - '0', high = name.p[7] - '0';
    int s = side == 'R' ? SIDE_RIGHT : side == 'L' ? SIDE_LEFT : SIDE_MIDLINE;
    t->ashi_side = t->ashi_side < 0 || t->ashi_side == s ? s : SIDE_MIDLINE;
    t->ashi_min = low > t->ashi_min ? low : t->ashi_min;
    t->ashi_max = high > t->ashi_max ? high : t->ashi_max;
}

static bool twin_level(struct twin *t, bool is_operated, char sides, bool is_principal)
{
    const struct fact *level = &t->p->facts.v[know_fact_must(t->k, STR("surgery_level"))];
    static const struct {
        const char *level, *code;
    } levels[] = { { "L1", "EX-B2-L1" }, { "L2", "EX-B2-L2" }, { "L3", "EX-B2-L3" },
                   { "L4", "EX-B2-L4" }, { "L5", "EX-B2-L5" }, { "S1", "EX-B2-L5" } };
    for (size_t i = 0; is_operated && level->state == FACT_KNOWN && i < ARRAY_LEN(levels); i++)
        if (str_eq(level->code, str_from(levels[i].level)))
            return twin_take(t, str_from(levels[i].code), sides, is_principal);
    bool l4 = twin_take(t, STR("EX-B2-L4"), sides, is_principal),
         l5 = twin_take(t, STR("EX-B2-L5"), sides, is_principal);
    return l4 || l5;
}

static void twin_tokens(struct twin *t, struct str list, const struct point_rule *r, bool is_principal)
{
    struct str token;
    while (str_next(&list, ';', &token)) {
        struct str one;
        for (bool taken = false; !taken && str_next(&token, '|', &one);) {
            struct str word = one, name = str_cut(&word, ':');
            char sides = sides_for(t, word, r->side);
            taken = true;
            if (str_starts(name, STR("ASHI")))
                twin_ashi(t, name, sides);
            else if (str_eq(name, STR("EX-B2@level")))
                taken = twin_level(t, str_eq(word, STR("beside_level")), sides, is_principal);
            else
                taken = twin_take(t, name, sides, is_principal);
        }
    }
}

static bool lists(struct str list, const char *position)
{
    struct str item;
    while (str_next(&list, ';', &item))
        if (str_eq(item, str_from(position)))
            return true;
    return false;
}

static struct str twin_positions(const struct twin *t, struct str region, struct str code)
{
    for (int pass = 0; pass < 2; pass++)
        for (size_t i = 0; i < t->k->n_positions; i++)
            if (pass == 0 ? code.n && str_eq(t->k->positions[i].code, code)
                          : t->k->positions[i].code.n == 0 && str_eq(t->k->positions[i].region, region))
                return t->k->positions[i].positions;
    return STR("");
}

static const char *const position_words[POSITION__COUNT] = { "prone", "supine", "side", "sitting" };

static bool finds_tender(const struct twin *t, const char *position)
{
    static const char *const zones[][2] = { { "zone_lumbar", "lumbar" },       { "zone_sacral", "sacrum" },
                                            { "zone_buttock", "buttock" },     { "zone_hip", "buttock" },
                                            { "zone_mid_back", "upper_back" }, { "zone_upper_back", "upper_back" } };
    bool any = false, all = true;
    for (size_t i = 0; i < ARRAY_LEN(zones); i++)
        if (yes(t, zones[i][0])) {
            any = true;
            all &= lists(twin_positions(t, str_from(zones[i][1]), STR("")), position);
        }
    return any ? all : lists(twin_positions(t, STR("lumbar"), STR("")), position);
}

static int points_named(const struct twin *t, int point)
{
    int n = 0;
    for (int i = 0; i < t->n; i++)
        n += t->v[i].point == point;
    return n;
}

/* Step 6: principal needles reached weigh most, then those for which it is the usual position, then the optional. */
static int weight_of(const struct twin *t, const char *position)
{
    int weight = 0;
    for (int i = 0; i < t->n; i++) {
        struct str list = twin_positions(t, t->k->points[t->v[i].point].region, t->k->points[t->v[i].point].code);
        bool is_pair = points_named(t, t->v[i].point) > 1, is_first = str_starts(list, str_from(position));
        if (!lists(list, position))
            continue;
        weight += t->v[i].is_principal ? 1000000 : 1;
        if (t->v[i].is_principal && is_first && !(is_pair && strcmp(position, "side") == 0))
            weight += 1000;
    }
    return weight;
}

static void twin_position(struct twin *t)
{
    int best = -1;
    t->position = POSITION_SIDE;
    for (int is_strict = 1; is_strict >= 0 && best < 0; is_strict--)
        for (int p = 0; p < POSITION__COUNT; p++) {
            int weight = weight_of(t, position_words[p]);
            if (lists(t->p->safety.positions_not, position_words[p]) ||
                (is_strict && !finds_tender(t, position_words[p])) || weight <= best)
                continue;
            best = weight;
            t->position = (enum position)p;
        }
    for (int i = 0; i < t->n; i++) {
        const struct point *x = &t->k->points[t->v[i].point];
        t->v[i].is_gone = !lists(twin_positions(t, x->region, x->code), position_words[t->position]);
    }
}

static int still_there(const struct twin *t)
{
    int n = 0;
    for (int i = 0; i < t->n; i++)
        n += !t->v[i].is_gone;
    return n;
}

static bool is_only_distant(const struct twin *t, int point)
{
    for (int i = 0; i < t->n; i++)
        if (!t->v[i].is_gone && !t->v[i].is_local && t->v[i].point != point)
            return false;
    return true;
}

/* Whether needle i belongs to the kind that goes at this step of "optional, then distant before local". */
static bool goes_at(const struct twin *t, int i, int step)
{
    const struct twin_needle *v = &t->v[i];
    bool is_last = !v->is_local && is_only_distant(t, v->point);
    switch (step) {
    case 0:
        return !v->is_principal && !v->is_local && !is_last;
    case 1:
        return !v->is_principal && v->is_local;
    case 2:
        return !v->is_principal;
    case 3:
        return v->is_principal && !v->is_local && !is_last;
    case 4:
        return v->is_principal && v->is_local;
    default:
        return true;
    }
}

static int together(const struct twin *t, int i)
{
    int n = 0;
    for (int j = 0; j < t->n; j++)
        n += !t->v[j].is_gone && t->v[j].point == t->v[i].point && t->v[j].is_principal == t->v[i].is_principal;
    return n;
}

static void twin_drop(struct twin *t, int too_many)
{
    for (int step = 0; step < 6; step++)
        for (int is_pair = too_many > 1; is_pair >= 0; is_pair--)
            for (int i = t->n - 1; i >= 0; i--) {
                if (t->v[i].is_gone || !goes_at(t, i, step) || (is_pair && together(t, i) < 2))
                    continue;
                struct twin_needle gone = t->v[i];
                for (int j = 0; j < t->n; j++)
                    t->v[j].is_gone |= t->v[j].point == gone.point && t->v[j].is_principal == gone.is_principal;
                return;
            }
}

static int least(int a, int b)
{
    return a < b ? a : b;
}

static void twin_budget(struct twin *t, int needles_max)
{
    t->max = least(needles_max, 20);
    for (int i = 0; i < t->n_rules; i++) {
        const struct point_rule *r = &t->k->point_rules[t->rules[i]];
        if (r->group != PG_CORE)
            t->max = least(t->max, r->needles_max);
    }
    if (t->p->safety.needles_max >= 0)
        t->max = least(t->max, t->p->safety.needles_max);
    while (still_there(t) > 0 && still_there(t) + t->ashi_min > t->max)
        twin_drop(t, still_there(t) + t->ashi_min - t->max);
    t->ashi_max = least(t->ashi_max, t->max - still_there(t));
}

static void twin_run(struct twin *t, const struct know *k, const struct person *p, int needles_max)
{
    *t = (struct twin){ .k = k, .p = p, .ashi_side = -1 };
    twin_rules(t);
    for (int i = 0; i < t->n_rules; i++) {
        twin_tokens(t, k->point_rules[t->rules[i]].principal, &k->point_rules[t->rules[i]], true);
        twin_tokens(t, k->point_rules[t->rules[i]].optional, &k->point_rules[t->rules[i]], false);
    }
    if (t->ashi_side < 0) { /* no rule speaks of them: one to three all the same */
        t->ashi_min = 1;
        t->ashi_max = 3;
        t->ashi_side = SIDE_MIDLINE;
    }
    twin_position(t);
    twin_budget(t, needles_max);
}

/* ---- comparing ---- */

static const struct needle_pick *pick_of(const struct points_plan *p, int point, enum side side)
{
    for (size_t i = 0; i < p->n_picks; i++)
        if (p->picks[i].point == point && p->picks[i].side == side)
            return &p->picks[i];
    return NULL;
}

static const struct needle_pick *ashi_of(const struct points_plan *p)
{
    for (size_t i = 0; i < p->n_picks; i++)
        if (p->picks[i].point < 0)
            return &p->picks[i];
    return NULL;
}

static void agrees_with_twin(const struct know *k, const struct person *p, int needles_max, unsigned long long at)
{
    static struct twin t;
    const struct needle_pick *tender = ashi_of(&p->plan);
    twin_run(&t, k, p, needles_max);
    if (t.position != p->plan.position)
        fail_msg("seed %llu: position %d, twin %d", at, p->plan.position, t.position);
    for (int i = 0; i < t.n; i++) {
        const struct needle_pick *n = pick_of(&p->plan, t.v[i].point, t.v[i].side);
        if ((n == NULL) != t.v[i].is_gone || (n && n->is_principal != t.v[i].is_principal))
            fail_msg("seed %llu: %.*s side %d: twin %s it", at, STR_ARG(k->points[t.v[i].point].code), t.v[i].side,
                     t.v[i].is_gone ? "drops" : "keeps");
    }
    if ((int)p->plan.n_picks != still_there(&t) + 1)
        fail_msg("seed %llu: %zu picks, twin %d", at, p->plan.n_picks, still_there(&t) + 1);
    if (tender->ashi_min != t.ashi_min || tender->ashi_max != t.ashi_max || (int)tender->side != t.ashi_side)
        fail_msg("seed %llu: tender %d-%d side %d, twin %d-%d side %d", at, tender->ashi_min, tender->ashi_max,
                 tender->side, t.ashi_min, t.ashi_max, t.ashi_side);
}

/* ---- properties ---- */

static bool is_left_out(const struct points_plan *p, int point)
{
    for (size_t i = 0; i < p->n_left; i++)
        if (p->left[i].point == point)
            return true;
    return false;
}

static bool is_picked(const struct points_plan *p, int point)
{
    for (int side = 0; side < SIDE__COUNT; side++)
        if (pick_of(p, point, (enum side)side))
            return true;
    return false;
}

static void nothing_named_is_lost(const struct know *k, const struct points_plan *p, unsigned long long at)
{
    for (size_t r = 0; r < p->n_rules; r++)
        for (int optional = 0; optional < 2; optional++) {
            const struct point_rule *rule = &k->point_rules[p->rules[r]];
            struct str rest = optional ? rule->optional : rule->principal, token, one;
            while (str_next(&rest, ';', &token))
                while (str_next(&token, '|', &one)) {
                    int point = know_point(k, str_cut(&one, ':'));
                    if (point >= 0 && !is_picked(p, point) && !is_left_out(p, point))
                        fail_msg("seed %llu: %.*s is lost", at, STR_ARG(k->points[point].code));
                }
        }
}

static void picks_are_allowed(const struct know *k, const struct person *p, unsigned long long at)
{
    for (size_t i = 0; i < p->plan.n_picks; i++) {
        const struct needle_pick *n = &p->plan.picks[i];
        int rows[16];
        size_t n_rows;
        if (n->point < 0)
            continue;
        if (safety_point(k, &p->safety, &p->intake, n->point, n->side, rows, 16, &n_rows) >= POINT_AVOID)
            fail_msg("seed %llu: %.*s is forbidden", at, STR_ARG(k->points[n->point].code));
        if (n->n_rules == 0 || n->n_precautions != n_rows)
            fail_msg("seed %llu: %.*s without its rule or its rows", at, STR_ARG(k->points[n->point].code));
        if (!(points_positions(k, n->point) & (1u << p->plan.position)))
            fail_msg("seed %llu: %.*s cannot be reached", at, STR_ARG(k->points[n->point].code));
        for (size_t j = 0; j < i; j++)
            if (p->plan.picks[j].point == n->point && p->plan.picks[j].side == n->side)
                fail_msg("seed %llu: %.*s twice", at, STR_ARG(k->points[n->point].code));
        for (size_t l = 0; l < p->plan.n_left; l++)
            if (p->plan.left[l].point == n->point && p->plan.left[l].side == n->side)
                fail_msg("seed %llu: %.*s both in and out", at, STR_ARG(k->points[n->point].code));
    }
}

static void needles_are_counted(const struct points_plan *p, unsigned long long at)
{
    const struct needle_pick *tender = ashi_of(p);
    int points = (int)p->n_picks - 1;
    if (!tender || tender->ashi_min < 1 || tender->ashi_max < tender->ashi_min || tender->ashi_max > 5)
        fail_msg("seed %llu: no tender points", at);
    if (p->needles != points + tender->ashi_min || p->needles_most != points + tender->ashi_max)
        fail_msg("seed %llu: counted %d-%d", at, p->needles, p->needles_most);
    if (p->needles_most > p->budget_max || p->budget_max > 20 || p->budget_min > p->budget_max)
        fail_msg("seed %llu: %d needles, %d at most", at, p->needles_most, p->budget_max);
}

static void a_left_out_point_has_one_true_reason(const struct know *k, const struct points_plan *p,
                                                 unsigned long long at)
{
    for (size_t i = 0; i < p->n_left; i++) {
        const struct left_out *l = &p->left[i];
        if (i > 0 && l->point == l[-1].point && l->side == l[-1].side)
            fail_msg("seed %llu: two reasons for one point", at);
        if (l->why == LEFT_OUT_POSITION && (points_positions(k, l->point) & (1u << p->position)))
            fail_msg("seed %llu: %.*s can be reached", at, STR_ARG(k->points[l->point].code));
        if (l->why != LEFT_OUT_PRECAUTION && l->row >= 0)
            fail_msg("seed %llu: a row that does not matter", at);
    }
}

static void plans_of_random_people_keep_every_rule(void **state)
{
    (void)state;
    struct know *k = builtin_know();
    struct arena a = { 0 };
    struct person *p = calloc(1, sizeof *p);
    int fired[64] = { 0 }, refused = 0;
    for (int round = 0; round < rounds; round++, next_round()) {
        unsigned long long at = seed;
        int needles_max = 6 + rnd(15);
        arena_clear(&a);
        p->intake = random_intake(k);
        person_plan(k, p, needles_max, &a);
        for (size_t i = 0; i < p->plan.n_rules; i++)
            fired[p->plan.rules[i]]++;
        nothing_named_is_lost(k, &p->plan, at);
        a_left_out_point_has_one_true_reason(k, &p->plan, at);
        if (p->plan.is_refused) {
            refused++;
            assert_int_equal(p->plan.n_picks, 0);
            continue;
        }
        picks_are_allowed(k, p, at);
        needles_are_counted(&p->plan, at);
        agrees_with_twin(k, p, needles_max, at);
    }
    for (size_t i = 0; i < k->n_point_rules; i++)
        if (fired[i] == 0)
            fail_msg("%.*s never fired", STR_ARG(k->point_rules[i].id));
    assert_in_range(refused, 1, rounds / 3);
    free(p);
    arena_release(&a);
    know_free(k);
}

/* ---- the order of the rows does not matter, nor does asking twice ---- */

static void *shuffled(struct arena *a, const void *rows, size_t n, size_t size)
{
    char *out = arena_alloc(a, n, size, alignof(max_align_t)), *spare = arena_alloc(a, 1, size, alignof(max_align_t));
    memcpy(out, rows, n * size);
    for (size_t i = n; i-- > 1;) {
        size_t j = (size_t)rnd((int)i + 1);
        memcpy(spare, out + i * size, size);
        memcpy(out + i * size, out + j * size, size);
        memcpy(out + j * size, spare, size);
    }
    return out;
}

static void same_plan(const struct know *k, const struct points_plan *x, const struct know *other,
                      const struct points_plan *y, unsigned long long at)
{
    if (x->n_picks != y->n_picks || x->n_left != y->n_left || x->position != y->position || x->n_rules != y->n_rules ||
        x->is_refused != y->is_refused || x->needles_most != y->needles_most)
        fail_msg("seed %llu: another plan", at);
    for (size_t i = 0; i < x->n_picks; i++)
        if (x->picks[i].point != y->picks[i].point || x->picks[i].side != y->picks[i].side ||
            x->picks[i].is_principal != y->picks[i].is_principal || x->picks[i].n_rules != y->picks[i].n_rules)
            fail_msg("seed %llu: another pick", at);
    for (size_t i = 0; i < x->n_left; i++)
        if (x->left[i].point != y->left[i].point || x->left[i].side != y->left[i].side ||
            x->left[i].why != y->left[i].why)
            fail_msg("seed %llu: left out otherwise", at);
    for (size_t i = 0; i < x->n_rules; i++)
        assert_str(k->point_rules[x->rules[i]].id, other->point_rules[y->rules[i]].id);
}

static void the_order_of_rows_does_not_matter(void **state)
{
    (void)state;
    struct know *k = builtin_know();
    struct arena a = { 0 };
    struct person *p = calloc(1, sizeof *p);
    for (int round = 0; round < rounds / 3; round++, next_round()) {
        unsigned long long at = seed;
        struct know mixed = *k;
        arena_clear(&a);
        mixed.point_rules = shuffled(&a, k->point_rules, k->n_point_rules, sizeof *k->point_rules);
        mixed.positions = shuffled(&a, k->positions, k->n_positions, sizeof *k->positions);
        p->intake = random_intake(k);
        person_plan(k, p, 12, &a);
        struct points_request r = { &p->facts, &p->intake, &p->safety, 12 };
        struct points_plan again, other;
        points_run(k, &r, &a, &again);
        same_plan(k, &p->plan, k, &again, at);
        points_run(&mixed, &r, &a, &other);
        same_plan(k, &p->plan, &mixed, &other, at);
    }
    free(p);
    arena_release(&a);
    know_free(k);
}

int main(void)
{
    const char *from_env = getenv("TSUBO_SEED"), *length = getenv("TSUBO_ROUNDS");
    int64_t given;
    seed = from_env && str_to_i64(str_from(from_env), 1, INT64_MAX, &given) ? (uint64_t)given : 20261124;
    if (length && str_to_i64(str_from(length), 1, 100000000, &given))
        rounds = (int)given;
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(plans_of_random_people_keep_every_rule),
        cmocka_unit_test(the_order_of_rows_does_not_matter),
    };
    return cmocka_run_group_tests_name("points", tests, NULL, NULL);
}
