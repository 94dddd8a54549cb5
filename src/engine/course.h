/* course.h - the best whole course of visits in a diary, the two next best, or why there is none and what would allow
 * one. SPDX-License-Identifier: AGPL-3.0-or-later
 *
 * One visit a day at most. The cost of a course is the sum, over its visits, of
 *   gap:         w.gap_day       for each day that the gap before the visit is off its target
 *   wish:        w.possible      when the start lies in "possible" instead of "preferred" time (never is never used)
 *   change:      w.change        when the practitioner differs from the visit before; w.not_asked when one was asked
 * for and this is another late:        w.late_day      for each day that the first visit is after the earliest possible
 * date hole:        w.hole          when the booking leaves a stretch too short for the shortest service beside it Two
 * courses are different when a visit differs in day or practitioner; for each day and practitioner the cheapest start
 * counts (then the earliest). Ties: the earlier days, then the lower practitioner index, first difference decides.
 * The result is exact: equal to trying every course.
 *
 * Speed: with bitmaps in memory under 50 us at the median for 12 visits, 20 practitioners, 84 days
 * (bench/bench_course.c measures it); why there is none costs about two such searches.
 */
#ifndef TSUBO_ENGINE_COURSE_H
#define TSUBO_ENGINE_COURSE_H

#include "engine/diary.h"
#include "engine/dose.h"

#define COURSE_VISITS_MAX 40
#define COURSES_MAX 3

enum wish { WISH_NEVER, WISH_POSSIBLE, WISH_PREFERRED };

struct course_weights {
    int gap_day, possible, change, not_asked, late_day, hole; /* 0..1000 */
};
struct course_weights course_weights_default(void);

struct course_request {
    struct service_shape service;
    int grid;                    /* minutes between possible starts, a multiple of 5 */
    const struct gap_days *gaps; /* n_visits; gaps[0] bounds the first visit from `earliest` */
    int n_visits;                /* 1..COURSE_VISITS_MAX */
    struct civil_date earliest;  /* first day that may hold the first visit */
    /* The person's week: wish for a visit that starts in this half hour of the wall clock, [weekday][half hour]; the
     * whole patient part must avoid WISH_NEVER, the start decides between preferred and possible. */
    uint8_t week[7][48];
    int practitioner; /* index asked for; -1 anyone */
    bool is_practitioner_must;
    uint64_t practitioners_allowed; /* bit per practitioner who may give this service to this person (licence ...) */
    int shortest_service;           /* minutes; a free stretch shorter than this is a hole */
    struct course_weights weights;
};

struct course_visit {
    int day, start_grain; /* in the diary; the start of the service, buffers included */
    int practitioner, table;
    enum wish wish;
    bool leaves_hole;
};

struct course_cost {
    int gap, wish, change, late, hole, total;
};

struct course {
    struct course_visit visits[COURSE_VISITS_MAX];
    int n_visits;
    struct course_cost cost;
};

/* Why there is none: the first rule whose lifting alone gives a course, smallest lifting first. */
enum course_block {
    BLOCK_NONE,
    BLOCK_WISH_NEVER,   /* `amount`: the fewest half hours of "never" to open, in one stretch of one weekday */
    BLOCK_PRACTITIONER, /* the person asked for cannot; another could */
    BLOCK_GAP_MAX,      /* `amount`: more days between visits that would do */
    BLOCK_GAP_MIN,      /* `amount`: fewer days */
    BLOCK_HORIZON,      /* the diary ends too early: `amount` visits fit */
    BLOCK_START_LATER,  /* `amount`: the first visit that many days later */
    BLOCK_FULL          /* nothing single helps: the diary is full or closed */
};
struct course_relaxation {
    enum course_block block;
    int amount;
    int weekday, half_hour, half_hours; /* for BLOCK_WISH_NEVER: which time to open */
    int visits_possible;                /* the longest course that fits unrelaxed */
};

struct course_result {
    struct course best[COURSES_MAX];
    int n; /* 0: see relaxation */
    struct course_relaxation relaxation;
};

/* Memory of the search, reused between calls by one thread; zeroed at first. */
struct course_search;
struct course_search *course_search_new(void);
void course_search_free(struct course_search *s);

/* Up to `want` (1..3) best courses. Deterministic. */
void course_find(const struct diary *d, const struct course_request *r, int want, struct course_search *s,
                 struct course_result *out);

/* What a given set of visits costs, or which visit breaks a rule (index in *bad, BLOCK_* as result). For "move one
 * visit". */
enum course_block course_cost_of(const struct diary *d, const struct course_request *r,
                                 const struct course_visit *visits, struct course *out, int *bad);
/* Starts to which visit `i` may move while the others stay: by gap rules and diary, best first; at most cap. */
size_t course_moves(const struct diary *d, const struct course_request *r, const struct course *c, int i,
                    struct course_visit *out, size_t cap);

#endif
