/* course_slots.c - the cheapest start of each practitioner on each day.
 * SPDX-License-Identifier: AGPL-3.0-or-later
 */
#include <stdlib.h>

#include "base/arena.h"
#include "engine/course_search.h"
#include "engine/held.h"

struct course_search *course_search_new(void)
{
    return xmalloc(sizeof(struct course_search));
}

static void free_memory(struct course_search *s)
{
    free(s->slot_cost);
    free(s->finish);
    free(s->finish_day);
}

void course_search_free(struct course_search *s)
{
    if (!s)
        return;
    free_memory(s);
    free(s);
}

static void make_room(struct course_search *s, const struct diary *d, const struct course_request *r)
{
    s->n_days = d->n_days;
    s->n_practitioners = d->n_practitioners;
    s->lanes = (d->n_practitioners + 3) / 4 * 4;
    size_t slots = (size_t)(s->n_days * s->lanes), table = slots * (size_t)r->n_visits;
    if (slots <= s->slots_cap && table <= s->table_cap)
        return;
    free_memory(s);
    s->slots_cap = slots > s->slots_cap ? slots : s->slots_cap;
    s->table_cap = table > s->table_cap ? table : s->table_cap;
    s->slot_cost = xmalloc(s->slots_cap * sizeof *s->slot_cost);
    s->finish = xmalloc(s->table_cap * sizeof *s->finish);
    s->finish_day = xmalloc(s->table_cap * sizeof *s->finish_day);
}

bool search_prepare(struct course_search *s, const struct diary *d, const struct course_request *r)
{
    struct day_range *range = s->range;
    bool is_long_enough = true;
    make_room(s, d, r);
    range[0] = (struct day_range){ first_day_min(d, r), first_day_max(d, r) };
    for (int i = 1; i < r->n_visits; i++) {
        int to = range[i - 1].to + r->gaps[i].max;
        range[i] = (struct day_range){ range[i - 1].from + gap_min(r->gaps[i]), to < d->n_days ? to : d->n_days - 1 };
    }
    for (int i = r->n_visits - 1; i >= 0; i--) {
        int to = i + 1 < r->n_visits ? range[i + 1].to - gap_min(r->gaps[i + 1]) : d->n_days - 1;
        range[i].to = range[i].to < to ? range[i].to : to;
        is_long_enough &= range[i].from <= range[i].to;
    }
    return is_long_enough;
}

/* ---- wishes and holes ---- */

/* Grains in half hours of at least this wish. */
static struct day_map wish_grains(const struct diary *d, int day, const uint8_t week[48], enum wish least)
{
    struct day_map m = { { 0 } };
    if (!diary_is_plain(d, day)) {
        for (int g = 0; g < d->grains[day]; g++)
            if (week[zone_wall(d->zone, diary_instant(d, day, g), NULL).minute / 30] >= least)
                map_set(&m, g, g + 1, true);
        return m;
    }
    for (int h = 0; h < 48; h++) {
        int from = h;
        while (h < 48 && week[h] >= least)
            h++;
        map_set(&m, from * 6, h * 6, true);
    }
    return m;
}

struct day_map wish_allowed(const struct diary *d, const struct course_request *r, int day, const uint8_t week[48])
{
    int n = service_patient_minutes(&r->service) / GRAIN_MINUTES;
    return map_ahead(map_runs(wish_grains(d, day, week, WISH_POSSIBLE), n > 0 ? n : 1),
                     service_lead_minutes(&r->service) / GRAIN_MINUTES);
}

struct day_map wish_preferred(const struct diary *d, const struct course_request *r, int day, const uint8_t week[48])
{
    return map_ahead(wish_grains(d, day, week, WISH_PREFERRED), service_lead_minutes(&r->service) / GRAIN_MINUTES);
}

static int shortest_grains(const struct course_request *r)
{
    return r->shortest_service < GRAIN_MINUTES ? 1 : r->shortest_service / GRAIN_MINUTES;
}

