/* jobs.h - handing work to the one writer, from any thread.
 * SPDX-License-Identifier: AGPL-3.0-or-later
 */
#ifndef TSUBO_SVC_JOBS_H
#define TSUBO_SVC_JOBS_H

#include "db/writer.h"
#include "svc/app.h"

/* The job must live until its `done` was called on the writer's thread, after the commit. */
void svc_submit(struct app *app, struct job *j);
/* A random key for a form: sent twice, it is one request. */
struct str svc_new_key(struct arena *a);

#endif
