/* course.h (svc) - offer, book, look at, move and cancel a course of visits.
 * SPDX-License-Identifier: AGPL-3.0-or-later
 *
 * Offering reads only. Booking, moving and cancelling are jobs for the writer: prepare the struct, hand
 * course_book_job / booking_move_job / booking_cancel_job to app->writer (writer_submit or writer_run), read the
 * results in it when the job is done. A booking is one transaction: all visits or none, with claims as the guard.
 */
#ifndef TSUBO_SVC_COURSE_H
#define TSUBO_SVC_COURSE_H

#include "engine/course.h"
#include "svc/app.h"

/* ---- offer ---- */
struct course_ask {
    const struct plan *plan; /* its course shape gives the visits and gaps */
    int visits;              /* 0: plan->course.book_now; else within the phase's range */
    struct civil_date earliest;
    uint8_t week[7][48];     /* enum wish */
    int64_t practitioner_id; /* 0: anyone */
    bool is_practitioner_must;
};

struct offered_visit {
    int64_t practitioner_id, table_id, service_id;
    struct instant starts_at, ends_at; /* whole service */
    struct instant patient_from, patient_to;
    struct civil_date date; /* in the clinic's zone */
    int minute;             /* of the day, patient_from on the wall */
    enum wish wish;
    bool is_review; /* the course is reviewed after this visit */
    struct money price;
};
struct offered_course {
    struct offered_visit *visits;
    int n_visits;
    struct course_cost cost;
    struct money total;
};
struct course_offer {
    struct offered_course courses[COURSES_MAX];
    int n; /* 0: see relaxation */
    struct course_relaxation relaxation;
    const struct gap_days *gaps; /* of the visits asked for */
};
NODISCARD bool course_offer(struct svc_worker *w, const struct course_ask *ask, struct arena *a,
                            struct course_offer *out, struct err *e);
/* Other times for visit i of these visits while the others stay, best first. */
NODISCARD bool course_other_times(struct svc_worker *w, const struct course_ask *ask,
                                  const struct offered_visit *visits, int n_visits, int i, struct arena *a,
                                  struct offered_visit *out, size_t cap, size_t *n, struct err *e);
/* Completes visits that came back from a form (practitioner id and start only) and checks them against diary and gaps;
 * which one does not fit any more stands in *bad. */
NODISCARD bool course_recheck(struct svc_worker *w, const struct course_ask *ask, struct offered_visit *visits,
                              int n_visits, struct arena *a, int *bad, struct err *e);

/* ---- book ---- */
struct contact {
    struct str family_name, given_name, family_kana, given_kana, phone, email;
    bool consents_data, consents_treatment;
};
/* Adds a problem for each field that is missing or wrong; paths are the field names. Normalises (NFC, blanks, digits)
 * in `a`. */
bool contact_check(struct contact *c, enum lang l, struct arena *a, struct issues *problems);

struct course_booking {
    /* in */
    struct str intake_json, plan_json, data_version;
    int triage_level;
    struct civil_date birth_date;
    bool has_birth_date;
    struct str sex;
    bool has_onset;
    struct civil_date onset;
    struct contact contact;
    enum lang lang;
    struct offered_visit *visits;
    int n_visits;
    struct str protocol_id, house_row, reviews, gaps;
    const unsigned char *key;    /* app->key: the link's token is made from it and the course's id */
    const struct clinic *clinic; /* services by id */
    struct str idempotency_key;  /* same key and same request: same answer; empty: none */
    struct str consent_version;
    struct instant now;
    struct arena *a; /* results live here; only the writer's thread uses it while the job runs */
    /* out */
    int64_t course_id, patient_id;
    struct str token;       /* of the private link, shown once */
    bool was_booked_before; /* the idempotency key was known */
    int bad_visit;          /* ERR_CONFLICT: index of the first visit that is taken, else -1 */
};
bool course_book_job(struct db *db, void *course_booking, struct err *e);
/* The same request was booked already: course_id and token are set. Needs contact, visits, key, clinic,
 * idempotency_key and arena of `b`; reads only. */
bool course_was_booked(struct svc_worker *w, struct course_booking *b);

/* ---- look, move, cancel by private link ---- */
struct booked_visit {
    int64_t booking_id, practitioner_id, table_id, service_id;
    int visit_no, sequence;
    struct instant patient_from, patient_to;
    struct str state;           /* booked, arrived, fulfilled, cancelled, noshow */
    bool is_review, can_change; /* still booked and not within the notice time */
    struct money price;
};
struct booked_course {
    int64_t course_id, patient_id;
    struct str family_name, given_name, protocol_id, house_row, intake_json, plan_json, gaps;
    enum lang lang;
    struct booked_visit *visits;
    int n_visits;
    struct instant booked_at;
};
/* ERR_NOT_FOUND when the token opens nothing. */
NODISCARD bool course_by_token(struct svc_worker *w, struct str token, struct arena *a, struct booked_course *out,
                               struct err *e);
/* One .ics of all visits that are not cancelled (and CANCELLED ones with their sequence), METHOD:PUBLISH, no name of a
 * complaint. */
NODISCARD bool course_ics(struct svc_worker *w, const struct booked_course *c, struct str host, struct arena *a,
                          struct str *out, struct err *e);
NODISCARD bool booking_other_times(struct svc_worker *w, const struct booked_course *c, int i, struct arena *a,
                                   struct offered_visit *out, size_t cap, size_t *n, struct err *e);

struct booking_change {
    const struct clinic *clinic;
    int64_t course_id, booking_id;
    struct offered_visit to; /* move only */
    struct instant now;
    struct str actor; /* patient:ID or staff:ID, for the audit */
};
bool booking_move_job(struct db *db, void *booking_change, struct err *e);   /* ERR_CONFLICT: taken meanwhile */
bool booking_cancel_job(struct db *db, void *booking_change, struct err *e); /* twice is the same as once */

#endif
