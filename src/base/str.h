/* str.h - borrowed slices of text.
 * SPDX-License-Identifier: AGPL-3.0-or-later
 *
 * A slice is a pointer and a length: UTF-8 (checked once, at the door), not NUL-terminated, owned by somebody else.
 * Text that must outlive its source is copied into an arena with str_dup (base/arena.h).
 *
 * Errors: none; conversions return false and leave *out alone.
 */
#ifndef TSUBO_BASE_STR_H
#define TSUBO_BASE_STR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/attr.h"

struct str {
    const char *p;
    size_t n;
};

/* clang-format off */
#define STR(lit) ((struct str){ "" lit, sizeof(lit) - 1 }) /* a literal only */
#define STR_INIT(lit) { "" lit, sizeof(lit) - 1 }          /* the same, for static tables */
#define STR_ARG(s) (int)(s).n, (s).p                       /* for printf's %.*s */
/* clang-format on */

/* The slice over a NUL-terminated string; empty for NULL. */
struct str str_from(const char *nul_terminated);

NODISCARD bool str_eq(struct str a, struct str b);
NODISCARD bool str_eq_nocase(struct str a, struct str b); /* ASCII letters only */
NODISCARD int str_cmp(struct str a, struct str b);        /* bytes, like memcmp, shorter first */
NODISCARD bool str_starts(struct str s, struct str prefix);
NODISCARD bool str_ends(struct str s, struct str suffix);
/* Index of the first `needle` in `s`, or -1. An empty needle is at 0. */
NODISCARD ptrdiff_t str_find(struct str s, struct str needle);
NODISCARD bool str_has(struct str s, struct str needle);

/* Without ASCII blanks at both ends. */
struct str str_trim(struct str s);
/* s[from, to), both clamped to the slice. */
struct str str_sub(struct str s, size_t from, size_t to);
/* What stands before the first `sep`; *rest moves past it. All of *rest when there is none. */
struct str str_cut(struct str *rest, char sep);
/* Like str_cut over a list; false when the list is used up. Items are trimmed, empty ones skipped. */
NODISCARD bool str_next(struct str *rest, char sep, struct str *item);

/* Decimal integer, optional minus, nothing else around it, within [min, max]. */
NODISCARD bool str_to_i64(struct str s, int64_t min, int64_t max, int64_t *out);
/* Plain decimal number with optional minus and fraction (no exponent, no nan), |x| < 1e15. */
NODISCARD bool str_to_double(struct str s, double *out);

/* True when the bytes are well-formed UTF-8 (no overlong form, no surrogate, nothing above U+10FFFF). */
NODISCARD bool str_is_utf8(struct str s);
/* Number of code points; s is valid UTF-8. */
NODISCARD size_t str_chars(struct str s);
/* FNV-1a, for tables in memory only. */
NODISCARD uint64_t str_hash(struct str s);

#endif
