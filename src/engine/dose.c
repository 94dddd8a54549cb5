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

/* Whole days for visit `i` of a phase so that a wish of 3.5 days becomes 3, 4, 3, 4 and the average is kept. */
static int16_t whole_days(double days, int i)
{
    return (int16_t)(floor(days * (i + 1) + 1e-9) - floor(days * i + 1e-9));
}

/* What the source does not say of gaps comes from its length and count, else from the clinic. */
static void gap_bounds(const struct phase *p, int visits, struct dose_defaults d, double *min, double *target,
                       double *max, bool *is_assumed)
{
    *min = p->interval_min;
    *target = p->interval_target;
    *max = p->interval_max;
    *is_assumed = isnan(*target);
    if (isnan(*target))
        *target = !isnan(p->duration_weeks) && visits > 1 ? p->duration_weeks * 7 / visits : d.gap.target;
    if (isnan(*min))
        *min = *target < d.gap.min ? *target : isnan(p->interval_target) ? d.gap.min : floor(*target * 0.75);
    if (isnan(*max))
        *max = isnan(p->interval_target) ? fmax(d.gap.max, *target) : ceil(*target * 1.5);
    *min = fmax(1, fmin(*min, *target));
    *max = fmax(*max, *target);
}

static const struct gap_days *phase_gaps(const struct phase *p, int visits, int n, bool is_first,
                                         struct dose_defaults d, struct arena *a, bool *is_assumed)
{
    struct gap_days *g = arena_array(a, struct gap_days, (size_t)n + 1);
    double min, target, max;
    gap_bounds(p, visits, d, &min, &target, &max, is_assumed);
    for (int i = 0; i < n; i++) {
        int16_t t = whole_days(target, i);
        g[i] = (struct gap_days){ (int16_t)fmin(floor(min), t), t < 1 ? 1 : t, (int16_t)fmax(ceil(max), t) };
        g[i].min = g[i].min < 1 ? 1 : g[i].min;
    }
    if (is_first && n > 0)
        g[0] = (struct gap_days){ 0, 0, d.gap.max }; /* the first visit: as soon as there is room */
    return g;
}

static struct shape_phase unfold(const struct phase *p, int row, bool is_first, struct dose_defaults d, struct arena *a)
{
    struct shape_phase s = { .row = row,
                             .next = next_of(p->next_phase_when),
                             .response_low_percent = p->response_low_percent,
                             .response_high_percent = p->response_high_percent };
    s.is_count_assumed = p->sessions_target < 0;
    s.visits_target = s.is_count_assumed ? (p->sessions_max > 0   ? p->sessions_max
                                            : p->sessions_min > 0 ? p->sessions_min
                                                                  : d.visits)
                                         : p->sessions_target;
    s.visits_min = p->sessions_min >= 0 ? p->sessions_min : s.visits_target;
    s.visits_max = p->sessions_max >= 0 ? p->sessions_max : s.visits_target;
    s.visits_max = s.visits_max < s.visits_target ? s.visits_target : s.visits_max;
    s.visits_max = s.visits_max > VISITS_MAX ? VISITS_MAX : s.visits_max;
    s.gaps = phase_gaps(p, s.visits_target, s.visits_max, is_first, d, a, &s.is_gap_assumed);
    s.review_after = p->reassess_after_session > 0 ? p->reassess_after_session : 0;
    s.review_day = isnan(p->reassess_at_week) ? 0 : (int)(p->reassess_at_week * 7);
    return s;
}

static void add_caps(const struct protocol *p, struct course_shape *out, struct arena *a)
{
    LIST(struct dose_cap) caps = { 0 };
    for (size_t i = 0; i < p->n_phases; i++)
        if (p->phases[i].cap_sessions > 0)
            *list_push(&caps, a) =
                (struct dose_cap){ p->phases[i].cap_sessions,
                                   p->phases[i].cap_period_days > 0 ? p->phases[i].cap_period_days : 0 };
    out->caps = caps.v;
    out->n_caps = caps.n;
}

/* Visits to book in one go: the first phase, and each that follows without a decision. */
static void book_now(struct course_shape *s, struct arena *a)
{
    struct gap_days *gaps = arena_array(a, struct gap_days, VISITS_MAX);
    LIST(int) reviews = { 0 };
    for (size_t i = 0; i < s->n_phases; i++) {
        const struct shape_phase *p = &s->phases[i];
        int review = p->review_after;
        for (int v = 0; v < p->visits_target && s->book_now < VISITS_MAX; v++)
            gaps[s->book_now++] = p->gaps[v];
        if (review > 0 && review <= s->book_now)
            *list_push(&reviews, a) = review;
        if (p->next != NEXT_ALWAYS)
            break;
    }
    if (reviews.n == 0 && s->book_now > 1)
        *list_push(&reviews, a) = s->book_now; /* a course without a review point is measured at its end */
    s->gaps = gaps;
    s->reviews = reviews.v;
    s->n_reviews = reviews.n;
}

void dose_unfold(const struct know *k, int protocol, struct dose_defaults d, struct arena *a, struct course_shape *out)
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
    add_caps(p, out, a);
    book_now(out, a);
}

/* ---- the house's choice ---- */

/* Gives the row's counts to the phases in order: each gets what it can take up to its largest count. */
static void share_visits(struct course_shape *s, const struct house_dose *h)
{
    struct shape_phase *phases = (struct shape_phase *)s->phases;
    int left = h->visits_target;
    for (size_t i = 0; i < s->n_phases; i++) {
        bool is_course = i == 0 || phases[i - 1].next == NEXT_ALWAYS || phases[i - 1].next == NEXT_IMPROVED;
        if (!is_course)
            break;
        int take = left < phases[i].visits_max ? left : phases[i].visits_max;
        if (i == 0 && h->review_after > 0) {
            take = h->review_after < left ? h->review_after : left;
            take = take < phases[i].visits_max ? take : phases[i].visits_max;
        }
        phases[i].visits_target = take;
        left -= take;
    }
}

/* The whole initial course is booked at once; the review stands in it, and what it decides changes the rest. */
static void book_house(struct course_shape *s, const struct house_dose *h, struct arena *a)
{
    struct gap_days *gaps = arena_array(a, struct gap_days, VISITS_MAX);
    int *review = arena_one(a, int), n = 0;
    for (size_t i = 0; i < s->n_phases && n < h->visits_target; i++)
        for (int v = 0; v < s->phases[i].visits_target && n < h->visits_target; v++)
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
        if (!rule_eval(k, h->when, f).sure)
            continue;
        dose_unfold(k, h->protocol, d, a, out);
        out->house_row = (int)i;
        share_visits(out, h);
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
