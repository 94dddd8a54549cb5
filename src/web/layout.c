/* layout.c - the frame around every public page, and the pages for what went wrong.
 * SPDX-License-Identifier: AGPL-3.0-or-later
 */
#include "web/web.h"

static const struct {
    enum nav nav;
    const char *path;
    enum msg label;
} nav_items[] = {
    { NAV_CHECK, "/check", MSG_NAV_CHECK },
    { NAV_WHAT, "/acupuncture", MSG_NAV_WHAT },
    { NAV_EXPECT, "/what-to-expect", MSG_NAV_EXPECT },
    { NAV_EVIDENCE, "/evidence", MSG_NAV_EVIDENCE },
    { NAV_POINTS, "/points", MSG_NAV_POINTS },
};

struct str web_path(struct req *r, const char *path)
{
    return str_fmt(r->a, "/%.*s%s", STR_ARG(lang_code(r->lang)), path);
}

struct str say(struct req *r, const struct clinic *c, struct text t)
{
    return text_name(text_in(t, r->lang), STR("{emergency_number}"), c->emergency_number, r->a);
}

static void head(struct html *h, struct req *r, struct str title, struct str clinic)
{
    html_lit(h, "<!doctype html>\n<html");
    html_attr(h, "lang", lang_code(h->lang));
    html_lit(h, ">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, "
                "initial-scale=1\">\n<meta name=\"color-scheme\" content=\"light dark\">\n<title>");
    html_text(h, title);
    if (clinic.n) {
        html_lit(h, " · ");
        html_text(h, clinic);
    }
    html_lit(h, "</title>\n<link rel=\"stylesheet\"");
    html_href(h, asset_path(r, "app.css"));
    html_lit(h, ">\n<link rel=\"stylesheet\"");
    html_href(h, asset_path(r, "body.css"));
    html_lit(h, ">\n<link rel=\"stylesheet\"");
    html_href(h, asset_path(r, "body.css"));
    html_lit(h, ">\n<link rel=\"icon\" type=\"image/svg+xml\"");
    html_href(h, asset_path(r, "icon.svg"));
    html_lit(h, ">\n");
    if (asset_exists("app.js")) {
        html_lit(h, "<script type=\"module\"");
        html_attr(h, "src", asset_path(r, "app.js"));
        html_lit(h, "></script>\n");
    }
    html_lit(h, "</head>\n");
}

/* The same page in another language: the path after its first part, and the query. */
static struct str path_in(struct req *r, enum lang l)
{
    struct str rest = str_sub(r->path, 1, r->path.n);
    (void)str_cut(&rest, '/');
    bool is_page = r->route && r->method == HTTP_GET && str_starts(str_from(r->route->path), STR("/:lang"));
    if (!is_page)
        return str_fmt(r->a, "/%.*s/", STR_ARG(lang_code(l)));
    return str_fmt(r->a, "/%.*s/%.*s%s%.*s", STR_ARG(lang_code(l)), STR_ARG(rest), r->query.n ? "?" : "",
                   STR_ARG(r->query));
}

static void langs(struct html *h, struct req *r)
{
    static const enum msg names[LANG__COUNT] = { MSG_LANG_EN, MSG_LANG_JA, MSG_LANG_VI };
    html_lit(h, "<nav class=\"langs\"");
    html_attr(h, "aria-label", T(r, MSG_NAV_LANGUAGES));
    html_lit(h, ">");
    for (int l = 0; l < LANG__COUNT; l++) {
        html_lit(h, "<a");
        html_href(h, path_in(r, (enum lang)l));
        html_attr(h, "lang", lang_code((enum lang)l));
        html_attr(h, "hreflang", lang_code((enum lang)l));
        if ((enum lang)l == r->lang)
            html_attr(h, "aria-current", STR("true"));
        html_lit(h, ">");
        html_text(h, text_get((enum lang)l, names[l]));
        html_lit(h, "</a>");
    }
    html_lit(h, "</nav>\n");
}

static void header(struct page *p, struct req *r, enum nav nav)
{
    struct html *h = &p->h;
    html_lit(h, "<a class=\"skip\" href=\"#main\">");
    html_text(h, T(r, MSG_NAV_SKIP));
    html_lit(h, "</a>\n");
    html_lit(h, "<header class=\"site-head\">\n");
    if (p->clinic->is_demo) {
        html_lit(h, "<div class=\"demo-bar\">");
        html_text(h, T(r, MSG_DEMO_BAR));
        html_lit(h, "</div>\n");
    }
    html_lit(h, "<div class=\"page\">\n<a class=\"site-name\"");
    html_href(h, web_path(r, "/"));
    html_lit(h, ">");
    html_text(h, text_in(p->clinic->name, r->lang));
    html_lit(h, "</a>\n<nav class=\"site-nav\"");
    html_attr(h, "aria-label", T(r, MSG_NAV_MAIN));
    html_lit(h, ">");
    for (size_t i = 0; i < ARRAY_LEN(nav_items); i++) {
        html_lit(h, "<a");
        html_href(h, web_path(r, nav_items[i].path));
        if (nav_items[i].nav == nav)
            html_attr(h, "aria-current", STR("page"));
        html_lit(h, ">");
        html_text(h, T(r, nav_items[i].label));
        html_lit(h, "</a>");
    }
    html_lit(h, "</nav>\n");
    langs(h, r);
    html_lit(h, "</div></header>\n");
}

