/* derive.h - from what a person told to the facts that rules ask for.
 * SPDX-License-Identifier: AGPL-3.0-or-later
 *
 * Sets every fact of facts.tsv that follows from the intake alone: age, durations, body mass, weeks of pregnancy,
 * marked zones and sides, lines of the leg, PHQ-2. What cannot be known stays unknown. Classification and triage add
 * theirs.
 *
 * pregnant_t1 and pregnant_later: by due date (40 weeks) when given; a pregnancy without a due date counts as both,
 * which is the careful reading. Zones are "no" only when at least one region was marked at all. line_bladder /
 * line_gallbladder: a region of that line at the thigh or below was marked.
 */
#ifndef TSUBO_ENGINE_DERIVE_H
#define TSUBO_ENGINE_DERIVE_H

#include "domain/intake.h"

struct clinic_limits {
    int min_age;        /* years; younger people are not treated here */
    bool had_treatment; /* false at the first intake: what is asked "since the last treatment" does not apply and is
                           "no" */
};

void facts_derive(const struct know *k, const struct intake *in, struct clinic_limits limits, struct facts *out);

#endif
