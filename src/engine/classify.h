/* classify.h - how long, how bad, which pattern. Several patterns may hold at once; none is a diagnosis.
 * SPDX-License-Identifier: AGPL-3.0-or-later
 *
 * Bands come from classification.tsv by axis: duration_weeks for "duration", nrs_average for the severity axis that the
 * clinic chose (severity_nrs or severity_nrs_chronic). Patterns are rows with a `when`. For each row that holds (and
 * each that does not, when it is known) the fact of the same id is set in `f`.
 */
#ifndef TSUBO_ENGINE_CLASSIFY_H
#define TSUBO_ENGINE_CLASSIFY_H

#include "base/arena.h"
#include "engine/because.h"
#include "know/know.h"

struct class_hit {
    int row;      /* index in know.classes */
    bool is_sure; /* false: it may hold; what is missing stands in because */
    struct because because;
};

struct classification {
    int duration; /* row of the duration band, -1 unknown */
    int severity; /* row of the severity band, -1 unknown */
    struct str severity_axis;
    double interference;              /* 0-10, NAN unknown */
    const struct class_hit *patterns; /* sure ones first, table order */
    size_t n_patterns;
};

void classify_run(const struct know *k, struct facts *f, struct str severity_axis, struct arena *a,
                  struct classification *out);

#endif
