/* course.c (svc) - offering a course: from a plan and a week's wishes to visits that can be booked.
 * SPDX-License-Identifier: AGPL-3.0-or-later
 */
#include "svc/course.h"

#include "base/must.h"

#define TREATMENT STR("treatment")

static const struct clinic_service *treatment(const struct clinic *c)
{
    int i = clinic_service(c, TREATMENT);
    return i >= 0 ? &c->services[i] : NULL;
}

/* Gaps of the visits asked for: the plan's, repeated from its last one when more visits are wanted. */
static const struct gap_days *gaps_for(const struct course_ask *ask, int visits, struct arena *a)
{
    const struct course_shape *s = &ask->plan->course;
    struct gap_days *g = arena_array(a, struct gap_days, (size_t)visits);
    for (int i = 0; i < visits; i++)
        g[i] = s->gaps[i < s->book_now ? i : s->book_now - 1];
    return g;
}

static uint64_t allowed(const struct clinic *c, const struct clinic_service *s, struct civil_date on)
{
    uint64_t bits = 0;
    for (size_t i = 0; i < c->n_practitioners && i < 64; i++)
        if (practitioner_may(&c->practitioners[i], s->licence, on))
            bits |= UINT64_C(1) << i;
    return bits;
}

static int shortest_service(const struct clinic *c)
{
    int shortest = 0;
    for (size_t i = 0; i < c->n_services; i++) {
        int m = service_grains(&c->services[i].shape) * GRAIN_MINUTES;
        if (!shortest || m < shortest)
            shortest = m;
    }
    return shortest;
}

/* The engine's request; false when the clinic does not offer treatments. */
static bool request_for(const struct clinic *c, const struct course_ask *ask, struct arena *a,
                        struct course_request *out, struct err *e)
{
    const struct clinic_service *s = treatment(c);
    int visits = ask->visits > 0 ? ask->visits : ask->plan->course.book_now;
    if (!s)
        return err_set(e, ERR_NOT_FOUND, 0, "the clinic offers no treatment");
    must(visits >= 1 && visits <= COURSE_VISITS_MAX);
    *out = (struct course_request){ .service = s->shape,
                                    .grid = c->grid_minutes,
                                    .gaps = gaps_for(ask, visits, a),
                                    .n_visits = visits,
                                    .earliest = ask->earliest,
                                    .practitioner = -1,
                                    .is_practitioner_must = ask->is_practitioner_must,
                                    .practitioners_allowed = allowed(c, s, ask->earliest),
                                    .shortest_service = shortest_service(c),
                                    .weights = course_weights_default() };
    memcpy(out->week, ask->week, sizeof out->week);
    for (size_t i = 0; i < c->n_practitioners; i++)
        if (c->practitioners[i].id == ask->practitioner_id)
            out->practitioner = (int)i;
    return true;
}

static bool is_review(const struct course_shape *s, int visit_no)
{
    for (size_t i = 0; i < s->n_reviews; i++)
        if (s->reviews[i] == visit_no)
            return true;
    return false;
}

static struct offered_visit offered(const struct clinic *c, const struct diary *d, const struct course_visit *v,
                                    int visit_no, const struct course_shape *shape)
{
    const struct clinic_service *s = treatment(c);
    must(s); // a search was made for it
    struct instant start = diary_instant(d, v->day, v->start_grain);
    struct instant from = { start.s + service_lead_minutes(&s->shape) * 60 };
    struct wall wall = zone_wall(c->zone, from, NULL);
    return (struct offered_visit){
        .practitioner_id = c->practitioners[v->practitioner].id,
        .table_id = v->table >= 0 ? c->tables[v->table].id : 0,
        .service_id = s->id,
        .starts_at = start,
        .ends_at = { start.s + (int64_t)service_grains(&s->shape) * GRAIN_SECONDS },
        .patient_from = from,
        .patient_to = { from.s + service_patient_minutes(&s->shape) * 60 },
        .date = wall.date,
        .minute = wall.minute,
        .wish = v->wish,
        .is_review = is_review(shape, visit_no),
        .price = s->price,
    };
}

static void offer_one(const struct clinic *c, const struct diary *d, const struct course *from,
                      const struct course_shape *shape, struct arena *a, struct offered_course *out)
{
    *out = (struct offered_course){ .visits = arena_array(a, struct offered_visit, (size_t)from->n_visits),
                                    .n_visits = from->n_visits,
                                    .cost = from->cost,
                                    .total = { 0, c->currency } };
    for (int i = 0; i < from->n_visits; i++) {
        out->visits[i] = offered(c, d, &from->visits[i], i + 1, shape);
        if (!money_add(out->total, out->visits[i].price, &out->total))
            out->total = (struct money){ 0, c->currency };
    }
}

