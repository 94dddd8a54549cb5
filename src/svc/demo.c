/* demo.c - a plainly invented clinic, with a full past and half-full weeks ahead.
 * SPDX-License-Identifier: AGPL-3.0-or-later
 *
 * Deterministic for a given day: the same pseudo-random numbers each time. Names say that they are invented (見本 means
 * sample).
 */
#include "svc/demo.h"

#include <stdlib.h>

#include "db/db.h"
#include "db/writer.h"
#include "os/files.h"
#include "os/random.h"
#include "store/audit.h"
#include "store/claim.h"
#include "store/clinic.h"
#include "store/course.h"
#include "store/staff.h"
#include "svc/fold.h"

#define CLINIC_ID 1
#define PAST_DAYS 70
#define AHEAD_DAYS 56
#define NEW_YEAR_DAYS 4
#define PRACTITIONERS 3
#define TABLES 4

/* clang-format off */
#define T3(en, ja, vi) { { STR_INIT(en), STR_INIT(ja), STR_INIT(vi) } }
/* clang-format on */

static const struct licence licences[] = {
    { STR_INIT("hari"), STR_INIT("000001"), false, { 0 } }, { STR_INIT("kyu"), STR_INIT("000002"), false, { 0 } },
    { STR_INIT("hari"), STR_INIT("000003"), false, { 0 } }, { STR_INIT("kyu"), STR_INIT("000004"), false, { 0 } },
    { STR_INIT("hari"), STR_INIT("000005"), false, { 0 } },
};
static const struct practitioner practitioners[PRACTITIONERS] = {
    { 1, 101, STR_INIT("見本"), STR_INIT("花子"), STR_INIT("みほん"), STR_INIT("はなこ"), STR_INIT("Mihon"),
      STR_INIT("Hanako"), STR_INIT("ja;en"), licences, 2 },
    { 2, 102, STR_INIT("架空"), STR_INIT("太郎"), STR_INIT("かくう"), STR_INIT("たろう"), STR_INIT("Kakū"),
      STR_INIT("Tarō"), STR_INIT("ja"), licences + 2, 2 },
    { 3, 103, STR_INIT("例文"), STR_INIT("リエン"), STR_INIT("れいぶん"), STR_INIT("りえん"), STR_INIT("Reibun"),
      STR_INIT("Liên"), STR_INIT("ja;vi;en"), licences + 4, 1 },
};
static const struct treatment_table tables[TABLES] = {
    { 1, 201, STR_INIT("A") },
    { 2, 202, STR_INIT("B") },
    { 3, 203, STR_INIT("C") },
    { 4, 204, STR_INIT("D") },
};
static const struct segment treatment_segments[] = {
    { SEGMENT_HANDS_ON, 20, true, true }, /* how it was, palpation, needles in */
    { SEGMENT_RETENTION, 20, false, true },
    { SEGMENT_HANDS_ON, 10, true, true }, /* needles out, what to do at home */
    { SEGMENT_BUFFER, 10, false, true },  /* the table is made ready */
};
static const struct clinic_service services[] = {
    { 1,
      STR_INIT("treatment"),
      STR_INIT("hari"),
      { 5500, CUR_JPY },
      T3("Acupuncture treatment", "鍼施術", "Buổi châm cứu"),
      T3("A talk about how it went, needles for about 20 minutes, and what to do until next time.",
         "前回からの様子をうかがい、約20分の置鍼をして、次回までの過ごし方をお伝えします。",
         "Trò chuyện về tình hình, lưu kim khoảng 20 phút, và việc nên làm cho đến lần sau."),
      { treatment_segments, 4 } },
};

struct seed {
    struct app *app;
    const struct zone *zone;
    struct instant now;
    struct civil_date today;
    uint64_t random;
    struct arena *a;
};

