/* clinic.h (store) - the clinic's set-up, read whole.
 * SPDX-License-Identifier: AGPL-3.0-or-later
 */
#ifndef TSUBO_STORE_CLINIC_H
#define TSUBO_STORE_CLINIC_H

#include "db/db.h"
#include "domain/clinic.h"

/* The only clinic of a one-clinic file. ERR_NOT_FOUND when there is none yet. */
NODISCARD bool clinic_first(struct db *db, int64_t *out, struct err *e);
/* Everything but the zone, whose name goes to *zone_name. Exceptions from `from` on. Lives in `a`. */
NODISCARD bool clinic_load(struct db *db, int64_t id, struct civil_date from, struct arena *a, struct clinic *out,
                           struct str *zone_name, struct err *e);
NODISCARD bool clinic_diary_version(struct db *db, int64_t id, int64_t *out, struct err *e);
NODISCARD bool clinic_raise_diary(struct db *db, int64_t id, struct err *e);

/* Writes a new clinic with all that is in it; ids and resource ids must be set. */
NODISCARD bool clinic_insert(struct db *db, const struct clinic *c, struct str zone_name, struct instant now,
                             struct err *e);

/* Keys of this installation: `n` bytes, made on first use by `fill`. */
NODISCARD bool secret_get(struct db *db, struct str name, struct arena *a, struct str *out,
                          struct err *e); /* empty: none */
NODISCARD bool secret_set(struct db *db, struct str name, struct str value, struct err *e);

#endif
