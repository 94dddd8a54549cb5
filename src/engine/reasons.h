/* reasons.h - the facts that hold a rule up, as a because that lives in the arena.
 * SPDX-License-Identifier: AGPL-3.0-or-later
 */
#ifndef TSUBO_ENGINE_REASONS_H
#define TSUBO_ENGINE_REASONS_H

#include "base/arena.h"
#include "engine/because.h"
#include "know/know.h"

static inline struct because reasons_of(const struct know *k, const struct rule *r, const struct facts *f,
                                        struct arena *a)
{
    int found[FACT_MAX];
    size_t n = rule_because(k, r, f, found, FACT_MAX);
    int *kept = arena_array(a, int, n + 1);
    for (size_t i = 0; i < n; i++)
        kept[i] = found[i];
    return (struct because){ kept, n };
}

#endif
