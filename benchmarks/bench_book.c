/* bench_book.c - acknowledged courses a second through the writer, against a bare loop of the same writes.
 * SPDX-License-Identifier: AGPL-3.0-or-later
 *
 * Usage: bench_book FOLDER    (a folder on the disk to be measured; its files are made and left there)
 * Rounds are interleaved: writer, bare loop with one transaction each, bare loop with 64 in one. Medians of five.
 */
#include <inttypes.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

#include "db/db.h"
#include "db/writer.h"
#include "os/clock.h"
#include "os/random.h"
#include "svc/course.h"
#include "svc/demo.h"

#define ROUNDS 5
#define COURSES 1200
#define CLIENTS 32
#define VISITS 6

static int64_t next_slot; /* every course takes a time of its own, far ahead */
static pthread_mutex_t slot_lock = PTHREAD_MUTEX_INITIALIZER;

static int64_t take_slot(void)
{
    pthread_mutex_lock(&slot_lock);
    int64_t slot = next_slot++;
    pthread_mutex_unlock(&slot_lock);
    return slot;
}

static struct course_booking *booking(const struct clinic *c, const unsigned char *key, struct arena *a)
{
    struct course_booking *b = arena_one(a, struct course_booking);
    struct offered_visit *v = arena_array(a, struct offered_visit, VISITS);
    int64_t start = (INT64_C(2000000000) / 300 + take_slot() * 12 * VISITS) * 300;
    for (int i = 0; i < VISITS; i++) {
        struct instant at = { start + i * 3600 };
        v[i] = (struct offered_visit){ .practitioner_id = 1,
                                       .table_id = 1,
                                       .service_id = 1,
                                       .starts_at = at,
                                       .ends_at = { at.s + 3600 },
                                       .patient_from = at,
                                       .patient_to = { at.s + 3000 } };
    }
    *b = (struct course_booking){ .intake_json = STR("{\"tsubo_intake\":1,\"answers\":{}}"),
                                  .plan_json = STR("{}"),
                                  .data_version = STR("bench"),
                                  .contact = { STR("A"), STR("B"), STR(""), STR(""), STR("0312345678"), STR(""), true,
                                               true },
                                  .visits = v,
                                  .n_visits = VISITS,
                                  .protocol_id = STR("p"),
                                  .house_row = STR("h"),
                                  .reviews = STR("4"),
                                  .gaps = STR(""),
                                  .key = key,
                                  .clinic = c,
                                  .idempotency_key = token_new(a),
                                  .consent_version = STR("1"),
                                  .now = { 1800000000 },
                                  .a = a };
    return b;
}

struct client {
    struct app *app;
    const struct clinic *clinic;
    int n;
};

static void *client_main(void *arg)
{
    struct client *c = arg;
    for (int i = 0; i < c->n; i++) {
        struct arena a = { 0 };
        struct err e = { 0 };
        if (!writer_run(c->app->writer, course_book_job, booking(c->clinic, c->app->key, &a), &e))
            fprintf(stderr, "bench_book: %s\n", e.detail);
        arena_release(&a);
    }
    return NULL;
}

static double by_writer(struct app *app, const struct clinic *clinic)
{
    pthread_t threads[CLIENTS];
    struct client c = { app, clinic, COURSES / CLIENTS };
    int64_t from = clock_micros();
    for (int i = 0; i < CLIENTS; i++)
        pthread_create(&threads[i], NULL, client_main, &c);
    for (int i = 0; i < CLIENTS; i++)
        pthread_join(threads[i], NULL);
    return COURSES * 1e6 / (double)(clock_micros() - from);
}

static double by_loop(struct db *db, const struct clinic *clinic, const unsigned char *key, int per_transaction, int n)
{
    int64_t from = clock_micros();
    for (int i = 0; i < n; i += per_transaction) {
        struct arena a = { 0 };
        struct err e = { 0 };
        bool ok = db_begin(db, &e);
        for (int k = 0; ok && k < per_transaction; k++)
            ok = course_book_job(db, booking(clinic, key, &a), &e);
        if (!ok || !db_commit(db, &e))
            fprintf(stderr, "bench_book: %s\n", e.detail);
        arena_release(&a);
    }
    return n * 1e6 / (double)(clock_micros() - from);
}

static int up(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static double median(double *v)
{
    qsort(v, ROUNDS, sizeof *v, up);
    return v[ROUNDS / 2];
}

static struct app *open_clinic(struct str path, const struct know *k, struct arena *a)
{
    struct err e = { 0 };
    struct app *app = NULL;
    struct demo_logins logins;
    if (!app_open(path, true, k, &app, &e) || !demo_make(app, &logins, a, &e)) {
        fprintf(stderr, "bench_book: %s\n", e.detail);
        exit(1);
    }
    return app;
}

int main(int argc, char **argv)
{
    struct arena a = { 0 };
    struct know_faults faults = { .a = &a };
    struct err e = { 0 };
    size_t n;
    double writer[ROUNDS], each[ROUNDS], grouped[ROUNDS];
    struct db *bare = NULL;
    if (argc != 2 || !random_start())
        return 2;
    const struct know_file *files = know_builtin_files(&n);
    struct know *k = know_load(files, n, &faults);
    struct app *app = open_clinic(str_fmt(&a, "%s/writer.db", argv[1]), k, &a);
    struct str bare_path = str_fmt(&a, "%s/bare.db", argv[1]);
    app_close(open_clinic(bare_path, k, &a)); /* the same clinic in a file of its own */
    struct svc_worker *w = svc_worker_new(app, &e);
    const struct clinic *clinic;
    if (!w || !svc_clinic(w, &clinic, &e) || !db_open(bare_path, DB_WRITE, &bare, &e))
        return 1;
    for (int r = 0; r < ROUNDS; r++) {
        writer[r] = by_writer(app, clinic);
        each[r] = by_loop(bare, clinic, app->key, 1, COURSES / 4);
        grouped[r] = by_loop(bare, clinic, app->key, 64, 1280);
    }
    double got = median(writer), one = median(each), many = median(grouped);
    printf("courses_acknowledged %.0f /s %.0f (bare loop, one transaction each) %.2f\n", got, one, got / one);
    printf("courses_acknowledged %.0f /s %.0f (bare loop, 64 in a transaction) %.2f\n", got, many, got / many);
    db_close(bare);
    svc_worker_free(w);
    app_close(app);
    know_free(k);
    arena_release(&a);
    return 0;
}
