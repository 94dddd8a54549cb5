/* course_book.c - booking a whole course in one transaction, and changing single visits of it.
 * SPDX-License-Identifier: AGPL-3.0-or-later
 *
 * Everything here runs on the writer's thread, inside its transaction: an error undoes all of it.
 */
#include <inttypes.h>
#include <sodium.h>

#include "base/buf.h"
#include "db/db.h"
#include "os/random.h"
#include "store/audit.h"
#include "store/claim.h"
#include "store/clinic.h"
#include "store/course.h"
#include "svc/course.h"
#include "svc/fold.h"

/* The private link's token follows from the course's id and this installation's key, so that the same request sent
 * again can be given the same link although only its hash is kept. */
static struct str link_token(const unsigned char *key, int64_t course_id, struct arena *a)
{
    unsigned char hash[16];
    static const char purpose[] = "private link";
    crypto_generichash_state s;
    crypto_generichash_init(&s, key, 32, sizeof hash);
    crypto_generichash_update(&s, (const unsigned char *)purpose, sizeof purpose);
    crypto_generichash_update(&s, (const unsigned char *)&course_id, sizeof course_id);
    crypto_generichash_final(&s, hash, sizeof hash);
    char *p = arena_array(a, char, 32);
    sodium_bin2base64(p, 32, hash, sizeof hash, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    return str_from(p);
}

/* What makes two requests of one key the same: the person and the visits. The answers of the self-check are left out,
 * since the browser forgets them once the course is booked. */
static struct str request_hash(const struct course_booking *b)
{
    struct buf t;
    buf_init(&t, 1 << 20);
    const struct str parts[] = { b->contact.family_name, b->contact.given_name, b->contact.phone, b->contact.email };
    for (size_t i = 0; i < ARRAY_LEN(parts); i++)
        buf_fmt(&t, "%zu:%.*s|", parts[i].n, STR_ARG(parts[i]));
    for (int i = 0; i < b->n_visits; i++)
        buf_fmt(&t, "%" PRId64 "@%" PRId64 "|", b->visits[i].practitioner_id, b->visits[i].starts_at.s);
    struct str h = hash_bytes(buf_str(&t), b->a);
    buf_release(&t);
    return h;
}

static const struct service_shape *shape_of(const struct clinic *c, int64_t service_id)
{
    for (size_t i = 0; i < c->n_services; i++)
        if (c->services[i].id == service_id)
            return &c->services[i].shape;
    return NULL;
}

static bool was_booked(struct db *db, struct course_booking *b, struct str hash, struct err *e)
{
    struct str answer;
    bool found;
    if (b->idempotency_key.n == 0)
        return false;
    if (!idempotency_get(db, b->clinic->id, b->idempotency_key, hash, b->a, &found, &answer, e))
        return false;
    if (!found || !str_to_i64(answer, 1, INT64_MAX, &b->course_id))
        return false;
    b->token = link_token(b->key, b->course_id, b->a);
    b->was_booked_before = true;
    return true;
}

static bool insert_person(struct db *db, struct course_booking *b, int64_t episode, struct err *e)
{
    const struct contact *c = &b->contact;
    const struct str names[] = { c->family_name, c->given_name, c->family_kana, c->given_kana, c->phone };
    struct patient_row p = { .id = b->patient_id,
                             .family_name = c->family_name,
                             .given_name = c->given_name,
                             .family_kana = c->family_kana,
                             .given_kana = c->given_kana,
                             .sex = b->sex,
                             .phone = c->phone,
                             .email = c->email,
                             .has_birth_date = b->has_birth_date,
                             .birth_date = b->birth_date,
                             .lang = b->lang,
                             .search_key = fold_all(names, ARRAY_LEN(names), b->a) };
    struct intake_row intake = { id_new(), episode, b->intake_json, b->plan_json, b->data_version, b->triage_level };
    return patient_insert(db, b->clinic->id, &p, b->now, e) &&
           episode_insert(db, b->clinic->id, episode, p.id, b->has_onset, b->onset, b->now, e) &&
           intake_insert(db, b->clinic->id, &intake, b->now, e) &&
           consent_insert(db, b->clinic->id, id_new(), p.id, STR("data"), b->consent_version, b->lang, b->now, e) &&
           consent_insert(db, b->clinic->id, id_new(), p.id, STR("treatment"), b->consent_version, b->lang, b->now, e);
}

static bool insert_visits(struct db *db, struct course_booking *b, struct err *e)
{
    struct claim_list claims = { 0 };
    int64_t *ids = arena_array(b->a, int64_t, (size_t)b->n_visits), bad_id = 0;
    for (int i = 0; i < b->n_visits; i++) {
        const struct offered_visit *v = &b->visits[i];
        const struct service_shape *shape = shape_of(b->clinic, v->service_id);
        int64_t practitioner, table;
        ids[i] = id_new();
        b->bad_visit = i;
        if (!shape)
            return err_set(e, ERR_NOT_FOUND, 0, "service %" PRId64, v->service_id);
        if (!booking_resources(db, b->clinic->id, v->practitioner_id, v->table_id, &practitioner, &table, e))
            return false;
        claim_add(&claims, shape, v->starts_at, practitioner, table, ids[i], b->a);
        struct booking_row row = {
            ids[i], b->course_id, b->patient_id, v->service_id,   v->practitioner_id, v->table_id,    i + 1,
            0,      v->starts_at, v->ends_at,    v->patient_from, v->patient_to,      v->price.minor, STR("booked")
        };
        if (!booking_insert(db, b->clinic->id, &row, b->now, e))
            return false;
    }
    b->bad_visit = -1;
    if (claim_take(db, b->clinic->id, &claims, &bad_id, e))
        return true;
    for (int i = 0; i < b->n_visits; i++)
        if (ids[i] == bad_id)
            b->bad_visit = i;
    return false;
}

static bool insert_course(struct db *db, struct course_booking *b, int64_t episode, struct err *e)
{
    b->token = link_token(b->key, b->course_id, b->a);
    struct course_row row = { .id = b->course_id,
                              .episode_id = episode,
                              .patient_id = b->patient_id,
                              .protocol_id = b->protocol_id,
                              .house_row = b->house_row,
                              .reviews = b->reviews,
                              .gaps = b->gaps,
                              .link_hash = token_hash(b->token, b->a),
                              .lang = b->lang,
                              .booked_at = b->now };
    return course_row_insert(db, b->clinic->id, &row, e);
}

bool course_was_booked(struct svc_worker *w, struct course_booking *b)
{
    struct err e = { 0 };
    return was_booked(w->db, b, request_hash(b), &e);
}

bool course_book_job(struct db *db, void *course_booking, struct err *e)
{
    struct course_booking *b = course_booking;
    struct str hash = request_hash(b);
    int64_t episode = id_new();
    b->bad_visit = -1;
    if (was_booked(db, b, hash, e))
        return true;
    if (e->code != ERR_NONE)
        return err_note(e, "book course");
    b->course_id = id_new();
    b->patient_id = id_new();
    struct audit_entry entry = {
        STR("public"), STR("course.book"), STR("course"), b->course_id, b->patient_id, b->now
    };
    bool ok = insert_person(db, b, episode, e) && insert_course(db, b, episode, e) && insert_visits(db, b, e) &&
              clinic_raise_diary(db, b->clinic->id, e) && audit_add(db, b->clinic->id, &entry, e);
    if (ok && b->idempotency_key.n)
        ok = idempotency_insert(db, b->clinic->id, b->idempotency_key, hash, str_fmt(b->a, "%" PRId64, b->course_id),
                                b->now, e);
    return ok || err_note(e, "book course");
}

/* ---- one visit ---- */

/* The booking of this course, still booked. */
static bool load_for_change(struct db *db, const struct booking_change *c, struct arena *a, struct booking_row *out,
                            struct err *e)
{
    if (!booking_get(db, c->clinic->id, c->booking_id, a, out, e))
        return false;
    return out->course_id == c->course_id ||
           err_set(e, ERR_NOT_FOUND, 0, "booking %" PRId64 " of another course", c->booking_id);
}

static bool release_claims(struct db *db, const struct clinic *c, const struct booking_row *b, struct err *e)
{
    int64_t practitioner, table;
    struct span when = { b->starts_at, b->ends_at };
    return booking_resources(db, c->id, b->practitioner_id, b->table_id, &practitioner, &table, e) &&
           claim_release(db, c->id, practitioner, when, b->id, e) && claim_release(db, c->id, table, when, b->id, e);
}

static bool take_claims(struct db *db, const struct clinic *c, const struct booking_row *b, struct arena *a,
                        struct err *e)
{
    struct claim_list claims = { 0 };
    const struct service_shape *shape = shape_of(c, b->service_id);
    int64_t practitioner, table, bad;
    if (!shape)
        return err_set(e, ERR_NOT_FOUND, 0, "service %" PRId64, b->service_id);
    if (!booking_resources(db, c->id, b->practitioner_id, b->table_id, &practitioner, &table, e))
        return false;
    claim_add(&claims, shape, b->starts_at, practitioner, table, b->id, a);
    return claim_take(db, c->id, &claims, &bad, e);
}

static bool finish_change(struct db *db, const struct booking_change *c, const struct booking_row *b, struct str action,
                          struct err *e)
{
    struct audit_entry entry = { c->actor, action, STR("booking"), b->id, b->patient_id, c->now };
    return clinic_raise_diary(db, c->clinic->id, e) && audit_add(db, c->clinic->id, &entry, e);
}

bool booking_move_job(struct db *db, void *booking_change, struct err *e)
{
    struct booking_change *c = booking_change;
    struct arena a = { 0 };
    struct booking_row b;
    bool ok = load_for_change(db, c, &a, &b, e);
    if (ok && !str_eq(b.state, STR("booked")))
        ok = err_set(e, ERR_CONFLICT, 0, "booking %" PRId64 " is not booked any more", b.id);
    ok = ok && release_claims(db, c->clinic, &b, e);
    if (ok) {
        b.practitioner_id = c->to.practitioner_id;
        b.table_id = c->to.table_id;
        b.starts_at = c->to.starts_at;
        b.ends_at = c->to.ends_at;
        b.patient_from = c->to.patient_from;
        b.patient_to = c->to.patient_to;
        ok = take_claims(db, c->clinic, &b, &a, e) && booking_set_time(db, c->clinic->id, &b, c->now, e) &&
             finish_change(db, c, &b, STR("booking.move"), e);
    }
    arena_release(&a);
    return ok || err_note(e, "move booking %" PRId64, c->booking_id);
}

bool booking_cancel_job(struct db *db, void *booking_change, struct err *e)
{
    struct booking_change *c = booking_change;
    struct arena a = { 0 };
    struct booking_row b;
    bool ok = load_for_change(db, c, &a, &b, e);
    bool is_done = ok && str_eq(b.state, STR("cancelled"));
    if (ok && !is_done && !str_eq(b.state, STR("booked")))
        ok = err_set(e, ERR_CONFLICT, 0, "booking %" PRId64 " cannot be cancelled any more", b.id);
    if (ok && !is_done)
        ok = release_claims(db, c->clinic, &b, e) &&
             booking_set_state(db, c->clinic->id, b.id, STR("cancelled"), c->now, e) &&
             finish_change(db, c, &b, STR("booking.cancel"), e);
    arena_release(&a);
    return ok || err_note(e, "cancel booking %" PRId64, c->booking_id);
}
