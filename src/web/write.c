/* write.c - a handler that changes something.
 * SPDX-License-Identifier: AGPL-3.0-or-later
 */
#include "web/write.h"

static void resume(struct job *j)
{
    req_resume(j->done_arg);
}

void web_write(struct req *r, job_fn run, void *arg, handler_fn then)
{
    struct job *j = arena_one(r->a, struct job);
    j->run = run;
    j->arg = arg;
    j->done = resume;
    j->done_arg = r;
    req_suspend(r, then, j);
    svc_submit(r->app, j);
}

const struct job *web_written(struct req *r)
{
    return req_state(r);
}
