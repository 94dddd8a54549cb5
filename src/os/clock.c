/* clock.c - the time now.
 * SPDX-License-Identifier: AGPL-3.0-or-later
 */
#include "os/clock.h"

#include <time.h>

struct instant clock_now(void)
{
    return (struct instant){ (int64_t)time(NULL) };
}

int64_t clock_micros(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}
