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
    struct rule_list ashi_rules; /* that speak of tender points */
    int ashi_min, ashi_max;
    enum side ashi_side;
};

/* Reads the tokens of one rule into picks, alternatives settled and precautions applied. */
void compose_rule(struct composing *c, int rule);
void compose_leave_out(struct composing *c, int point, enum side side, enum left_out_why why, int row, int rule);
/* A known yes. */
bool compose_is_yes(const struct composing *c, const char *fact);
/* Would tender points be sought around this point? */
bool compose_is_sought(const struct composing *c, int point, enum side side);
/* Adds the precautions that speak about the point and are not yet among rows[0..n); returns how many there are now. */
size_t compose_speaks(const struct composing *c, int point, enum side side, int *rows, size_t n, size_t cap);

#endif
