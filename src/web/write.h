/* write.h - a handler that changes something: it leaves the change to the writer and answers after the commit.
 * SPDX-License-Identifier: AGPL-3.0-or-later
 */
#ifndef TSUBO_WEB_WRITE_H
#define TSUBO_WEB_WRITE_H

#include "svc/jobs.h"
#include "web/web.h"

/* Runs `run(db, arg)` on the writer's thread and then, back on this worker, `then`. The handler returns right after it.
 */
void web_write(struct req *r, job_fn run, void *arg, handler_fn then);
/* In `then`: the job with its result; job->arg is what was given. */
const struct job *web_written(struct req *r);

#endif
