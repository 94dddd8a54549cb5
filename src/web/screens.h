/* screens.h - the handlers of every screen, for the table of routes.
 * SPDX-License-Identifier: AGPL-3.0-or-later
 */
#ifndef TSUBO_WEB_SCREENS_H
#define TSUBO_WEB_SCREENS_H

#include "web/web.h"

/* home.c */
void page_root(struct req *r, struct resp *out);
void page_home(struct req *r, struct resp *out);

#endif
