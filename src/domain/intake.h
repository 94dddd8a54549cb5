/* intake.h - what one person tells at the start: who, where and since when it hurts, and their answers.
 * SPDX-License-Identifier: AGPL-3.0-or-later
 *
 * The document (docs/intake.md) is read here from JSON; the web form builds the same struct. Ids of questions and
 * regions are those of the data files.
 *
 * Ownership: everything lives in the arena given to the reader or borrows from the knowledge.
 */
#ifndef TSUBO_DOMAIN_INTAKE_H
#define TSUBO_DOMAIN_INTAKE_H

#include "base/arena.h"
#include "base/date.h"
#include "base/err.h"
#include "base/lang.h"
#include "know/know.h"

#define REGION_MAX 128

struct region_set {
    uint64_t bits[REGION_MAX / 64]; /* by region index */
};

static inline bool region_set_has(const struct region_set *s, int region)
{
    return s->bits[region / 64] >> (region % 64) & 1;
}

static inline void region_set_add(struct region_set *s, int region)
{
    s->bits[region / 64] |= UINT64_C(1) << (region % 64);
}

struct intake {
    enum lang lang;
    struct civil_date date;      /* the day it was answered, in the clinic's zone */
    struct region_set pain;      /* where it hurts */
    struct region_set avoid;     /* skin problems: keep clear */
    struct facts answers;        /* only asked facts; birth_date, onset_date and sex among them */
    bool asks_to_skip[FACT_MAX]; /* "I would rather not say": unanswered, but not to be asked again */
};

/* Reads an intake document. Every problem found is listed with its JSON path and what is allowed; false when there is
 * one. `today` bounds dates and is the default of `date`. Unknown members are problems, not ignored. */
NODISCARD bool intake_read_json(const struct know *k, struct str json, struct civil_date today, struct arena *a,
                                struct intake *out, struct issues *problems);

/* One answer as text, from a form or JSON string: "yes", "no", "skip", a number, an option code, a date. Adds a problem
 * at `path` when it does not fit the question. An empty text leaves it unanswered. */
bool intake_answer(struct intake *in, const struct know *k, int question, struct str value, struct str path,
                   struct issues *problems);

/* What fields say together: onset after birth, not in the future, due date within 300 days, worst >= average, required
 * answers there (when `is_complete` is asked for). Adds problems with the paths $.answers.ID. */
void intake_check(const struct intake *in, const struct know *k, struct civil_date today, bool is_complete,
                  struct issues *problems);

/* The document again, for keeping and for resuming; reading it back gives the same struct. */
struct str intake_to_json(const struct intake *in, const struct know *k, struct arena *a);

#endif
