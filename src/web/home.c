/* home.c - the clinic's first page.
 * SPDX-License-Identifier: AGPL-3.0-or-later
 */
#include "web/screens.h"

void page_root(struct req *r, struct resp *out)
{
    resp_redirect(r, out, web_path(r, "/"));
}

void page_home(struct req *r, struct resp *out)
{
    struct page p;
    if (!page_begin(&p, r, out, T(r, MSG_HOME_TITLE), NAV_HOME))
        return;
    struct html *h = &p.h;
    html_lit(h, "<section class=\"hero\">\n");
    html_el(h, "h1", NULL, text_in(p.clinic->name, r->lang));
    html_el(h, "p", "lead", text_in(p.clinic->about, r->lang));
    html_lit(h, "<p class=\"actions\"><a class=\"btn\"");
    html_href(h, web_path(r, "/check"));
    html_lit(h, ">");
    html_text(h, T(r, MSG_NAV_CHECK));
    html_lit(h, "</a></p>\n</section>\n");
    page_end(&p, r);
}
