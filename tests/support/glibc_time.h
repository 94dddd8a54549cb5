/* glibc_time.h - the C library's own zones, as a second opinion. One zone at a time, one thread.
 * SPDX-License-Identifier: AGPL-3.0-or-later
 */
#ifndef TSUBO_TESTS_GLIBC_TIME_H
#define TSUBO_TESTS_GLIBC_TIME_H

#include <stdint.h>

void glibc_zone(const char *name);
/* The wall time at t, as seconds since 1970 on that wall. */
int64_t glibc_local_seconds(int64_t t);

#endif
