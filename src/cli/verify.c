/* verify.c (cli) - `tsubo verify`.
 * SPDX-License-Identifier: AGPL-3.0-or-later
 */
#include "svc/verify.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <sysexits.h>

#include "cli/cli.h"
#include "os/random.h"

int cli_verify(struct cli *c)
{
    const char *from_env = getenv("TSUBO_DB");
    struct err e = { 0 };
    struct app *app = NULL;
    struct verify_result v;
    struct know *k = cli_know(c);
    if (!k)
        return EX_SOFTWARE;
    int code = 0;
    if (!random_start() ||
        !app_open(cli_option(c, "db", from_env ? str_from(from_env) : STR("tsubo.db")), false, k, &app, &e) ||
        !app_find_clinic(app, &e) || !verify_run(app, &v, &e)) {
        code = cli_fail(&e);
    } else {
        printf("%" PRId64 " bookings, %" PRId64 " claims: %" PRId64 " missing, %" PRId64 " orphaned; %" PRId64
               " courses with a visit missing; %" PRId64 " audit rows, ",
               v.bookings, v.claims, v.claims_missing, v.claims_orphaned, v.courses_partial, v.audit_rows);
        if (v.audit_broken)
            printf("first broken one %" PRId64 "\n", v.audit_broken);
        else
            puts("chain whole");
        code = v.claims_missing || v.claims_orphaned || v.courses_partial || v.audit_broken ? EX_DATAERR : 0;
    }
    app_close(app);
    know_free(k);
    return code;
}
