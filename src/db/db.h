/* db.h - one connection to the clinic's data: named statements, transactions, migrations.
 * SPDX-License-Identifier: AGPL-3.0-or-later
 *
 * SQLite for one clinic, PostgreSQL for a chain, behind this one face; the layers above do not know which. A connection
 * belongs to one thread at a time. Readers cannot write (db_open with DB_READ).
 *
 * Statements: db_query gives the prepared statement of a name, ready to bind; stmt_step moves to the next row;
 * stmt_finish resets it and reports the first failure of prepare, bind or step. A statement is used once at a time per
 * connection. Errors: ERR_CONFLICT when a primary or unique key refused a row (somebody else was first), ERR_BUSY when
 * the database is locked or away, ERR_INTERNAL otherwise.
 */
#ifndef TSUBO_DB_DB_H
#define TSUBO_DB_DB_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/str.h"
#include "db/query.h"

struct db;
struct stmt;
enum db_mode { DB_READ, DB_WRITE };

/* `where` is a file's path. DB_WRITE creates it when missing. */
NODISCARD bool db_open(struct str where, enum db_mode mode, struct db **out, struct err *e);
void db_close(struct db *db); /* NULL is fine */

struct stmt *db_query(struct db *db, enum query q);
void stmt_bind_i64(struct stmt *s, const char *name, int64_t v);
void stmt_bind_double(struct stmt *s, const char *name, double v);  /* NAN is bound as NULL */
void stmt_bind_str(struct stmt *s, const char *name, struct str v); /* not copied: must live until stmt_finish */
void stmt_bind_blob(struct stmt *s, const char *name, struct str v);
void stmt_bind_null(struct stmt *s, const char *name);
bool stmt_step(struct stmt *s); /* true: there is a row */
NODISCARD bool stmt_finish(struct stmt *s, struct err *e);
int64_t stmt_changes(const struct stmt *s); /* rows changed by the last finished statement of this connection */

/* Columns of the current row, from 0. Text and blobs are copied into `a`. */
int64_t stmt_i64(struct stmt *s, int column);
double stmt_double(struct stmt *s, int column); /* NAN for NULL */
struct str stmt_str(struct stmt *s, int column, struct arena *a);
bool stmt_is_null(struct stmt *s, int column);

/* A statement without rows: bind first, then this. */
NODISCARD bool stmt_run(struct stmt *s, struct err *e);

NODISCARD bool db_begin(struct db *db, struct err *e);
NODISCARD bool db_commit(struct db *db, struct err *e);
void db_rollback(struct db *db);
/* False when an error of the disk has undone the whole transaction. */
NODISCARD bool db_in_transaction(const struct db *db);
NODISCARD bool db_savepoint(struct db *db, struct err *e);
NODISCARD bool db_release(struct db *db, struct err *e);
void db_rollback_to(struct db *db); /* undoes the savepoint and releases it */

/* ---- schema ---- */
struct migration {
    struct str name; /* 0001_first.sql; the number is the version */
    struct str content;
};
/* Brings the schema to the newest version. ERR_CONFLICT when the file is of a newer program (nothing is touched). */
NODISCARD bool db_migrate(struct db *db, const struct migration *m, size_t n, struct err *e);
NODISCARD bool db_version(struct db *db, int64_t *out, struct err *e);
/* Prepares every named statement; the first that does not fit the schema is the error. */
NODISCARD bool db_check_queries(struct db *db, struct err *e);
/* Looks through the whole file for damage (PRAGMA integrity_check, foreign keys). */
NODISCARD bool db_check_integrity(struct db *db, struct err *e);
/* A fresh consistent copy of the whole database into a new file. */
NODISCARD bool db_copy_to(struct db *db, struct str path, struct err *e);

#endif
