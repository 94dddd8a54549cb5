/* writer.c - the one thread that writes.
 * SPDX-License-Identifier: AGPL-3.0-or-later
 */
#include "db/writer.h"

#include <pthread.h>
#include <stdlib.h>

#include "base/must.h"

struct writer {
    struct db *db;
    pthread_t thread;
    pthread_mutex_t lock;
    pthread_cond_t has_work;
    struct job *first, **last; /* waiting, in order */
    bool is_stopping;
};

/* Takes at most a batch of what waits; NULL when the writer is to end. */
static struct job *take_batch(struct writer *w)
{
    pthread_mutex_lock(&w->lock);
    while (!w->first && !w->is_stopping)
        pthread_cond_wait(&w->has_work, &w->lock);
    struct job *batch = w->first, **end = &w->first;
    for (int n = 0; *end && n < WRITER_BATCH_MAX; n++)
        end = &(*end)->next;
    w->first = *end;
    *end = NULL;
    if (batch && !w->first)
        w->last = &w->first;
    pthread_mutex_unlock(&w->lock);
    return batch;
}

static void run_one(struct db *db, struct job *j)
{
    if (!db_savepoint(db, &j->err))
        return;
    j->ok = j->run(db, j->arg, &j->err);
    if (j->ok)
        j->ok = db_release(db, &j->err);
    if (!j->ok)
        db_rollback_to(db);
}

static void fail_all(struct job *batch, const struct err *e)
{
    for (struct job *j = batch; j; j = j->next)
        if (j->ok || j->err.code == ERR_NONE) {
            j->ok = false;
            j->err = *e;
        }
}

/* Runs and commits the whole batch. A full or failing disk may end the transaction in the middle: then nothing of it
 * was kept, so no later job may run outside of it and none has succeeded. */
static bool commit_batch(struct db *db, struct job *batch, struct err *e)
{
    if (!db_begin(db, e))
        return false;
    for (struct job *j = batch; j; j = j->next) {
        run_one(db, j);
        if (!db_in_transaction(db)) {
            *e = j->err;
            return err_note(e, "the transaction was undone");
        }
    }
    return db_commit(db, e);
}

static void run_batch(struct db *db, struct job *batch)
{
    struct err e = { 0 };
    if (!commit_batch(db, batch, &e)) {
        db_rollback(db);
        fail_all(batch, &e);
    }
    while (batch) {
        struct job *next = batch->next;
        batch->done(batch);
        batch = next;
    }
}

static void *writer_main(void *arg)
{
    struct writer *w = arg;
    for (struct job *batch; (batch = take_batch(w)) != NULL;)
        run_batch(w->db, batch);
    return NULL;
}

bool writer_start(struct db *db, struct writer **out, struct err *e)
{
    struct writer *w = xmalloc(sizeof *w);
    w->db = db;
    w->last = &w->first;
    pthread_mutex_init(&w->lock, NULL);
    pthread_cond_init(&w->has_work, NULL);
    if (pthread_create(&w->thread, NULL, writer_main, w) != 0) {
        free(w);
        return err_set(e, ERR_INTERNAL, 0, "the writer does not start");
    }
    *out = w;
    return true;
}

void writer_stop(struct writer *w)
{
    if (!w)
        return;
    pthread_mutex_lock(&w->lock);
    w->is_stopping = true;
    pthread_cond_signal(&w->has_work);
    pthread_mutex_unlock(&w->lock);
    pthread_join(w->thread, NULL);
    pthread_mutex_destroy(&w->lock);
    pthread_cond_destroy(&w->has_work);
    db_close(w->db);
    free(w);
}

void writer_submit(struct writer *w, struct job *j)
{
    j->next = NULL;
    j->ok = false;
    j->err = (struct err){ 0 };
    pthread_mutex_lock(&w->lock);
    must(!w->is_stopping);
    *w->last = j;
    w->last = &j->next;
    pthread_cond_signal(&w->has_work);
    pthread_mutex_unlock(&w->lock);
}

struct waiter {
    pthread_mutex_t lock;
    pthread_cond_t is_done_now;
    bool is_done;
};

static void wake(struct job *j)
{
    struct waiter *wait = j->done_arg;
    pthread_mutex_lock(&wait->lock);
    wait->is_done = true;
    pthread_cond_signal(&wait->is_done_now);
    pthread_mutex_unlock(&wait->lock);
}

bool writer_run(struct writer *w, job_fn run, void *arg, struct err *e)
{
    struct waiter wait = { PTHREAD_MUTEX_INITIALIZER, PTHREAD_COND_INITIALIZER, false };
    struct job j = { .run = run, .arg = arg, .done = wake, .done_arg = &wait };
    writer_submit(w, &j);
    pthread_mutex_lock(&wait.lock);
    while (!wait.is_done)
        pthread_cond_wait(&wait.is_done_now, &wait.lock);
    pthread_mutex_unlock(&wait.lock);
    if (!j.ok)
        *e = j.err;
    return j.ok;
}
