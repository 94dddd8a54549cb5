/* plan.h - the whole answer to one intake: is it safe, what it seems to be, points, visits, precautions, everyday
 * steps. SPDX-License-Identifier: AGPL-3.0-or-later
 *
 * Runs the engines in their order on one set of facts. Pure; everything lives in the arena. The JSON form names rule
 * ids and the data version, so that a stored plan can be read and checked later without this program's memory of it.
 */
#ifndef TSUBO_ENGINE_PLAN_H
#define TSUBO_ENGINE_PLAN_H

#include "domain/intake.h"
#include "engine/classify.h"
#include "engine/derive.h"
#include "engine/dose.h"
#include "engine/lifestyle.h"
#include "engine/points.h"
#include "engine/safety.h"
#include "engine/triage.h"

struct jw;

struct plan_rules { /* the clinic's */
    struct clinic_limits limits;
    struct str severity_axis;
    int needles_max;
    struct dose_defaults dose;
};

struct plan {
    struct str data_version;
    struct facts facts;
    struct triage triage;
    struct classification classes;
    struct safety safety;
    struct points_plan points;
    struct course_shape course;
    struct lifestyle lifestyle;
    bool may_book; /* triage does not block, no precaution blocks, age within limits */
};

void plan_make(const struct know *k, const struct plan_rules *rules, const struct intake *in, struct arena *a,
               struct plan *out);
/* Ids and numbers only, no sentences. */
void plan_put_json(struct jw *w, const struct know *k, const struct plan *p);
struct str plan_to_json(const struct know *k, const struct plan *p, struct arena *a);

#endif
