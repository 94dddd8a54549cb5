/* router.c - finds the route of a path, and the small parts of requests and responses.
 * SPDX-License-Identifier: AGPL-3.0-or-later
 */
#include "http/http.h"

#include <string.h>

#include "base/must.h"

/* Matches one path against one pattern; params filled as far as it got. */
static bool path_matches(struct str pattern, struct str path, struct str *params)
{
    size_t n = 0;
    for (;;) {
        struct str want = str_cut(&pattern, '/');
        if (want.n > 1 && want.p[0] == ':' && want.p[want.n - 1] == '*') {
            params[n] = path;
            return path.n > 0;
        }
        struct str have = str_cut(&path, '/');
        if (want.n > 1 && want.p[0] == ':') {
            if (have.n == 0)
                return false;
            params[n++] = have;
        } else if (!str_eq(want, have)) {
            return false;
        }
        if (pattern.n == 0 || path.n == 0)
            return pattern.n == 0 && path.n == 0;
    }
}

const struct route *route_find(const struct route *routes, size_t n, struct req *r, bool *is_other_method)
{
    *is_other_method = false;
    for (size_t i = 0; i < n; i++) {
        struct str params[REQ_PARAMS_MAX] = { { 0 } };
        /* a closing slash is a part of its own: "/en/" is not "/en" */
        if (str_ends(r->path, STR("/")) != str_ends(str_from(routes[i].path), STR("/")))
            continue;
        if (!path_matches(str_from(routes[i].path), r->path, params))
            continue;
        if (routes[i].method != r->method) {
            *is_other_method = true;
            continue;
        }
        memcpy(r->params, params, sizeof params);
        return &routes[i];
    }
    return NULL;
}

static size_t count_params(const char *path)
{
    size_t n = 0;
    for (; *path; path++)
        n += *path == ':';
    return n;
}

const char *routes_fault(const struct route *routes, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (routes[i].perm == 0)
            return "a route has no permission";
        if (count_params(routes[i].path) > REQ_PARAMS_MAX)
            return "a route has too many parameters";
        for (size_t j = 0; j < i; j++)
            if (routes[i].method == routes[j].method && strcmp(routes[i].path, routes[j].path) == 0)
                return "a route stands twice";
    }
    return NULL;
}

void resp_header(struct resp *out, struct str name, struct str value)
{
    must(out->n_headers < RESP_HEADERS_MAX);
    out->headers[out->n_headers].name = name;
    out->headers[out->n_headers++].value = value;
}

void resp_redirect(struct req *r, struct resp *out, struct str path)
{
    out->status = 303;
    resp_header(out, STR("Location"), str_dup(r->a, path));
}

struct str cookie_name(const struct req *r, struct str name)
{
    return r->is_secure ? str_fmt(r->a, "__Host-%.*s", STR_ARG(name)) : name;
}

void resp_cookie(struct req *r, struct resp *out, struct str name, struct str value, int64_t max_age_s)
{
    struct str age = max_age_s < 0 ? STR("") : str_fmt(r->a, "; Max-Age=%lld", (long long)max_age_s);
    resp_header(out, STR("Set-Cookie"),
                str_fmt(r->a, "%.*s=%.*s; Path=/; HttpOnly; SameSite=Lax%s%.*s", STR_ARG(cookie_name(r, name)),
                        STR_ARG(value), r->is_secure ? "; Secure" : "", STR_ARG(age)));
}

struct str req_cookie(const struct req *r, struct str name)
{
    struct str rest = req_header(r, "Cookie"), want = cookie_name(r, name);
    while (rest.n) {
        struct str value = str_trim(str_cut(&rest, ';'));
        struct str key = str_cut(&value, '=');
        if (str_eq(key, want))
            return value;
    }
    return STR("");
}
