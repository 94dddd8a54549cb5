/* page.c - a page that asks the store
 * SPDX-License-Identifier: AGPL-3.0-or-later
 */
#include "store/course.h"
#include "queries.h"
