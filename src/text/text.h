/* text.h - the sentences people read, in their language.
 * SPDX-License-Identifier: AGPL-3.0-or-later
 *
 * Sentences stand in po/LANG/AREA.po under an id; the build turns the id plan.title into MSG_PLAN_TITLE and fails when
 * a language lacks it. Clinical sentences stand in data/ with their sources instead.
 */
#ifndef TSUBO_TEXT_TEXT_H
#define TSUBO_TEXT_TEXT_H

#include "base/buf.h"
#include "base/date.h"
#include "base/err.h"
#include "base/lang.h"
#include "base/money.h"
#include "msg.h"

struct text_entry {
    struct str id;
    struct text text;
};

/* The sentence; m in 1 .. MSG__COUNT - 1. */
struct str text_get(enum lang l, enum msg m);
/* Its id, for logs and tests. */
struct str text_id(enum msg m);

/* `pattern` with {0}, {1} ... replaced by args; a placeholder without an argument becomes empty. Lives in `a`. */
struct str text_fill(struct str pattern, const struct str *args, size_t n, struct arena *a);
/* text_fill of a sentence: text_say(a, l, MSG_X, STR("a"), b) */
#define text_say(a, l, m, ...)                                         \
    text_fill(text_get((l), (m)), (const struct str[]){ __VA_ARGS__ }, \
              sizeof((const struct str[]){ __VA_ARGS__ }) / sizeof(struct str), (a))
/* "{0} to {1} ..., {2}" of `range`, or "{0} ..., {1}" of `one` when both counts are the same. */
struct str text_count(struct arena *a, enum lang l, enum msg range, enum msg one, int low, int high, struct str more);
/* The named placeholder of data texts: {emergency_number} and kin. */
struct str text_name(struct str pattern, struct str name, struct str value, struct arena *a);

/* The sentence for an error: its own, else the general one of its code. */
struct str text_err(enum lang l, const struct err *e);
/* One issue as a sentence. */
struct str text_issue(enum lang l, const struct issue *i, struct arena *a);

/* Dates and numbers as the language writes them. */
enum date_style { DATE_SHORT, DATE_LONG, DATE_WEEKDAY /* long, with the day of the week */ };
struct str text_date(enum lang l, struct civil_date d, enum date_style style, struct arena *a);
/* minute of the day as 09:05 (24 hours in all three languages). */
struct str text_clock(int minute_of_day, struct arena *a);
struct str text_weekday(enum lang l, int weekday, bool is_short);    /* 0 Monday */
struct str text_money(enum lang l, struct money m, struct arena *a); /* ¥5,500 / 5,500円 / 5.500 ¥ */
/* A number without needless zeros, with the language's decimal sign. */
struct str text_number(enum lang l, double v, int decimals, struct arena *a);

#endif
