/* course_search.h - inside the course search: slots, the table of finishing costs, relaxation. Included by course*.c
 * only. SPDX-License-Identifier: AGPL-3.0-or-later
 */
#ifndef TSUBO_ENGINE_COURSE_SEARCH_H
#define TSUBO_ENGINE_COURSE_SEARCH_H

#include "engine/course.h"
#include "engine/held.h"

#define SEARCH_DAYS 366
/* Above every real cost: 40 visits, each at most 366 days off and four other terms, at weights of 1000, are 15 million.
 * Two of them still fit in 32 bits. */
#define NO_COST (INT32_C(1) << 28)

/* The days that a visit can be on, as far as gaps and the ends of the diary tell; empty when to < from. */
struct day_range {
    int from, to;
};

/* Rows of practitioners are padded to `lanes`, so that they can be worked on several at a time. */
struct course_search {
    int n_days, n_practitioners, lanes;
    size_t slots_cap, table_cap; /* of the memory below */
    int32_t *slot_cost;          /* [day][lane] wish, hole and another practitioner than asked for; NO_COST */
    int32_t *finish;             /* [visit][day][lane] the cheapest way to finish from this visit on, itself included */
    int32_t *finish_day;         /* [visit][day] the same over all practitioners */
    struct day_range range[COURSE_VISITS_MAX];
    struct day_map starts[SEARCH_DAYS];    /* that the grid, the week and some table allow */
    struct day_map preferred[SEARCH_DAYS]; /* that begin in preferred time */
};

/* What makes a start of a practitioner cheap. */
struct slot_rules {
    struct held held;
    int shortest;     /* grains of the shortest service, at least 1 */
    int32_t cost[16]; /* by the kinds of starts there are: see cost_of_kinds */
};

/* Room for this diary and request; the ranges of the visits. False when the diary is too short for any course. */
bool search_prepare(struct course_search *s, const struct diary *d, const struct course_request *r);
/* Fills the costs of the days within the ranges. */
void search_slots(struct course_search *s, const struct diary *d, const struct course_request *r);
/* The cheapest start of a day and practitioner that have one, the earliest among equals. */
void search_visit(const struct course_search *s, const struct diary *d, const struct course_request *r, int day,
                  int practitioner, struct course_visit *out);
/* Those of the starts at which the service fits one of the rooms. */
struct day_map pairs_any_fit(const struct day_map *rooms, int n, const struct held *held, struct day_map starts);
/* out[p]: the least that one of the starts costs in room p; NO_COST where none fits. Some start is set. */
void pairs_costs(const struct day_map *rooms, int n, const struct slot_rules *rules, struct day_map starts,
                 struct day_map preferred, int32_t *out);
/* Fills `out->best` with up to `want` courses; returns how many there are. */
int search_best(struct course_search *s, const struct diary *d, const struct course_request *r, int want,
                struct course_result *out);
void search_relax(const struct diary *d, const struct course_request *r, struct course_relaxation *out);
/* The cost of visits whose wish and hole are known. */
struct course_cost search_cost(const struct diary *d, const struct course_request *r, const struct course_visit *v);

/* Starts of one day that the person's week allows (the patient's part avoids "never"), and those that begin in
 * "preferred" time. `week` is the day's row. */
struct day_map wish_allowed(const struct diary *d, const struct course_request *r, int day, const uint8_t week[48]);
struct day_map wish_preferred(const struct diary *d, const struct course_request *r, int day, const uint8_t week[48]);
/* Does a start leave a stretch beside it that is too short for the shortest service? `end`: grains until the
 * practitioner is free again. */
bool leaves_hole(const struct day_map *practitioner_free, const struct course_request *r, int start, int end);

static inline int day_weekday(const struct diary *d, int day)
{
    return date_weekday((struct civil_date){ d->first.day + day });
}
/* What a practitioner costs who was not asked for. */
static inline int asked_cost(const struct course_request *r, int practitioner)
{
    return r->practitioner >= 0 && practitioner != r->practitioner ? r->weights.not_asked : 0;
}
static inline bool is_practitioner_allowed(const struct course_request *r, int p)
{
    return (r->practitioners_allowed >> p & 1) &&
           !(r->is_practitioner_must && r->practitioner >= 0 && p != r->practitioner);
}
/* First day (in the diary) that may hold the first visit, and the last. */
static inline int first_day_min(const struct diary *d, const struct course_request *r)
{
    int day = r->earliest.day - d->first.day + r->gaps[0].min;
    return day < 0 ? 0 : day;
}
static inline int first_day_max(const struct diary *d, const struct course_request *r)
{
    int day = r->earliest.day - d->first.day + r->gaps[0].max;
    return day >= d->n_days ? d->n_days - 1 : day;
}
static inline int distance_days(int a, int b)
{
    return a > b ? a - b : b - a;
}
/* One visit a day at most, whatever the gap says. */
static inline int gap_min(struct gap_days gap)
{
    return gap.min > 1 ? gap.min : 1;
}

#endif
