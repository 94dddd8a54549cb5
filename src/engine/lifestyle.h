/* lifestyle.h - the next fitting everyday actions, domain by domain, and none that the person's answers forbid.
 * SPDX-License-Identifier: AGPL-3.0-or-later
 *
 * For each of the seven domains the lowest-level action whose `when` is sure and whose `not_when` is not sure and which
 * was not passed yet. At most three are proposed to start with (`is_first`), picked by fit and grade; the rest follow
 * later.
 */
#ifndef TSUBO_ENGINE_LIFESTYLE_H
#define TSUBO_ENGINE_LIFESTYLE_H

#include "base/arena.h"
#include "engine/because.h"
#include "know/know.h"

struct action_pick {
    int action, domain; /* indexes */
    bool is_first;      /* among the (at most three) to start with */
    struct because because;
};
struct action_left {
    int action;
    struct because because;
}; /* forbidden by these answers */

struct lifestyle {
    const struct action_pick *picks; /* domains in order; per domain the next fitting, then one to follow */
    size_t n_picks;
    const struct action_left *left;
    size_t n_left;
};

/* `done` lists action ids (indexes) already kept up; their `next` becomes fitting. May be NULL. */
void lifestyle_run(const struct know *k, const struct facts *f, const int *done, size_t n_done, struct arena *a,
                   struct lifestyle *out);

#endif
