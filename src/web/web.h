/* web.h - what every screen shares: the frame around a page, form tokens, the draft of a self-check, sentences.
 * SPDX-License-Identifier: AGPL-3.0-or-later
 *
 * A screen is one file (src/web/SCREEN.c) with its handlers; its routes stand in routes.c. Public pages live under
 * /:lang/. Nothing a person enters in the self-check is stored on the server before they book: it travels in an
 * encrypted cookie (draft).
 */
#ifndef TSUBO_WEB_WEB_H
#define TSUBO_WEB_WEB_H

#include "domain/intake.h"
#include "html/field.h"
#include "html/html.h"
#include "http/form.h"
#include "http/http.h"
#include "svc/app.h"
#include "text/text.h"

enum perm {
    PERM_NONE, /* refused at start: a forgotten permission is no open door */
    PERM_PUBLIC,
    PERM_LINK, /* who holds the private link; the handler opens it */
};

/* What the server knows about the request beyond HTTP; r->session. */
struct web_state {
    struct form form; /* of a POST, parsed and its token checked */
    struct form query;
    struct str anon; /* random id of this browser session, in a cookie; form tokens hang on it */
    bool sets_anon;  /* the cookie is new and must be sent with the page */
};
#define web_state(r) ((struct web_state *)(r)->session)
#define web_form(r) (&web_state(r)->form)
#define web_query(r) (&web_state(r)->query)
#define web_worker(r) ((struct svc_worker *)(r)->worker)

const struct route *web_routes(size_t *n);
bool web_before(struct req *r, struct resp *out);
void web_error(struct req *r, struct resp *out, int status);
/* An error from svc as a page: status from the code, the sentence in the person's language, the detail to the log. */
void web_fail(struct req *r, struct resp *out, const struct err *e);

/* ---- frame ---- */
enum nav { NAV_NONE, NAV_HOME, NAV_CHECK, NAV_WHAT, NAV_EXPECT, NAV_EVIDENCE, NAV_POINTS };
struct page {
    struct html h; /* writes to the response's body */
    const struct clinic *clinic;
};
/* Opens the frame up to <main>. False: an error page was written instead. `title` is the page's own part. */
NODISCARD bool page_begin(struct page *p, struct req *r, struct resp *out, struct str title, enum nav nav);
void page_end(struct page *p, struct req *r);
/* As page_begin, in a narrow column, for forms and reading. */
NODISCARD bool page_begin_narrow(struct page *p, struct req *r, struct resp *out, struct str title, enum nav nav);

/* /en/check for "/check" in the request's language. */
struct str web_path(struct req *r, const char *path);
/* A sentence in the request's language. */
#define T(r, m) text_get((r)->lang, (m))
/* <form method=post action=...> with its token; form_end closes. */
void form_begin(struct html *h, struct req *r, struct str action);
void form_end(struct html *h);

/* ---- the draft of the self-check ---- */
/* What this browser has answered so far; an empty intake when there is none or it does not open any more. */
void draft_load(struct req *r, struct intake *out);
void draft_save(struct req *r, struct resp *out, const struct intake *in);
void draft_forget(struct req *r, struct resp *out);
NODISCARD bool draft_exists(struct req *r);

/* ---- assets ---- */
/* /assets/NAME?v=HASH of a file compiled in; the plain name when it is not there. */
struct str asset_path(struct req *r, const char *name);
NODISCARD bool asset_exists(const char *name);
void asset_page(struct req *r, struct resp *out);

/* ---- the clinic's own data in sentences ---- */
/* A text of the data with {emergency_number} filled in. */
struct str say(struct req *r, const struct clinic *c, struct text t);

#endif