/* xorshift64*: small, fixed, good enough for a demonstration. */
static uint32_t next(struct seed *s, uint32_t below)
{
    s->random ^= s->random >> 12;
    s->random ^= s->random << 25;
    s->random ^= s->random >> 27;
    return (uint32_t)((s->random * UINT64_C(2685821657736338717)) >> 33) % below;
}

static void put_hours(struct clinic *c, struct arena *a)
{
    struct clinic_hours *h = arena_array(a, struct clinic_hours, 64);
    size_t n = 0;
    for (int day = 0; day < 6; day++) { /* closed on Sundays, and Wednesday afternoons */
        h[n++] = (struct clinic_hours){ 0, day, 9 * 60, 13 * 60 };
        if (day != 2)
            h[n++] = (struct clinic_hours){ 0, day, 14 * 60 + 30, day == 5 ? 18 * 60 : 20 * 60 };
    }
    for (int64_t p = 1; p <= PRACTITIONERS; p++)
        for (int day = 0; day < 6; day++)
            if (!(p == 2 && day == 3) && !(p == 3 && (day == 0 || day == 1)))
                h[n++] = (struct clinic_hours){ p, day, p == 3 ? 10 * 60 : 9 * 60, p == 1 ? 18 * 60 : 20 * 60 };
    c->hours = h;
    c->n_hours = n;
}

static void put_exceptions(struct clinic *c, const struct seed *s, struct arena *a)
{
    struct clinic_exception *x = arena_array(a, struct clinic_exception, 3 + NEW_YEAR_DAYS);
    struct civil_date new_year = date_from_ymd((struct ymd){ date_to_ymd(s->today).y + 1, 1, 1 });
    x[0] = (struct clinic_exception){ 0, { s->today.day + 16 }, 0, 0 };             /* closed for a training day */
    x[1] = (struct clinic_exception){ 2, { s->today.day + 9 }, 0, 0 };              /* away */
    x[2] = (struct clinic_exception){ 3, { s->today.day + 23 }, 13 * 60, 20 * 60 }; /* comes late */
    for (int i = 0; i < NEW_YEAR_DAYS; i++)                                         /* 31 December to 3 January */
        x[3 + i] = (struct clinic_exception){ 0, { new_year.day - 1 + i }, 0, 0 };
    c->exceptions = x;
    c->n_exceptions = 3 + NEW_YEAR_DAYS;
}

static struct clinic demo_clinic(const struct seed *s)
{
    static const struct clinic fixed = {
        .id = CLINIC_ID,
        .country = STR_INIT("JP"),
        .phone = STR_INIT("03-0000-0000"),
        .email = STR_INIT("clinic@example.test"),
        .emergency_number = STR_INIT("119"),
        .severity_axis = STR_INIT("severity_nrs"),
        .currency = CUR_JPY,
        .min_age = 16,
        .notice_minutes = 180,
        .horizon_days = 84,
        .grid_minutes = 15,
        .needles_max = 14,
        .is_demo = true,
        .name = T3("Mihon Acupuncture Clinic", "みほん鍼灸院", "Phòng châm cứu Mihon"),
        .address = T3("1-2-3 Nai-cho, Kakū-ku, Tokyo 000-0000", "〒000-0000 東京都架空区無い町1-2-3",
                      "1-2-3 Nai-cho, Kakū-ku, Tokyo 000-0000"),
        .access = T3("Four minutes on foot from Nai-cho station, ground floor, no steps.",
                     "無い町駅から徒歩4分、1階、段差はありません。",
                     "Cách ga Nai-cho bốn phút đi bộ, tầng trệt, không có bậc."),
        .about = T3(
            "Low back pain: first we ask whether a doctor should look at it. If not, you get a plan with its reasons, and "
            "we measure together whether it helps.",
            "腰痛について、まず医師の診察が必要かどうかを確かめます。必要がなければ、理由を添えた計画をお渡しし、よくなっているかを一緒に測ります。",
            "Về đau thắt lưng: trước hết chúng tôi hỏi xem có cần bác sĩ khám không. Nếu không, bạn nhận một kế hoạch kèm lý do, "
            "và chúng ta cùng đo xem có đỡ không."),
        .practitioners = practitioners,
        .n_practitioners = PRACTITIONERS,
        .tables = tables,
        .n_tables = TABLES,
        .services = services,
        .n_services = ARRAY_LEN(services),
    };
    struct clinic c = fixed;
    c.zone = s->zone;
    put_hours(&c, s->a);
    put_exceptions(&c, s, s->a);
    return c;
}