static bool begin(struct page *p, struct req *r, struct resp *out, struct str title, enum nav nav)
{
    struct err e = { 0 };
    if (!svc_clinic(web_worker(r), &p->clinic, &e)) {
        web_fail(r, out, &e);
        return false;
    }
    p->h = (struct html){ &out->body, r->a, r->lang };
    if (web_state(r)->sets_anon)
        resp_cookie(r, out, STR("anon"), web_state(r)->anon, -1);
    head(&p->h, r, title, text_in(p->clinic->name, r->lang));
    html_lit(&p->h, "<body>\n");
    header(p, r, nav);
    return true;
}

bool page_begin(struct page *p, struct req *r, struct resp *out, struct str title, enum nav nav)
{
    if (!begin(p, r, out, title, nav))
        return false;
    html_lit(&p->h, "<main id=\"main\" class=\"page\" tabindex=\"-1\">\n");
    return true;
}

bool page_begin_narrow(struct page *p, struct req *r, struct resp *out, struct str title, enum nav nav)
{
    if (!begin(p, r, out, title, nav))
        return false;
    html_lit(&p->h, "<main id=\"main\" class=\"narrow\" tabindex=\"-1\">\n");
    return true;
}

void page_end(struct page *p, struct req *r)
{
    struct html *h = &p->h;
    html_lit(h, "</main>\n<footer class=\"site-foot\"><div class=\"page\">\n");
    html_el(h, "p", NULL, text_in(p->clinic->address, r->lang));
    if (p->clinic->phone.n) {
        html_lit(h, "<p>");
        html_text(h, T(r, MSG_FOOT_PHONE));
        html_lit(h, " <a");
        html_href(h, str_fmt(r->a, "tel:%.*s", STR_ARG(p->clinic->phone)));
        html_lit(h, ">");
        html_text(h, p->clinic->phone);
        html_lit(h, "</a></p>\n");
    }
    html_el(h, "p", NULL, text_say(r->a, r->lang, MSG_FOOT_EMERGENCY, p->clinic->emergency_number));
    html_lit(h, "</div></footer>\n</body>\n</html>\n");
}

static enum msg error_title(int status)
{
    switch (status) {
    case 403:
        return MSG_ERROR_FORM_OLD;
    case 404:
    case 405:
        return MSG_ERR_NOT_FOUND;
    case 409:
        return MSG_ERR_CONFLICT;
    case 413:
        return MSG_ERROR_TOO_LARGE;
    case 503:
        return MSG_ERR_BUSY;
    default:
        return status < 500 ? MSG_ERR_INPUT : MSG_ERR_INTERNAL;
    }
}

/* Stands alone: it must work when the clinic cannot even be loaded. */
static void error_page(struct req *r, struct resp *out, int status, struct str say_it)
{
    struct html h = { &out->body, r->a, r->lang };
    out->status = status;
    head(&h, r, say_it, STR(""));
    html_lit(&h, "<body>\n<main id=\"main\" class=\"narrow\">\n");
    html_el(&h, "h1", NULL, say_it);
    html_lit(&h, "<p class=\"actions\"><a class=\"btn\"");
    html_href(&h, web_path(r, "/"));
    html_lit(&h, ">");
    html_text(&h, T(r, MSG_ERROR_HOME));
    html_lit(&h, "</a></p>\n</main>\n</body>\n</html>\n");
}

void web_error(struct req *r, struct resp *out, int status)
{
    error_page(r, out, status, T(r, error_title(status)));
}

void web_fail(struct req *r, struct resp *out, const struct err *e)
{
    static const int status[] = { [ERR_NONE] = 500,     [ERR_INPUT] = 400, [ERR_DENIED] = 403,  [ERR_NOT_FOUND] = 404,
                                  [ERR_CONFLICT] = 409, [ERR_BUSY] = 503,  [ERR_INTERNAL] = 500 };
    if (e->code == ERR_INTERNAL || e->code == ERR_BUSY)
        fprintf(stderr, "level=error route=\"%s\" what=\"%s\"\n", r->route ? r->route->path : "-", e->detail);
    error_page(r, out, status[e->code], text_err(r->lang, e));
}
