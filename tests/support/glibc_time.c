/* glibc_time.c - the C library's own zones. Compiled without banned.h: localtime_r is what is compared with.
 * SPDX-License-Identifier: AGPL-3.0-or-later
 */
#include "support/glibc_time.h"

#include <stdlib.h>
#include <time.h>

void glibc_zone(const char *name)
{
    setenv("TZ", name, 1);
    tzset();
}

int64_t glibc_local_seconds(int64_t t)
{
    time_t at = (time_t)t;
    struct tm tm;
    localtime_r(&at, &tm);
    return t + tm.tm_gmtoff;
}
