/* safety.c - the person's precautions, and what they say of one point.
 * SPDX-License-Identifier: AGPL-3.0-or-later
 */
#include "engine/safety.h"

#include "base/list.h"
#include "engine/body.h"
#include "engine/reasons.h"

/* A technique cell is a list; does it speak of needling? */
static bool has_item(struct str list, struct str wanted)
{
    struct str item;
    while (str_next(&list, ';', &item))
        if (str_eq(item, wanted))
            return true;
    return false;
}

static bool is_needle(const struct precaution *p)
{
    return has_item(p->technique, STR("needle")) || has_item(p->technique, STR("all"));
}

struct hits {
    LIST(struct precaution_hit) list;
};

static void add(struct hits *h, const struct know *k, int row, struct because b, struct arena *a)
{
    (void)list_push(&h->list, a);
    size_t at = h->list.n - 1;
    for (; at > 0 && k->precautions[h->list.v[at - 1].row].action < k->precautions[row].action; at--)
        h->list.v[at] = h->list.v[at - 1];
    h->list.v[at] = (struct precaution_hit){ row, b };
}

/* `;` lists of positions, each once. */
static struct str join_positions(struct str have, struct str more, struct arena *a)
{
    struct str item;
    while (str_next(&more, ';', &item))
        if (!has_item(have, item))
            have = str_fmt(a, "%.*s%s%.*s", STR_ARG(have), have.n ? ";" : "", STR_ARG(item));
    return have;
}

static void apply(struct safety *s, const struct precaution *p, struct arena *a)
{
    s->blocks_needles |= p->action == PRECAUTION_BLOCK && is_needle(p);
    s->no_electro |= p->no_electro;
    if (p->needles_max >= 0 && (s->needles_max < 0 || p->needles_max < s->needles_max))
        s->needles_max = p->needles_max;
    s->positions_not = join_positions(s->positions_not, p->positions_not, a);
}

void safety_run(const struct know *k, const struct facts *f, struct arena *a, struct safety *out)
{
    struct safety s = { .needles_max = -1, .positions_not = STR("") };
    struct hits sure = { 0 }, open = { 0 };
    for (size_t i = 0; i < k->n_precautions; i++) {
        const struct precaution *p = &k->precautions[i];
        if (p->is_automatic)
            continue;
        struct verdict v = rule_eval(k, p->when, f);
        if (v.sure) {
            apply(&s, p, a);
            add(&sure, k, (int)i, reasons_of(k, p->when, f, a), a);
        } else if (v.may) {
            add(&open, k, (int)i, reasons_of(k, p->when, f, a), a);
        }
    }
    s.hits = sure.list.v;
    s.n_hits = sure.list.n;
    s.open = open.list.v;
    s.n_open = open.list.n;
    *out = s;
}

/* ---- one point ---- */

static bool is_arm(struct str region)
{
    static const struct str regions[] = { STR_INIT("shoulder"), STR_INIT("upper_arm"), STR_INIT("elbow"),
                                          STR_INIT("forearm"),  STR_INIT("wrist"),     STR_INIT("hand") };
    for (size_t i = 0; i < ARRAY_LEN(regions); i++)
        if (str_eq(region, regions[i]))
            return true;
    return false;
}

static bool is_leg(struct str region)
{
    static const struct str regions[] = { STR_INIT("thigh"), STR_INIT("knee"), STR_INIT("leg"), STR_INIT("ankle"),
                                          STR_INIT("foot") };
    for (size_t i = 0; i < ARRAY_LEN(regions); i++)
        if (str_eq(region, regions[i]))
            return true;
    return false;
}

/* BL22-BL34: within one meridian, by number. */
static bool in_range(const struct know *k, struct str token, const struct point *p)
{
    struct str last = token, first = str_cut(&last, '-');
    int a = know_point(k, first), b = know_point(k, last);
    if (a < 0 || b < 0)
        return false;
    return str_eq(k->points[a].meridian, p->meridian) && str_eq(k->points[b].meridian, p->meridian) && p->number > 0 &&
           p->number >= k->points[a].number && p->number <= k->points[b].number;
}

static bool has_caution(const struct point *p, struct str code)
{
    struct str rest = p->cautions, item;
    while (str_next(&rest, ',', &item))
        if (str_eq(item, code))
            return true;
    return false;
}

static bool token_covers(const struct know *k, struct str token, int point, enum side side,
                         const struct region_set *marked)
{
    const struct point *p = &k->points[point];
    if (str_ends(token, STR(":right")) || str_ends(token, STR(":left"))) {
        bool is_right = str_ends(token, STR(":right"));
        if (side != (is_right ? SIDE_RIGHT : SIDE_LEFT))
            return false;
        token = str_sub(token, 0, token.n - (is_right ? 6 : 5));
    }
    if (str_eq(token, STR("all")))
        return true;
    if (str_eq(token, STR("marked")))
        return marked && body_point_in_regions(k, point, side, marked);
    if (str_starts(token, STR("region:")))
        return str_eq(p->region, str_sub(token, 7, token.n));
    if (str_starts(token, STR("limb:")))
        return str_eq(token, STR("limb:arm")) ? is_arm(p->region) : is_leg(p->region);
    if (str_starts(token, STR("caution:")))
        return has_caution(p, str_sub(token, 8, token.n));
    return str_eq(token, p->code) || (know_point(k, token) < 0 && in_range(k, token, p));
}

bool point_tokens_cover(const struct know *k, struct str tokens, int point, enum side side,
                        const struct region_set *marked)
{
    struct str token;
    while (str_next(&tokens, ';', &token))
        if (token_covers(k, token, point, side, marked))
            return true;
    return false;
}

/* What a row means for a point it covers. A row over all points is about the visit: it does not take single points
 * away. */
static enum point_verdict verdict_of(const struct precaution *p)
{
    bool is_everything = str_eq(p->points, STR("all"));
    switch (p->action) {
    case PRECAUTION_BLOCK:
        return POINT_BLOCKED;
    case PRECAUTION_AVOID_POINTS:
        return POINT_AVOID;
    case PRECAUTION_MODIFY:
        return is_everything ? POINT_FREE : POINT_MODIFY;
    case PRECAUTION_CAUTION:
        return is_everything ? POINT_FREE : POINT_CAUTION;
    }
    return POINT_FREE;
}

struct speaking {
    const struct know *k;
    const struct intake *in;
    int point, *rows;
    enum side side;
    size_t cap, n;
    enum point_verdict worst;
};

static void hear(struct speaking *s, int row)
{
    const struct precaution *p = &s->k->precautions[row];
    if (!is_needle(p) || !point_tokens_cover(s->k, p->points, s->point, s->side, &s->in->avoid))
        return;
    enum point_verdict v = verdict_of(p);
    if (v == POINT_FREE)
        return;
    s->worst = v > s->worst ? v : s->worst;
    if (s->n < s->cap)
        s->rows[s->n] = row;
    s->n++;
}

enum point_verdict safety_point(const struct know *k, const struct safety *s, const struct intake *in, int point,
                                enum side side, int *rows, size_t cap, size_t *n)
{
    struct speaking x = { k, in, point, rows, side, cap, 0, POINT_FREE };
    for (size_t i = 0; i < s->n_hits; i++)
        hear(&x, s->hits[i].row);
    for (size_t i = 0; i < k->n_precautions; i++)
        if (k->precautions[i].is_automatic)
            hear(&x, (int)i);
    if (x.worst < POINT_AVOID && body_point_in_regions(k, point, side, &in->avoid))
        x.worst = POINT_AVOID;
    *n = x.n;
    return x.worst;
}
