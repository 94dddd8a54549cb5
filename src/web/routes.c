/* routes.c - every page and action, and who may.
 * SPDX-License-Identifier: AGPL-3.0-or-later
 */
#include "web/screens.h"

static const struct route routes[] = {
    /* method, path, who may, handler, title */
    { HTTP_GET, "/", PERM_PUBLIC, page_root, 0 },
    { HTTP_GET, "/assets/:name", PERM_PUBLIC, asset_page, 0 },
    { HTTP_GET, "/:lang/", PERM_PUBLIC, page_home, MSG_HOME_TITLE },

    { HTTP_GET, "/:lang/acupuncture", PERM_PUBLIC, page_what, MSG_NAV_WHAT },
    { HTTP_GET, "/:lang/what-to-expect", PERM_PUBLIC, page_expect, MSG_NAV_EXPECT },
    { HTTP_GET, "/:lang/evidence", PERM_PUBLIC, page_evidence, MSG_NAV_EVIDENCE },
    { HTTP_GET, "/:lang/points", PERM_PUBLIC, page_points, MSG_POINTS_TITLE },
    { HTTP_GET, "/:lang/points/:code", PERM_PUBLIC, page_point, MSG_POINTS_TITLE },

    { HTTP_GET, "/:lang/check", PERM_PUBLIC, page_check, MSG_CHECK_TITLE },
    { HTTP_POST, "/:lang/check/forget", PERM_PUBLIC, action_check_forget, 0 },
    { HTTP_GET, "/:lang/check/:step", PERM_PUBLIC, page_check_step, MSG_CHECK_TITLE },
    { HTTP_POST, "/:lang/check/:step", PERM_PUBLIC, action_check_step, 0 },
    { HTTP_GET, "/:lang/check-stop", PERM_PUBLIC, page_check_stop, MSG_STOP_TITLE },
    { HTTP_GET, "/:lang/plan", PERM_PUBLIC, page_plan, MSG_PLAN_TITLE },
    { HTTP_GET, "/:lang/plan/print", PERM_PUBLIC, page_plan_print, MSG_PLAN_TITLE },

    { HTTP_GET, "/:lang/book", PERM_PUBLIC, page_book, MSG_BOOK_TITLE },
    { HTTP_GET, "/:lang/book/choose", PERM_PUBLIC, page_book_choose, MSG_OFFER_TITLE },
    { HTTP_GET, "/:lang/book/move", PERM_PUBLIC, page_book_move, MSG_MOVE_TITLE },
    { HTTP_GET, "/:lang/book/details", PERM_PUBLIC, page_book_details, MSG_DETAILS_TITLE },
    { HTTP_POST, "/:lang/book", PERM_PUBLIC, action_book, 0 },

    { HTTP_GET, "/:lang/c/:token", PERM_LINK, page_link, MSG_LINK_TITLE },
    { HTTP_GET, "/:lang/c/:token/visits.ics", PERM_LINK, page_link_ics, 0 },
    { HTTP_GET, "/:lang/c/:token/visit/:id", PERM_LINK, page_link_visit, MSG_VISIT_CHANGE },
    { HTTP_POST, "/:lang/c/:token/visit/:id/move", PERM_LINK, action_link_move, 0 },
    { HTTP_POST, "/:lang/c/:token/visit/:id/cancel", PERM_LINK, action_link_cancel, 0 },
};

const struct route *web_routes(size_t *n)
{
    *n = ARRAY_LEN(routes);
    return routes;
}
