/* claim.h - time taken in the database itself: the one place that claims and the one that releases.
 * SPDX-License-Identifier: AGPL-3.0-or-later
 *
 * One row for each 5-minute grain of each practitioner and table; the primary key is the guard against double booking.
 * Rows go in in ascending (resource, grain) order, so that two writers can never wait for each other in a circle.
 */
#ifndef TSUBO_STORE_CLAIM_H
#define TSUBO_STORE_CLAIM_H

#include "base/date.h"
#include "db/db.h"
#include "domain/service.h"

#define CLAIM_GRAIN_SECONDS 300

struct claim {
    int64_t resource_id, grain, booking_id;
};
struct claim_list {
    LIST(struct claim) list;
};

/* Adds the grains that one booking of a service from `starts_at` (on a grain) needs of its practitioner and table. */
void claim_add(struct claim_list *l, const struct service_shape *s, struct instant starts_at,
               int64_t practitioner_resource, int64_t table_resource, int64_t booking_id, struct arena *a);
/* Inserts them all, sorted. ERR_CONFLICT when one is taken; *bad gets the booking it belonged to. */
NODISCARD bool claim_take(struct db *db, int64_t clinic_id, struct claim_list *l, int64_t *bad, struct err *e);
/* Gives back what a booking holds of a resource within [from, to). */
NODISCARD bool claim_release(struct db *db, int64_t clinic_id, int64_t resource_id, struct span when,
                             int64_t booking_id, struct err *e);

#endif
