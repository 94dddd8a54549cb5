/* points_compose.h - inside the composition of points: what is still being weighed. Included by points*.c only.
 * SPDX-License-Identifier: AGPL-3.0-or-later
 */
#ifndef TSUBO_ENGINE_POINTS_COMPOSE_H
#define TSUBO_ENGINE_POINTS_COMPOSE_H

#include "base/list.h"
#include "engine/points.h"

struct rule_list {
    LIST(int) list;
};
struct left_list {
    LIST(struct left_out) list;
};

struct composing {
    const struct know *k;
    const struct points_request *r;
    struct arena *a;
    LIST(struct needle_pick) picks; /* points only; the tender ones apart */
    struct left_list left;
    struct rule_list rules;
    int ashi_min, ashi_max, ashi_rule;
    enum side ashi_side;
};

/* Reads the tokens of one rule into picks, alternatives settled and precautions applied. */
void compose_rule(struct composing *c, int rule);
void compose_leave_out(struct composing *c, int point, enum side side, enum left_out_why why, int row, int rule);

#endif
