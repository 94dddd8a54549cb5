/* app.h - what the program holds while it runs, and what each worker thread has of its own.
 * SPDX-License-Identifier: AGPL-3.0-or-later
 *
 * Threads: struct app is shared and does not change after start, but for the writer's queue (locked) . A svc_worker
 * belongs to one thread; its clinic and diary are cached for one diary_version and loaded again when that has risen.
 */
#ifndef TSUBO_SVC_APP_H
#define TSUBO_SVC_APP_H

#include "base/err.h"
#include "domain/clinic.h"
#include "engine/diary.h"
#include "engine/plan.h"
#include "know/know.h"

struct db;
struct writer;
struct job;
struct course_search;

struct app {
    const struct know *know;
    struct writer *writer;
    struct str db_path;
    int64_t clinic_id;
    unsigned char key[32];            /* of this installation: draft cookies and form tokens are made from it */
    struct instant (*now)(void *app); /* the clock; tests and the demo's past put their own in */
    struct arena *arena;
};

/* Opens (and migrates) the data file, starts the writer, reads the secrets. `is_new` allows to create the file. */
NODISCARD bool app_open(struct str db_path, bool is_new, const struct know *k, struct app **out, struct err *e);
void app_close(struct app *app);
/* Looks up the clinic of the file again, after one was made. ERR_NOT_FOUND when there is none. */
NODISCARD bool app_find_clinic(struct app *app, struct err *e);

struct svc_worker {
    struct app *app;
    struct db *db; /* reading */
    struct arena clinic_arena, diary_arena;
    struct clinic clinic; /* valid when clinic.diary_version is the database's */
    struct diary diary;
    struct civil_date diary_from;        /* the diary holds clinic.horizon_days from here */
    int64_t diary_version, diary_minute; /* of the cache: version and minute of `not_before` */
    bool has_clinic, has_diary;
    struct course_search *search;
};
struct svc_worker *svc_worker_new(struct app *app, struct err *e);
void svc_worker_free(struct svc_worker *w);

/* The clinic as of now; borrowed until the next call with this worker. */
NODISCARD bool svc_clinic(struct svc_worker *w, const struct clinic **out, struct err *e);
/* The clinic's diary from today to its horizon, minimum notice applied; borrowed until the next call with this worker.
 */
NODISCARD bool svc_diary(struct svc_worker *w, const struct clinic **clinic, const struct diary **out, struct err *e);
/* What a job on the writer's thread needs of the clinic (id, services), copied: the worker may load its clinic anew
 * meanwhile. */
const struct clinic *svc_clinic_for_job(const struct clinic *c, struct arena *a);
/* The rules that plan_make needs, of this clinic. */
struct plan_rules svc_plan_rules(const struct clinic *c);
/* Today in the clinic's zone. */
struct civil_date svc_today(const struct svc_worker *w, const struct clinic *c);

#endif
