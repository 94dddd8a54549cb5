/* verify.h - is the data file sound: damage, claims against bookings, the audit chain.
 * SPDX-License-Identifier: AGPL-3.0-or-later
 */
#ifndef TSUBO_SVC_VERIFY_H
#define TSUBO_SVC_VERIFY_H

#include "svc/app.h"

struct verify_result {
    int64_t bookings, claims, audit_rows;
    int64_t claims_missing;  /* grains that a booking should hold and does not */
    int64_t claims_orphaned; /* grains held by no booking that should */
    int64_t courses_partial; /* courses with fewer bookings than their highest visit number */
    int64_t audit_broken;    /* number of the first broken row, 0 none */
};
NODISCARD bool verify_run(struct app *app, struct verify_result *out, struct err *e);

#endif
