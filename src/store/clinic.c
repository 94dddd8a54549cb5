/* clinic.c (store) - the clinic's set-up, read whole.
 * SPDX-License-Identifier: AGPL-3.0-or-later
 */
#include "store/clinic.h"

#include "os/random.h"

bool clinic_first(struct db *db, int64_t *out, struct err *e)
{
    struct stmt *q = db_query(db, Q_CLINIC_FIRST);
    bool has_row = stmt_step(q);
    int64_t id = has_row ? stmt_i64(q, 0) : 0;
    if (!stmt_finish(q, e))
        return false;
    if (!has_row)
        return err_set(e, ERR_NOT_FOUND, 0, "there is no clinic in this file yet");
    *out = id;
    return true;
}

bool clinic_diary_version(struct db *db, int64_t id, int64_t *out, struct err *e)
{
    struct stmt *q = db_query(db, Q_CLINIC_DIARY_VERSION);
    stmt_bind_i64(q, ":clinic", id);
    int64_t v = stmt_step(q) ? stmt_i64(q, 0) : 0;
    if (!stmt_finish(q, e))
        return false;
    *out = v;
    return true;
}

bool clinic_raise_diary(struct db *db, int64_t id, struct err *e)
{
    struct stmt *q = db_query(db, Q_CLINIC_RAISE_DIARY);
    stmt_bind_i64(q, ":clinic", id);
    return stmt_run(q, e);
}

static bool load_row(struct db *db, int64_t id, struct arena *a, struct clinic *out, struct str *zone_name,
                     struct err *e)
{
    struct stmt *q = db_query(db, Q_CLINIC_LOAD);
    stmt_bind_i64(q, ":clinic", id);
    bool has_row = stmt_step(q);
    if (has_row) {
        *out = (struct clinic){ .id = id,
                                .country = stmt_str(q, 0, a),
                                .phone = stmt_str(q, 3, a),
                                .email = stmt_str(q, 4, a),
                                .emergency_number = stmt_str(q, 5, a),
                                .min_age = (int)stmt_i64(q, 6),
                                .notice_minutes = (int)stmt_i64(q, 7),
                                .horizon_days = (int)stmt_i64(q, 8),
                                .grid_minutes = (int)stmt_i64(q, 9),
                                .needles_max = (int)stmt_i64(q, 10),
                                .severity_axis = stmt_str(q, 11, a),
                                .is_demo = stmt_i64(q, 12) != 0,
                                .rules_version = stmt_str(q, 13, a),
                                .diary_version = stmt_i64(q, 14) };
        *zone_name = stmt_str(q, 1, a);
        if (!currency_parse(stmt_str(q, 2, a), &out->currency))
            out->currency = CUR_JPY;
    }
    return stmt_finish(q, e) && (has_row || err_set(e, ERR_NOT_FOUND, 0, "no clinic"));
}

static bool load_texts(struct db *db, struct clinic *c, struct arena *a, struct err *e)
{
    static const struct {
        struct str key;
        size_t offset;
    } keys[] = {
        { STR_INIT("name"), offsetof(struct clinic, name) },
        { STR_INIT("address"), offsetof(struct clinic, address) },
        { STR_INIT("access"), offsetof(struct clinic, access) },
        { STR_INIT("about"), offsetof(struct clinic, about) },
    };
    struct stmt *q = db_query(db, Q_CLINIC_TEXTS);
    stmt_bind_i64(q, ":clinic", c->id);
    while (stmt_step(q)) {
        struct str key = stmt_str(q, 0, a);
        enum lang l;
        if (!lang_parse(stmt_str(q, 1, a), &l))
            continue;
        for (size_t i = 0; i < ARRAY_LEN(keys); i++)
            if (str_eq(keys[i].key, key))
                ((struct text *)((char *)c + keys[i].offset))->in[l] = stmt_str(q, 2, a);
    }
    return stmt_finish(q, e);
}

