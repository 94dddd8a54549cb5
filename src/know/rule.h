/* rule.h - the rule language of the clinical tables: parsed once, evaluated for one person.
 * SPDX-License-Identifier: AGPL-3.0-or-later
 *
 *     expr := and ("OR" and)*        and := not ("AND" not)*        not := "NOT" not | atom
 *     atom := "(" expr ")" | "ANY(" expr,... ")" | "COUNT(" expr,... ")" cmp number | name cmp value | name | "TRUE"
 *     cmp  := = != < <= > >=         value := number | name of a number fact | option code
 *
 * A bare name means "yes". The id of a triage rule may be used as a name. A verdict has two halves because answers can
 * be missing: `sure` is true with what is known, `may` could become true by what is not answered. An unanswered name is
 * { false, true }. NOT of an unanswered name is { true, true }: a negation suppresses only on a known yes, so that
 * ignorance never hides a warning. sure implies may.
 */
#ifndef TSUBO_KNOW_RULE_H
#define TSUBO_KNOW_RULE_H

#include "base/arena.h"
#include "base/err.h"
#include "know/fact.h"

struct know;
struct rule; /* a parsed expression; lives in the arena of its knowledge */

struct verdict {
    bool sure, may;
};

/* Where and why an expression does not parse. `column` counts bytes from 1 within the cell. */
struct rule_error {
    size_t column;
    const char *what; /* English, for the developer or clinician who edits the table */
    struct str token;
};

/* Parses `source`. Names must be facts or triage rules of `k` (declared before: rule bodies may come later).
 * NULL with *err filled on failure. */
const struct rule *rule_parse(const struct know *k, struct str source, struct arena *a, struct rule_error *err);

/* Pure. `k` gives the bodies of rules used as names; a cycle was refused when the knowledge was loaded. */
struct verdict rule_eval(const struct know *k, const struct rule *r, const struct facts *f);

/* Fact indexes that hold the rule up: for a sure rule those that are known and make it so; for one that only may be
 * true, those unanswered that could turn it. Writes at most `cap`, returns how many there are. */
size_t rule_because(const struct know *k, const struct rule *r, const struct facts *f, int *out, size_t cap);

/* Every fact index the rule mentions, through named rules too, each once. */
size_t rule_mentions(const struct know *k, const struct rule *r, int *out, size_t cap);

/* Indexes of the triage rules that the rule itself names, repeats included: for finding a cycle. As rule_mentions. */
size_t rule_names(const struct rule *r, int *out, size_t cap);

#endif
