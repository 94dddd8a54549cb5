/* must.h - checks for our own mistakes.
 * SPDX-License-Identifier: AGPL-3.0-or-later
 *
 * must(x) stays on in every build. Input from outside can never reach it: what a person or another program can get
 * wrong is an error value (err.h), not a must.
 */
#ifndef TSUBO_BASE_MUST_H
#define TSUBO_BASE_MUST_H

#include "base/attr.h"

NORETURN void must_failed(const char *what, const char *file, int line);

#define must(x) ((x) ? (void)0 : must_failed(#x, __FILE__, __LINE__))

#endif
