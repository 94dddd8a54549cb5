/* plan.c - an engine
 * SPDX-License-Identifier: AGPL-3.0-or-later
 */
#include "engine/plan.h"

#include <stdio.h>

#include "base/str.h"
#include "domain/intake.h"
#include "know/know.h"
#include "msg.h"