bool course_offer(struct svc_worker *w, const struct course_ask *ask, struct arena *a, struct course_offer *out,
                  struct err *e)
{
    const struct clinic *c;
    const struct diary *d;
    struct course_request r;
    struct course_result *found = arena_one(a, struct course_result);
    if (!svc_diary(w, &c, &d, e) || !request_for(c, ask, a, &r, e))
        return false;
    course_find(d, &r, COURSES_MAX, w->search, found);
    *out = (struct course_offer){ .n = found->n, .relaxation = found->relaxation, .gaps = r.gaps };
    for (int i = 0; i < found->n; i++)
        offer_one(c, d, &found->best[i], &ask->plan->course, a, &out->courses[i]);
    return true;
}

/* ---- visits that come back from a form ---- */

static int practitioner_of(const struct clinic *c, int64_t id)
{
    for (size_t i = 0; i < c->n_practitioners; i++)
        if (c->practitioners[i].id == id)
            return (int)i;
    return -1;
}

/* The diary's day and grain of a start; false when it lies outside or off the grains. */
static bool locate(const struct diary *d, struct instant start, int *day, int *grain)
{
    for (int i = 0; i < d->n_days; i++)
        if (start.s >= d->midnight[i].s && start.s < d->midnight[i + 1].s) {
            *day = i;
            *grain = (int)((start.s - d->midnight[i].s) / GRAIN_SECONDS);
            return (start.s - d->midnight[i].s) % GRAIN_SECONDS == 0;
        }
    return false;
}

static bool to_engine(const struct clinic *c, const struct diary *d, const struct service_shape *shape,
                      const struct offered_visit *v, struct course_visit *out)
{
    *out = (struct course_visit){ .practitioner = practitioner_of(c, v->practitioner_id) };
    if (out->practitioner < 0 || !locate(d, v->starts_at, &out->day, &out->start_grain))
        return false;
    out->table = diary_table(d, shape, out->day, out->practitioner, out->start_grain);
    return out->table >= 0;
}

static void set_patient_time(const struct service_shape *s, struct offered_visit *v)
{
    v->patient_from = (struct instant){ v->starts_at.s + service_lead_minutes(s) * 60 };
    v->patient_to = (struct instant){ v->patient_from.s + service_patient_minutes(s) * 60 };
}

bool course_recheck(struct svc_worker *w, const struct course_ask *ask, struct offered_visit *visits, int n_visits,
                    struct arena *a, int *bad, struct err *e)
{
    const struct clinic *c;
    const struct diary *d;
    struct course_request r;
    struct course_visit found[COURSE_VISITS_MAX];
    struct course *course = arena_one(a, struct course);
    *bad = -1;
    if (!svc_diary(w, &c, &d, e) || !request_for(c, ask, a, &r, e))
        return false;
    if (n_visits != r.n_visits)
        return err_set(e, ERR_INPUT, 0, "%d visits instead of %d", n_visits, r.n_visits);
    for (int i = 0; i < n_visits; i++)
        set_patient_time(&r.service, &visits[i]); // shown also for a visit that is refused
    for (int i = 0; i < n_visits; i++)
        if (!to_engine(c, d, &r.service, &visits[i], &found[i])) {
            *bad = i;
            return err_set(e, ERR_CONFLICT, 0, "visit %d is not free", i + 1);
        }
    if (course_cost_of(d, &r, found, course, bad) != BLOCK_NONE)
        return err_set(e, ERR_CONFLICT, 0, "visit %d breaks a rule", *bad + 1);
    for (int i = 0; i < n_visits; i++)
        visits[i] = offered(c, d, &course->visits[i], i + 1, &ask->plan->course);
    return true;
}

bool course_other_times(struct svc_worker *w, const struct course_ask *ask, const struct offered_visit *visits,
                        int n_visits, int i, struct arena *a, struct offered_visit *out, size_t cap, size_t *n,
                        struct err *e)
{
    const struct clinic *c;
    const struct diary *d;
    struct course_request r;
    struct course *course = arena_one(a, struct course);
    struct course_visit *moves = arena_array(a, struct course_visit, cap + 1);
    if (!svc_diary(w, &c, &d, e) || !request_for(c, ask, a, &r, e))
        return false;
    must(i >= 0 && i < n_visits && n_visits <= COURSE_VISITS_MAX);
    course->n_visits = n_visits;
    for (int k = 0; k < n_visits; k++) {
        course->visits[k].practitioner = practitioner_of(c, visits[k].practitioner_id);
        if (course->visits[k].practitioner < 0 ||
            !locate(d, visits[k].starts_at, &course->visits[k].day, &course->visits[k].start_grain))
            return err_set(e, ERR_INPUT, 0, "visit %d cannot be read", k + 1);
    }
    size_t found = course_moves(d, &r, course, i, moves, cap);
    for (size_t k = 0; k < found && k < cap; k++)
        out[k] = offered(c, d, &moves[k], i + 1, &ask->plan->course);
    *n = found < cap ? found : cap;
    return true;
}

