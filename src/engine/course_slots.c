/* course_slots.c - the cheapest start of each practitioner on each day.
 * SPDX-License-Identifier: AGPL-3.0-or-later
 */
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "engine/course_search.h"
#include "engine/day_map.h"

struct course_search *course_search_new(void)
{
    return xmalloc(sizeof(struct course_search));
}

void course_search_free(struct course_search *s)
{
    if (!s)
        return;
    free(s->slots);
    free(s->ways);
    free(s->day_ways[0]);
    free(s->day_ways[1]);
    free(s);
}

static void make_room(struct course_search *s, const struct diary *d, const struct course_request *r)
{
    int need = d->n_days * d->n_practitioners * r->n_visits;
    s->n_days = d->n_days;
    s->n_practitioners = d->n_practitioners;
    if (need <= s->cap)
        return;
    free(s->slots);
    free(s->ways);
    free(s->day_ways[0]);
    free(s->day_ways[1]);
    s->slots = xmalloc((size_t)need * sizeof *s->slots);
    s->ways = xmalloc((size_t)need * sizeof *s->ways);
    s->day_ways[0] = xmalloc((size_t)need * sizeof *s->ways);
    s->day_ways[1] = xmalloc((size_t)need * sizeof *s->ways);
    s->cap = need;
}

static int half_hour_of(const struct diary *d, int day, int grain)
{
    if (d->grains[day] == 288)
        return grain / 6;
    return zone_wall(d->zone, diary_instant(d, day, grain), NULL).minute / 30;
}

void wish_maps(const struct diary *d, const struct course_request *r, int day, struct day_map *allowed,
               struct day_map *preferred)
{
    int weekday = date_weekday((struct civil_date){ d->first.day + day });
    int lead = service_lead_minutes(&r->service) / GRAIN_MINUTES;
    int n = service_patient_minutes(&r->service) / GRAIN_MINUTES;
    struct day_map possible = { { 0 } }, liked = { { 0 } };
    for (int g = 0; g < d->grains[day]; g++) {
        uint8_t wish = r->week[weekday][half_hour_of(d, day, g)];
        if (wish != WISH_NEVER)
            possible.w[g / 64] |= UINT64_C(1) << (g % 64);
        if (wish == WISH_PREFERRED)
            liked.w[g / 64] |= UINT64_C(1) << (g % 64);
    }
    *allowed = map_ahead(map_runs(possible, n > 0 ? n : 1), lead);
    *preferred = map_ahead(liked, lead);
}

struct day_map hole_map(const struct diary *d, const struct course_request *r, int day, int practitioner)
{
    struct day_map free_grains = d->practitioner_free[day * d->n_practitioners + practitioner];
    int shortest = r->shortest_service / GRAIN_MINUTES, end = 0, at = 0;
    for (size_t i = 0; i < r->service.n_segments; i++) {
        at += r->service.segments[i].minutes / GRAIN_MINUTES;
        end = r->service.segments[i].holds_practitioner ? at : end;
    }
    if (shortest < 2)
        return (struct day_map){ { 0 } };
    struct day_map runs = map_runs(free_grains, shortest);
    /* before: the grain in front is free, but not `shortest` grains in front; after: the same from the end on */
    struct day_map before = map_without(map_behind(free_grains, 1), map_behind(runs, shortest));
    struct day_map after = map_ahead(map_without(free_grains, runs), end);
    /* what begins a run that is long enough further on is no hole: only the run that starts at the end counts */
    return map_or(before, after);
}

/* The cheapest of the four kinds of start; the earliest among equals. */
static struct slot cheapest(struct day_map starts, struct day_map preferred, struct day_map holes,
                            const struct course_weights *w)
{
    const struct day_map kinds[4] = { map_without(map_and(starts, preferred), holes),
                                      map_and(map_and(starts, preferred), holes),
                                      map_without(map_without(starts, preferred), holes),
                                      map_and(map_without(starts, preferred), holes) };
    const int32_t costs[4] = { 0, w->hole, w->possible, w->possible + w->hole };
    struct slot best = { .start = -1 };
    for (int k = 0; k < 4; k++) {
        int g = map_first(kinds[k]);
        if (g < 0)
            continue;
        if (best.start < 0 || costs[k] < best.cost || (costs[k] == best.cost && g < best.start))
            best = (struct slot){ (int16_t)g, k < 2 ? WISH_PREFERRED : WISH_POSSIBLE, k & 1, costs[k] };
    }
    return best;
}

void search_slots(struct course_search *s, const struct diary *d, const struct course_request *r)
{
    make_room(s, d, r);
    for (int day = 0; day < d->n_days; day++) {
        struct day_map allowed, preferred;
        wish_maps(d, r, day, &allowed, &preferred);
        struct day_map common =
            map_and(map_and(allowed, diary_table_fits(d, &r->service, day)), diary_grid(d, &r->service, day, r->grid));
        for (int p = 0; p < d->n_practitioners; p++) {
            struct slot *slot = &s->slots[day * d->n_practitioners + p];
            *slot = (struct slot){ .start = -1 };
            if (!is_practitioner_allowed(r, p) || map_is_empty(common))
                continue;
            struct day_map starts = map_and(common, diary_practitioner_fits(d, &r->service, day, p));
            if (!map_is_empty(starts))
                *slot = cheapest(starts, preferred, hole_map(d, r, day, p), &r->weights);
        }
    }
}
