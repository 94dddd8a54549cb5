/* server.c - one daemon and one loop of our own per worker.
 * SPDX-License-Identifier: AGPL-3.0-or-later
 *
 * libmicrohttpd's internal epoll thread loses wake-ups when 128 connections become ready at once, and without it there
 * is no wake-up for resumed connections; so each worker polls the library's epoll descriptor and an eventfd itself and
 * then calls MHD_run. A reaper drops connections whose request does not come to an end.
 */
#include "http/http.h"

#include <arpa/inet.h>
#include <errno.h>
#include <microhttpd.h>
#include <netdb.h>
#include <poll.h>
#include <pthread.h>
#include <stdatomic.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "base/must.h"
#include "http/form.h"
#include "http/framing.h"

#define CONNECTION_MEMORY (32 * 1024)
#define CONNECTIONS_MAX 4000
#define UPLOAD_SECONDS_MAX 120
#define BODY_MAX_RESP (32u << 20)

struct worker;

/* One TCP connection: for the reaper. */
struct sock {
    struct sock *prev, *next;
    int fd;
    int64_t deadline_ms; /* 0: a complete request is being answered */
    int64_t first_ms;    /* when the request being read began */
};

/* One request. */
struct http_conn {
    struct http_conn *next_free, *next_ready;
    struct worker *worker;
    struct MHD_Connection *mhd;
    struct sock *sock;
    struct arena arena;
    struct req req;
    struct buf body;
    struct framing framing;
    int64_t began_us;
    int refuse_status; /* not 0: answered with this before the body is read */
    bool is_suspended, is_resumed, has_answered;
    handler_fn then;
    void *state;
};

struct worker {
    struct http_server *server;
    struct MHD_Daemon *daemon;
    pthread_t thread;
    int wake_fd, index;
    void *own;         /* the app's per-worker value */
    struct sock socks; /* list head */
    struct http_conn *free_conns;
    pthread_mutex_t ready_lock;
    struct http_conn *ready; /* resumed by other threads */
    int n_suspended;
};

struct http_server {
    struct http_config config;
    struct http_app app;
    struct worker *workers;
    atomic_bool is_stopping;
    int port, n_started;
};

