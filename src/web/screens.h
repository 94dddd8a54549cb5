/* screens.h - the handlers of every screen, for the table of routes.
 * SPDX-License-Identifier: AGPL-3.0-or-later
 */
#ifndef TSUBO_WEB_SCREENS_H
#define TSUBO_WEB_SCREENS_H

#include "web/web.h"

/* home.c */
void page_root(struct req *r, struct resp *out);
void page_home(struct req *r, struct resp *out);

/* reading.c */
void page_what(struct req *r, struct resp *out);
void page_expect(struct req *r, struct resp *out);
void page_evidence(struct req *r, struct resp *out);

/* points.c */
void page_points(struct req *r, struct resp *out);
void page_point(struct req *r, struct resp *out);

/* check.c */
void page_check(struct req *r, struct resp *out);
void page_check_step(struct req *r, struct resp *out);
void action_check_step(struct req *r, struct resp *out);
void action_check_forget(struct req *r, struct resp *out);
void page_check_stop(struct req *r, struct resp *out);

/* plan.c */
void page_plan(struct req *r, struct resp *out);
void page_plan_print(struct req *r, struct resp *out);

/* book.c */
void page_book(struct req *r, struct resp *out);
void page_book_choose(struct req *r, struct resp *out);
void page_book_move(struct req *r, struct resp *out);
void page_book_details(struct req *r, struct resp *out);
void action_book(struct req *r, struct resp *out);

/* link.c */
void page_link(struct req *r, struct resp *out);
void page_link_ics(struct req *r, struct resp *out);
void page_link_visit(struct req *r, struct resp *out);
void action_link_move(struct req *r, struct resp *out);
void action_link_cancel(struct req *r, struct resp *out);

#endif
