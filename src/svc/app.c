/* app.c - opening the data file, the writer, and each worker's view of clinic and diary.
 * SPDX-License-Identifier: AGPL-3.0-or-later
 */
#include "svc/app.h"

#include <stdlib.h>
#include <string.h>

#include "db/db.h"
#include "db/writer.h"
#include "engine/course.h"
#include "os/clock.h"
#include "os/files.h"
#include "os/random.h"
#include "store/clinic.h"
#include "store/course.h"
#include "svc/schema_files.h"

static struct instant system_now(void *app)
{
    (void)app;
    return clock_now();
}

/* The key of this installation: made on first use. */
static bool load_key(struct app *app, struct db *db, struct err *e)
{
    struct arena a = { 0 };
    struct str key;
    bool ok = secret_get(db, STR("key"), &a, &key, e);
    if (ok && key.n != sizeof app->key) {
        random_bytes(app->key, sizeof app->key);
        ok = secret_set(db, STR("key"), (struct str){ (const char *)app->key, sizeof app->key }, e);
    } else if (ok) {
        memcpy(app->key, key.p, sizeof app->key);
    }
    arena_release(&a);
    return ok;
}

bool app_open(struct str db_path, bool is_new, const struct know *k, struct app **out, struct err *e)
{
    struct db *db = NULL;
    struct app *app = xmalloc(sizeof *app);
    struct arena *a = xmalloc(sizeof *a);
    app->arena = a;
    app->know = k;
    app->now = system_now;
    app->db_path = str_dup(a, db_path);
    bool ok = (is_new || file_exists(db_path) ||
               err_set(e, ERR_NOT_FOUND, 0, "there is no data file %.*s", STR_ARG(db_path))) &&
              db_open(db_path, DB_WRITE, &db, e) && db_migrate(db, schema_files, schema_files_n, e) &&
              load_key(app, db, e) && writer_start(db, &app->writer, e);
    if (!ok) {
        db_close(db);
        app_close(app);
        return false;
    }
    struct err none = { 0 };
    (void)!app_find_clinic(app, &none); /* a new file has no clinic yet */
    *out = app;
    return true;
}

bool app_find_clinic(struct app *app, struct err *e)
{
    struct db *db = NULL;
    bool ok = db_open(app->db_path, DB_READ, &db, e) && clinic_first(db, &app->clinic_id, e);
    db_close(db);
    return ok;
}

void app_close(struct app *app)
{
    if (!app)
        return;
    writer_stop(app->writer);
    arena_release(app->arena);
    free(app->arena);
    free(app);
}

struct svc_worker *svc_worker_new(struct app *app, struct err *e)
{
    struct svc_worker *w = xmalloc(sizeof *w);
    w->app = app;
    if (!db_open(app->db_path, DB_READ, &w->db, e)) {
        svc_worker_free(w);
        return NULL;
    }
    w->search = course_search_new();
    return w;
}

void svc_worker_free(struct svc_worker *w)
{
    if (!w)
        return;
    db_close(w->db);
    if (w->search)
        course_search_free(w->search);
    arena_release(&w->clinic_arena);
    arena_release(&w->diary_arena);
    free(w);
}

static bool load_clinic(struct svc_worker *w, struct err *e)
{
    struct arena a = { 0 };
    struct clinic c;
    struct str zone_name;
    struct civil_date yesterday = { (int32_t)(w->app->now(w->app).s / 86400) - 1 };
    if (!clinic_load(w->db, w->app->clinic_id, yesterday, &a, &c, &zone_name, e) ||
        !zone_load(zone_name, &a, &c.zone, e)) {
        arena_release(&a);
        return false;
    }
    arena_release(&w->clinic_arena);
    w->clinic_arena = a;
    w->clinic = c;
    w->has_clinic = true;
    w->has_diary = false;
    return true;
}

