/* main.c - the program: the commands, and the pages that its server shows.
 * SPDX-License-Identifier: AGPL-3.0-or-later
 */
#include "cli/cli.h"
#include "http/http.h"
#include "web/web.h"

int main(int argc, char **argv)
{
    struct http_app pages = { .before = web_before, .error = web_error };
    pages.routes = web_routes(&pages.n_routes);
    return cli_main(argc, argv, &pages);
}
