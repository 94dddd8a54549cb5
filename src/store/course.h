/* course.h (store) - people, their episodes and intakes, courses and bookings: rows in, structs out.
 * SPDX-License-Identifier: AGPL-3.0-or-later
 */
#ifndef TSUBO_STORE_COURSE_H
#define TSUBO_STORE_COURSE_H

#include "base/date.h"
#include "base/lang.h"
#include "db/db.h"

struct patient_row {
    int64_t id;
    struct str family_name, given_name, family_kana, given_kana, sex, phone, email, search_key;
    bool has_birth_date;
    struct civil_date birth_date;
    enum lang lang;
};
struct intake_row {
    int64_t id, episode_id;
    struct str document, plan, data_version;
    int triage_level;
};
struct course_row {
    int64_t id, episode_id, patient_id;
    struct str protocol_id, house_row, reviews, gaps, link_hash;
    enum lang lang;
    struct instant booked_at;
    struct str family_name, given_name, intake, plan; /* filled by course_row_by_link */
};
struct booking_row {
    int64_t id, course_id, patient_id, service_id, practitioner_id, table_id;
    int visit_no, sequence;
    struct instant starts_at, ends_at, patient_from, patient_to;
    int64_t price_minor;
    struct str state;
};
struct booking_rows {
    LIST(struct booking_row) list;
};
struct busy_row {
    int64_t practitioner_id, table_id, service_id;
    struct instant starts_at, ends_at;
};
struct busy_rows {
    LIST(struct busy_row) list;
};

NODISCARD bool patient_insert(struct db *db, int64_t clinic, const struct patient_row *p, struct instant now,
                              struct err *e);
NODISCARD bool episode_insert(struct db *db, int64_t clinic, int64_t id, int64_t patient, bool has_onset,
                              struct civil_date onset, struct instant now, struct err *e);
NODISCARD bool intake_insert(struct db *db, int64_t clinic, const struct intake_row *i, struct instant now,
                             struct err *e);
NODISCARD bool consent_insert(struct db *db, int64_t clinic, int64_t id, int64_t patient, struct str kind,
                              struct str version, enum lang lang, struct instant now, struct err *e);
NODISCARD bool course_row_insert(struct db *db, int64_t clinic, const struct course_row *c, struct err *e);
/* ERR_NOT_FOUND when no course has this link. */
NODISCARD bool course_row_by_link(struct db *db, int64_t clinic, struct str link_hash, struct arena *a,
                                  struct course_row *out, struct err *e);

NODISCARD bool booking_insert(struct db *db, int64_t clinic, const struct booking_row *b, struct instant now,
                              struct err *e);
NODISCARD bool booking_get(struct db *db, int64_t clinic, int64_t id, struct arena *a, struct booking_row *out,
                           struct err *e);
NODISCARD bool booking_of_course(struct db *db, int64_t clinic, int64_t course, struct arena *a,
                                 struct booking_rows *out, struct err *e);
/* New time, practitioner and table of a booking that is still `booked`; its calendar sequence rises. */
NODISCARD bool booking_set_time(struct db *db, int64_t clinic, const struct booking_row *b, struct instant now,
                                struct err *e);
NODISCARD bool booking_set_state(struct db *db, int64_t clinic, int64_t id, struct str state, struct instant now,
                                 struct err *e);
NODISCARD bool booking_busy(struct db *db, int64_t clinic, struct span when, struct arena *a, struct busy_rows *out,
                            struct err *e);
/* Claim resources of a practitioner and a table. ERR_NOT_FOUND. */
NODISCARD bool booking_resources(struct db *db, int64_t clinic, int64_t practitioner, int64_t table,
                                 int64_t *practitioner_resource, int64_t *table_resource, struct err *e);

/* The answer kept for a key; *found false when there is none. ERR_CONFLICT when it was another request. */
NODISCARD bool idempotency_get(struct db *db, int64_t clinic, struct str key, struct str request_hash, struct arena *a,
                               bool *found, struct str *answer, struct err *e);
NODISCARD bool idempotency_insert(struct db *db, int64_t clinic, struct str key, struct str request_hash,
                                  struct str answer, struct instant now, struct err *e);

#endif
