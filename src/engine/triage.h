/* triage.h - is it safe to treat, or is a doctor needed first, and how soon?
 * SPDX-License-Identifier: AGPL-3.0-or-later
 *
 * Evaluates every rule of triage_rules.tsv. The highest level among the rules that are sure wins; a lower level never
 * hides a higher one. Unanswered is not "no": a rule that could still turn true by an unanswered question is listed as
 * open with the questions to ask again. For every completion of the unanswered questions the level is at least `level`.
 *
 * Sets the facts triage_level and triage_blocks in `f`, so that later tables can ask for them.
 */
#ifndef TSUBO_ENGINE_TRIAGE_H
#define TSUBO_ENGINE_TRIAGE_H

#include "base/arena.h"
#include "engine/because.h"
#include "know/know.h"

struct triage_hit {
    int rule; /* index in know.triage */
    struct because because;
};

struct triage {
    enum urgency level;            /* of the sure rules; URGENCY_NONE: nothing here needs a doctor first */
    enum urgency may_level;        /* the highest that unanswered questions could bring; >= level */
    bool blocks_treatment;         /* a sure rule of doctor_first or above that does not let treatment go on */
    bool is_emergency_open;        /* an emergency rule hangs on an unanswered question: ask again, by voice */
    const struct triage_hit *hits; /* sure rules, most urgent first, then table order */
    size_t n_hits;
    const struct triage_hit *open; /* rules that may turn true; because = the unanswered questions */
    size_t n_open;
};

void triage_run(const struct know *k, struct facts *f, struct arena *a, struct triage *out);

#endif
