/* course.c (cli) - `tsubo course`: the best course of visits in a diary given as a file (docs/course.md).
 * SPDX-License-Identifier: AGPL-3.0-or-later
 */
#include "engine/course.h"

#include <jansson.h>
#include <stdio.h>
#include <string.h>
#include <sysexits.h>

#include "base/buf.h"
#include "base/jw.h"
#include "cli/cli.h"
#include "os/files.h"
#include "text/text.h"

#define REQUEST_MAX (1u << 20)

struct wanted {
    struct arena *a;
    struct issues *problems;
    const struct zone *zone;
    struct str names[64];
    struct diary_input in;
    LIST(struct weekly_hours) hours;
    LIST(struct taken) taken;
    struct course_request r;
};

static void problem(struct wanted *w, struct str path, enum msg m, struct str arg)
{
    issue_add(w->problems, path, (int)m, arg);
}

static struct str text_of(const json_t *v)
{
    return json_is_string(v) ? (struct str){ json_string_value(v), json_string_length(v) } : STR("");
}

static int whole(struct wanted *w, const json_t *o, struct str path, const char *name, int min, int max, int otherwise)
{
    const json_t *v = json_object_get(o, name);
    if (!v)
        return otherwise;
    if (json_is_integer(v) && json_integer_value(v) >= min && json_integer_value(v) <= max)
        return (int)json_integer_value(v);
    problem(w, str_fmt(w->a, "%.*s.%s", STR_ARG(path), name), MSG_INTAKE_NUMBER, str_fmt(w->a, "%d–%d", min, max));
    return otherwise;
}

static bool clock_of(struct str s, int32_t *minute)
{
    int64_t h, m;
    if (s.n != 5 || s.p[2] != ':' || !str_to_i64(str_sub(s, 0, 2), 0, 24, &h) ||
        !str_to_i64(str_sub(s, 3, 5), 0, 59, &m))
        return false;
    *minute = (int32_t)(h * 60 + m);
    return *minute <= 1440;
}

static int day_of(struct str s)
{
    static const struct str days[] = { STR_INIT("mon"), STR_INIT("tue"), STR_INIT("wed"), STR_INIT("thu"),
                                       STR_INIT("fri"), STR_INIT("sat"), STR_INIT("sun") };
    for (int d = 0; d < 7; d++)
        if (str_eq(days[d], s))
            return d;
    return -1;
}

/* ["mon", "09:00", "13:00"]: false and a problem when it is not that. */
static bool read_stretch(struct wanted *w, const json_t *row, struct str path, int *day, int32_t *from, int32_t *to)
{
    *day = day_of(text_of(json_array_get(row, 0)));
    if (*day >= 0 && clock_of(text_of(json_array_get(row, 1)), from) && clock_of(text_of(json_array_get(row, 2)), to) &&
        *from < *to)
        return true;
    problem(w, path, MSG_SETUP_CLOCK, STR(""));
    return false;
}

static void read_hours(struct wanted *w, const json_t *rows, struct str path, int practitioner)
{
    size_t i;
    json_t *row;
    json_array_foreach(rows, i, row)
    {
        struct weekly_hours h = { .practitioner = practitioner };
        if (read_stretch(w, row, str_fmt(w->a, "%.*s[%zu]", STR_ARG(path), i), &h.weekday, &h.from_minute,
                         &h.to_minute))
            *list_push(&w->hours, w->a) = h;
    }
}

/* "2026-12-01T09:30" on the wall of the zone. */
static bool read_instant(const struct wanted *w, struct str s, struct instant *out)
{
    struct wall wall = { 0 };
    enum wall_kind kind;
    if (s.n != 16 || s.p[10] != 'T' || !date_parse(str_sub(s, 0, 10), &wall.date) ||
        !clock_of(str_sub(s, 11, 16), &wall.minute))
        return false;
    *out = zone_instant(w->zone, wall, &kind);
    return kind != WALL_GAP;
}