/* ---- people and visits ---- */

static bool is_open(const struct clinic *c, int64_t practitioner, struct civil_date d, int from, int to)
{
    bool is_in = false;
    for (size_t i = 0; i < c->n_exceptions; i++)
        if (c->exceptions[i].date.day == d.day)
            return false; /* the demo keeps such days empty */
    for (size_t i = 0; i < c->n_hours; i++)
        is_in |= c->hours[i].practitioner_id == practitioner && c->hours[i].weekday == date_weekday(d) &&
                 from >= c->hours[i].from_minute && to <= c->hours[i].to_minute;
    return is_in;
}

/* Books one visit on that day at one of a few starts; false when none is free. */
static bool try_visit(struct seed *s, struct db *db, const struct clinic *c, int64_t course, int64_t patient,
                      int visit_no, struct civil_date day, int practitioner, int first_minute, struct err *e)
{
    for (int k = 0; k < 4; k++) {
        int minute = first_minute + k * 30;
        if (!is_open(c, 0, day, minute, minute + 50) || !is_open(c, practitioner, day, minute, minute + 50))
            continue;
        enum wall_kind kind;
        struct instant start = zone_instant(c->zone, (struct wall){ day, minute, 0 }, &kind);
        for (int t = 0; t < TABLES; t++) {
            struct claim_list claims = { 0 };
            struct err taken = { 0 };
            bool is_past = start.s < s->now.s;
            uint32_t dice = next(s, 100);
            struct str state = !is_past ? STR("booked") : dice < 4 ? STR("noshow") : STR("fulfilled");
            struct booking_row b = { id_new(),
                                     course,
                                     patient,
                                     services[0].id,
                                     practitioner,
                                     tables[t].id,
                                     visit_no,
                                     0,
                                     start,
                                     { start.s + 3600 },
                                     start,
                                     { start.s + 3000 },
                                     services[0].price.minor,
                                     state };
            int64_t bad;
            claim_add(&claims, &services[0].shape, start, practitioners[practitioner - 1].resource_id,
                      tables[t].resource_id, b.id, s->a);
            if (!db_savepoint(db, e))
                return false;
            if (claim_take(db, c->id, &claims, &bad, &taken) && booking_insert(db, c->id, &b, s->now, e))
                return db_release(db, e);
            db_rollback_to(db);
            if (taken.code != ERR_CONFLICT)
                return false;
        }
    }
    return true; /* nothing free: the visit is simply not there */
}

static bool make_person(struct seed *s, struct db *db, const struct clinic *c, int n, int64_t *patient, int64_t *course,
                        struct err *e)
{
    struct civil_date born = { s->today.day - 365 * (20 + (int)next(s, 60)) - (int)next(s, 365) };
    struct str names[] = { STR("仮名"), str_fmt(s->a, "%03d", n) };
    struct patient_row p = { .id = id_new(),
                             .family_name = names[0],
                             .given_name = names[1],
                             .family_kana = STR("かめい"),
                             .sex = next(s, 2) ? STR("female") : STR("male"),
                             .phone = str_fmt(s->a, "0300000%03d", n),
                             .has_birth_date = true,
                             .birth_date = born,
                             .lang = LANG_JA,
                             .search_key = fold_all(names, 2, s->a) };
    int64_t episode = id_new();
    *patient = p.id;
    *course = id_new();
    struct course_row row = { .id = *course,
                              .episode_id = episode,
                              .patient_id = p.id,
                              .protocol_id = STR("clinic-trial-course-maintenance"),
                              .house_row = STR("demo"),
                              .reviews = STR("4"),
                              .gaps = STR(""),
                              .lang = LANG_JA,
                              .link_hash = token_hash(token_new(s->a), s->a),
                              .booked_at = s->now };
    return patient_insert(db, c->id, &p, s->now, e) &&
           episode_insert(db, c->id, episode, p.id, true, (struct civil_date){ s->today.day - 200 }, s->now, e) &&
           course_row_insert(db, c->id, &row, e);
}

