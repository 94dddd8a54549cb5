/* writer.h - the one thread that writes: jobs are taken as they come, run each under a savepoint in one transaction,
 * committed together, and only then are they done. SPDX-License-Identifier: AGPL-3.0-or-later
 *
 * Group commit: while one commit waits for the disk, the next batch forms; there is no artificial delay. A job that
 * fails is rolled back to its savepoint and harms no other. When the commit itself fails, every job of the batch has
 * failed.
 */
#ifndef TSUBO_DB_WRITER_H
#define TSUBO_DB_WRITER_H

#include "db/db.h"

#define WRITER_BATCH_MAX 256

struct job;
/* Runs on the writer's thread inside the transaction. False undoes what it did. */
typedef bool (*job_fn)(struct db *db, void *arg, struct err *e);
/* Called on the writer's thread after the commit (or failure). The job may be freed in it. */
typedef void (*job_done_fn)(struct job *j);

struct job {
    job_fn run;
    void *arg;
    job_done_fn done;
    void *done_arg;
    bool ok; /* result, valid in done */
    struct err err;
    struct job *next; /* the writer's own */
};

struct writer;
/* Takes the connection (opened with DB_WRITE). */
NODISCARD bool writer_start(struct db *db, struct writer **out, struct err *e);
/* Finishes what waits, then ends the thread and closes the connection. */
void writer_stop(struct writer *w);
/* Hands over a job; it must live until `done` was called. Any thread. */
void writer_submit(struct writer *w, struct job *j);
/* Runs a job and waits for its commit; for the command line and tests. */
NODISCARD bool writer_run(struct writer *w, job_fn run, void *arg, struct err *e);

#endif