static void read_taken(struct wanted *w, const json_t *rows, struct str path, bool is_table, int resource)
{
    size_t i;
    json_t *row;
    json_array_foreach(rows, i, row)
    {
        struct taken t = { .is_table = is_table, .resource = resource };
        if (read_instant(w, text_of(json_array_get(row, 0)), &t.when.from) &&
            read_instant(w, text_of(json_array_get(row, 1)), &t.when.to) && t.when.from.s < t.when.to.s)
            *list_push(&w->taken, w->a) = t;
        else
            problem(w, str_fmt(w->a, "%.*s[%zu]", STR_ARG(path), i), MSG_COURSE_STRETCH, STR(""));
    }
}

static void read_people(struct wanted *w, const json_t *root)
{
    const json_t *rows = json_object_get(root, "practitioners"), *tables = json_object_get(root, "tables");
    size_t i;
    json_t *row;
    w->in.n_practitioners = (int)json_array_size(rows);
    w->in.n_tables = (int)json_array_size(tables);
    if (w->in.n_practitioners < 1 || w->in.n_practitioners > 64)
        problem(w, STR("$.practitioners"), MSG_INTAKE_NUMBER, STR("1–64"));
    if (w->in.n_tables < 1 || w->in.n_tables > 64)
        problem(w, STR("$.tables"), MSG_INTAKE_NUMBER, STR("1–64"));
    if (!issues_none(w->problems))
        return;
    read_hours(w, json_object_get(root, "open"), STR("$.open"), -1);
    json_array_foreach(rows, i, row)
    {
        struct str at = str_fmt(w->a, "$.practitioners[%zu]", i);
        w->names[i] = str_dup(w->a, text_of(json_object_get(row, "name")));
        read_hours(w, json_object_get(row, "hours"), str_fmt(w->a, "%.*s.hours", STR_ARG(at)), (int)i);
        read_taken(w, json_object_get(row, "taken"), str_fmt(w->a, "%.*s.taken", STR_ARG(at)), false, (int)i);
    }
    json_array_foreach(tables, i, row)
        read_taken(w, json_object_get(row, "taken"), str_fmt(w->a, "$.tables[%zu].taken", i), true, (int)i);
}

static void read_service(struct wanted *w, const json_t *rows)
{
    static const struct str kinds[] = { STR_INIT("hands_on"), STR_INIT("retention"), STR_INIT("buffer") };
    struct segment *s = arena_array(w->a, struct segment, json_array_size(rows) + 1);
    size_t i;
    json_t *row;
    if (json_array_size(rows) < 1 || json_array_size(rows) > 12)
        problem(w, STR("$.service"), MSG_INTAKE_NUMBER, STR("1–12"));
    json_array_foreach(rows, i, row)
    {
        struct str at = str_fmt(w->a, "$.service[%zu]", i), kind = text_of(json_object_get(row, "kind"));
        int found = -1;
        s[i].minutes = whole(w, row, at, "minutes", 5, 240, 0);
        for (int k = 0; k < 3; k++)
            found = str_eq(kinds[k], kind) ? k : found;
        if (found < 0 || s[i].minutes % 5)
            problem(w, at, MSG_SETUP_SEGMENT, STR(""));
        s[i].kind = found < 0 ? SEGMENT_BUFFER : (enum segment_kind)found;
        s[i].holds_practitioner = s[i].kind == SEGMENT_HANDS_ON;
        s[i].holds_table = true;
    }
    w->r.service = (struct service_shape){ s, json_array_size(rows) };
}

/* "visits": [{"min": 0, "target": 0, "max": 14}, ...] */
static void read_visits(struct wanted *w, const json_t *rows)
{
    struct gap_days *g = arena_array(w->a, struct gap_days, json_array_size(rows) + 1);
    size_t i;
    json_t *row;
    if (json_array_size(rows) < 1 || json_array_size(rows) > COURSE_VISITS_MAX)
        problem(w, STR("$.visits"), MSG_INTAKE_NUMBER, STR("1–40"));
    json_array_foreach(rows, i, row)
    {
        struct str at = str_fmt(w->a, "$.visits[%zu]", i);
        int min = whole(w, row, at, "min", i ? 1 : 0, 365, i ? 1 : 0),
            max = whole(w, row, at, "max", min, 365, min + 7);
        g[i] = (struct gap_days){ (int16_t)min, (int16_t)whole(w, row, at, "target", min, max, min), (int16_t)max };
    }
    w->r.gaps = g;
    w->r.n_visits = (int)json_array_size(rows);
}

