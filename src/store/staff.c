/* staff.c - log-ins of the people who work in the clinic.
 * SPDX-License-Identifier: AGPL-3.0-or-later
 */
#include "store/staff.h"

bool staff_insert(struct db *db, int64_t clinic, const struct staff_row *s, struct instant now, struct err *e)
{
    struct stmt *q = db_query(db, Q_STAFF_INSERT);
    stmt_bind_i64(q, ":clinic", clinic);
    stmt_bind_i64(q, ":id", s->id);
    stmt_bind_str(q, ":login", s->login);
    stmt_bind_str(q, ":hash", s->password_hash);
    stmt_bind_str(q, ":role", s->role);
    if (s->practitioner_id)
        stmt_bind_i64(q, ":practitioner", s->practitioner_id);
    stmt_bind_str(q, ":lang", lang_code(s->lang));
    stmt_bind_i64(q, ":now", now.s);
    return stmt_run(q, e);
}

bool staff_by_login(struct db *db, int64_t clinic, struct str login, struct arena *a, struct staff_row *out,
                    struct err *e)
{
    struct stmt *q = db_query(db, Q_STAFF_BY_LOGIN);
    struct staff_row s = { .login = login };
    stmt_bind_i64(q, ":clinic", clinic);
    stmt_bind_str(q, ":login", login);
    bool has_row = stmt_step(q);
    if (has_row) {
        s.id = stmt_i64(q, 0);
        s.password_hash = stmt_str(q, 1, a);
        s.role = stmt_str(q, 2, a);
        s.practitioner_id = stmt_i64(q, 3);
        if (!lang_parse(stmt_str(q, 4, a), &s.lang))
            s.lang = LANG_EN;
        s.is_active = stmt_i64(q, 5) != 0;
    }
    if (!stmt_finish(q, e))
        return false;
    if (!has_row)
        return err_set(e, ERR_NOT_FOUND, 0, "no such log-in");
    *out = s;
    return true;
}
