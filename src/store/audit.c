/* audit.c (store) - who did what, append only.
 * SPDX-License-Identifier: AGPL-3.0-or-later
 */
#include "store/audit.h"

#include <inttypes.h>

#include "base/buf.h"
#include "os/random.h"

/* Length before each text, so that no two rows have the same bytes. */
static struct str row_hash(struct str before, int64_t n, const struct audit_entry *x, struct arena *a)
{
    struct buf b;
    buf_init(&b, 4096);
    buf_add(&b, before);
    buf_fmt(&b, "|%" PRId64 "|%" PRId64 "|%zu:%.*s|%zu:%.*s|%zu:%.*s|%" PRId64 "|%" PRId64, n, x->at.s, x->actor.n,
            STR_ARG(x->actor), x->action.n, STR_ARG(x->action), x->entity.n, STR_ARG(x->entity), x->entity_id,
            x->patient_id);
    struct str h = hash_bytes(buf_str(&b), a);
    buf_release(&b);
    return h;
}

static bool last(struct db *db, int64_t clinic_id, struct arena *a, int64_t *n, struct str *hash, struct err *e)
{
    struct stmt *q = db_query(db, Q_AUDIT_LAST);
    stmt_bind_i64(q, ":clinic", clinic_id);
    *n = 0;
    *hash = STR("");
    if (stmt_step(q)) {
        *n = stmt_i64(q, 0);
        *hash = stmt_str(q, 1, a);
    }
    return stmt_finish(q, e);
}

bool audit_add(struct db *db, int64_t clinic_id, const struct audit_entry *entry, struct err *e)
{
    struct arena a = { 0 };
    int64_t n;
    struct str before;
    bool ok = last(db, clinic_id, &a, &n, &before, e);
    if (ok) {
        struct stmt *q = db_query(db, Q_AUDIT_INSERT);
        stmt_bind_i64(q, ":clinic", clinic_id);
        stmt_bind_i64(q, ":n", n + 1);
        stmt_bind_i64(q, ":at", entry->at.s);
        stmt_bind_str(q, ":actor", entry->actor);
        stmt_bind_str(q, ":action", entry->action);
        stmt_bind_str(q, ":entity", entry->entity);
        stmt_bind_i64(q, ":entity_id", entry->entity_id);
        if (entry->patient_id)
            stmt_bind_i64(q, ":patient", entry->patient_id);
        stmt_bind_blob(q, ":hash", row_hash(before, n + 1, entry, &a));
        ok = stmt_run(q, e) || err_note(e, "audit");
    }
    arena_release(&a);
    return ok;
}

bool audit_verify(struct db *db, int64_t clinic_id, int64_t *n, int64_t *broken, struct err *e)
{
    struct arena a = { 0 };
    struct str before = STR("");
    struct stmt *q = db_query(db, Q_AUDIT_LIST);
    stmt_bind_i64(q, ":clinic", clinic_id);
    *n = *broken = 0;
    while (stmt_step(q)) {
        struct audit_entry x = { .at = { stmt_i64(q, 1) },
                                 .actor = stmt_str(q, 2, &a),
                                 .action = stmt_str(q, 3, &a),
                                 .entity = stmt_str(q, 4, &a),
                                 .entity_id = stmt_i64(q, 5),
                                 .patient_id = stmt_i64(q, 6) };
        struct str hash = stmt_str(q, 7, &a);
        int64_t row = stmt_i64(q, 0);
        if (!*broken && (row != *n + 1 || !str_eq(hash, row_hash(before, row, &x, &a))))
            *broken = row;
        *n += 1;
        before = hash;
    }
    bool ok = stmt_finish(q, e);
    arena_release(&a);
    return ok;
}
