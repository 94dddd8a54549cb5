/* setup.c - making a new clinic from a file, and log-ins.
 * SPDX-License-Identifier: AGPL-3.0-or-later
 */
#include "svc/setup.h"

#include <jansson.h>

#include "db/db.h"
#include "db/writer.h"
#include "msg.h"
#include "os/files.h"
#include "os/random.h"
#include "store/audit.h"
#include "store/clinic.h"
#include "store/staff.h"

#define CLINIC_ID 1
#define FIRST_TABLE_RESOURCE 1000 /* practitioners have the lower resource ids */
#define PASSWORD_MIN 15
#define PASSWORD_MAX 256

struct setup {
    struct clinic clinic;
    struct str zone_name;
};

struct reading {
    struct arena *a;
    struct issues *problems;
};

static struct str path_of(struct reading *r, struct str parent, const char *name)
{
    return str_fmt(r->a, "%.*s.%s", STR_ARG(parent), name);
}

static struct str text_at(struct reading *r, const json_t *o, struct str parent, const char *name, bool is_required)
{
    const json_t *v = json_object_get(o, name);
    if (json_is_string(v) && (json_string_length(v) || !is_required))
        return str_dup(r->a, (struct str){ json_string_value(v), json_string_length(v) });
    if (v || is_required)
        issue_add(r->problems, path_of(r, parent, name), v ? MSG_INTAKE_VALUE : MSG_INTAKE_REQUIRED, STR(""));
    return STR("");
}

static int64_t number_at(struct reading *r, const json_t *o, struct str parent, const char *name, int64_t min,
                         int64_t max, int64_t otherwise)
{
    const json_t *v = json_object_get(o, name);
    if (!v)
        return otherwise;
    if (json_is_integer(v) && json_integer_value(v) >= min && json_integer_value(v) <= max)
        return json_integer_value(v);
    issue_add(r->problems, path_of(r, parent, name), MSG_INTAKE_NUMBER,
              str_fmt(r->a, "%lld–%lld", (long long)min, (long long)max));
    return otherwise;
}

/* {"en": ..., "ja": ..., "vi": ...}; a language that is missing takes the first that is there. */
static struct text texts_at(struct reading *r, const json_t *o, struct str parent, const char *name)
{
    const json_t *v = json_object_get(o, name);
    struct text t = { 0 };
    struct str any = STR("");
    for (int l = 0; l < LANG__COUNT && json_is_object(v); l++) {
        t.in[l] = text_at(r, v, path_of(r, parent, name), lang_code((enum lang)l).p, false);
        any = any.n ? any : t.in[l];
    }
    if (any.n == 0)
        issue_add(r->problems, path_of(r, parent, name), MSG_INTAKE_REQUIRED, STR(""));
    for (int l = 0; l < LANG__COUNT; l++)
        t.in[l] = t.in[l].n ? t.in[l] : any;
    return t;
}

/* "09:30" as minutes of the day. */
static int32_t clock_at(struct reading *r, const json_t *v, struct str path)
{
    int64_t h = 0, m = 0;
    struct str s = { json_is_string(v) ? json_string_value(v) : "", json_is_string(v) ? json_string_length(v) : 0 };
    if (s.n == 5 && s.p[2] == ':' && str_to_i64(str_sub(s, 0, 2), 0, 24, &h) &&
        str_to_i64(str_sub(s, 3, 5), 0, 59, &m) && h * 60 + m <= 1440 && m % 5 == 0)
        return (int32_t)(h * 60 + m);
    issue_add(r->problems, path, MSG_SETUP_CLOCK, STR(""));
    return 0;
}

struct hours_list {
    LIST(struct clinic_hours) list;
};

