/* verify.c (store) - whole tables, for `tsubo verify` only.
 * SPDX-License-Identifier: AGPL-3.0-or-later
 */
#include "store/verify.h"

bool verify_bookings(struct db *db, int64_t clinic, struct arena *a, struct verify_bookings *out, struct err *e)
{
    struct stmt *q = db_query(db, Q_BOOKING_VERIFY_LIST);
    struct verify_bookings rows = { 0 };
    stmt_bind_i64(q, ":clinic", clinic);
    while (stmt_step(q))
        *list_push(&rows.list, a) = (struct verify_booking){ .booking_id = stmt_i64(q, 0),
                                                             .service_id = stmt_i64(q, 1),
                                                             .starts_at = { stmt_i64(q, 2) },
                                                             .ends_at = { stmt_i64(q, 3) },
                                                             .practitioner_resource = stmt_i64(q, 4),
                                                             .table_resource = stmt_i64(q, 5),
                                                             .state = stmt_str(q, 6, a) };
    *out = rows;
    return stmt_finish(q, e);
}

bool verify_claims(struct db *db, int64_t clinic, struct arena *a, struct claim_list *out, struct err *e)
{
    struct stmt *q = db_query(db, Q_CLAIM_OF_BOOKING);
    struct claim_list rows = { 0 };
    stmt_bind_i64(q, ":clinic", clinic);
    while (stmt_step(q))
        *list_push(&rows.list, a) =
            (struct claim){ .booking_id = stmt_i64(q, 0), .resource_id = stmt_i64(q, 1), .grain = stmt_i64(q, 2) };
    *out = rows;
    return stmt_finish(q, e);
}

bool verify_partial(struct db *db, int64_t clinic, int64_t *out, struct err *e)
{
    struct stmt *q = db_query(db, Q_COURSE_PARTIAL);
    stmt_bind_i64(q, ":clinic", clinic);
    *out = stmt_step(q) ? stmt_i64(q, 0) : 0;
    return stmt_finish(q, e);
}
