/* course_search.h - inside the course search: slots, the table of suffixes, relaxation. Included by course_*.c only.
 * SPDX-License-Identifier: AGPL-3.0-or-later
 */
#ifndef TSUBO_ENGINE_COURSE_SEARCH_H
#define TSUBO_ENGINE_COURSE_SEARCH_H

#include "engine/course.h"

#define SEARCH_DAYS 366
#define SEARCH_PRACTITIONERS 64
#define NO_COST UINT64_MAX

/* The cheapest start of one practitioner on one day. */
struct slot {
    int16_t start; /* grain, -1: none */
    uint8_t wish;
    bool leaves_hole;
    int32_t cost; /* wish and hole */
};

/* The best ways to go on from a visit on a day with a practitioner: cost << 32 | next day << 16 | next practitioner <<
 * 8 | rank among that one's ways. Comparing keys compares cost first and then the order that breaks ties. */
struct ways {
    uint64_t key[COURSES_MAX];
};

struct course_search {
    int n_days, n_practitioners, cap;        /* of the memory below */
    struct slot *slots;                      /* [day][practitioner] */
    struct ways *ways;                       /* [visit][day][practitioner] */
    struct ways *day_ways[2];                /* scratch: the best of a day, over practitioners */
    struct day_map allowed[7], preferred[7]; /* wishes by weekday, on plain days */
};

/* Room for this diary and request; fills the slots. */
void search_slots(struct course_search *s, const struct diary *d, const struct course_request *r);
/* Fills `out->best` with up to `want` courses; returns how many there are. */
int search_best(struct course_search *s, const struct diary *d, const struct course_request *r, int want,
                struct course_result *out);
/* Is there any course at all? *longest gets the most visits that fit. */
bool search_feasible(const struct course_search *s, const struct diary *d, const struct course_request *r, int *longest,
                     bool *hits_horizon);
void search_relax(struct course_search *s, const struct diary *d, const struct course_request *r,
                  struct course_relaxation *out);

/* Wishes of one day as maps over its grains: where the patient's part may lie, and starts that are preferred. */
void wish_maps(const struct diary *d, const struct course_request *r, int day, struct day_map *allowed,
               struct day_map *preferred);
/* Starts that leave a stretch too short for the shortest service on the practitioner's map. */
struct day_map hole_map(const struct diary *d, const struct course_request *r, int day, int practitioner);
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

#endif