/* A course of weekly visits that starts on a random day between far past and some weeks ahead. */
static bool make_course(struct seed *s, struct db *db, const struct clinic *c, int n, struct err *e)
{
    int64_t patient, course;
    int practitioner = 1 + (int)next(s, PRACTITIONERS), visits = 6 + (int)next(s, 5);
    static const int starts[] = { 540, 555, 600, 630, 690, 870, 885, 930, 990, 1020, 1080, 1110 };
    int minute = starts[next(s, ARRAY_LEN(starts))];
    int day = s->today.day - PAST_DAYS + (int)next(s, PAST_DAYS + AHEAD_DAYS - 28);
    if (!make_person(s, db, c, n, &patient, &course, e))
        return false;
    for (int v = 0; v < visits; v++, day += v < 3 ? 3 + (int)next(s, 3) : 6 + (int)next(s, 3))
        if (day < s->today.day + AHEAD_DAYS &&
            !try_visit(s, db, c, course, patient, v + 1, (struct civil_date){ day }, practitioner, minute, e))
            return false;
    return true;
}

static bool make_staff(struct seed *s, struct db *db, const struct demo_logins *logins, struct err *e)
{
    static const struct str roles[] = { STR_INIT("owner"), STR_INIT("practitioner"), STR_INIT("reception"),
                                        STR_INIT("auditor") };
    static const int64_t who[] = { 1, 2, 0, 0 };
    for (size_t i = 0; i < logins->n; i++) {
        struct str hash;
        if (!password_hash(str_from(logins->v[i].password), s->a, &hash, e))
            return false;
        struct staff_row row = { id_new(), who[i], str_from(logins->v[i].login), hash, roles[i], LANG_JA, true };
        if (!staff_insert(db, CLINIC_ID, &row, s->now, e))
            return false;
    }
    return true;
}

struct demo_job {
    struct seed *seed;
    const struct demo_logins *logins;
};

static bool make_all(struct db *db, void *arg, struct err *e)
{
    struct demo_job *j = arg;
    struct seed *s = j->seed;
    struct clinic c = demo_clinic(s);
    struct audit_entry entry = { STR("system"), STR("clinic.demo"), STR("clinic"), CLINIC_ID, 0, s->now };
    if (!clinic_insert(db, &c, STR("Asia/Tokyo"), s->now, e) || !make_staff(s, db, j->logins, e))
        return false;
    for (int n = 1; n <= 110; n++)
        if (!make_course(s, db, &c, n, e))
            return false;
    return audit_add(db, CLINIC_ID, &entry, e);
}

bool demo_make(struct app *app, struct demo_logins *out, struct arena *a, struct err *e)
{
    static const struct demo_logins logins = {
        { { "owner", "demo-owner-pass" },
          { "practitioner", "demo-practitioner-pass" },
          { "reception", "demo-reception-pass" },
          { "auditor", "demo-auditor-pass" } },
        4,
    };
    struct err none = { 0 };
    struct seed s = { .app = app, .now = app->now(app), .random = UINT64_C(0x7473756266f), .a = a };
    *out = logins;
    if (app_find_clinic(app, &none))
        return true;
    if (!zone_load(STR("Asia/Tokyo"), a, &s.zone, e))
        return false;
    s.today = zone_date(s.zone, s.now);
    struct demo_job job = { &s, &logins };
    return writer_run(app->writer, make_all, &job, e) && app_find_clinic(app, e);
}
