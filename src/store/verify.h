/* verify.h (store) - whole tables, for `tsubo verify` only.
 * SPDX-License-Identifier: AGPL-3.0-or-later
 */
#ifndef TSUBO_STORE_VERIFY_H
#define TSUBO_STORE_VERIFY_H

#include "store/claim.h"

struct verify_booking {
    int64_t booking_id, service_id, practitioner_resource, table_resource;
    struct instant starts_at, ends_at;
    struct str state;
};
struct verify_bookings {
    LIST(struct verify_booking) list;
};

NODISCARD bool verify_bookings(struct db *db, int64_t clinic, struct arena *a, struct verify_bookings *out,
                               struct err *e);
NODISCARD bool verify_claims(struct db *db, int64_t clinic, struct arena *a, struct claim_list *out, struct err *e);
/* Courses whose bookings do not run from visit 1 to their highest number. */
NODISCARD bool verify_partial(struct db *db, int64_t clinic, int64_t *out, struct err *e);

#endif
