/* plan_parts.h - the plan of the draft, for the screens that show or book it.
 * SPDX-License-Identifier: AGPL-3.0-or-later
 */
#ifndef TSUBO_WEB_PLAN_PARTS_H
#define TSUBO_WEB_PLAN_PARTS_H

#include "engine/body.h"
#include "engine/plan.h"
#include "web/web.h"

struct plan_view {
    struct req *r;
    const struct know *k;
    const struct clinic *c;
    struct intake in;
    struct plan plan;
};

/* The draft and its plan. False: an error page was written. */
NODISCARD bool view_load(struct plan_view *v, struct req *r, struct resp *out);
/* Are the required questions answered? */
NODISCARD bool view_is_complete(struct plan_view *v);
/* The points of the plan as marks for a picture; lives in the request. */
size_t view_marks(struct plan_view *v, struct body_mark **out);
/* "3 to 7 days between visits". */
struct str course_gap_words(struct req *r, struct gap_days g);

#endif
