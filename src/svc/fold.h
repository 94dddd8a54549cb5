/* fold.h - one spelling for searching and comparing names.
 * SPDX-License-Identifier: AGPL-3.0-or-later
 *
 * NFKC, case folded, katakana as hiragana, diacritics off (and Vietnamese đ as d), blanks and hyphens out; full-width
 * digits become plain ones. utf8proc does the Unicode part.
 */
#ifndef TSUBO_SVC_FOLD_H
#define TSUBO_SVC_FOLD_H

#include "base/arena.h"

struct str fold(struct str s, struct arena *a);
/* Each folded, joined by one blank. */
struct str fold_all(const struct str *s, size_t n, struct arena *a);
/* NFC with runs of blanks (also the wide one) as one: how names are kept. */
struct str tidy(struct str s, struct arena *a);
/* NFKC without blanks: full-width digits and letters become plain; for phone numbers and addresses of mail. */
struct str narrow(struct str s, struct arena *a);

#endif