static bool load_practitioners(struct db *db, struct clinic *c, struct arena *a, struct err *e)
{
    LIST(struct practitioner) list = { 0 };
    struct stmt *q = db_query(db, Q_PRACTITIONER_LIST);
    stmt_bind_i64(q, ":clinic", c->id);
    while (stmt_step(q))
        *list_push(&list, a) = (struct practitioner){ .id = stmt_i64(q, 0),
                                                      .resource_id = stmt_i64(q, 1),
                                                      .family_name = stmt_str(q, 2, a),
                                                      .given_name = stmt_str(q, 3, a),
                                                      .family_kana = stmt_str(q, 4, a),
                                                      .given_kana = stmt_str(q, 5, a),
                                                      .family_latin = stmt_str(q, 6, a),
                                                      .given_latin = stmt_str(q, 7, a),
                                                      .langs = stmt_str(q, 8, a) };
    c->practitioners = list.v;
    c->n_practitioners = list.n;
    return stmt_finish(q, e);
}

static bool load_licences(struct db *db, struct clinic *c, struct arena *a, struct err *e)
{
    struct practitioner *all = (struct practitioner *)c->practitioners;
    LIST(struct licence) list = { 0 };
    LIST(int64_t) owner = { 0 };
    struct stmt *q = db_query(db, Q_LICENCE_LIST);
    stmt_bind_i64(q, ":clinic", c->id);
    while (stmt_step(q)) {
        *list_push(&owner, a) = stmt_i64(q, 0);
        *list_push(&list, a) =
            (struct licence){ stmt_str(q, 1, a), stmt_str(q, 2, a), !stmt_is_null(q, 3), { (int32_t)stmt_i64(q, 3) } };
    }
    for (size_t i = 0; i < list.n; i++)
        for (size_t p = 0; p < c->n_practitioners; p++)
            if (all[p].id == owner.v[i]) { /* rows come ordered by practitioner */
                if (all[p].n_licences++ == 0)
                    all[p].licences = &list.v[i];
            }
    return stmt_finish(q, e);
}

static bool load_tables(struct db *db, struct clinic *c, struct arena *a, struct err *e)
{
    LIST(struct treatment_table) list = { 0 };
    struct stmt *q = db_query(db, Q_TABLE_LIST);
    stmt_bind_i64(q, ":clinic", c->id);
    while (stmt_step(q))
        *list_push(&list, a) = (struct treatment_table){ stmt_i64(q, 0), stmt_i64(q, 1), stmt_str(q, 2, a) };
    c->tables = list.v;
    c->n_tables = list.n;
    return stmt_finish(q, e);
}

static struct clinic_service *service_of(struct clinic *c, int64_t id)
{
    for (size_t i = 0; i < c->n_services; i++)
        if (c->services[i].id == id)
            return (struct clinic_service *)&c->services[i];
    return NULL;
}

static bool load_service_texts(struct db *db, struct clinic *c, struct arena *a, struct err *e)
{
    struct stmt *q = db_query(db, Q_SERVICE_TEXTS);
    stmt_bind_i64(q, ":clinic", c->id);
    while (stmt_step(q)) {
        struct clinic_service *s = service_of(c, stmt_i64(q, 0));
        enum lang l;
        if (!s || !lang_parse(stmt_str(q, 1, a), &l))
            continue;
        s->name.in[l] = stmt_str(q, 2, a);
        s->about.in[l] = stmt_str(q, 3, a);
    }
    return stmt_finish(q, e);
}

static enum segment_kind segment_kind(struct str s)
{
    if (str_eq(s, STR("hands_on")))
        return SEGMENT_HANDS_ON;
    return str_eq(s, STR("retention")) ? SEGMENT_RETENTION : SEGMENT_BUFFER;
}

static bool load_segments(struct db *db, struct clinic *c, struct arena *a, struct err *e)
{
    LIST(struct segment) list = { 0 };
    LIST(int64_t) owner = { 0 };
    struct stmt *q = db_query(db, Q_SERVICE_SEGMENTS);
    stmt_bind_i64(q, ":clinic", c->id);
    while (stmt_step(q)) {
        *list_push(&owner, a) = stmt_i64(q, 0);
        *list_push(&list, a) = (struct segment){ segment_kind(stmt_str(q, 1, a)), (int32_t)stmt_i64(q, 2),
                                                 stmt_i64(q, 3) != 0, stmt_i64(q, 4) != 0 };
    }
    for (size_t i = 0; i < list.n; i++) { /* rows come ordered by service */
        struct clinic_service *s = service_of(c, owner.v[i]);
        if (s && s->shape.n_segments++ == 0)
            s->shape.segments = &list.v[i];
    }
    return stmt_finish(q, e);
}

