/* err.h - errors that carry a code, a sentence and a trail; and lists of problems with input.
 * SPDX-License-Identifier: AGPL-3.0-or-later
 *
 * A function that can fail in several ways returns bool and takes a last `struct err *e`; on failure its results are
 * untouched. `say` is the sentence for a person (enum msg of the catalogue, 0: the code's general one); `detail` is
 * for the log, innermost first, and holds ids only: never a name or a finding.
 *
 * Input is checked whole: every problem becomes a (path, sentence) in `struct issues`, so that a person sees all of
 * them at once.
 */
#ifndef TSUBO_BASE_ERR_H
#define TSUBO_BASE_ERR_H

#include <stdbool.h>
#include <stdint.h>

#include "base/attr.h"
#include "base/list.h"
#include "base/str.h"

enum err_code { ERR_NONE, ERR_INPUT, ERR_DENIED, ERR_NOT_FOUND, ERR_CONFLICT, ERR_BUSY, ERR_INTERNAL };

struct err {
    enum err_code code;
    int say; /* enum msg; 0: the general sentence of the code */
    char detail[240];
};

/* Both are false, so that a failure is set and returned in one line. err_note adds where we were. */
#define err_set(e, ...) (err_set_((e), __VA_ARGS__), false)
#define err_note(e, ...) (err_note_((e), __VA_ARGS__), false)
void err_set_(struct err *e, enum err_code code, int say, const char *fmt, ...) PRINTF(4, 5);
void err_note_(struct err *e, const char *fmt, ...) PRINTF(2, 3);

/* One problem with what a person or program sent. */
struct issue {
    struct str path; /* where: a form field's name or a JSON path such as $.answers.nrs_now */
    int say;         /* enum msg */
    struct str arg;  /* fills {0} of the sentence: what is allowed, or what was found */
};

struct issues {
    struct arena *a; /* paths and arguments live here */
    LIST(struct issue) list;
};

/* Adds a problem; path and arg are copied. At most 100 are kept. Returns false, for `return issue_add(...)`. */
bool issue_add(struct issues *is, struct str path, int say, struct str arg);
NODISCARD bool issues_none(const struct issues *is);
/* The first problem at `path`, or NULL. */
const struct issue *issue_at(const struct issues *is, struct str path);

#endif
