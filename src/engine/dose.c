/* dose.c - any row of protocols.tsv as a course shape.
 * SPDX-License-Identifier: AGPL-3.0-or-later
 */
#include "engine/dose.h"

#include <math.h>

#include "base/list.h"
#include "base/must.h"

#define VISITS_MAX 40

static enum next_when next_of(struct str s)
{
    static const struct {
        struct str word;
        enum next_when next;
    } words[] = { { STR_INIT("always"), NEXT_ALWAYS },
                  { STR_INIT("improved"), NEXT_IMPROVED },
                  { STR_INIT("partial"), NEXT_PARTIAL },
                  { STR_INIT("effect_lasts"), NEXT_EFFECT_LASTS },
                  { STR_INIT("wish"), NEXT_WISH } };
    for (size_t i = 0; i < ARRAY_LEN(words); i++)
        if (str_eq(words[i].word, s))
            return words[i].next;
    return NEXT_NEVER;
}

/* To the nearest whole day, halves down: steps of 3.5 days fall on 3, 7, 10, 14. */
static int whole_day(double day)
{
    return (int)ceil(day - 0.5 - 1e-9);
}

/* "2", "0.67-1.25", "6.29 (SD 1.70) in RCTs": visits a week as published, from its first figures. */
static bool read_pace(struct str s, double *low, double *high)
{
    struct str rest = str_cut(&s, ' '), first = str_cut(&rest, '-');
    if (!str_to_double(first, low) || *low <= 0)
        return false;
    *high = *low;
    return rest.n == 0 || (str_to_double(rest, high) && *high >= *low);
}

struct bounds {
    double min, target, max;
    bool is_assumed;
};

/* What the source does not say of gaps comes from its pace, else from its length and count, else from the clinic. */
static struct bounds gap_bounds(const struct phase *p, int visits, struct dose_defaults d)
{
    struct bounds b = { p->interval_min, p->interval_target, p->interval_max, isnan(p->interval_target) };
    double low, high;
    bool has_pace = read_pace(p->per_week, &low, &high);
    if (b.is_assumed && has_pace)
        b.target = 14 / (low + high);
    else if (b.is_assumed)
        b.target = !isnan(p->duration_weeks) && visits > 1 ? round(p->duration_weeks * 7) / visits : d.gap.target;
    if (isnan(b.min))
        b.min = has_pace ? 7 / high : b.is_assumed ? d.gap.min : floor(b.target * 0.75);
    if (isnan(b.max))
        b.max = has_pace ? 7 / low : b.is_assumed ? d.gap.max : ceil(b.target * 1.5);
    b.min = fmax(1, fmin(b.min, b.target));
    b.max = fmax(b.max, b.target);
    return b;
}

/* Day of step i of a phase of n gaps. Stretching gaps grow evenly around the target, as far as the narrower of its
 * bounds: 7, 9, 11, 13 for 7-10-14; those beyond the n stay at the widest. */
static double step_day(const struct bounds *b, bool is_stretching, int i, int n)
{
    double half = fmin(b->target - b->min, b->max - b->target), day = 0;
    if (!is_stretching || n < 2)
        return b->target * i;
    for (int g = 0; g < i; g++)
        day += b->target + half * (g < n ? 2.0 * g / (n - 1) - 1 : 1);
    return day;
}

/* Gaps before each of `most` visits, of which `visits` are wished. The first visit of all comes as soon as there is
 * room. */
static const struct gap_days *phase_gaps(const struct phase *p, int visits, int most, bool is_first,
                                         struct dose_defaults d, struct arena *a, bool *is_assumed)
{
    struct gap_days *gaps = arena_array(a, struct gap_days, (size_t)most + 1);
    struct bounds b = gap_bounds(p, visits, d);
    bool is_stretching = str_eq(p->kind, STR("stretch"));
    int at = 0;
    *is_assumed = b.is_assumed;
    if (is_first && most > 0)
        gaps[at++] = (struct gap_days){ 0, 0, d.gap.max };
    for (int i = 0, n = visits - at; at < most; i++, at++) {
        int days = whole_day(step_day(&b, is_stretching, i + 1, n)) - whole_day(step_day(&b, is_stretching, i, n));
        days = days < 1 ? 1 : days;
        gaps[at] =
            (struct gap_days){ (int16_t)fmin(floor(b.min), days), (int16_t)days, (int16_t)fmax(ceil(b.max), days) };
    }
    return gaps;
}

