/* safety.h - the person's precautions: what must not be done, what is done differently, what is only to be watched.
 * SPDX-License-Identifier: AGPL-3.0-or-later
 *
 * Rows of contraindications.tsv whose `when` is sure apply. Automatic rows (when = TRUE) apply to points as they are
 * chosen. A row that may hold by an unanswered question is listed as open, so that the practitioner asks.
 */
#ifndef TSUBO_ENGINE_SAFETY_H
#define TSUBO_ENGINE_SAFETY_H

#include "base/arena.h"
#include "domain/intake.h"
#include "engine/because.h"
#include "know/know.h"

struct precaution_hit {
    int row; /* index in know.precautions */
    struct because because;
};

struct safety {
    bool blocks_needles; /* a block row for needle or all techniques applies */
    bool no_electro;
    int needles_max;                   /* the smallest limit of the rows that apply; -1 none */
    struct str positions_not;          /* `;` separated */
    const struct precaution_hit *hits; /* person's rows that apply: block first, then avoid, modify, caution */
    size_t n_hits;
    const struct precaution_hit *open; /* rows that may apply; because = unanswered questions */
    size_t n_open;
};

void safety_run(const struct know *k, const struct facts *f, struct arena *a, struct safety *out);

enum point_verdict { POINT_FREE, POINT_CAUTION, POINT_MODIFY, POINT_AVOID, POINT_BLOCKED };

/* What the precautions say of one point on one side: the strictest row, and all rows that speak (at most `cap` written
 * to rows, the full count in *n). `marked` regions of the intake make points inside them POINT_AVOID. */
enum point_verdict safety_point(const struct know *k, const struct safety *s, const struct intake *in, int point,
                                enum side side, int *rows, size_t cap, size_t *n);

/* True when a token list (data/README.md: BL23, BL22-BL34, region:x, limb:leg:right, caution:x, all, marked) covers the
 * point. */
NODISCARD bool point_tokens_cover(const struct know *k, struct str tokens, int point, enum side side,
                                  const struct region_set *marked);

#endif
