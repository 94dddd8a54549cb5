/* jobs.c - handing work to the one writer.
 * SPDX-License-Identifier: AGPL-3.0-or-later
 */
#include "svc/jobs.h"

#include "os/random.h"

void svc_submit(struct app *app, struct job *j)
{
    writer_submit(app->writer, j);
}

struct str svc_new_key(struct arena *a)
{
    return token_new(a);
}