/* Visits of a phase; where the source leaves them open, the clinic's number. */
static void count_visits(const struct phase *p, struct dose_defaults d, struct shape_phase *s)
{
    s->is_count_assumed = p->sessions_target < 0;
    s->visits_target = p->sessions_target;
    if (s->is_count_assumed)
        s->visits_target = p->sessions_max > 0 ? p->sessions_max : p->sessions_min > 0 ? p->sessions_min : d.visits;
    s->visits_target = s->visits_target > VISITS_MAX ? VISITS_MAX : s->visits_target;
    s->visits_min = p->sessions_min >= 0 && p->sessions_min < s->visits_target ? p->sessions_min : s->visits_target;
    s->visits_max = p->sessions_max > s->visits_target ? p->sessions_max : s->visits_target;
    s->visits_max = s->visits_max > VISITS_MAX ? VISITS_MAX : s->visits_max;
}

static struct shape_phase unfold(const struct phase *p, int row, bool is_first, struct dose_defaults d, struct arena *a)
{
    struct shape_phase s = { .row = row,
                             .next = next_of(p->next_phase_when),
                             .response_low_percent = p->response_low_percent,
                             .response_high_percent = p->response_high_percent };
    count_visits(p, d, &s);
    s.gaps = phase_gaps(p, s.visits_target, s.visits_max, is_first, d, a, &s.is_gap_assumed);
    s.review_after = p->reassess_after_session > 0 ? p->reassess_after_session : 0;
    s.review_day = isnan(p->reassess_at_week) ? 0 : (int)(p->reassess_at_week * 7);
    return s;
}

/* A cap without a period is for the visits up to its phase: of the last phase it is for all; of an earlier one it
 * limits the counts, so that the maintenance after it is free. */
static void add_caps(const struct protocol *p, struct shape_phase *phases, struct course_shape *out, struct arena *a)
{
    LIST(struct dose_cap) caps = { 0 };
    int so_far = 0;
    for (size_t i = 0; i < p->n_phases; i++) {
        int sessions = p->phases[i].cap_sessions,
            days = p->phases[i].cap_period_days > 0 ? p->phases[i].cap_period_days : 0;
        if (sessions > 0 && days == 0 && i + 1 < p->n_phases && phases[i].visits_max > sessions - so_far)
            phases[i].visits_max =
                sessions - so_far > phases[i].visits_target ? sessions - so_far : phases[i].visits_target;
        else if (sessions > 0 && (days > 0 || i + 1 == p->n_phases))
            *list_push(&caps, a) = (struct dose_cap){ sessions, days };
        so_far += phases[i].visits_max;
    }
    out->caps = caps.v;
    out->n_caps = caps.n;
}

static int max_int(int a, int b)
{
    return a > b ? a : b;
}

/* The visits after which phase `i` is judged, within the `n` visits of gaps[]: after its session number, else the last
 * one before its day. */
static int review_visit(const struct shape_phase *p, const struct gap_days *gaps, int n)
{
    int day = 0, visit = 0;
    if (p->review_after > 0 || p->review_day == 0)
        return p->review_after;
    for (; visit < n; visit++) {
        day += gaps[visit].target;
        if (day > p->review_day)
            break;
    }
    return visit;
}

/* Visits to book in one go: the first phase, and each that follows without a decision. */
static void book_now(struct course_shape *s, struct arena *a)
{
    struct gap_days *gaps = arena_array(a, struct gap_days, VISITS_MAX);
    LIST(int) reviews = { 0 };
    size_t opened = 0;
    do {
        const struct shape_phase *p = &s->phases[opened];
        for (int v = 0; v < p->visits_target && s->book_now < VISITS_MAX; v++)
            gaps[s->book_now++] = p->gaps[v];
    } while (s->phases[opened++].next == NEXT_ALWAYS && opened < s->n_phases);
    for (size_t i = 0; i < opened; i++) {
        int visit = review_visit(&s->phases[i], gaps, s->book_now), last = reviews.n ? reviews.v[reviews.n - 1] : 0;
        if (visit > last && visit <= s->book_now)
            *list_push(&reviews, a) = visit;
    }
    if (s->book_now > 1 && reviews.n == 0)
        *list_push(&reviews, a) = s->book_now; /* a course without a review point is measured at its end */
    s->gaps = gaps;
    s->reviews = reviews.v;
    s->n_reviews = reviews.n;
}