static bool load_services(struct db *db, struct clinic *c, struct arena *a, struct err *e)
{
    LIST(struct clinic_service) list = { 0 };
    struct stmt *q = db_query(db, Q_SERVICE_LIST);
    stmt_bind_i64(q, ":clinic", c->id);
    while (stmt_step(q))
        *list_push(&list, a) = (struct clinic_service){ .id = stmt_i64(q, 0),
                                                        .code = stmt_str(q, 1, a),
                                                        .licence = stmt_str(q, 2, a),
                                                        .price = { stmt_i64(q, 3), c->currency } };
    c->services = list.v;
    c->n_services = list.n;
    return stmt_finish(q, e) && load_service_texts(db, c, a, e) && load_segments(db, c, a, e);
}

static bool load_hours(struct db *db, struct clinic *c, struct civil_date from, struct arena *a, struct err *e)
{
    LIST(struct clinic_hours) hours = { 0 };
    LIST(struct clinic_exception) exceptions = { 0 };
    struct stmt *q = db_query(db, Q_HOURS_LIST);
    stmt_bind_i64(q, ":clinic", c->id);
    while (stmt_step(q))
        *list_push(&hours, a) = (struct clinic_hours){ stmt_i64(q, 0), (int)stmt_i64(q, 1), (int32_t)stmt_i64(q, 2),
                                                       (int32_t)stmt_i64(q, 3) };
    if (!stmt_finish(q, e))
        return false;
    q = db_query(db, Q_EXCEPTION_LIST);
    stmt_bind_i64(q, ":clinic", c->id);
    stmt_bind_i64(q, ":from", from.day);
    while (stmt_step(q))
        *list_push(&exceptions, a) = (struct clinic_exception){
            stmt_i64(q, 0), { (int32_t)stmt_i64(q, 1) }, (int32_t)stmt_i64(q, 2), (int32_t)stmt_i64(q, 3)
        };
    c->hours = hours.v;
    c->n_hours = hours.n;
    c->exceptions = exceptions.v;
    c->n_exceptions = exceptions.n;
    return stmt_finish(q, e);
}

bool clinic_load(struct db *db, int64_t id, struct civil_date from, struct arena *a, struct clinic *out,
                 struct str *zone_name, struct err *e)
{
    struct clinic c = { 0 };
    struct str zone = STR("");
    if (!load_row(db, id, a, &c, &zone, e) || !load_texts(db, &c, a, e) || !load_practitioners(db, &c, a, e) ||
        !load_licences(db, &c, a, e) || !load_tables(db, &c, a, e) || !load_services(db, &c, a, e) ||
        !load_hours(db, &c, from, a, e))
        return err_note(e, "clinic");
    *out = c;
    *zone_name = zone;
    return true;
}

/* ---- writing ---- */

static bool insert_text(struct db *db, int64_t clinic, struct str key, struct text t, struct err *e)
{
    for (int l = 0; l < LANG__COUNT; l++) {
        struct stmt *q = db_query(db, Q_CLINIC_TEXT_SET);
        stmt_bind_i64(q, ":clinic", clinic);
        stmt_bind_str(q, ":key", key);
        stmt_bind_str(q, ":lang", lang_code((enum lang)l));
        stmt_bind_str(q, ":text", t.in[l]);
        if (!stmt_run(q, e))
            return false;
    }
    return true;
}

