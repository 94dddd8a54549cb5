/* course.c - a store
 * SPDX-License-Identifier: AGPL-3.0-or-later
 */
#include "db/db.h"
#include "queries.h"
