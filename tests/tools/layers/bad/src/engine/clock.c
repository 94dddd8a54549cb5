/* clock.c - an engine that reads the clock
 * SPDX-License-Identifier: AGPL-3.0-or-later
 */
#include "os/clock.h"
