/* clock.h - the time now.
 * SPDX-License-Identifier: AGPL-3.0-or-later
 */
#ifndef TSUBO_OS_CLOCK_H
#define TSUBO_OS_CLOCK_H

#include "base/date.h"

struct instant clock_now(void);
/* Microseconds of a clock that never jumps; for durations only. */
int64_t clock_micros(void);

#endif