/* "week": [["mon", "09:00", "12:00", "preferred"], ...]; what is not named is possible. */
static void read_week(struct wanted *w, const json_t *rows)
{
    size_t i;
    json_t *row;
    memset(w->r.week, WISH_POSSIBLE, sizeof w->r.week);
    json_array_foreach(rows, i, row)
    {
        struct str at = str_fmt(w->a, "$.week[%zu]", i), wish = text_of(json_array_get(row, 3));
        int day;
        int32_t from, to;
        bool is_never = str_eq(wish, STR("never")), is_liked = str_eq(wish, STR("preferred"));
        if (!read_stretch(w, row, at, &day, &from, &to))
            continue;
        if (!is_never && !is_liked && !str_eq(wish, STR("possible")))
            problem(w, at, MSG_INTAKE_CHOICE, STR("never, possible, preferred"));
        for (int h = from / 30; h * 30 < to; h++)
            w->r.week[day][h] = is_never ? WISH_NEVER : is_liked ? WISH_PREFERRED : WISH_POSSIBLE;
    }
}

static void read_root(struct wanted *w, const json_t *root)
{
    struct err e = { 0 };
    struct str zone = text_of(json_object_get(root, "zone")), top = STR("$"),
               asked = text_of(json_object_get(root, "practitioner"));
    if (!zone_load(zone, w->a, &w->zone, &e)) {
        problem(w, STR("$.zone"), MSG_SETUP_ZONE, zone);
        return;
    }
    w->in = (struct diary_input){ .zone = w->zone,
                                  .n_days = whole(w, root, top, "days", 1, 366, 84),
                                  .not_before = { INT64_MIN / 2 } };
    if (!date_parse(text_of(json_object_get(root, "first")), &w->in.first))
        problem(w, STR("$.first"), MSG_INTAKE_DATE, STR(""));
    w->r = (struct course_request){ .grid = whole(w, root, top, "grid", 5, 120, 15),
                                    .practitioner = -1,
                                    .practitioners_allowed = UINT64_MAX,
                                    .weights = course_weights_default() };
    read_people(w, root);
    read_service(w, json_object_get(root, "service"));
    read_visits(w, json_object_get(root, "visits"));
    read_week(w, json_object_get(root, "week"));
    w->r.earliest = w->in.first;
    w->r.shortest_service = service_grains(&w->r.service) * GRAIN_MINUTES;
    w->r.is_practitioner_must = json_is_true(json_object_get(root, "must"));
    for (int i = 0; i < w->in.n_practitioners && asked.n && i < 64; i++)
        if (str_eq(w->names[i], asked))
            w->r.practitioner = i;
    if (asked.n && w->r.practitioner < 0)
        problem(w, STR("$.practitioner"), MSG_INTAKE_UNKNOWN, asked);
    if (w->r.grid % 5)
        problem(w, STR("$.grid"), MSG_SETUP_SEGMENT, STR(""));
}

/* ---- answers ---- */

static void print_course(struct wanted *w, const struct diary *d, const struct course *c, enum lang l, int rank)
{
    printf("%d: cost %d (gap %d, wish %d, change %d, late %d, hole %d)\n", rank, c->cost.total, c->cost.gap,
           c->cost.wish, c->cost.change, c->cost.late, c->cost.hole);
    for (int i = 0; i < c->n_visits; i++) {
        struct instant t = diary_instant(d, c->visits[i].day, c->visits[i].start_grain);
        struct wall wall = zone_wall(w->zone, t, NULL);
        printf("   %2d  %.*s %.*s  %.*s, table %d%s\n", i + 1, STR_ARG(text_date(l, wall.date, DATE_WEEKDAY, w->a)),
               STR_ARG(text_clock(wall.minute, w->a)), STR_ARG(w->names[c->visits[i].practitioner]),
               c->visits[i].table + 1, c->visits[i].wish == WISH_PREFERRED ? " *" : "");
    }
}

