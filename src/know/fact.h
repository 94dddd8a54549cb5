/* fact.h - what is known about one person, by fact name.
 * SPDX-License-Identifier: AGPL-3.0-or-later
 *
 * Everything a rule can ask for has a name: an answer (ids of red_flags.tsv and questions.tsv), or something derived
 * (facts.tsv): age, zones of the body that were marked, patterns, the triage level. Each name has a dense index, given
 * when the knowledge is loaded, so that facts are a plain array.
 *
 * An unanswered question is FACT_UNKNOWN, which is never "no" and never 0.
 */
#ifndef TSUBO_KNOW_FACT_H
#define TSUBO_KNOW_FACT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/str.h"

#define FACT_MAX 512

enum fact_state { FACT_UNKNOWN, FACT_KNOWN };
enum fact_kind { FACT_YES_NO, FACT_NUMBER, FACT_CHOICE, FACT_DATE };

struct fact {
    enum fact_state state;
    double number;   /* yes_no: 0 or 1; number, scale; date: days since 1970-01-01 */
    struct str code; /* choice: one of the question's options; borrows from the knowledge */
};

/* Indexed by know_fact(). */
struct facts {
    struct fact v[FACT_MAX];
};

static inline void fact_set_yes_no(struct facts *f, int index, bool yes)
{
    f->v[index] = (struct fact){ FACT_KNOWN, yes ? 1 : 0, { 0, 0 } };
}

static inline void fact_set_number(struct facts *f, int index, double number)
{
    f->v[index] = (struct fact){ FACT_KNOWN, number, { 0, 0 } };
}

static inline void fact_set_code(struct facts *f, int index, struct str code)
{
    f->v[index] = (struct fact){ FACT_KNOWN, 0, code };
}

#endif
