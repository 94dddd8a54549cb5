/* held.h - the stretches of a service that hold one resource, and the starts at which they fit a day.
 * SPDX-License-Identifier: AGPL-3.0-or-later
 *
 * Shared by the diary and the course search, which asks it thousands of times a search.
 */
#ifndef TSUBO_ENGINE_HELD_H
#define TSUBO_ENGINE_HELD_H

#include "engine/day_map.h"

#define HELD_MAX 12

/* Grains from the start of the service; neighbours are joined. */
struct held {
    int n, end; /* end: the grain after the last one held */
    struct {
        int at, n;
    } run[HELD_MAX];
};

static inline struct held held_by(const struct service_shape *s, bool is_table)
{
    struct held h = { .n = 0 };
    int at = 0;
    for (size_t i = 0; i < s->n_segments; i++) {
        int n = s->segments[i].minutes / GRAIN_MINUTES;
        bool is_held = is_table ? s->segments[i].holds_table : s->segments[i].holds_practitioner;
        if (is_held && h.n && h.run[h.n - 1].at + h.run[h.n - 1].n == at)
            h.run[h.n - 1].n += n;
        else if (is_held && h.n < HELD_MAX)
            h.run[h.n].at = at, h.run[h.n++].n = n;
        at += n;
        h.end = is_held ? at : h.end;
    }
    return h;
}

/* Starts at which every stretch finds free grains. */
static inline struct day_map held_fits(struct day_map free_grains, const struct held *h)
{
    struct day_map all = { { UINT64_MAX, UINT64_MAX, UINT64_MAX, UINT64_MAX, UINT64_MAX } };
    for (int i = 0; i < h->n; i++)
        all = map_and(all, map_ahead(map_runs(free_grains, h->run[i].n), h->run[i].at));
    return all;
}

/* Does it fit at this one start? */
static inline bool held_fits_at(const struct day_map *free_grains, const struct held *h, int start)
{
    for (int i = 0; i < h->n; i++) {
        int from = start + h->run[i].at, to = from + h->run[i].n;
        if (from < 0 || to > DAY_GRAINS_MAX || map_next_clear(free_grains, from) < to)
            return false;
    }
    return true;
}

#endif
