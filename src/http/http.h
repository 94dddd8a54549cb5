/* http.h - a request, a response, and the table of routes. Knows nothing of the clinic.
 * SPDX-License-Identifier: AGPL-3.0-or-later
 *
 * A handler reads the request and fills the response; everything it makes lives in the request's arena. A handler that
 * must wait (for the writer's commit) calls req_suspend and returns; whoever does the work calls req_resume from any
 * thread, and the server then calls `then` on the worker's own thread to fill the response. No handler ever blocks a
 * worker on the disk.
 */
#ifndef TSUBO_HTTP_HTTP_H
#define TSUBO_HTTP_HTTP_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/date.h"
#include "base/err.h"
#include "base/lang.h"

enum http_method { HTTP_GET, HTTP_POST, HTTP_OTHER };

struct req;
struct resp;
struct route;
typedef void (*handler_fn)(struct req *r, struct resp *out);

#define REQ_PARAMS_MAX 4
#define RESP_HEADERS_MAX 16

struct req {
    struct arena *a;
    void *app, *worker;      /* as given to http_serve; worker is this thread's own */
    enum http_method method; /* HEAD arrives as HTTP_GET; the server drops the body */
    struct str path;         /* decoded UTF-8, without the query */
    struct str query, body;  /* raw */
    struct str content_type;
    struct str params[REQ_PARAMS_MAX]; /* what :name parts of the route matched, in order */
    const struct route *route;
    struct instant now;
    enum lang lang; /* set by the `before` hook */
    void *session;  /* the hook's own, e.g. who is logged in */
    bool is_secure; /* TLS here, or said so by the trusted proxy in front */
    struct http_conn *conn;
};

struct resp {
    int status;      /* 200 at first */
    struct str type; /* Content-Type; text/html; charset=utf-8 at first */
    struct buf body;
    struct {
        struct str name, value;
    } headers[RESP_HEADERS_MAX];
    size_t n_headers;
    bool is_cacheable; /* false: Cache-Control: no-store */
};

struct route {
    enum http_method method;
    const char *path; /* "/:lang/book"; a part :name matches one part of the path, :name* (last) the rest */
    unsigned perm;    /* who may; 0 is refused at start */
    handler_fn handler;
    int title; /* enum msg of the page's title; 0 for actions */
};

/* A header (any case) or cookie, or an empty slice. Live in the request. */
struct str req_header(const struct req *r, const char *name);
struct str req_cookie(const struct req *r, struct str name);
struct str req_remote(const struct req *r); /* the peer's address */

void resp_header(struct resp *out, struct str name, struct str value);
/* 303 See Other: after a POST. `path` is one of ours. */
void resp_redirect(struct req *r, struct resp *out, struct str path);
/* A session cookie of this site: HttpOnly, SameSite=Lax, Secure and __Host- when the request came over TLS. max_age_s <
 * 0: until the browser closes; 0: removed. */
void resp_cookie(struct req *r, struct resp *out, struct str name, struct str value, int64_t max_age_s);
/* The cookie's full name for this request (with __Host- when secure). */
struct str cookie_name(const struct req *r, struct str name);

/* Waiting: see above. `then` runs once, on the worker's thread, after req_resume. */
void req_suspend(struct req *r, handler_fn then, void *state);
void *req_state(struct req *r);
void req_resume(struct req *r); /* any thread; once */

/* The route for a method and path, its params filled; NULL when there is none. *is_other_method is set when the path
 * exists with another method (405). */
const struct route *route_find(const struct route *routes, size_t n, struct req *r, bool *is_other_method);
/* Faults of a table: no permission, two equal routes, too many params. NULL when it is fine. */
const char *routes_fault(const struct route *routes, size_t n);

/* ---- server ---- */
struct http_config {
    struct str address;   /* 127.0.0.1, ::1, 0.0.0.0 ... */
    int port;             /* 0: any free one */
    int workers;          /* 1..64 */
    size_t body_max;      /* bytes; larger is 413 before it is read */
    int request_seconds;  /* a request not complete after this is dropped (10) */
    bool is_behind_proxy; /* trust X-Forwarded-Proto and -For of loopback peers */
};
struct http_app {
    void *app;
    const struct route *routes;
    size_t n_routes;
    void *(*worker_new)(void *app, struct err *e); /* NULL: failed */
    void (*worker_free)(void *worker);
    /* Before every handler: language, log-in, permission, form token. False: `out` holds the answer already. */
    bool (*before)(struct req *r, struct resp *out);
    /* Fills an error page (400, 404, 405, 413, 500 ...). */
    void (*error)(struct req *r, struct resp *out, int status);
    /* After every answer, for logs and figures; may be NULL. No names, no queries. */
    void (*after)(const struct req *r, int status, int64_t microseconds);
    struct instant (*now)(void *app);
};
struct http_server;
NODISCARD bool http_start(const struct http_config *c, const struct http_app *app, struct http_server **out,
                          struct err *e);
int http_port(const struct http_server *s);
/* Stops accepting, finishes what runs (at most 10 s), frees. */
void http_stop(struct http_server *s);

#endif
