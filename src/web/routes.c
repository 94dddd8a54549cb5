/* routes.c - every page and action, and who may.
 * SPDX-License-Identifier: AGPL-3.0-or-later
 */
#include "web/screens.h"

static const struct route routes[] = {
    /* method, path, who may, handler, title */
    { HTTP_GET, "/", PERM_PUBLIC, page_root, 0 },
    { HTTP_GET, "/assets/:name", PERM_PUBLIC, asset_page, 0 },
    { HTTP_GET, "/:lang/", PERM_PUBLIC, page_home, MSG_HOME_TITLE },
};

const struct route *web_routes(size_t *n)
{
    *n = ARRAY_LEN(routes);
    return routes;
}
