/* test_store.c - the data file: what is refused, and what `tsubo verify` finds.
 * SPDX-License-Identifier: AGPL-3.0-or-later
 */
#include "support/cm.h"

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "db/db.h"
#include "os/random.h"
#include "store/audit.h"
#include "support/people.h"
#include "svc/demo.h"
#include "svc/verify.h"

static struct know *k;
static char dir[] = "/tmp/tsubo-store-XXXXXX";
static char path[64];

static struct app *open_clinic(struct err *e)
{
    struct app *app = NULL;
    return app_open(str_from(path), false, k, &app, e) && app_find_clinic(app, e) ? app : NULL;
}

/* Three rows more, so that one stands in the middle. */
static bool add_audit_rows(int64_t clinic)
{
    struct err e = { 0 };
    struct db *db;
    bool ok = db_open(str_from(path), DB_WRITE, &db, &e) && db_begin(db, &e);
    for (int64_t i = 1; i <= 3; i++) {
        struct audit_entry entry = { STR("system"), STR("test.row"), STR("course"), i, i, { 1800000000 + i } };
        ok = ok && audit_add(db, clinic, &entry, &e);
    }
    ok = ok && db_commit(db, &e);
    db_close(db);
    return ok;
}

static int start(void **state)
{
    struct err e = { 0 };
    struct app *app;
    struct demo_logins logins;
    struct arena a = { 0 };
    (void)state;
    k = people_know();
    if (!mkdtemp(dir) || !random_start())
        return -1;
    snprintf(path, sizeof path, "%s/tsubo.db", dir);
    bool ok = app_open(str_from(path), true, k, &app, &e) && demo_make(app, &logins, &a, &e) &&
              app_find_clinic(app, &e) && add_audit_rows(app->clinic_id);
    app_close(app);
    arena_release(&a);
    return ok ? 0 : -1;
}

static int end(void **state)
{
    static const char *const ends[] = { "", "-wal", "-shm" };
    char name[80];
    (void)state;
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        snprintf(name, sizeof name, "%s%s", path, ends[i]);
        unlink(name);
    }
    rmdir(dir);
    know_free(k);
    return 0;
}

/* Changes the file behind the program's back. */
static void tamper(const char *sql)
{
    sqlite3 *db;
    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    assert_int_equal(sqlite3_exec(db, sql, NULL, NULL, NULL), SQLITE_OK);
    assert_int_not_equal(sqlite3_total_changes(db) + (sql[0] == 'P'), 0);
    sqlite3_close(db);
}

static struct verify_result verified(void)
{
    struct err e = { 0 };
    struct verify_result v = { 0 };
    struct app *app = open_clinic(&e);
    assert_non_null(app);
    assert_true(verify_run(app, &v, &e));
    app_close(app);
    return v;
}

static void every_named_statement_fits_the_schema(void **state)
{
    struct err e = { 0 };
    struct db *db;
    (void)state;
    assert_true(db_open(str_from(path), DB_WRITE, &db, &e));
    assert_true(db_check_queries(db, &e));
    assert_true(db_check_integrity(db, &e));
    db_close(db);
}

static void a_new_demo_clinic_is_sound(void **state)
{
    (void)state;
    struct verify_result v = verified();
    assert_true(v.bookings > 100 && v.claims > v.bookings && v.audit_rows > 0);
    assert_int_equal(v.claims_missing + v.claims_orphaned + v.courses_partial + v.audit_broken, 0);
}

static void a_claim_that_is_gone_is_found(void **state)
{
    (void)state;
    tamper("CREATE TABLE kept AS SELECT * FROM claim LIMIT 3;"
           "DELETE FROM claim WHERE (resource_id, grain) IN (SELECT resource_id, grain FROM kept)");
    assert_int_equal(verified().claims_missing, 3);
    tamper("INSERT INTO claim SELECT * FROM kept; DROP TABLE kept");
    assert_int_equal(verified().claims_missing, 0);
}

static void a_claim_of_no_booking_is_found(void **state)
{
    (void)state;
    tamper("INSERT INTO claim SELECT clinic_id, resource_id, 1, 99 FROM claim LIMIT 1");
    assert_int_equal(verified().claims_orphaned, 1);
    tamper("DELETE FROM claim WHERE booking_id = 99");
}

static void one_grain_cannot_be_claimed_twice(void **state)
{
    sqlite3 *db;
    (void)state;
    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    assert_int_equal(sqlite3_exec(db, "INSERT INTO claim SELECT clinic_id, resource_id, grain, 99 FROM claim LIMIT 1",
                                  NULL, NULL, NULL),
                     SQLITE_CONSTRAINT);
    sqlite3_close(db);
}

static void an_audit_row_changed_afterwards_is_found(void **state)
{
    (void)state;
    tamper("UPDATE audit SET actor = 'staff:9' || actor WHERE n = 2");
    assert_int_equal(verified().audit_broken, 2);
    tamper("UPDATE audit SET actor = substr(actor, 8) WHERE n = 2");
    assert_int_equal(verified().audit_broken, 0);
}

static void an_audit_row_taken_out_is_found(void **state)
{
    (void)state;
    tamper("CREATE TABLE kept AS SELECT * FROM audit WHERE n = 1; DELETE FROM audit WHERE n = 1");
    assert_int_not_equal(verified().audit_broken, 0);
    tamper("INSERT INTO audit SELECT * FROM kept; DROP TABLE kept");
    assert_int_equal(verified().audit_broken, 0);
}

static void a_file_of_a_newer_program_is_refused_and_left_alone(void **state)
{
    struct err e = { 0 };
    struct db *db;
    int64_t version = 0;
    (void)state;
    tamper("PRAGMA user_version = 9999");
    assert_null(open_clinic(&e));
    assert_int_equal(e.code, ERR_CONFLICT);
    e = (struct err){ 0 };
    assert_true(db_open(str_from(path), DB_READ, &db, &e));
    assert_true(db_version(db, &version, &e));
    assert_int_equal(version, 9999);
    db_close(db);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_named_statement_fits_the_schema),
        cmocka_unit_test(a_new_demo_clinic_is_sound),
        cmocka_unit_test(a_claim_that_is_gone_is_found),
        cmocka_unit_test(a_claim_of_no_booking_is_found),
        cmocka_unit_test(one_grain_cannot_be_claimed_twice),
        cmocka_unit_test(an_audit_row_changed_afterwards_is_found),
        cmocka_unit_test(an_audit_row_taken_out_is_found),
        cmocka_unit_test(a_file_of_a_newer_program_is_refused_and_left_alone),
    };
    return cmocka_run_group_tests(tests, start, end);
}
