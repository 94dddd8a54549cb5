/* course.c (store) - people, their episodes and intakes, courses and bookings.
 * SPDX-License-Identifier: AGPL-3.0-or-later
 */
#include "store/course.h"

#include <inttypes.h>

bool patient_insert(struct db *db, int64_t clinic, const struct patient_row *p, struct instant now, struct err *e)
{
    struct stmt *q = db_query(db, Q_PATIENT_INSERT);
    stmt_bind_i64(q, ":clinic", clinic);
    stmt_bind_i64(q, ":id", p->id);
    stmt_bind_str(q, ":family", p->family_name);
    stmt_bind_str(q, ":given", p->given_name);
    stmt_bind_str(q, ":family_kana", p->family_kana);
    stmt_bind_str(q, ":given_kana", p->given_kana);
    if (p->has_birth_date)
        stmt_bind_i64(q, ":birth", p->birth_date.day);
    stmt_bind_str(q, ":sex", p->sex);
    stmt_bind_str(q, ":phone", p->phone);
    stmt_bind_str(q, ":email", p->email);
    stmt_bind_str(q, ":lang", lang_code(p->lang));
    stmt_bind_str(q, ":key", p->search_key);
    stmt_bind_i64(q, ":now", now.s);
    return stmt_run(q, e);
}

bool episode_insert(struct db *db, int64_t clinic, int64_t id, int64_t patient, bool has_onset, struct civil_date onset,
                    struct instant now, struct err *e)
{
    struct stmt *q = db_query(db, Q_EPISODE_INSERT);
    stmt_bind_i64(q, ":clinic", clinic);
    stmt_bind_i64(q, ":id", id);
    stmt_bind_i64(q, ":patient", patient);
    if (has_onset)
        stmt_bind_i64(q, ":onset", onset.day);
    stmt_bind_i64(q, ":now", now.s);
    return stmt_run(q, e);
}

bool intake_insert(struct db *db, int64_t clinic, const struct intake_row *i, struct instant now, struct err *e)
{
    struct stmt *q = db_query(db, Q_INTAKE_INSERT);
    stmt_bind_i64(q, ":clinic", clinic);
    stmt_bind_i64(q, ":id", i->id);
    stmt_bind_i64(q, ":episode", i->episode_id);
    stmt_bind_i64(q, ":now", now.s);
    stmt_bind_str(q, ":version", i->data_version);
    stmt_bind_str(q, ":document", i->document);
    stmt_bind_str(q, ":plan", i->plan);
    stmt_bind_i64(q, ":level", i->triage_level);
    return stmt_run(q, e);
}

bool consent_insert(struct db *db, int64_t clinic, int64_t id, int64_t patient, struct str kind, struct str version,
                    enum lang lang, struct instant now, struct err *e)
{
    struct stmt *q = db_query(db, Q_CONSENT_INSERT);
    stmt_bind_i64(q, ":clinic", clinic);
    stmt_bind_i64(q, ":id", id);
    stmt_bind_i64(q, ":patient", patient);
    stmt_bind_str(q, ":kind", kind);
    stmt_bind_str(q, ":version", version);
    stmt_bind_str(q, ":lang", lang_code(lang));
    stmt_bind_i64(q, ":now", now.s);
    return stmt_run(q, e);
}

bool course_row_insert(struct db *db, int64_t clinic, const struct course_row *c, struct err *e)
{
    struct stmt *q = db_query(db, Q_COURSE_INSERT);
    stmt_bind_i64(q, ":clinic", clinic);
    stmt_bind_i64(q, ":id", c->id);
    stmt_bind_i64(q, ":episode", c->episode_id);
    stmt_bind_i64(q, ":patient", c->patient_id);
    stmt_bind_str(q, ":protocol", c->protocol_id);
    stmt_bind_str(q, ":house_row", c->house_row);
    stmt_bind_str(q, ":reviews", c->reviews);
    stmt_bind_str(q, ":gaps", c->gaps);
    stmt_bind_str(q, ":lang", lang_code(c->lang));
    stmt_bind_blob(q, ":hash", c->link_hash);
    stmt_bind_i64(q, ":now", c->booked_at.s);
    return stmt_run(q, e);
}

