/* cm.h - cmocka with the headers it needs.
 * SPDX-License-Identifier: AGPL-3.0-or-later
 */
#ifndef TSUBO_TESTS_CM_H
#define TSUBO_TESTS_CM_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/str.h"

#define assert_str(got, want)                                                       \
    do {                                                                            \
        struct str got_ = (got);                                                    \
        struct str want_ = (want);                                                  \
        if (!str_eq(got_, want_))                                                   \
            fail_msg("got \"%.*s\", want \"%.*s\"", STR_ARG(got_), STR_ARG(want_)); \
    } while (0)

/* Within `tolerance` of each other; unequal when one is not a number. */
#define assert_near(got, want, tolerance)                                                  \
    do {                                                                                   \
        double near_got = (got), near_want = (want);                                       \
        if (!(near_got - near_want <= (tolerance) && near_want - near_got <= (tolerance))) \
            fail_msg("got %.17g, want %.17g", near_got, near_want);                        \
    } while (0)

#endif