static int64_t clock_us(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

/* ---- requests ---- */

struct str req_header(const struct req *r, const char *name)
{
    return str_from(MHD_lookup_connection_value(r->conn->mhd, MHD_HEADER_KIND, name));
}

struct str req_remote(const struct req *r)
{
    const union MHD_ConnectionInfo *info = MHD_get_connection_info(r->conn->mhd, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
    char text[INET6_ADDRSTRLEN] = "";
    if (!info)
        return STR("");
    if (info->client_addr->sa_family == AF_INET6)
        inet_ntop(AF_INET6, &((struct sockaddr_in6 *)info->client_addr)->sin6_addr, text, sizeof text);
    else
        inet_ntop(AF_INET, &((struct sockaddr_in *)info->client_addr)->sin_addr, text, sizeof text);
    return str_dup(r->a, str_from(text));
}

void req_suspend(struct req *r, handler_fn then, void *state)
{
    must(!r->conn->then);
    r->conn->then = then;
    r->conn->state = state;
}

void *req_state(struct req *r)
{
    return r->conn->state;
}

void req_resume(struct req *r)
{
    struct http_conn *c = r->conn;
    struct worker *w = c->worker;
    uint64_t one = 1;
    pthread_mutex_lock(&w->ready_lock);
    c->next_ready = w->ready;
    w->ready = c;
    pthread_mutex_unlock(&w->ready_lock);
    must(write(w->wake_fd, &one, sizeof one) == sizeof one);
}

static struct http_conn *conn_new(struct worker *w, struct MHD_Connection *mhd)
{
    struct http_conn *c = w->free_conns;
    if (c)
        w->free_conns = c->next_free;
    else
        c = xmalloc(sizeof *c);
    struct arena arena = c->arena;
    struct buf body = c->body;
    *c = (struct http_conn){ .worker = w, .mhd = mhd, .arena = arena, .body = body };
    c->body.max = w->server->config.body_max;
    buf_clear(&c->body);
    c->began_us = clock_us();
    const union MHD_ConnectionInfo *info = MHD_get_connection_info(mhd, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
    c->sock = info ? info->socket_context : NULL;
    return c;
}

static void conn_free(struct http_conn *c)
{
    arena_clear(&c->arena);
    if (c->body.cap > 65536)
        buf_release(&c->body);
    c->next_free = c->worker->free_conns;
    c->worker->free_conns = c;
}

static enum MHD_Result each_header(void *cls, enum MHD_ValueKind kind, const char *key, size_t key_n, const char *value,
                                   size_t value_n)
{
    (void)kind;
    framing_header(cls, (struct str){ key, key_n }, (struct str){ value ? value : "", value ? value_n : 0 });
    return MHD_YES;
}

static bool is_loopback(struct str remote)
{
    return str_starts(remote, STR("127.")) || str_eq(remote, STR("::1")) || str_starts(remote, STR("::ffff:127."));
}

static enum http_method method_of(const char *m)
{
    if (strcmp(m, "GET") == 0 || strcmp(m, "HEAD") == 0)
        return HTTP_GET;
    return strcmp(m, "POST") == 0 ? HTTP_POST : HTTP_OTHER;
}

static enum MHD_Result add_query(void *cls, enum MHD_ValueKind kind, const char *key, const char *value)
{
    struct http_conn *c = cls;
    struct str k = url_encode(str_from(key), &c->arena), v = url_encode(str_from(value), &c->arena);
    (void)kind;
    c->req.query =
        str_fmt(&c->arena, "%.*s%s%.*s=%.*s", STR_ARG(c->req.query), c->req.query.n ? "&" : "", STR_ARG(k), STR_ARG(v));
    return MHD_YES;
}

static void conn_begin(struct http_conn *c, const char *url, const char *method, const char *version)
{
    struct http_server *s = c->worker->server;
    struct req *r = &c->req;
    *r = (struct req){ .a = &c->arena, .app = s->app.app, .worker = c->worker->own, .conn = c };
    r->method = method_of(method);
    r->path = str_dup(&c->arena, str_from(url));
    r->content_type = req_header(r, "Content-Type");
    r->now = s->app.now(s->app.app);
    MHD_get_connection_values(c->mhd, MHD_GET_ARGUMENT_KIND, add_query, c);
    if (s->config.is_behind_proxy && is_loopback(req_remote(r)))
        r->is_secure = str_eq(req_header(r, "X-Forwarded-Proto"), STR("https"));
    framing_start(&c->framing);
    MHD_get_connection_values_n(c->mhd, MHD_HEADER_KIND, each_header, &c->framing);
    if (!framing_ok(&c->framing, strcmp(version, "HTTP/1.1") == 0) || !str_is_utf8(r->path))
        c->refuse_status = 400;
    else if (c->framing.length > (int64_t)s->config.body_max)
        c->refuse_status = 413;
}

/* ---- responses ---- */

static void security_headers(const struct http_conn *c, const struct resp *out, struct MHD_Response *m)
{
    MHD_add_response_header(m, "X-Content-Type-Options", "nosniff");
    MHD_add_response_header(m, "Referrer-Policy", "no-referrer");
    MHD_add_response_header(m, "Cross-Origin-Opener-Policy", "same-origin");
    MHD_add_response_header(m, "Cross-Origin-Resource-Policy", "same-origin");
    MHD_add_response_header(m, "Permissions-Policy", "camera=(), microphone=(), geolocation=()");
    MHD_add_response_header(
        m, "Content-Security-Policy",
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
        "connect-src 'self'; manifest-src 'self'; worker-src 'self'; form-action 'self'; base-uri 'none'; "
        "frame-ancestors 'none'; object-src 'none'");
    if (!out->is_cacheable)
        MHD_add_response_header(m, "Cache-Control", "no-store");
    if (c->req.is_secure)
        MHD_add_response_header(m, "Strict-Transport-Security", "max-age=31536000; includeSubDomains");
}

static void add_header(struct http_conn *c, struct MHD_Response *m, struct str name, struct str value)
{
    MHD_add_response_header(m, str_dup(&c->arena, name).p, str_dup(&c->arena, value).p);
}

static enum MHD_Result send_resp(struct http_conn *c, struct resp *out, bool is_last)
{
    must(!out->body.is_full);
    struct MHD_Response *m = out->body.n
                                 ? MHD_create_response_from_buffer_with_free_callback(out->body.n, out->body.p, free)
                                 : MHD_create_response_from_buffer(0, (void *)"", MHD_RESPMEM_PERSISTENT);
    must(m != NULL);
    add_header(c, m, STR("Content-Type"), out->type);
    for (size_t i = 0; i < out->n_headers; i++)
        add_header(c, m, out->headers[i].name, out->headers[i].value);
    security_headers(c, out, m);
    if (is_last)
        MHD_add_response_header(m, "Connection", "close");
    enum MHD_Result ok = MHD_queue_response(c->mhd, (unsigned)out->status, m);
    MHD_destroy_response(m);
    struct http_app *app = &c->worker->server->app;
    if (app->after)
        app->after(&c->req, out->status, clock_us() - c->began_us);
    c->has_answered = true;
    return ok;
}

static void resp_start(struct resp *out)
{
    *out = (struct resp){ .status = 200, .type = STR("text/html; charset=utf-8") };
    buf_init(&out->body, BODY_MAX_RESP);
}

static void resp_error(struct http_conn *c, struct resp *out, int status)
{
    buf_release(&out->body);
    resp_start(out);
    out->status = status;
    c->worker->server->app.error(&c->req, out, status);
}

static void dispatch(struct http_conn *c, struct resp *out)
{
    struct http_server *s = c->worker->server;
    bool is_other_method;
    c->req.body = buf_str(&c->body);
    c->req.route = route_find(s->app.routes, s->app.n_routes, &c->req, &is_other_method);
    if (!s->app.before(&c->req, out))
        return;
    if (c->req.route)
        c->req.route->handler(&c->req, out);
    else
        resp_error(c, out, is_other_method ? 405 : 404);
}

/* Answers, or leaves the connection suspended until req_resume. */
static enum MHD_Result answer(struct http_conn *c)
{
    struct resp out;
    resp_start(&out);
    if (c->sock)
        c->sock->deadline_ms = 0;
    if (c->refuse_status) {
        resp_error(c, &out, c->refuse_status);
        return send_resp(c, &out, true);
    }
    if (c->is_resumed) {
        handler_fn then = c->then;
        c->then = NULL;
        c->is_resumed = false;
        then(&c->req, &out);
    } else {
        dispatch(c, &out);
    }
    if (c->then) {
        buf_release(&out.body);
        c->is_suspended = true;
        c->worker->n_suspended++;
        MHD_suspend_connection(c->mhd);
        return MHD_YES;
    }
    if (out.body.is_full)
        resp_error(c, &out, 500);
    return send_resp(c, &out, false);
}

static void upload(struct http_conn *c, const char *data, size_t n)
{
    buf_bytes(&c->body, data, n);
    if (c->body.is_full)
        c->refuse_status = 413;
    if (c->sock && clock_us() / 1000 - c->sock->first_ms < UPLOAD_SECONDS_MAX * 1000)
        c->sock->deadline_ms = clock_us() / 1000 + c->worker->server->config.request_seconds * 1000;
}

static enum MHD_Result on_request(void *cls, struct MHD_Connection *mhd, const char *url, const char *method,
                                  const char *version, const char *data, size_t *data_n, void **con_cls)
{
    struct http_conn *c = *con_cls;
    if (!c) {
        c = *con_cls = conn_new(cls, mhd);
        conn_begin(c, url, method, version);
        return c->refuse_status ? answer(c) : MHD_YES;
    }
    if (*data_n) {
        upload(c, data, *data_n);
        *data_n = 0;
        return MHD_YES;
    }
    return c->has_answered || (c->is_suspended && !c->is_resumed) ? MHD_YES : answer(c);
}

static void on_completed(void *cls, struct MHD_Connection *mhd, void **con_cls, enum MHD_RequestTerminationCode why)
{
    struct worker *w = cls;
    struct http_conn *c = *con_cls;
    (void)mhd, (void)why;
    if (!c)
        return;
    if (c->sock) {
        c->sock->first_ms = clock_us() / 1000;
        c->sock->deadline_ms = c->sock->first_ms + w->server->config.request_seconds * 1000;
    }
    conn_free(c);
    *con_cls = NULL;
}

/* ---- connections and the reaper ---- */

static void on_connection(void *cls, struct MHD_Connection *mhd, void **context,
                          enum MHD_ConnectionNotificationCode code)
{
    struct worker *w = cls;
    struct sock *s = *context;
    if (code == MHD_CONNECTION_NOTIFY_STARTED) {
        s = *context = xmalloc(sizeof *s);
        s->fd = MHD_get_connection_info(mhd, MHD_CONNECTION_INFO_CONNECTION_FD)->connect_fd;
        s->first_ms = clock_us() / 1000;
        s->deadline_ms = s->first_ms + w->server->config.request_seconds * 1000;
        s->next = w->socks.next;
        s->prev = &w->socks;
        s->next->prev = s;
        w->socks.next = s;
    } else if (s) {
        s->prev->next = s->next;
        s->next->prev = s->prev;
        free(s);
        *context = NULL;
    }
}

/* Shuts what is overdue; the library then closes it. The descriptor cannot be reused meanwhile: same thread. */
static void reap(struct worker *w, int64_t now_ms)
{
    for (struct sock *s = w->socks.next; s != &w->socks; s = s->next)
        if (s->deadline_ms && now_ms > s->deadline_ms)
            shutdown(s->fd, SHUT_RDWR);
}

static void resume_ready(struct worker *w)
{
    pthread_mutex_lock(&w->ready_lock);
    struct http_conn *c = w->ready;
    w->ready = NULL;
    pthread_mutex_unlock(&w->ready_lock);
    while (c) {
        struct http_conn *next = c->next_ready;
        c->is_suspended = false;
        c->is_resumed = true;
        w->n_suspended--;
        MHD_resume_connection(c->mhd);
        c = next;
    }
}

static int wait_ms(struct worker *w)
{
    MHD_UNSIGNED_LONG_LONG ms;
    if (MHD_get_timeout(w->daemon, &ms) != MHD_YES || ms > 500)
        return 500;
    return (int)ms;
}

static void *worker_main(void *arg)
{
    struct worker *w = arg;
    struct http_server *s = w->server;
    int epoll_fd = MHD_get_daemon_info(w->daemon, MHD_DAEMON_INFO_EPOLL_FD)->epoll_fd;
    int64_t reaped = 0;
    while (!atomic_load(&s->is_stopping) || w->n_suspended > 0) {
        struct pollfd fds[2] = { { epoll_fd, POLLIN, 0 }, { w->wake_fd, POLLIN, 0 } };
        uint64_t count;
        poll(fds, 2, wait_ms(w));
        if (fds[1].revents && read(w->wake_fd, &count, sizeof count) < 0)
            must(errno == EAGAIN || errno == EINTR);
        resume_ready(w);
        MHD_run(w->daemon);
        int64_t now = clock_us() / 1000;
        if (now - reaped >= 500) {
            reap(w, now);
            reaped = now;
        }
    }
    MHD_run(w->daemon);
    return NULL;
}

/* ---- start and stop ---- */

/* Every worker listens on the same port (SO_REUSEPORT); `is_shared` is false for the first, which so finds out when
 * another program is already there. */
static int listen_on(struct http_server *s, bool is_shared, struct err *e)
{
    struct addrinfo hints = { .ai_socktype = SOCK_STREAM, .ai_flags = AI_NUMERICHOST | AI_PASSIVE }, *found = NULL;
    struct arena a = { 0 };
    char port[16];
    int one = 1, fd = -1;
    snprintf(port, sizeof port, "%d", s->port);
    if (getaddrinfo(str_dup(&a, s->config.address).p, port, &hints, &found) == 0) {
        fd = socket(found->ai_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
        if (fd >= 0) {
            setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
            if (is_shared)
                setsockopt(fd, SOL_SOCKET, SO_REUSEPORT, &one, sizeof one);
            if (bind(fd, found->ai_addr, found->ai_addrlen) != 0 || listen(fd, 1024) != 0) {
                close(fd);
                fd = -1;
            }
        }
        freeaddrinfo(found);
    }
    arena_release(&a);
    if (fd < 0)
        err_set_(e, ERR_INTERNAL, 0, "cannot listen on port %d: %s", s->port, strerror(errno));
    return fd;
}

static int port_of(int fd)
{
    union {
        struct sockaddr any;
        struct sockaddr_in v4;
        struct sockaddr_in6 v6;
    } at = { .v6 = { 0 } };
    socklen_t n = sizeof at;
    must(getsockname(fd, &at.any, &n) == 0);
    return ntohs(at.any.sa_family == AF_INET6 ? at.v6.sin6_port : at.v4.sin_port);
}

static bool worker_start(struct http_server *s, int index, struct err *e)
{
    struct worker *w = &s->workers[index];
    int fd = index == 0 && s->port ? listen_on(s, false, e) : -1;
    if (fd >= 0)
        close(fd);
    else if (index == 0 && s->port)
        return false;
    fd = listen_on(s, true, e);
    if (fd < 0)
        return false;
    s->port = port_of(fd);
    w->server = s;
    w->index = index;
    w->socks.prev = w->socks.next = &w->socks;
    w->wake_fd = eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC);
    pthread_mutex_init(&w->ready_lock, NULL);
    w->own = s->app.worker_new ? s->app.worker_new(s->app.app, e) : NULL;
    if (s->app.worker_new && !w->own)
        return err_note(e, "http worker %d", index);
    w->daemon = MHD_start_daemon(MHD_USE_EPOLL | MHD_USE_TURBO | MHD_ALLOW_SUSPEND_RESUME, 0, NULL, NULL, on_request, w,
                                 MHD_OPTION_LISTEN_SOCKET, fd, MHD_OPTION_NOTIFY_COMPLETED, on_completed, w,
                                 MHD_OPTION_NOTIFY_CONNECTION, on_connection, w, MHD_OPTION_CONNECTION_LIMIT,
                                 (unsigned)CONNECTIONS_MAX, MHD_OPTION_CONNECTION_MEMORY_LIMIT,
                                 (size_t)CONNECTION_MEMORY, MHD_OPTION_STRICT_FOR_CLIENT, 1, MHD_OPTION_END);
    if (!w->daemon)
        return err_set(e, ERR_INTERNAL, 0, "http worker %d does not start", index);
    must(pthread_create(&w->thread, NULL, worker_main, w) == 0);
    s->n_started++;
    return true;
}

bool http_start(const struct http_config *c, const struct http_app *app, struct http_server **out, struct err *e)
{
    const char *fault = routes_fault(app->routes, app->n_routes);
    if (fault)
        return err_set(e, ERR_INTERNAL, 0, "%s", fault);
    must(c->workers >= 1 && c->workers <= 64);
    struct http_server *s = xmalloc(sizeof *s);
    s->config = *c;
    s->app = *app;
    s->port = c->port;
    s->workers = xmalloc((size_t)c->workers * sizeof *s->workers);
    for (int i = 0; i < c->workers; i++)
        if (!worker_start(s, i, e)) {
            http_stop(s);
            return false;
        }
    *out = s;
    return true;
}

int http_port(const struct http_server *s)
{
    return s->port;
}

static void worker_stop(struct worker *w)
{
    while (w->free_conns) {
        struct http_conn *c = w->free_conns;
        w->free_conns = c->next_free;
        arena_release(&c->arena);
        buf_release(&c->body);
        free(c);
    }
    close(w->wake_fd);
    pthread_mutex_destroy(&w->ready_lock);
    if (w->server->app.worker_free && w->own)
        w->server->app.worker_free(w->own);
}

void http_stop(struct http_server *s)
{
    uint64_t one = 1;
    atomic_store(&s->is_stopping, true);
    for (int i = 0; i < s->n_started; i++)
        must(write(s->workers[i].wake_fd, &one, sizeof one) == sizeof one);
    for (int i = 0; i < s->n_started; i++) {
        pthread_join(s->workers[i].thread, NULL);
        MHD_stop_daemon(s->workers[i].daemon);
        worker_stop(&s->workers[i]);
    }
    free(s->workers);
    free(s);
}