/* [[ "mon", "09:00", "13:00" ], ...] */
static void read_hours(struct reading *r, const json_t *rows, struct str path, int64_t practitioner,
                       struct hours_list *out)
{
    static const struct str days[] = { STR_INIT("mon"), STR_INIT("tue"), STR_INIT("wed"), STR_INIT("thu"),
                                       STR_INIT("fri"), STR_INIT("sat"), STR_INIT("sun") };
    size_t i;
    json_t *row;
    json_array_foreach(rows, i, row)
    {
        struct str at = str_fmt(r->a, "%.*s[%zu]", STR_ARG(path), i);
        const json_t *name = json_array_get(row, 0);
        int day = -1;
        for (int d = 0; d < 7 && json_is_string(name); d++)
            if (str_eq(days[d], (struct str){ json_string_value(name), json_string_length(name) }))
                day = d;
        int32_t from = clock_at(r, json_array_get(row, 1), at), to = clock_at(r, json_array_get(row, 2), at);
        if (day < 0)
            issue_add(r->problems, at, MSG_INTAKE_CHOICE, STR("mon, tue, wed, thu, fri, sat, sun"));
        else if (to <= from)
            issue_add(r->problems, at, MSG_SETUP_HOURS, STR(""));
        else
            *list_push(&out->list, r->a) = (struct clinic_hours){ practitioner, day, from, to };
    }
}

static void read_licences(struct reading *r, const json_t *rows, struct str path, struct practitioner *p)
{
    struct licence *out = arena_array(r->a, struct licence, json_array_size(rows) + 1);
    size_t i;
    json_t *row;
    json_array_foreach(rows, i, row)
    {
        struct str at = str_fmt(r->a, "%.*s.licences[%zu]", STR_ARG(path), i),
                   end = text_at(r, row, at, "valid_to", false);
        out[i] =
            (struct licence){ text_at(r, row, at, "kind", true), text_at(r, row, at, "number", true), false, { 0 } };
        out[i].has_end = end.n > 0;
        if (end.n && !date_parse(end, &out[i].valid_to))
            issue_add(r->problems, at, MSG_INTAKE_DATE, STR(""));
    }
    p->licences = out;
    p->n_licences = json_array_size(rows);
}

static void read_practitioners(struct reading *r, const json_t *rows, struct clinic *c, struct hours_list *hours)
{
    struct practitioner *out = arena_array(r->a, struct practitioner, json_array_size(rows) + 1);
    size_t i;
    json_t *row;
    if (json_array_size(rows) < 1 || json_array_size(rows) > 64)
        issue_add(r->problems, STR("$.practitioners"), MSG_INTAKE_NUMBER, STR("1–64"));
    json_array_foreach(rows, i, row)
    {
        struct str at = str_fmt(r->a, "$.practitioners[%zu]", i);
        out[i] = (struct practitioner){ .id = (int64_t)i + 1,
                                        .resource_id = (int64_t)i + 1,
                                        .family_name = text_at(r, row, at, "family_name", true),
                                        .given_name = text_at(r, row, at, "given_name", true),
                                        .family_kana = text_at(r, row, at, "family_kana", false),
                                        .given_kana = text_at(r, row, at, "given_kana", false),
                                        .family_latin = text_at(r, row, at, "family_latin", false),
                                        .given_latin = text_at(r, row, at, "given_latin", false),
                                        .langs = text_at(r, row, at, "langs", false) };
        read_licences(r, json_object_get(row, "licences"), at, &out[i]);
        read_hours(r, json_object_get(row, "hours"), path_of(r, at, "hours"), out[i].id, hours);
    }
    c->practitioners = out;
    c->n_practitioners = json_array_size(rows);
}

static void read_tables(struct reading *r, const json_t *rows, struct clinic *c)
{
    struct treatment_table *out = arena_array(r->a, struct treatment_table, json_array_size(rows) + 1);
    size_t i;
    json_t *row;
    if (json_array_size(rows) < 1 || json_array_size(rows) > 64)
        issue_add(r->problems, STR("$.tables"), MSG_INTAKE_NUMBER, STR("1–64"));
    json_array_foreach(rows, i, row)
    {
        struct str name = { json_is_string(row) ? json_string_value(row) : "",
                            json_is_string(row) ? json_string_length(row) : 0 };
        out[i] = (struct treatment_table){ (int64_t)i + 1, FIRST_TABLE_RESOURCE + (int64_t)i, str_dup(r->a, name) };
    }
    c->tables = out;
    c->n_tables = json_array_size(rows);
}