/* Everything but what to book now; the phases are returned once more, to be changed while the shape is made. */
static struct shape_phase *unfold_all(const struct know *k, int protocol, struct dose_defaults d, struct arena *a,
                                      struct course_shape *out)
{
    const struct protocol *p = &k->protocols[protocol];
    struct shape_phase *phases = arena_array(a, struct shape_phase, p->n_phases);
    must(p->n_phases > 0);
    *out = (struct course_shape){ .protocol = protocol,
                                  .house_row = -1,
                                  .phases = phases,
                                  .n_phases = p->n_phases,
                                  .minutes = -1,
                                  .needles_min = p->phases[0].needles_min,
                                  .needles_max = p->phases[0].needles_max };
    for (size_t i = 0; i < p->n_phases; i++)
        phases[i] = unfold(&p->phases[i], (int)i, i == 0, d, a);
    if (!isnan(p->phases[0].minutes))
        out->minutes = (int)p->phases[0].minutes;
    add_caps(p, phases, out, a);
    return phases;
}

void dose_unfold(const struct know *k, int protocol, struct dose_defaults d, struct arena *a, struct course_shape *out)
{
    (void)unfold_all(k, protocol, d, a, out);
    book_now(out, a);
}

/* ---- the house's choice ---- */

/* Gives the row's counts to the phases that belong to the initial course: the first up to the review, the next the
 * rest. What is not booked now stays open up to the row's largest count. */
static void share_visits(struct shape_phase *phases, size_t n, const struct house_dose *h)
{
    int left = h->visits_target, more = max_int(0, h->visits_max - h->visits_target);
    for (size_t i = 0; i < n; i++) {
        struct shape_phase *p = &phases[i];
        int take = left < p->visits_max ? left : p->visits_max;
        if (i > 0 && phases[i - 1].next != NEXT_ALWAYS && phases[i - 1].next != NEXT_IMPROVED)
            break;
        if (i == 0 && h->review_after > 0 && h->review_after < take)
            take = h->review_after;
        left -= take;
        if (take == 0) { /* opens after the review, if at all */
            p->visits_target = p->visits_target < more ? p->visits_target : more;
            p->visits_max = p->visits_max < more ? p->visits_max : more;
        } else {
            p->visits_target = take;
        }
        p->visits_min = p->visits_min < p->visits_target ? p->visits_min : p->visits_target;
    }
}

/* The whole initial course is booked at once; the review stands in it, and what it decides changes the rest. */
static void book_house(struct course_shape *s, const struct house_dose *h, struct arena *a)
{
    struct gap_days *gaps = arena_array(a, struct gap_days, VISITS_MAX);
    int *review = arena_one(a, int), n = 0;
    for (size_t i = 0; i < s->n_phases && n < h->visits_target && n < VISITS_MAX; i++)
        for (int v = 0; v < s->phases[i].visits_target && n < h->visits_target && n < VISITS_MAX; v++)
            gaps[n++] = s->phases[i].gaps[v];
    s->gaps = gaps;
    s->book_now = n;
    *review = h->review_after > 0 && h->review_after <= n ? h->review_after : n;
    s->reviews = review;
    s->n_reviews = n > 1 ? 1 : 0;
}

void dose_for(const struct know *k, const struct facts *f, struct dose_defaults d, struct arena *a,
              struct course_shape *out)
{
    for (size_t i = 0; i < k->n_doses; i++) {
        const struct house_dose *h = &k->doses[i];
        struct shape_phase *phases;
        if (!rule_eval(k, h->when, f).sure)
            continue;
        phases = unfold_all(k, h->protocol, d, a, out);
        out->house_row = (int)i;
        share_visits(phases, out->n_phases, h);
        book_house(out, h, a);
        return;
    }
    must(false); /* the last row is TRUE: checked with the data */
}

bool dose_caps_hold(const struct course_shape *s, const struct civil_date *days, size_t n, size_t *broken)
{
    for (size_t c = 0; c < s->n_caps; c++)
        for (size_t i = 0; i < n; i++) {
            size_t in_window = 0;
            for (size_t j = i; j < n; j++)
                in_window += s->caps[c].days == 0 || days[j].day - days[i].day < s->caps[c].days;
            if (in_window > (size_t)s->caps[c].sessions) {
                *broken = c;
                return false;
            }
        }
    return true;
}