bool svc_clinic(struct svc_worker *w, const struct clinic **out, struct err *e)
{
    int64_t version;
    if (!clinic_diary_version(w->db, w->app->clinic_id, &version, e))
        return false;
    if ((!w->has_clinic || w->clinic.diary_version != version) && !load_clinic(w, e))
        return false;
    *out = &w->clinic;
    return true;
}

const struct clinic *svc_clinic_for_job(const struct clinic *c, struct arena *a)
{
    struct clinic *copy = arena_one(a, struct clinic);
    struct clinic_service *services = arena_array(a, struct clinic_service, c->n_services + 1);
    for (size_t i = 0; i < c->n_services; i++) {
        const struct service_shape *from = &c->services[i].shape;
        struct segment *segments = arena_array(a, struct segment, from->n_segments + 1);
        memcpy(segments, from->segments, from->n_segments * sizeof *segments);
        services[i] = (struct clinic_service){ .id = c->services[i].id,
                                               .price = c->services[i].price,
                                               .shape = { segments, from->n_segments } };
    }
    *copy = (struct clinic){ .id = c->id, .currency = c->currency, .services = services, .n_services = c->n_services };
    return copy;
}

struct civil_date svc_today(const struct svc_worker *w, const struct clinic *c)
{
    return zone_date(c->zone, w->app->now(w->app));
}

struct plan_rules svc_plan_rules(const struct clinic *c)
{
    int i = clinic_service(c, STR("treatment"));
    int minutes = 0;
    for (size_t s = 0; i >= 0 && s < c->services[i].shape.n_segments; s++)
        if (c->services[i].shape.segments[s].kind == SEGMENT_RETENTION)
            minutes += c->services[i].shape.segments[s].minutes;
    return (struct plan_rules){ .limits = { c->min_age },
                                .severity_axis = c->severity_axis,
                                .needles_max = c->needles_max,
                                .dose = { .gap = { 3, 7, 14 }, .visits = 6, .minutes = minutes ? minutes : 20 } };
}

/* ---- diary ---- */

static int practitioner_index(const struct clinic *c, int64_t id)
{
    for (size_t i = 0; i < c->n_practitioners; i++)
        if (c->practitioners[i].id == id)
            return (int)i;
    return -1;
}

static int table_index(const struct clinic *c, int64_t id)
{
    for (size_t i = 0; i < c->n_tables; i++)
        if (c->tables[i].id == id)
            return (int)i;
    return -1;
}

struct taken_list {
    LIST(struct taken) list;
};

static void take(struct taken_list *l, bool is_table, int resource, int64_t from, int64_t to, struct arena *a)
{
    if (resource >= 0)
        *list_push(&l->list, a) = (struct taken){ is_table, resource, { { from }, { to } } };
}

/* What one booking takes: segment by segment; all of it when its service is not offered any more. */
static void take_booking(struct taken_list *l, const struct clinic *c, const struct busy_row *b, struct arena *a)
{
    int p = practitioner_index(c, b->practitioner_id), t = table_index(c, b->table_id);
    const struct service_shape *shape = NULL;
    for (size_t i = 0; i < c->n_services; i++)
        if (c->services[i].id == b->service_id)
            shape = &c->services[i].shape;
    if (!shape) {
        take(l, false, p, b->starts_at.s, b->ends_at.s, a);
        take(l, true, t, b->starts_at.s, b->ends_at.s, a);
        return;
    }
    int64_t at = b->starts_at.s;
    for (size_t i = 0; i < shape->n_segments; i++) {
        int64_t end = at + shape->segments[i].minutes * 60;
        if (shape->segments[i].holds_practitioner)
            take(l, false, p, at, end, a);
        if (shape->segments[i].holds_table)
            take(l, true, t, at, end, a);
        at = end;
    }
}

