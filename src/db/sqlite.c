/* sqlite.c - db.h on SQLite: WAL, synchronous FULL, foreign keys on, statements prepared once per connection.
 * SPDX-License-Identifier: AGPL-3.0-or-later
 */
#include "db/db.h"

#include <math.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

#include "base/must.h"

#define APPLICATION_ID 0x54534250 /* "TSBP", so that `file` and other programs know whose it is */

struct stmt {
    struct db *db;
    sqlite3_stmt *prepared;
    bool is_busy, has_failed;
    struct err err;
};

struct db {
    sqlite3 *sq;
    struct stmt stmts[Q__COUNT + 1];
};

static enum err_code code_of(int rc, int extended)
{
    if (extended == SQLITE_CONSTRAINT_PRIMARYKEY || extended == SQLITE_CONSTRAINT_UNIQUE)
        return ERR_CONFLICT;
    if (rc == SQLITE_BUSY || rc == SQLITE_LOCKED || rc == SQLITE_FULL)
        return ERR_BUSY;
    return ERR_INTERNAL;
}

/* The error of the last call; constraint messages name columns only, never values. */
static bool fail(struct db *db, struct err *e, const char *where)
{
    int extended = sqlite3_extended_errcode(db->sq);
    return err_set(e, code_of(extended & 0xFF, extended), 0, "%s: %s (%d)", where, sqlite3_errmsg(db->sq), extended);
}

static bool run_sql(struct db *db, const char *sql, struct err *e)
{
    return sqlite3_exec(db->sq, sql, NULL, NULL, NULL) == SQLITE_OK || fail(db, e, "sql");
}

static bool setup(struct db *db, enum db_mode mode, struct err *e)
{
    static const char *const always[] = { "PRAGMA foreign_keys=ON", "PRAGMA trusted_schema=OFF",
                                          "PRAGMA cache_size=-4000", "PRAGMA mmap_size=268435456",
                                          "PRAGMA temp_store=MEMORY" };
    sqlite3_extended_result_codes(db->sq, 1);
    sqlite3_busy_timeout(db->sq, 5000);
    if (mode == DB_WRITE && !(run_sql(db, "PRAGMA journal_mode=WAL", e) && run_sql(db, "PRAGMA synchronous=FULL", e) &&
                              run_sql(db, "PRAGMA wal_autocheckpoint=1000", e)))
        return false;
    for (size_t i = 0; i < ARRAY_LEN(always); i++)
        if (!run_sql(db, always[i], e))
            return false;
    return true;
}

bool db_open(struct str where, enum db_mode mode, struct db **out, struct err *e)
{
    struct arena a = { 0 };
    struct db *db = xmalloc(sizeof *db);
    int flags = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_URI |
                (mode == DB_WRITE ? SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE : SQLITE_OPEN_READONLY);
    bool ok = sqlite3_open_v2(str_dup(&a, where).p, &db->sq, flags, NULL) == SQLITE_OK || fail(db, e, "open");
    arena_release(&a);
    ok = ok && setup(db, mode, e);
    if (!ok) {
        db_close(db);
        return false;
    }
    *out = db;
    return true;
}

void db_close(struct db *db)
{
    if (!db)
        return;
    for (size_t i = 0; i < Q__COUNT; i++)
        sqlite3_finalize(db->stmts[i].prepared);
    sqlite3_close(db->sq);
    free(db);
}

/* ---- statements ---- */

static void note_failure(struct stmt *s, const char *where)
{
    if (!s->has_failed)
        fail(s->db, &s->err, where);
    s->has_failed = true;
}

struct stmt *db_query(struct db *db, enum query q)
{
    struct stmt *s = &db->stmts[q];
    must((int)q >= 0 && (int)q < (int)Q__COUNT && !s->is_busy);
    s->db = db;
    s->has_failed = false;
    s->is_busy = true;
    if (!s->prepared && sqlite3_prepare_v3(db->sq, query_defs[q].sql[DIALECT_SQLITE], -1, SQLITE_PREPARE_PERSISTENT,
                                           &s->prepared, NULL) != SQLITE_OK)
        note_failure(s, query_defs[q].name);
    return s;
}