static void put_course(struct jw *j, struct wanted *w, const struct diary *d, const struct course *c)
{
    jw_object(j);
    jw_kv_i64(j, "cost", c->cost.total);
    jw_kv_i64(j, "cost_gap", c->cost.gap);
    jw_kv_i64(j, "cost_wish", c->cost.wish);
    jw_kv_i64(j, "cost_change", c->cost.change);
    jw_kv_i64(j, "cost_late", c->cost.late);
    jw_kv_i64(j, "cost_hole", c->cost.hole);
    jw_key(j, STR("visits"));
    jw_array(j);
    for (int i = 0; i < c->n_visits; i++) {
        jw_object(j);
        jw_kv_str(j, "start", instant_iso(diary_instant(d, c->visits[i].day, c->visits[i].start_grain), w->a));
        jw_kv_str(j, "practitioner", w->names[c->visits[i].practitioner]);
        jw_kv_i64(j, "table", c->visits[i].table + 1);
        jw_kv_bool(j, "preferred", c->visits[i].wish == WISH_PREFERRED);
        jw_object_end(j);
    }
    jw_array_end(j);
    jw_object_end(j);
}

static const char *block_name(enum course_block b)
{
    static const char *const names[] = { "none",    "wish_never", "practitioner", "gap_max",
                                         "gap_min", "horizon",    "start_later",  "full" };
    return names[b];
}

static void print_json(struct wanted *w, const struct diary *d, const struct course_result *found)
{
    struct buf b;
    struct jw j;
    buf_init(&b, REQUEST_MAX);
    jw_init(&j, &b, true);
    jw_object(&j);
    jw_key(&j, STR("courses"));
    jw_array(&j);
    for (int i = 0; i < found->n; i++)
        put_course(&j, w, d, &found->best[i]);
    jw_array_end(&j);
    if (found->n == 0) {
        jw_kv_str(&j, "why_none", str_from(block_name(found->relaxation.block)));
        jw_kv_i64(&j, "amount", found->relaxation.amount);
        jw_kv_i64(&j, "visits_possible", found->relaxation.visits_possible);
    }
    jw_object_end(&j);
    printf("%.*s\n", STR_ARG(buf_str(&b)));
    buf_release(&b);
}

static int answer(struct cli *c, struct wanted *w, enum lang l)
{
    struct diary d;
    struct course_result *found = arena_one(w->a, struct course_result);
    struct course_search *s = course_search_new();
    w->in.hours = w->hours.v;
    w->in.n_hours = w->hours.n;
    w->in.taken = w->taken.v;
    w->in.n_taken = w->taken.n;
    diary_build(&w->in, w->a, &d);
    course_find(&d, &w->r, COURSES_MAX, s, found);
    if (cli_has(c, "json"))
        print_json(w, &d, found);
    else if (found->n == 0)
        printf("no course: %s, %d; %d visits would fit\n", block_name(found->relaxation.block),
               found->relaxation.amount, found->relaxation.visits_possible);
    for (int i = 0; i < found->n && !cli_has(c, "json"); i++)
        print_course(w, &d, &found->best[i], l, i + 1);
    course_search_free(s);
    return 0;
}

int cli_course(struct cli *c)
{
    struct err e = { 0 };
    struct issues problems = { .a = c->a };
    struct wanted *w = arena_one(c->a, struct wanted);
    struct str json;
    json_error_t fault;
    enum lang l;
    if (!lang_parse(cli_option(c, "lang", STR("en")), &l)) {
        fputs("tsubo course: --lang is en, ja or vi\n", stderr);
        return EX_USAGE;
    }
    if (!file_read(c->args[0], REQUEST_MAX, c->a, &json, &e))
        return cli_fail(&e);
    w->a = c->a;
    w->problems = &problems;
    json_t *root = json_loadb(json.p, json.n, JSON_REJECT_DUPLICATES, &fault);
    if (!json_is_object(root))
        problem(w, STR("$"), MSG_INTAKE_SYNTAX, str_fmt(c->a, "%d:%d", fault.line, fault.column));
    else
        read_root(w, root);
    json_decref(root);
    for (size_t i = 0; i < problems.list.n; i++)
        fprintf(stderr, "%.*s: %.*s: %.*s\n", STR_ARG(c->args[0]), STR_ARG(problems.list.v[i].path),
                STR_ARG(text_issue(l, &problems.list.v[i], c->a)));
    return issues_none(&problems) ? answer(c, w, l) : EX_DATAERR;
}