static void read_segments(struct reading *r, const json_t *rows, struct str path, struct service_shape *out)
{
    static const struct {
        struct str word;
        enum segment_kind kind;
        bool practitioner;
    } kinds[] = { { STR_INIT("hands_on"), SEGMENT_HANDS_ON, true },
                  { STR_INIT("retention"), SEGMENT_RETENTION, false },
                  { STR_INIT("buffer"), SEGMENT_BUFFER, false } };
    struct segment *s = arena_array(r->a, struct segment, json_array_size(rows) + 1);
    size_t i;
    json_t *row;
    if (json_array_size(rows) < 1 || json_array_size(rows) > 12)
        issue_add(r->problems, path, MSG_INTAKE_NUMBER, STR("1–12"));
    json_array_foreach(rows, i, row)
    {
        struct str at = str_fmt(r->a, "%.*s[%zu]", STR_ARG(path), i), kind = text_at(r, row, at, "kind", true);
        bool is_known = false;
        s[i].minutes = (int32_t)number_at(r, row, at, "minutes", 5, 240, 5);
        for (size_t k = 0; k < ARRAY_LEN(kinds); k++)
            if (str_eq(kinds[k].word, kind)) {
                s[i].kind = kinds[k].kind;
                s[i].holds_practitioner = kinds[k].practitioner;
                s[i].holds_table = is_known = true;
            }
        if (!is_known || s[i].minutes % 5)
            issue_add(r->problems, at, MSG_SETUP_SEGMENT, STR(""));
    }
    *out = (struct service_shape){ s, json_array_size(rows) };
}

static void read_services(struct reading *r, const json_t *rows, struct clinic *c)
{
    struct clinic_service *out = arena_array(r->a, struct clinic_service, json_array_size(rows) + 1);
    size_t i;
    json_t *row;
    c->services = out;
    json_array_foreach(rows, i, row)
    {
        struct str at = str_fmt(r->a, "$.services[%zu]", i);
        out[i] = (struct clinic_service){ .id = (int64_t)i + 1,
                                          .code = text_at(r, row, at, "code", true),
                                          .licence = text_at(r, row, at, "licence", true),
                                          .price = { number_at(r, row, at, "price", 0, INT64_C(1000000000), 0),
                                                     c->currency },
                                          .name = texts_at(r, row, at, "name"),
                                          .about = texts_at(r, row, at, "about") };
        read_segments(r, json_object_get(row, "segments"), path_of(r, at, "segments"), &out[i].shape);
        c->n_services++;
    }
    if (clinic_service(c, STR("treatment")) < 0)
        issue_add(r->problems, STR("$.services"), MSG_SETUP_TREATMENT, STR(""));
}

static void read_clinic(struct reading *r, const json_t *root, struct setup *s)
{
    struct clinic *c = &s->clinic;
    struct str top = STR("$"), currency = text_at(r, root, top, "currency", true);
    struct hours_list hours = { 0 };
    *c = (struct clinic){ .id = CLINIC_ID,
                          .country = text_at(r, root, top, "country", true),
                          .phone = text_at(r, root, top, "phone", true),
                          .email = text_at(r, root, top, "email", false),
                          .emergency_number = text_at(r, root, top, "emergency_number", true),
                          .severity_axis = STR("severity_nrs"),
                          .min_age = (int)number_at(r, root, top, "min_age", 0, 99, 16),
                          .notice_minutes = (int)number_at(r, root, top, "notice_minutes", 0, 20160, 180),
                          .horizon_days = (int)number_at(r, root, top, "horizon_days", 7, 366, 84),
                          .grid_minutes = (int)number_at(r, root, top, "grid_minutes", 5, 120, 15),
                          .needles_max = (int)number_at(r, root, top, "needles_max", 6, 20, 14),
                          .name = texts_at(r, root, top, "name"),
                          .address = texts_at(r, root, top, "address"),
                          .access = texts_at(r, root, top, "access"),
                          .about = texts_at(r, root, top, "about") };
    s->zone_name = text_at(r, root, top, "zone", true);
    if (!currency_parse(currency, &c->currency))
        issue_add(r->problems, STR("$.currency"), MSG_INTAKE_CHOICE, STR("JPY, VND, EUR, USD, GBP"));
    struct err e = { 0 };
    if (!zone_load(s->zone_name, r->a, &c->zone, &e))
        issue_add(r->problems, STR("$.zone"), MSG_SETUP_ZONE, s->zone_name);
    if (c->grid_minutes % 5)
        issue_add(r->problems, STR("$.grid_minutes"), MSG_SETUP_SEGMENT, STR(""));
    read_hours(r, json_object_get(root, "hours"), STR("$.hours"), 0, &hours);
    read_practitioners(r, json_object_get(root, "practitioners"), c, &hours);
    read_tables(r, json_object_get(root, "tables"), c);
    read_services(r, json_object_get(root, "services"), c);
    c->hours = hours.list.v;
    c->n_hours = hours.list.n;
}