/* The number of a parameter; a name the statement lacks is our own mistake. */
static int param(struct stmt *s, const char *name)
{
    if (s->has_failed)
        return 0;
    int i = sqlite3_bind_parameter_index(s->prepared, name);
    must(i > 0);
    return i;
}

static void bound(struct stmt *s, int rc)
{
    if (rc != SQLITE_OK && !s->has_failed)
        note_failure(s, "bind");
}

void stmt_bind_i64(struct stmt *s, const char *name, int64_t v)
{
    int i = param(s, name);
    if (i)
        bound(s, sqlite3_bind_int64(s->prepared, i, v));
}

void stmt_bind_double(struct stmt *s, const char *name, double v)
{
    int i = param(s, name);
    if (i)
        bound(s, isnan(v) ? sqlite3_bind_null(s->prepared, i) : sqlite3_bind_double(s->prepared, i, v));
}

void stmt_bind_str(struct stmt *s, const char *name, struct str v)
{
    int i = param(s, name);
    if (i)
        bound(s, sqlite3_bind_text64(s->prepared, i, v.p ? v.p : "", v.n, SQLITE_STATIC, SQLITE_UTF8));
}

void stmt_bind_blob(struct stmt *s, const char *name, struct str v)
{
    int i = param(s, name);
    if (i)
        bound(s, sqlite3_bind_blob64(s->prepared, i, v.p ? v.p : "", v.n, SQLITE_STATIC));
}

void stmt_bind_null(struct stmt *s, const char *name)
{
    int i = param(s, name);
    if (i)
        bound(s, sqlite3_bind_null(s->prepared, i));
}

bool stmt_step(struct stmt *s)
{
    if (s->has_failed)
        return false;
    int rc = sqlite3_step(s->prepared);
    if (rc != SQLITE_ROW && rc != SQLITE_DONE)
        note_failure(s, "step");
    return rc == SQLITE_ROW;
}

bool stmt_finish(struct stmt *s, struct err *e)
{
    if (s->prepared) {
        sqlite3_reset(s->prepared);
        sqlite3_clear_bindings(s->prepared);
    }
    s->is_busy = false;
    if (s->has_failed)
        *e = s->err;
    return !s->has_failed;
}

bool stmt_run(struct stmt *s, struct err *e)
{
    while (stmt_step(s)) {
    }
    return stmt_finish(s, e);
}

int64_t stmt_changes(const struct stmt *s)
{
    return sqlite3_changes64(s->db->sq);
}

int64_t stmt_i64(struct stmt *s, int column)
{
    return sqlite3_column_int64(s->prepared, column);
}

double stmt_double(struct stmt *s, int column)
{
    return stmt_is_null(s, column) ? NAN : sqlite3_column_double(s->prepared, column);
}

struct str stmt_str(struct stmt *s, int column, struct arena *a)
{
    const char *p = sqlite3_column_blob(s->prepared, column);
    return str_dup(a, (struct str){ p, p ? (size_t)sqlite3_column_bytes(s->prepared, column) : 0 });
}

bool stmt_is_null(struct stmt *s, int column)
{
    return sqlite3_column_type(s->prepared, column) == SQLITE_NULL;
}

/* ---- transactions ---- */

bool db_begin(struct db *db, struct err *e)
{
    return run_sql(db, "BEGIN IMMEDIATE", e);
}

bool db_commit(struct db *db, struct err *e)
{
    return run_sql(db, "COMMIT", e);
}

void db_rollback(struct db *db)
{
    if (!sqlite3_get_autocommit(db->sq))
        sqlite3_exec(db->sq, "ROLLBACK", NULL, NULL, NULL);
}

bool db_in_transaction(const struct db *db)
{
    return !sqlite3_get_autocommit(db->sq);
}

bool db_savepoint(struct db *db, struct err *e)
{
    return run_sql(db, "SAVEPOINT job", e);
}

bool db_release(struct db *db, struct err *e)
{
    return run_sql(db, "RELEASE job", e);
}

