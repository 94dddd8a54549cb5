/* points.h - which points, on which side, in which position, and why; and what was left out, and why.
 * SPDX-License-Identifier: AGPL-3.0-or-later
 *
 * Rules of point_rules.tsv by their `order`: the first sure override (PR12, PR10, PR7..) alone; otherwise place, spread
 * and person rules together. Tender (Ashi) points are always planned, found on the day. Precautions are applied before
 * the budget: a point that a row avoids is never in the plan. Needles are counted, not names: a point on both sides is
 * two. Over the budget optional points go first, then distant before local, among equals the one named last (a pair
 * when two are too many); the last distant point outlasts the others of its kind so that both are mixed; never the last
 * tender point.
 *
 * Sides: "affected" is where the pain has spread to (leg, else buttock and hip, else back), "painful" the side of all
 * marks from the low back down; both sides when that is both or unknown.
 *
 * Position: one in which the tender points can be found, that reaches most principal needles, then the one usual for
 * most of them (positions.tsv names it first), then most optional needles. What it cannot reach is left out with that
 * reason.
 *
 * No rule is backed by proof that its points beat other points; the result carries each rule's evidence word.
 */
#ifndef TSUBO_ENGINE_POINTS_H
#define TSUBO_ENGINE_POINTS_H

#include "base/arena.h"
#include "domain/intake.h"
#include "engine/safety.h"
#include "know/know.h"

enum position { POSITION_PRONE, POSITION_SUPINE, POSITION_SIDE, POSITION_SITTING, POSITION__COUNT };

struct points_request {
    const struct facts *facts;
    const struct intake *intake;
    const struct safety *safety;
    int needles_max; /* 6-20: the clinic's budget; safety.needles_max and the rules may lower it */
};

struct needle_pick {
    int point;              /* index in know.points; -1: tender points found on the day */
    enum side side;         /* SIDE_MIDLINE for midline points and for Ashi without a side */
    int ashi_min, ashi_max; /* when point is -1 */
    bool is_principal;
    bool is_local;    /* in the area of pain, as opposed to distant */
    const int *rules; /* indexes of know.point_rules that ask for it */
    size_t n_rules;
    enum point_verdict verdict; /* POINT_FREE, POINT_CAUTION or POINT_MODIFY */
    const int *precautions;     /* rows that speak about it */
    size_t n_precautions;
};

enum left_out_why {
    LEFT_OUT_PRECAUTION,
    LEFT_OUT_BUDGET,
    LEFT_OUT_POSITION,
    LEFT_OUT_NOT_CHOSEN /* an alternative was taken */
};

struct left_out {
    int point;
    enum side side;
    enum left_out_why why;
    int row; /* precaution index for LEFT_OUT_PRECAUTION, else -1; -1 too for a whole refusal */
    int rule;
};

struct points_plan {
    bool is_refused; /* no needles: triage or a precaution blocks (or PR12) */
    enum position position;
    const struct needle_pick *picks; /* principal first, local before distant, table order */
    size_t n_picks;
    int needles, needles_most; /* with the fewest and the most tender points */
    int budget_min, budget_max;
    const struct left_out *left;
    size_t n_left;
    const int *rules; /* point rules that fired, in composition order */
    size_t n_rules;
};

void points_run(const struct know *k, const struct points_request *r, struct arena *a, struct points_plan *out);

/* The positions that reach this point, as bits 1 << enum position. */
unsigned points_positions(const struct know *k, int point);

#endif
