/* outcome.h - scores, change against the person's own baseline, and what the protocol's rule says at a review.
 * SPDX-License-Identifier: AGPL-3.0-or-later
 *
 * Scoring follows instruments.tsv (sum, mean, count, value; rule for missing items). Percent change is undefined at
 * baseline 0 and unstable below 2 of 10: then the absolute change is used. Improvement is positive whatever the scale's
 * direction.
 */
#ifndef TSUBO_ENGINE_OUTCOME_H
#define TSUBO_ENGINE_OUTCOME_H

#include "base/arena.h"
#include "engine/because.h"
#include "engine/dose.h"
#include "know/know.h"

struct score {
    bool is_known; /* false: the missing rule gives none */
    double value;
    int answered;
};

/* `items` holds n_items values, NAN for not answered. False when an item is out of range or the count does not fit. */
NODISCARD bool outcome_score(const struct instrument *m, const double *items, size_t n_items, struct score *out);

enum response {
    RESPONSE_UNKNOWN,
    RESPONSE_WORSE,
    RESPONSE_NONE,
    RESPONSE_PARTIAL,
    RESPONSE_RESPONDER,
    RESPONSE_STRONG
};

struct change {
    bool has_percent;
    double points;     /* improvement positive */
    double percent;    /* improvement positive; only with has_percent */
    bool is_important; /* reaches the instrument's published important change (absolute or percent) */
    enum response response;
};

void outcome_change(const struct instrument *m, double baseline, double now, struct change *out);

struct review_request {
    const struct know *know;
    const struct course_shape *shape;
    const struct instrument *measure;
    double baseline, now;
    int visits_done, reviews_before, no_response_before; /* earlier reviews in this episode, those without response */
    bool has_harm, wants_stop, effect_lasts, is_plateau, goal_met;
};

struct review_result {
    enum review_decision decision;
    int rule; /* index in know.outcome_rules */
    struct change change;
    int next_phase; /* index in shape.phases that the decision opens, -1 none */
    struct because because;
};

void outcome_review(const struct review_request *r, struct arena *a, struct review_result *out);

#endif
