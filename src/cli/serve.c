/* serve.c - `tsubo serve` and `tsubo demo`: the server in the foreground until it is told to end.
 * SPDX-License-Identifier: AGPL-3.0-or-later
 */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sysexits.h>
#include <unistd.h>

#include "cli/cli.h"
#include "http/http.h"
#include "os/files.h"
#include "os/random.h"
#include "svc/app.h"
#include "svc/demo.h"

#define BODY_MAX (64u * 1024)
#define REQUEST_SECONDS 10

static struct instant app_now(void *app)
{
    return ((struct app *)app)->now(app);
}

static void *worker_new(void *app, struct err *e)
{
    return svc_worker_new(app, e);
}

static void worker_free(void *worker)
{
    svc_worker_free(worker);
}

static int cores(void)
{
    long n = sysconf(_SC_NPROCESSORS_ONLN);
    return n < 1 ? 1 : n > 64 ? 64 : (int)n;
}

/* Called before any thread is started, so that all of them inherit it and only sigwait sees the signals. */
static void block_stop_signals(sigset_t *stop)
{
    sigemptyset(stop);
    sigaddset(stop, SIGTERM);
    sigaddset(stop, SIGINT);
    sigprocmask(SIG_BLOCK, stop, NULL);
    signal(SIGPIPE, SIG_IGN);
}

/* Serves until SIGTERM or SIGINT. */
static int serve(struct cli *c, struct app *app, void (*on_start)(int port, void *arg), void *arg)
{
    struct err e = { 0 };
    struct http_server *server;
    int64_t port, workers;
    sigset_t stop;
    int got;
    if (!cli_number(c, "port", 0, 65535, 8080, &port) || !cli_number(c, "workers", 1, 64, cores(), &workers))
        return EX_USAGE;
    struct http_config config = { cli_option(c, "address", STR("127.0.0.1")),
                                  (int)port,
                                  (int)workers,
                                  BODY_MAX,
                                  REQUEST_SECONDS,
                                  cli_has(c, "behind-proxy") };
    struct http_app http = *c->pages;
    http.app = app;
    http.worker_new = worker_new;
    http.worker_free = worker_free;
    http.now = app_now;
    block_stop_signals(&stop);
    if (!http_start(&config, &http, &server, &e))
        return cli_fail(&e);
    on_start(http_port(server), arg);
    sigwait(&stop, &got);
    http_stop(server);
    return 0;
}

static void say_address(int port, void *arg)
{
    (void)arg;
    printf("listening on http://127.0.0.1:%d\n", port);
    fflush(stdout);
}

int cli_serve(struct cli *c)
{
    sigset_t stop;
    const char *from_env = getenv("TSUBO_DB");
    struct err e = { 0 };
    struct app *app = NULL;
    struct know *k = cli_know(c);
    block_stop_signals(&stop);
    if (!k)
        return EX_SOFTWARE;
    int code =
        random_start() &&
                app_open(cli_option(c, "db", from_env ? str_from(from_env) : STR("tsubo.db")), false, k, &app, &e) &&
                app_find_clinic(app, &e)
            ? serve(c, app, say_address, NULL)
            : cli_fail(&e);
    app_close(app);
    know_free(k);
    return code;
}

static void say_demo(int port, void *arg)
{
    const struct demo_logins *l = arg;
    printf("listening on http://127.0.0.1:%d\n\n", port);
    printf("  The demonstration clinic is open: http://127.0.0.1:%d/\n", port);
    for (size_t i = 0; i < l->n; i++)
        printf("  log-in %-14s password %s\n", l->v[i].login, l->v[i].password);
    printf("\n  Everything in it is invented. Ctrl-C closes it.\n");
    fflush(stdout);
}

int cli_demo(struct cli *c)
{
    sigset_t stop;
    struct err e = { 0 };
    struct app *app = NULL;
    struct demo_logins logins;
    struct str dir = cli_option(c, "dir", STR("demo-data"));
    struct str db = str_fmt(c->a, "%.*s/tsubo.db", STR_ARG(dir));
    struct know *k = cli_know(c);
    block_stop_signals(&stop);
    if (!k)
        return EX_SOFTWARE;
    mkdir(str_dup(c->a, dir).p, 0700);
    if (cli_has(c, "new")) {
        unlink(db.p);
        unlink(str_fmt(c->a, "%s-wal", db.p).p);
        unlink(str_fmt(c->a, "%s-shm", db.p).p);
    }
    int code = random_start() && app_open(db, true, k, &app, &e) && demo_make(app, &logins, c->a, &e)
                   ? serve(c, app, say_demo, &logins)
                   : cli_fail(&e);
    app_close(app);
    know_free(k);
    return code;
}
