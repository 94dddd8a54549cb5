/* lang.h - the languages that every sentence exists in.
 * SPDX-License-Identifier: AGPL-3.0-or-later
 */
#ifndef TSUBO_BASE_LANG_H
#define TSUBO_BASE_LANG_H

#include <stdbool.h>

#include "base/attr.h"
#include "base/str.h"

enum lang { LANG_EN, LANG_JA, LANG_VI, LANG__COUNT };

/* One text in each language, as in the _en, _ja, _vi columns of the data. */
struct text {
    struct str in[LANG__COUNT];
};

static inline struct str text_in(struct text t, enum lang l)
{
    return t.in[l];
}

/* "en", "ja", "vi". */
static inline struct str lang_code(enum lang l)
{
    static const struct str codes[LANG__COUNT] = { STR_INIT("en"), STR_INIT("ja"), STR_INIT("vi") };
    return codes[l];
}

NODISCARD static inline bool lang_parse(struct str code, enum lang *out)
{
    for (int i = 0; i < LANG__COUNT; i++)
        if (str_eq(lang_code((enum lang)i), code)) {
            *out = (enum lang)i;
            return true;
        }
    return false;
}

#endif
