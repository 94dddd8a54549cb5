/* staff.h - log-ins of the people who work in the clinic.
 * SPDX-License-Identifier: AGPL-3.0-or-later
 */
#ifndef TSUBO_STORE_STAFF_H
#define TSUBO_STORE_STAFF_H

#include "base/date.h"
#include "base/lang.h"
#include "db/db.h"

struct staff_row {
    int64_t id, practitioner_id; /* practitioner_id 0: none */
    struct str login, password_hash, role;
    enum lang lang;
    bool is_active;
};

/* ERR_CONFLICT when the log-in exists. */
NODISCARD bool staff_insert(struct db *db, int64_t clinic, const struct staff_row *s, struct instant now,
                            struct err *e);
/* ERR_NOT_FOUND. */
NODISCARD bool staff_by_login(struct db *db, int64_t clinic, struct str login, struct arena *a, struct staff_row *out,
                              struct err *e);

#endif
