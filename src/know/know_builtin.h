/* know_builtin.h - what gen/embed.c writes: the files of data/ as they were when the program was built.
 * SPDX-License-Identifier: AGPL-3.0-or-later
 */
#ifndef TSUBO_KNOW_KNOW_BUILTIN_H
#define TSUBO_KNOW_KNOW_BUILTIN_H

#include "know/know.h"

extern const struct know_file know_builtin[];
extern const size_t know_builtin_n;

#endif
