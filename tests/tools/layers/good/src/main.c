/* main.c - everything meets in main
 * SPDX-License-Identifier: AGPL-3.0-or-later
 */
#include "store/course.h"
#include "web/web.h"
