/* field.h - form fields with their label, hint and problem, right once for every page.
 * SPDX-License-Identifier: AGPL-3.0-or-later
 *
 * Each field names its problem through aria-describedby and marks itself aria-invalid; field_summary lists all problems
 * at the top with links to the fields. Labels are native, targets at least 44 px high (app.css).
 */
#ifndef TSUBO_HTML_FIELD_H
#define TSUBO_HTML_FIELD_H

#include "base/err.h"
#include "html/html.h"

struct field {
    struct str name;          /* also its id */
    struct str label, hint;   /* hint may be empty */
    struct str value;         /* what was typed */
    const char *autocomplete; /* token or NULL */
    const char *inputmode;    /* numeric, tel, email ... or NULL */
    bool is_required;
    struct str problem; /* sentence; empty: none */
};

struct choice {
    struct str value, label, hint;
};

void field_text(struct html *h, const char *type, const struct field *f); /* type: text, email, tel, date */
void field_number(struct html *h, const struct field *f, double min, double max, struct str unit);
void field_check(struct html *h, const struct field *f, bool is_on); /* one tick box */
/* Radio buttons in a fieldset; `value` is the chosen one. cls: extra class of the fieldset or NULL. */
void field_radios(struct html *h, const char *cls, const struct field *f, const struct choice *c, size_t n);
void field_select(struct html *h, const struct field *f, const struct choice *c, size_t n);
/* 0..10 as eleven radio buttons with words at both ends. */
void field_scale(struct html *h, const struct field *f, int min, int max, struct str low, struct str high);
void field_hidden(struct html *h, struct str name, struct str value);
/* The list of problems for the top of a form; nothing when there is none. `heading` e.g. "Please look at these:" */
struct problem {
    struct str name, label, say; /* label: of the field; may be empty */
};
void field_summary(struct html *h, struct str heading, const struct problem *p, size_t n);

/* A box with a word of its kind: note, good, warn, danger. */
void notice(struct html *h, const char *kind, struct str title, struct str text);

#endif