bool course_row_by_link(struct db *db, int64_t clinic, struct str link_hash, struct arena *a, struct course_row *out,
                        struct err *e)
{
    struct stmt *q = db_query(db, Q_COURSE_BY_LINK);
    struct course_row c = { .link_hash = link_hash };
    stmt_bind_i64(q, ":clinic", clinic);
    stmt_bind_blob(q, ":hash", link_hash);
    bool has_row = stmt_step(q);
    if (has_row) {
        c.id = stmt_i64(q, 0);
        c.patient_id = stmt_i64(q, 1);
        c.protocol_id = stmt_str(q, 2, a);
        c.house_row = stmt_str(q, 3, a);
        c.reviews = stmt_str(q, 4, a);
        c.gaps = stmt_str(q, 5, a);
        if (!lang_parse(stmt_str(q, 6, a), &c.lang))
            c.lang = LANG_EN;
        c.booked_at = (struct instant){ stmt_i64(q, 7) };
        c.family_name = stmt_str(q, 8, a);
        c.given_name = stmt_str(q, 9, a);
        c.intake = stmt_str(q, 10, a);
        c.plan = stmt_str(q, 11, a);
    }
    if (!stmt_finish(q, e))
        return false;
    if (!has_row)
        return err_set(e, ERR_NOT_FOUND, 0, "no course has this link");
    *out = c;
    return true;
}

bool booking_insert(struct db *db, int64_t clinic, const struct booking_row *b, struct instant now, struct err *e)
{
    struct stmt *q = db_query(db, Q_BOOKING_INSERT);
    stmt_bind_i64(q, ":clinic", clinic);
    stmt_bind_i64(q, ":id", b->id);
    stmt_bind_i64(q, ":course", b->course_id);
    stmt_bind_i64(q, ":patient", b->patient_id);
    stmt_bind_i64(q, ":visit_no", b->visit_no);
    stmt_bind_i64(q, ":service", b->service_id);
    stmt_bind_i64(q, ":practitioner", b->practitioner_id);
    stmt_bind_i64(q, ":table", b->table_id);
    stmt_bind_i64(q, ":starts", b->starts_at.s);
    stmt_bind_i64(q, ":ends", b->ends_at.s);
    stmt_bind_i64(q, ":patient_from", b->patient_from.s);
    stmt_bind_i64(q, ":patient_to", b->patient_to.s);
    stmt_bind_i64(q, ":price", b->price_minor);
    stmt_bind_str(q, ":state", b->state);
    stmt_bind_i64(q, ":now", now.s);
    return stmt_run(q, e) || err_note(e, "booking %" PRId64, b->id);
}

bool booking_get(struct db *db, int64_t clinic, int64_t id, struct arena *a, struct booking_row *out, struct err *e)
{
    struct stmt *q = db_query(db, Q_BOOKING_GET);
    struct booking_row b = { .id = id };
    stmt_bind_i64(q, ":clinic", clinic);
    stmt_bind_i64(q, ":id", id);
    bool has_row = stmt_step(q);
    if (has_row) {
        b.course_id = stmt_i64(q, 0);
        b.practitioner_id = stmt_i64(q, 1);
        b.table_id = stmt_i64(q, 2);
        b.service_id = stmt_i64(q, 3);
        b.visit_no = (int)stmt_i64(q, 4);
        b.sequence = (int)stmt_i64(q, 5);
        b.patient_from.s = stmt_i64(q, 6);
        b.patient_to.s = stmt_i64(q, 7);
        b.starts_at.s = stmt_i64(q, 8);
        b.ends_at.s = stmt_i64(q, 9);
        b.state = stmt_str(q, 10, a);
        b.patient_id = stmt_i64(q, 11);
    }
    if (!stmt_finish(q, e))
        return false;
    if (!has_row)
        return err_set(e, ERR_NOT_FOUND, 0, "no booking %" PRId64, id);
    *out = b;
    return true;
}

bool booking_of_course(struct db *db, int64_t clinic, int64_t course, struct arena *a, struct booking_rows *out,
                       struct err *e)
{
    struct stmt *q = db_query(db, Q_BOOKING_OF_COURSE);
    struct booking_rows rows = { 0 };
    stmt_bind_i64(q, ":clinic", clinic);
    stmt_bind_i64(q, ":course", course);
    while (stmt_step(q))
        *list_push(&rows.list, a) = (struct booking_row){ .id = stmt_i64(q, 0),
                                                          .course_id = course,
                                                          .practitioner_id = stmt_i64(q, 1),
                                                          .table_id = stmt_i64(q, 2),
                                                          .service_id = stmt_i64(q, 3),
                                                          .visit_no = (int)stmt_i64(q, 4),
                                                          .sequence = (int)stmt_i64(q, 5),
                                                          .patient_from = { stmt_i64(q, 6) },
                                                          .patient_to = { stmt_i64(q, 7) },
                                                          .starts_at = { stmt_i64(q, 8) },
                                                          .ends_at = { stmt_i64(q, 9) },
                                                          .state = stmt_str(q, 10, a),
                                                          .price_minor = stmt_i64(q, 11) };
    if (!stmt_finish(q, e))
        return false;
    *out = rows;
    return true;
}

