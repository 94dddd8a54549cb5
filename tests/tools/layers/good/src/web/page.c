/* page.c - a page
 * SPDX-License-Identifier: AGPL-3.0-or-later
 */
#include "web/web.h"

#include "asset_files.h"
#include "engine/plan.h"
#include "svc/app.h"
/* #include "store/course.h" would be wrong here */
