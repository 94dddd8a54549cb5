/* audit.h (store) - who did what, append only, each row's hash covering the one before.
 * SPDX-License-Identifier: AGPL-3.0-or-later
 */
#ifndef TSUBO_STORE_AUDIT_H
#define TSUBO_STORE_AUDIT_H

#include "base/date.h"
#include "db/db.h"

struct audit_entry {
    struct str actor, action, entity; /* public, patient:ID, staff:ID, system; course.book ...; course ... */
    int64_t entity_id, patient_id;    /* patient_id 0: none */
    struct instant at;
};
/* Within the transaction of what it records. */
NODISCARD bool audit_add(struct db *db, int64_t clinic_id, const struct audit_entry *entry, struct err *e);
/* Walks the chain. *broken gets the number of the first row that does not fit, 0 when all do; *n how many there are. */
NODISCARD bool audit_verify(struct db *db, int64_t clinic_id, int64_t *n, int64_t *broken, struct err *e);

#endif