static bool insert_licence(struct db *db, int64_t clinic, int64_t practitioner, const struct licence *x, struct err *e)
{
    struct stmt *q = db_query(db, Q_LICENCE_INSERT);
    stmt_bind_i64(q, ":clinic", clinic);
    stmt_bind_i64(q, ":id", id_new());
    stmt_bind_i64(q, ":practitioner", practitioner);
    stmt_bind_str(q, ":kind", x->kind);
    stmt_bind_str(q, ":number", x->number);
    stmt_bind_null(q, ":registered");
    if (x->has_end)
        stmt_bind_i64(q, ":valid_to", x->valid_to.day);
    return stmt_run(q, e);
}

static bool insert_practitioner(struct db *db, int64_t clinic, const struct practitioner *p, int position,
                                struct err *e)
{
    struct stmt *q = db_query(db, Q_PRACTITIONER_INSERT);
    stmt_bind_i64(q, ":clinic", clinic);
    stmt_bind_i64(q, ":id", p->id);
    stmt_bind_i64(q, ":resource", p->resource_id);
    stmt_bind_str(q, ":family", p->family_name);
    stmt_bind_str(q, ":given", p->given_name);
    stmt_bind_str(q, ":family_kana", p->family_kana);
    stmt_bind_str(q, ":given_kana", p->given_kana);
    stmt_bind_str(q, ":family_latin", p->family_latin);
    stmt_bind_str(q, ":given_latin", p->given_latin);
    stmt_bind_str(q, ":langs", p->langs);
    stmt_bind_i64(q, ":position", position);
    if (!stmt_run(q, e))
        return false;
    for (size_t i = 0; i < p->n_licences; i++)
        if (!insert_licence(db, clinic, p->id, &p->licences[i], e))
            return false;
    return true;
}

static bool insert_table(struct db *db, int64_t clinic, const struct treatment_table *t, int position, struct err *e)
{
    struct stmt *q = db_query(db, Q_TABLE_INSERT);
    stmt_bind_i64(q, ":clinic", clinic);
    stmt_bind_i64(q, ":id", t->id);
    stmt_bind_i64(q, ":resource", t->resource_id);
    stmt_bind_str(q, ":name", t->name);
    stmt_bind_i64(q, ":position", position);
    return stmt_run(q, e);
}

static bool insert_segment(struct db *db, int64_t clinic, int64_t service, int n, const struct segment *s,
                           struct err *e)
{
    static const struct str kinds[] = { STR_INIT("hands_on"), STR_INIT("retention"), STR_INIT("buffer") };
    struct stmt *q = db_query(db, Q_SERVICE_SEGMENT_INSERT);
    stmt_bind_i64(q, ":clinic", clinic);
    stmt_bind_i64(q, ":service", service);
    stmt_bind_i64(q, ":n", n);
    stmt_bind_str(q, ":kind", kinds[s->kind]);
    stmt_bind_i64(q, ":minutes", s->minutes);
    stmt_bind_i64(q, ":holds_practitioner", s->holds_practitioner);
    stmt_bind_i64(q, ":holds_table", s->holds_table);
    return stmt_run(q, e);
}

static bool insert_service(struct db *db, int64_t clinic, const struct clinic_service *s, int position, struct err *e)
{
    struct stmt *q = db_query(db, Q_SERVICE_INSERT);
    stmt_bind_i64(q, ":clinic", clinic);
    stmt_bind_i64(q, ":id", s->id);
    stmt_bind_str(q, ":code", s->code);
    stmt_bind_str(q, ":licence", s->licence);
    stmt_bind_i64(q, ":price", s->price.minor);
    stmt_bind_i64(q, ":position", position);
    if (!stmt_run(q, e))
        return false;
    for (int l = 0; l < LANG__COUNT; l++) {
        q = db_query(db, Q_SERVICE_TEXT_INSERT);
        stmt_bind_i64(q, ":clinic", clinic);
        stmt_bind_i64(q, ":service", s->id);
        stmt_bind_str(q, ":lang", lang_code((enum lang)l));
        stmt_bind_str(q, ":name", s->name.in[l]);
        stmt_bind_str(q, ":about", s->about.in[l]);
        if (!stmt_run(q, e))
            return false;
    }
    for (size_t i = 0; i < s->shape.n_segments; i++)
        if (!insert_segment(db, clinic, s->id, (int)i + 1, &s->shape.segments[i], e))
            return false;
    return true;
}