bool leaves_hole(const struct day_map *practitioner_free, const struct course_request *r, int start, int end)
{
    int shortest = shortest_grains(r), to = start + end;
    int before = start - 1 - map_last_clear(practitioner_free, start);
    int after = map_next_clear(practitioner_free, to) - to;
    return (before > 0 && before < shortest) || (after > 0 && after < shortest);
}

/* ---- slots ---- */

/* What all practitioners share on a day: the clinic's grid and the person's week. On plain days it depends on the
 * weekday only. */
struct day_wish {
    bool is_known;
    struct day_map starts, preferred;
};

static struct day_wish wish_of_day(const struct diary *d, const struct course_request *r, int day,
                                   struct day_wish by_weekday[7])
{
    int weekday = day_weekday(d, day);
    bool is_plain = diary_is_plain(d, day);
    if (is_plain && by_weekday[weekday].is_known)
        return by_weekday[weekday];
    struct day_wish w = { .is_known = true };
    w.starts = map_and(wish_allowed(d, r, day, r->week[weekday]), diary_grid(d, &r->service, day, r->grid));
    w.preferred = wish_preferred(d, r, day, r->week[weekday]);
    if (is_plain)
        by_weekday[weekday] = w;
    return w;
}

/* The least that a start costs when starts of these kinds exist: bit 0 preferred, 1 preferred with a hole, 2 possible,
 * 3 possible with a hole. */
static void cost_of_kinds(const struct course_weights *w, int32_t out[16])
{
    const int32_t costs[4] = { 0, w->hole, w->possible, w->possible + w->hole };
    for (int kinds = 0; kinds < 16; kinds++) {
        out[kinds] = NO_COST;
        for (int k = 0; k < 4; k++)
            if ((kinds >> k & 1) && costs[k] < out[kinds])
                out[kinds] = costs[k];
    }
}

void search_slots(struct course_search *s, const struct diary *d, const struct course_request *r)
{
    struct held by_table = held_by(&r->service, true);
    struct slot_rules rules = { .held = held_by(&r->service, false), .shortest = shortest_grains(r) };
    struct day_wish by_weekday[7] = { { .is_known = false } };
    cost_of_kinds(&r->weights, rules.cost);
    for (int day = s->range[0].from; day <= s->range[r->n_visits - 1].to; day++) {
        int32_t *cost = &s->slot_cost[day * s->lanes];
        struct day_wish wish = wish_of_day(d, r, day, by_weekday);
        s->starts[day] = pairs_any_fit(&d->table_free[day * d->n_tables], d->n_tables, &by_table, wish.starts);
        s->preferred[day] = wish.preferred;
        for (int p = 0; p < s->lanes; p++)
            cost[p] = NO_COST;
        if (map_is_empty(s->starts[day]))
            continue;
        pairs_costs(&d->practitioner_free[day * d->n_practitioners], d->n_practitioners, &rules, s->starts[day],
                    wish.preferred, cost);
        for (int p = 0; p < d->n_practitioners; p++)
            cost[p] = is_practitioner_allowed(r, p) ? cost[p] + asked_cost(r, p) : NO_COST;
    }
}

void search_visit(const struct course_search *s, const struct diary *d, const struct course_request *r, int day,
                  int practitioner, struct course_visit *out)
{
    const struct day_map *room = &d->practitioner_free[day * d->n_practitioners + practitioner];
    struct held held = held_by(&r->service, false);
    struct day_map starts = map_and(s->starts[day], held_fits(*room, &held));
    int32_t least = NO_COST;
    for (int g = map_pop(&starts); g >= 0; g = map_pop(&starts)) {
        bool is_liked = map_has(&s->preferred[day], g), is_hole = leaves_hole(room, r, g, held.end);
        int32_t cost = (is_liked ? 0 : r->weights.possible) + (is_hole ? r->weights.hole : 0);
        if (cost >= least)
            continue;
        least = cost;
        *out = (struct course_visit){ .day = day,
                                      .start_grain = g,
                                      .practitioner = practitioner,
                                      .wish = is_liked ? WISH_PREFERRED : WISH_POSSIBLE,
                                      .leaves_hole = is_hole };
    }
    out->table = diary_table(d, &r->service, day, practitioner, out->start_grain);
}