bool setup_read_json(const struct know *k, struct str json, struct arena *a, struct setup **out,
                     struct issues *problems)
{
    struct reading r = { a, problems };
    json_error_t fault;
    struct setup *s = arena_one(a, struct setup);
    (void)k;
    json_t *root = json_loadb(json.p, json.n, JSON_REJECT_DUPLICATES, &fault);
    if (!root || !json_is_object(root)) {
        json_decref(root);
        return issue_add(problems, STR("$"), MSG_INTAKE_SYNTAX, str_fmt(a, "%d:%d", fault.line, fault.column));
    }
    read_clinic(&r, root, s);
    json_decref(root);
    if (!issues_none(problems))
        return false;
    *out = s;
    return true;
}

struct making {
    struct setup *setup;
    struct instant now;
};

static bool make(struct db *db, void *arg, struct err *e)
{
    struct making *m = arg;
    struct audit_entry entry = { STR("system"), STR("clinic.init"), STR("clinic"), CLINIC_ID, 0, m->now };
    return clinic_insert(db, &m->setup->clinic, m->setup->zone_name, m->now, e) && audit_add(db, CLINIC_ID, &entry, e);
}

bool setup_make(struct app *app, struct setup *s, struct err *e)
{
    struct making m = { s, app->now(app) };
    return writer_run(app->writer, make, &m, e) && app_find_clinic(app, e);
}

struct adding {
    int64_t clinic;
    struct staff_row row;
    struct instant now;
};

static bool add_user(struct db *db, void *arg, struct err *e)
{
    struct adding *x = arg;
    struct audit_entry entry = { STR("system"), STR("staff.add"), STR("staff"), x->row.id, 0, x->now };
    return staff_insert(db, x->clinic, &x->row, x->now, e) && audit_add(db, x->clinic, &entry, e);
}

bool setup_user(struct app *app, struct str login, struct str password, struct str role, enum lang lang, struct err *e)
{
    static const struct str roles[] = { STR_INIT("owner"), STR_INIT("practitioner"), STR_INIT("reception"),
                                        STR_INIT("auditor") };
    struct arena a = { 0 };
    struct adding x = { .clinic = app->clinic_id, .now = app->now(app) };
    bool is_role = false;
    for (size_t i = 0; i < ARRAY_LEN(roles); i++)
        is_role |= str_eq(roles[i], role);
    if (!is_role)
        return err_set(e, ERR_INPUT, 0, "the role is owner, practitioner, reception or auditor");
    if (login.n == 0 || login.n > 64 || !str_is_utf8(login))
        return err_set(e, ERR_INPUT, 0, "a log-in has 1 to 64 letters");
    if (password.n < PASSWORD_MIN || password.n > PASSWORD_MAX)
        return err_set(e, ERR_INPUT, 0, "a password has %d to %d letters", PASSWORD_MIN, PASSWORD_MAX);
    x.row = (struct staff_row){ .id = id_new(), .login = login, .role = role, .lang = lang, .is_active = true };
    bool ok = password_hash(password, &a, &x.row.password_hash, e) && writer_run(app->writer, add_user, &x, e);
    if (!ok && e->code == ERR_CONFLICT)
        err_set_(e, ERR_CONFLICT, 0, "the log-in %.*s exists already", STR_ARG(login));
    arena_release(&a);
    return ok;
}