static bool insert_hours(struct db *db, const struct clinic *c, struct err *e)
{
    for (size_t i = 0; i < c->n_hours; i++) {
        struct stmt *q = db_query(db, Q_HOURS_INSERT);
        stmt_bind_i64(q, ":clinic", c->id);
        stmt_bind_i64(q, ":practitioner", c->hours[i].practitioner_id);
        stmt_bind_i64(q, ":weekday", c->hours[i].weekday);
        stmt_bind_i64(q, ":from", c->hours[i].from_minute);
        stmt_bind_i64(q, ":to", c->hours[i].to_minute);
        if (!stmt_run(q, e))
            return false;
    }
    for (size_t i = 0; i < c->n_exceptions; i++) {
        struct stmt *q = db_query(db, Q_EXCEPTION_INSERT);
        stmt_bind_i64(q, ":clinic", c->id);
        stmt_bind_i64(q, ":practitioner", c->exceptions[i].practitioner_id);
        stmt_bind_i64(q, ":date", c->exceptions[i].date.day);
        stmt_bind_i64(q, ":from", c->exceptions[i].from_minute);
        stmt_bind_i64(q, ":to", c->exceptions[i].to_minute);
        if (!stmt_run(q, e))
            return false;
    }
    return true;
}

static bool insert_row(struct db *db, const struct clinic *c, struct str zone_name, struct instant now, struct err *e)
{
    struct stmt *q = db_query(db, Q_CLINIC_INSERT);
    stmt_bind_i64(q, ":clinic", c->id);
    stmt_bind_str(q, ":country", c->country);
    stmt_bind_str(q, ":zone", zone_name);
    stmt_bind_str(q, ":currency", currency_code(c->currency));
    stmt_bind_str(q, ":phone", c->phone);
    stmt_bind_str(q, ":email", c->email);
    stmt_bind_str(q, ":emergency", c->emergency_number);
    stmt_bind_i64(q, ":min_age", c->min_age);
    stmt_bind_i64(q, ":notice", c->notice_minutes);
    stmt_bind_i64(q, ":horizon", c->horizon_days);
    stmt_bind_i64(q, ":grid", c->grid_minutes);
    stmt_bind_i64(q, ":needles", c->needles_max);
    stmt_bind_str(q, ":axis", c->severity_axis);
    stmt_bind_i64(q, ":demo", c->is_demo);
    stmt_bind_i64(q, ":now", now.s);
    return stmt_run(q, e);
}

bool clinic_insert(struct db *db, const struct clinic *c, struct str zone_name, struct instant now, struct err *e)
{
    bool ok = insert_row(db, c, zone_name, now, e) && insert_text(db, c->id, STR("name"), c->name, e) &&
              insert_text(db, c->id, STR("address"), c->address, e) &&
              insert_text(db, c->id, STR("access"), c->access, e) && insert_text(db, c->id, STR("about"), c->about, e);
    for (size_t i = 0; ok && i < c->n_practitioners; i++)
        ok = insert_practitioner(db, c->id, &c->practitioners[i], (int)i, e);
    for (size_t i = 0; ok && i < c->n_tables; i++)
        ok = insert_table(db, c->id, &c->tables[i], (int)i, e);
    for (size_t i = 0; ok && i < c->n_services; i++)
        ok = insert_service(db, c->id, &c->services[i], (int)i, e);
    return (ok && insert_hours(db, c, e)) || err_note(e, "new clinic");
}

bool secret_get(struct db *db, struct str name, struct arena *a, struct str *out, struct err *e)
{
    struct stmt *q = db_query(db, Q_SECRET_GET);
    stmt_bind_str(q, ":name", name);
    struct str v = stmt_step(q) ? stmt_str(q, 0, a) : STR("");
    if (!stmt_finish(q, e))
        return false;
    *out = v;
    return true;
}

bool secret_set(struct db *db, struct str name, struct str value, struct err *e)
{
    struct stmt *q = db_query(db, Q_SECRET_SET);
    stmt_bind_str(q, ":name", name);
    stmt_bind_blob(q, ":value", value);
    return stmt_run(q, e);
}