/* ---- a booked visit that moves ---- */

/* Days between which visit i may lie, from the gaps kept with the course and the visits around it that still stand. */
static void bounds(const struct clinic *c, const struct booked_course *course, int i, int32_t *first, int32_t *last)
{
    struct str rest = course->gaps, item;
    struct gap_days gaps[COURSE_VISITS_MAX] = { 0 };
    int n = 0;
    int64_t v[3];
    while (n < COURSE_VISITS_MAX && str_next(&rest, ';', &item)) {
        for (int k = 0; k < 3; k++)
            if (!str_to_i64(str_cut(&item, '-'), 0, 1000, &v[k]))
                v[k] = k == 2 ? 60 : 1;
        gaps[n++] = (struct gap_days){ (int16_t)v[0], (int16_t)v[1], (int16_t)v[2] };
    }
    *first = INT32_MIN;
    *last = INT32_MAX;
    for (int k = 0; k < course->n_visits; k++) {
        const struct booked_visit *b = &course->visits[k];
        if (k == i || str_eq(b->state, STR("cancelled")))
            continue;
        int32_t day = zone_date(c->zone, b->patient_from).day;
        if (b->visit_no < course->visits[i].visit_no && day + 1 > *first)
            *first = i < n && b->visit_no + 1 == course->visits[i].visit_no ? day + gaps[i].min : day + 1;
        if (b->visit_no > course->visits[i].visit_no && day - 1 < *last)
            *last = k < n && b->visit_no - 1 == course->visits[i].visit_no ? day - gaps[k].min : day - 1;
    }
}

static int64_t distance(struct instant a, struct instant b)
{
    return a.s > b.s ? a.s - b.s : b.s - a.s;
}

/* Keeps `out` sorted by the distance to `near`, the same practitioner first at equal distance; at most cap. */
static void keep_nearest(struct offered_visit *out, size_t *n, size_t cap, struct offered_visit v,
                         const struct booked_visit *near)
{
    int64_t d = distance(v.patient_from, near->patient_from) + (v.practitioner_id != near->practitioner_id);
    size_t at = *n;
    while (at > 0) {
        const struct offered_visit *x = &out[at - 1];
        if (distance(x->patient_from, near->patient_from) + (x->practitioner_id != near->practitioner_id) <= d)
            break;
        at--;
    }
    if (at >= cap)
        return;
    size_t keep = *n < cap ? *n : cap - 1;
    memmove(&out[at + 1], &out[at], (keep - at) * sizeof *out);
    out[at] = v;
    *n = keep + 1;
}

bool booking_other_times(struct svc_worker *w, const struct booked_course *course, int i, struct arena *a,
                         struct offered_visit *out, size_t cap, size_t *n, struct err *e)
{
    const struct clinic *c;
    const struct diary *d;
    struct course_shape none = { 0 };
    int32_t first, last;
    (void)a;
    if (!svc_diary(w, &c, &d, e))
        return false;
    const struct clinic_service *s = treatment(c);
    if (!s)
        return err_set(e, ERR_NOT_FOUND, 0, "the clinic offers no treatment");
    bounds(c, course, i, &first, &last);
    *n = 0;
    for (int day = 0; day < d->n_days; day++) {
        if (d->first.day + day < first || d->first.day + day > last)
            continue;
        for (int p = 0; p < d->n_practitioners; p++) {
            struct day_map starts = diary_starts(d, &s->shape, day, p, c->grid_minutes);
            for (int g = 0; g < d->grains[day]; g++) {
                if (!(starts.w[g / 64] >> (g % 64) & 1))
                    continue;
                struct course_visit v = { .day = day,
                                          .start_grain = g,
                                          .practitioner = p,
                                          .table = diary_table(d, &s->shape, day, p, g),
                                          .wish = WISH_POSSIBLE };
                keep_nearest(out, n, cap, offered(c, d, &v, course->visits[i].visit_no, &none), &course->visits[i]);
            }
        }
    }
    return true;
}
