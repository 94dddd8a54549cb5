/* form.h - what a form or a query sent, name by name.
 * SPDX-License-Identifier: AGPL-3.0-or-later
 *
 * application/x-www-form-urlencoded only. Values are UTF-8 with NUL refused; a name may stand several times.
 */
#ifndef TSUBO_HTTP_FORM_H
#define TSUBO_HTTP_FORM_H

#include "base/arena.h"
#include "base/str.h"

#define FORM_FIELDS_MAX 1000

struct form_field {
    struct str name, value;
};
struct form {
    struct form_field *v;
    size_t n;
};

/* False when it is malformed: bad percent code, invalid UTF-8, NUL, too many fields. Lives in `a`. */
NODISCARD bool form_parse(struct str encoded, struct arena *a, struct form *out);
/* The first value, trimmed of blanks at both ends; empty when there is none. */
struct str form_get(const struct form *f, struct str name);
NODISCARD bool form_has(const struct form *f, struct str name);
/* Next value of `name` at or after *at; false at the end. */
NODISCARD bool form_next(const struct form *f, struct str name, size_t *at, struct str *value);
/* Percent-encodes for a query or path part. */
struct str url_encode(struct str s, struct arena *a);
NODISCARD bool url_decode(struct str s, bool plus_is_blank, struct arena *a, struct str *out);

#endif
