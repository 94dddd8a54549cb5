/* dose.h - how many visits, how far apart, reviewed when, and what follows: any row of protocols.tsv as a course shape.
 * SPDX-License-Identifier: AGPL-3.0-or-later
 *
 * A shape is phases of visits with a smallest, wished and largest gap in whole days before each visit. Fractions keep
 * their average: the n-th visit of 3.5 days falls on day 3.5 n to the nearest whole day. Gaps of a `stretch` phase grow
 * evenly around their target. Gaps that the source does not set follow from its visits a week, then its length, then
 * the clinic's defaults; visits from the clinic's; both are marked as assumed.
 *
 * Caps hold over all phases: at most cap_sessions within any cap_period_days. A cap without a period counts the visits
 * up to its phase; where phases follow, the counts keep it and it is not among the caps.
 *
 * What is booked at once is the part up to the first decision that later phases hang on; for a house row the whole
 * initial course, with the review in it. A review given in weeks comes after the last visit before that day.
 */
#ifndef TSUBO_ENGINE_DOSE_H
#define TSUBO_ENGINE_DOSE_H

#include "base/arena.h"
#include "base/date.h"
#include "know/know.h"

struct gap_days {
    int16_t min, target, max; /* days before this visit; of the first visit: from the start date */
};

enum next_when { NEXT_NEVER, NEXT_ALWAYS, NEXT_IMPROVED, NEXT_PARTIAL, NEXT_EFFECT_LASTS, NEXT_WISH };

struct shape_phase {
    int row; /* index in protocol.phases */
    int visits_min, visits_target, visits_max;
    const struct gap_days *gaps; /* visits_max of them */
    int review_after;            /* visit number within the course after which to review; 0 none */
    int review_day;              /* days from the first visit; 0 none */
    enum next_when next;         /* what opens the next phase */
    double response_low_percent, response_high_percent; /* for NEXT_PARTIAL */
    bool is_gap_assumed;                                /* the source sets no gaps: the clinic's defaults */
    bool is_count_assumed;
};

struct dose_cap {
    int sessions, days;
}; /* at most sessions in any window of `days` days; days 0: in all */

struct course_shape {
    int protocol, house_row; /* indexes; house_row -1 when a protocol was chosen by hand */
    const struct shape_phase *phases;
    size_t n_phases;
    const struct dose_cap *caps;
    size_t n_caps;
    int book_now;                /* visits to book in one go: the phases that open without a decision, target count */
    const struct gap_days *gaps; /* book_now of them, across phases */
    const int *reviews;          /* visit numbers (1-based) after which there is a review */
    size_t n_reviews;
    int minutes;                  /* needle retention, -1 not set */
    int needles_min, needles_max; /* -1 not set */
};

struct dose_defaults { /* the clinic's, where a source is silent */
    struct gap_days gap;
    int visits, minutes;
};

/* Unfolds a protocol. Always succeeds for a protocol of checked knowledge. */
void dose_unfold(const struct know *k, int protocol, struct dose_defaults d, struct arena *a, struct course_shape *out);
/* The house's choice for this person (house_dose.tsv, first sure row) unfolded, with that row's counts in place. */
void dose_for(const struct know *k, const struct facts *f, struct dose_defaults d, struct arena *a,
              struct course_shape *out);
/* True when visits on these days (ascending) keep every cap. *broken gets the cap's index when not. */
NODISCARD bool dose_caps_hold(const struct course_shape *s, const struct civil_date *days, size_t n, size_t *broken);

#endif