void db_rollback_to(struct db *db)
{
    if (!sqlite3_get_autocommit(db->sq))
        sqlite3_exec(db->sq, "ROLLBACK TO job; RELEASE job", NULL, NULL, NULL);
}

/* ---- schema ---- */

static bool pragma_i64(struct db *db, const char *sql, int64_t *out, struct err *e)
{
    sqlite3_stmt *s = NULL;
    bool ok = sqlite3_prepare_v2(db->sq, sql, -1, &s, NULL) == SQLITE_OK && sqlite3_step(s) == SQLITE_ROW;
    if (ok)
        *out = sqlite3_column_int64(s, 0);
    else
        fail(db, e, sql);
    sqlite3_finalize(s);
    return ok;
}

bool db_version(struct db *db, int64_t *out, struct err *e)
{
    return pragma_i64(db, "PRAGMA user_version", out, e);
}

static int64_t migration_version(const struct migration *m)
{
    int64_t v;
    must(str_to_i64(str_sub(m->name, 0, 4), 1, 9999, &v));
    return v;
}

static bool apply(struct db *db, const struct migration *m, struct err *e)
{
    struct arena a = { 0 };
    struct str done = str_fmt(&a, "PRAGMA application_id=%d; PRAGMA user_version=%lld", APPLICATION_ID,
                              (long long)migration_version(m));
    bool ok =
        db_begin(db, e) && run_sql(db, str_dup(&a, m->content).p, e) && run_sql(db, done.p, e) && db_commit(db, e);
    if (!ok) {
        db_rollback(db);
        err_note_(e, "migration %.*s", STR_ARG(m->name));
    }
    arena_release(&a);
    return ok;
}

bool db_migrate(struct db *db, const struct migration *m, size_t n, struct err *e)
{
    int64_t at;
    if (!db_version(db, &at, e))
        return false;
    if (n && at > migration_version(&m[n - 1]))
        return err_set(e, ERR_CONFLICT, 0, "the data file is of a newer program (schema %lld)", (long long)at);
    for (size_t i = 0; i < n; i++)
        if (migration_version(&m[i]) > at && !apply(db, &m[i], e))
            return false;
    return true;
}

bool db_check_queries(struct db *db, struct err *e)
{
    for (int q = 0; q < (int)Q__COUNT; q++)
        if (!stmt_finish(db_query(db, (enum query)q), e))
            return err_note(e, "statement %s", query_defs[q].name);
    return true;
}

bool db_check_integrity(struct db *db, struct err *e)
{
    sqlite3_stmt *s = NULL;
    bool ok = sqlite3_prepare_v2(db->sq, "PRAGMA integrity_check", -1, &s, NULL) == SQLITE_OK &&
              sqlite3_step(s) == SQLITE_ROW;
    if (!ok)
        fail(db, e, "integrity");
    else if (strcmp((const char *)sqlite3_column_text(s, 0), "ok") != 0)
        ok = err_set(e, ERR_INTERNAL, 0, "integrity: %s", sqlite3_column_text(s, 0));
    sqlite3_finalize(s);
    if (!ok)
        return false;
    ok = sqlite3_prepare_v2(db->sq, "PRAGMA foreign_key_check", -1, &s, NULL) == SQLITE_OK || fail(db, e, "keys");
    if (ok && sqlite3_step(s) == SQLITE_ROW)
        ok = err_set(e, ERR_INTERNAL, 0, "foreign key broken in %s", sqlite3_column_text(s, 0));
    sqlite3_finalize(s);
    return ok;
}

bool db_copy_to(struct db *db, struct str path, struct err *e)
{
    sqlite3_stmt *s = NULL;
    bool ok = sqlite3_prepare_v2(db->sq, "VACUUM INTO ?", -1, &s, NULL) == SQLITE_OK &&
              sqlite3_bind_text64(s, 1, path.p, path.n, SQLITE_STATIC, SQLITE_UTF8) == SQLITE_OK &&
              sqlite3_step(s) == SQLITE_DONE;
    if (!ok)
        fail(db, e, "copy");
    sqlite3_finalize(s);
    return ok;
}