bool booking_set_time(struct db *db, int64_t clinic, const struct booking_row *b, struct instant now, struct err *e)
{
    struct stmt *q = db_query(db, Q_BOOKING_MOVE);
    stmt_bind_i64(q, ":clinic", clinic);
    stmt_bind_i64(q, ":id", b->id);
    stmt_bind_i64(q, ":practitioner", b->practitioner_id);
    stmt_bind_i64(q, ":table", b->table_id);
    stmt_bind_i64(q, ":starts", b->starts_at.s);
    stmt_bind_i64(q, ":ends", b->ends_at.s);
    stmt_bind_i64(q, ":patient_from", b->patient_from.s);
    stmt_bind_i64(q, ":patient_to", b->patient_to.s);
    stmt_bind_i64(q, ":now", now.s);
    return stmt_run(q, e);
}

bool booking_set_state(struct db *db, int64_t clinic, int64_t id, struct str state, struct instant now, struct err *e)
{
    struct stmt *q = db_query(db, Q_BOOKING_SET_STATE);
    stmt_bind_i64(q, ":clinic", clinic);
    stmt_bind_i64(q, ":id", id);
    stmt_bind_str(q, ":state", state);
    stmt_bind_i64(q, ":now", now.s);
    return stmt_run(q, e);
}

bool booking_busy(struct db *db, int64_t clinic, struct span when, struct arena *a, struct busy_rows *out,
                  struct err *e)
{
    struct stmt *q = db_query(db, Q_BOOKING_BUSY);
    struct busy_rows rows = { 0 };
    stmt_bind_i64(q, ":clinic", clinic);
    stmt_bind_i64(q, ":from", when.from.s);
    stmt_bind_i64(q, ":to", when.to.s);
    while (stmt_step(q))
        *list_push(&rows.list, a) =
            (struct busy_row){ stmt_i64(q, 0), stmt_i64(q, 1), stmt_i64(q, 2), { stmt_i64(q, 3) }, { stmt_i64(q, 4) } };
    if (!stmt_finish(q, e))
        return false;
    *out = rows;
    return true;
}

bool booking_resources(struct db *db, int64_t clinic, int64_t practitioner, int64_t table,
                       int64_t *practitioner_resource, int64_t *table_resource, struct err *e)
{
    struct stmt *q = db_query(db, Q_BOOKING_RESOURCES);
    stmt_bind_i64(q, ":clinic", clinic);
    stmt_bind_i64(q, ":practitioner", practitioner);
    stmt_bind_i64(q, ":table", table);
    bool has_row = stmt_step(q);
    int64_t p = has_row ? stmt_i64(q, 0) : 0, t = has_row ? stmt_i64(q, 1) : 0;
    if (!stmt_finish(q, e))
        return false;
    if (!has_row)
        return err_set(e, ERR_NOT_FOUND, 0, "no such practitioner or table");
    *practitioner_resource = p;
    *table_resource = t;
    return true;
}

bool idempotency_get(struct db *db, int64_t clinic, struct str key, struct str request_hash, struct arena *a,
                     bool *found, struct str *answer, struct err *e)
{
    struct stmt *q = db_query(db, Q_IDEMPOTENCY_GET);
    stmt_bind_i64(q, ":clinic", clinic);
    stmt_bind_str(q, ":key", key);
    bool has_row = stmt_step(q);
    struct str hash = has_row ? stmt_str(q, 0, a) : STR("");
    struct str kept = has_row ? stmt_str(q, 1, a) : STR("");
    if (!stmt_finish(q, e))
        return false;
    if (has_row && !str_eq(hash, request_hash))
        return err_set(e, ERR_CONFLICT, 0, "the idempotency key belongs to another request");
    *found = has_row;
    *answer = kept;
    return true;
}

bool idempotency_insert(struct db *db, int64_t clinic, struct str key, struct str request_hash, struct str answer,
                        struct instant now, struct err *e)
{
    struct stmt *q = db_query(db, Q_IDEMPOTENCY_INSERT);
    stmt_bind_i64(q, ":clinic", clinic);
    stmt_bind_str(q, ":key", key);
    stmt_bind_blob(q, ":hash", request_hash);
    stmt_bind_str(q, ":answer", answer);
    stmt_bind_i64(q, ":now", now.s);
    return stmt_run(q, e);
}