/* Nobody can be booked after their licence has ended. */
static void take_unlicensed(struct taken_list *l, const struct clinic *c, struct civil_date first, int days,
                            struct arena *a)
{
    for (size_t p = 0; p < c->n_practitioners; p++)
        for (int d = 0; d < days; d++) {
            struct civil_date day = { first.day + d };
            bool may = false;
            for (size_t s = 0; s < c->n_services; s++)
                may |= practitioner_may(&c->practitioners[p], c->services[s].licence, day);
            if (!may)
                take(l, false, (int)p, zone_midnight(c->zone, day).s,
                     zone_midnight(c->zone, (struct civil_date){ day.day + 1 }).s, a);
        }
}

static void copy_hours(const struct clinic *c, struct diary_input *in, struct arena *a)
{
    struct weekly_hours *hours = arena_array(a, struct weekly_hours, c->n_hours + 1);
    struct exception_hours *exceptions = arena_array(a, struct exception_hours, c->n_exceptions + 1);
    for (size_t i = 0; i < c->n_hours; i++) {
        const struct clinic_hours *h = &c->hours[i];
        int p = h->practitioner_id ? practitioner_index(c, h->practitioner_id) : -1;
        if (h->practitioner_id && p < 0)
            continue;
        hours[in->n_hours++] = (struct weekly_hours){ p, h->weekday, h->from_minute, h->to_minute };
    }
    for (size_t i = 0; i < c->n_exceptions; i++) {
        const struct clinic_exception *x = &c->exceptions[i];
        int p = x->practitioner_id ? practitioner_index(c, x->practitioner_id) : -1;
        if (x->practitioner_id && p < 0)
            continue;
        exceptions[in->n_exceptions++] = (struct exception_hours){ p, x->date, x->from_minute, x->to_minute };
    }
    in->hours = hours;
    in->exceptions = exceptions;
}

static bool load_diary(struct svc_worker *w, const struct clinic *c, struct civil_date first, struct instant not_before,
                       struct err *e)
{
    struct arena a = { 0 };
    struct busy_rows busy = { 0 };
    struct taken_list taken = { 0 };
    struct span when = { zone_midnight(c->zone, (struct civil_date){ first.day - 1 }),
                         zone_midnight(c->zone, (struct civil_date){ first.day + c->horizon_days + 1 }) };
    if (!booking_busy(w->db, c->id, when, &a, &busy, e)) {
        arena_release(&a);
        return false;
    }
    for (size_t i = 0; i < busy.list.n; i++)
        take_booking(&taken, c, &busy.list.v[i], &a);
    take_unlicensed(&taken, c, first, c->horizon_days, &a);
    struct diary_input in = { .zone = c->zone,
                              .first = first,
                              .n_days = c->horizon_days,
                              .n_practitioners = (int)c->n_practitioners,
                              .n_tables = (int)c->n_tables,
                              .taken = taken.list.v,
                              .n_taken = taken.list.n,
                              .not_before = not_before };
    copy_hours(c, &in, &a);
    arena_clear(&w->diary_arena);
    diary_build(&in, &w->diary_arena, &w->diary);
    arena_release(&a);
    return true;
}

bool svc_diary(struct svc_worker *w, const struct clinic **clinic, const struct diary **out, struct err *e)
{
    const struct clinic *c;
    if (!svc_clinic(w, &c, e))
        return false;
    if (c->n_practitioners == 0 || c->n_tables == 0)
        return err_set(e, ERR_NOT_FOUND, 0, "the clinic has no practitioner or no table");
    struct civil_date today = svc_today(w, c);
    int64_t grain = (w->app->now(w->app).s + c->notice_minutes * 60) / GRAIN_SECONDS + 1;
    bool is_fresh = w->has_diary && w->diary_version == c->diary_version && w->diary_minute == grain &&
                    w->diary_from.day == today.day;
    if (!is_fresh && !load_diary(w, c, today, (struct instant){ grain * GRAIN_SECONDS }, e))
        return false;
    w->has_diary = true;
    w->diary_version = c->diary_version;
    w->diary_minute = grain;
    w->diary_from = today;
    *clinic = c;
    *out = &w->diary;
    return true;
}
