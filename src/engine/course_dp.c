/* course_dp.c - the exact best courses: a table of what it costs to finish, then a walk along the cheapest ways.
 * SPDX-License-Identifier: AGPL-3.0-or-later
 *
 * finish[i][day][p] is the least cost of visits i, i + 1, ... when visit i is on that day with that practitioner. It is
 * filled backwards. A change of practitioner costs the same whoever follows, so the least of a day over all
 * practitioners is kept once, instead of trying every pair.
 *
 * The walk keeps begun courses in the order of their total, which the table tells exactly, and of their days and
 * practitioners. As every begun course can be finished at its total and no two share a course, the first `want` of them
 * are all that can matter, and a whole course that comes first is the next best.
 */
#include <string.h>

#include "base/must.h"
#include "engine/course_search.h"

/* ---- the table ---- */

static int32_t *finish_row(const struct course_search *s, int visit, int day)
{
    return &s->finish[(size_t)(visit * s->n_days + day) * (size_t)s->lanes];
}

static int32_t *finish_of_day(const struct course_search *s, int visit, int day)
{
    return &s->finish_day[visit * s->n_days + day];
}

static int32_t gap_cost(const struct course_request *r, int visit, int gap)
{
    return distance_days(gap, r->gaps[visit].target) * r->weights.gap_day;
}

/* Four practitioners at a time, in vector registers. */
typedef int32_t four __attribute__((vector_size(16)));

static inline four four_of(int32_t x)
{
    return (four){ x, x, x, x };
}

static inline four lesser(four a, four b)
{
    four less = a < b;
    return (a & less) | (b & ~less);
}

/* The next days of one visit: what each adds, and the least that a change of practitioner comes to. */
struct next_days {
    int n;
    int32_t change;
    const int32_t *row[SEARCH_DAYS];
    int32_t cost[SEARCH_DAYS];
};

static void find_next(const struct course_search *s, const struct course_request *r, int visit, int day,
                      struct next_days *out)
{
    struct gap_days gap = r->gaps[visit];
    out->n = 0;
    out->change = NO_COST;
    for (int g = gap_min(gap); g <= gap.max && day + g <= s->range[visit].to; g++) {
        int32_t cost = gap_cost(r, visit, g), least = *finish_of_day(s, visit, day + g);
        if (least >= NO_COST)
            continue;
        out->row[out->n] = finish_row(s, visit, day + g);
        out->cost[out->n++] = cost;
        int32_t change = least + cost + r->weights.change;
        out->change = change < out->change ? change : out->change;
    }
}

/* Fills the row of a visit's day from its next days; `next` is NULL for the last visit. */
static void fill_day(const struct course_search *s, int visit, int day, const struct next_days *next)
{
    int32_t *to = finish_row(s, visit, day);
    const int32_t *slot_cost = &s->slot_cost[day * s->lanes];
    four least = four_of(NO_COST), none = four_of(NO_COST);
    for (int p = 0; p < s->lanes; p += 4) {
        four best = four_of(next ? next->change : 0), own;
        for (int k = 0; next && k < next->n; k++) {
            four stay;
            memcpy(&stay, next->row[k] + p, sizeof stay);
            best = lesser(best, stay + four_of(next->cost[k]));
        }
        memcpy(&own, slot_cost + p, sizeof own);
        best = lesser(best + own, none);
        memcpy(to + p, &best, sizeof best);
        least = lesser(least, best);
    }
    int32_t a = least[0] < least[1] ? least[0] : least[1], b = least[2] < least[3] ? least[2] : least[3];
    *finish_of_day(s, visit, day) = a < b ? a : b;
}

static void fill_table(const struct course_search *s, const struct course_request *r)
{
    struct next_days next;
    int last = r->n_visits - 1;
    for (int day = s->range[last].from; day <= s->range[last].to; day++)
        fill_day(s, last, day, NULL);
    for (int i = last - 1; i >= 0; i--)
        for (int day = s->range[i].from; day <= s->range[i].to; day++) {
            find_next(s, r, i + 1, day, &next);
            fill_day(s, i, day, &next);
        }
}

/* ---- the walk ---- */

/* A begun course. A step is day << 6 | practitioner, so that steps compare as ties are broken. */
struct begun {
    int32_t total;  /* of the cheapest way to finish it */
    int32_t before; /* what it costs without its last visit's slot and all that follows */
    int n;
    uint16_t step[COURSE_VISITS_MAX];
};

struct walk {
    struct begun list[COURSES_MAX];
    int n, cap;
};

static bool is_before(const struct begun *a, const struct begun *b)
{
    if (a->total != b->total)
        return a->total < b->total;
    for (int i = 0; i < a->n && i < b->n; i++)
        if (a->step[i] != b->step[i])
            return a->step[i] < b->step[i];
    return false;
}

static void offer(struct walk *w, const struct begun *from, int day, int practitioner, int32_t before, int32_t total)
{
    if (w->n == w->cap && total > w->list[w->n - 1].total)
        return;
    struct begun b = *from;
    b.total = total;
    b.before = before;
    b.step[b.n++] = (uint16_t)(day << 6 | practitioner);
    int at = w->n;
    while (at > 0 && is_before(&b, &w->list[at - 1]))
        at--;
    if (at == w->cap)
        return;
    w->n += w->n < w->cap;
    for (int k = w->n - 1; k > at; k--)
        w->list[k] = w->list[k - 1];
    w->list[at] = b;
}

static void begin(const struct course_search *s, const struct diary *d, const struct course_request *r, struct walk *w)
{
    const struct begun none = { .n = 0 };
    for (int day = s->range[0].from; day <= s->range[0].to; day++) {
        int gap = d->first.day + day - r->earliest.day;
        int32_t before = gap * r->weights.late_day + gap_cost(r, 0, gap);
        const int32_t *finish = finish_row(s, 0, day);
        for (int p = 0; p < s->n_practitioners; p++)
            if (finish[p] < NO_COST)
                offer(w, &none, day, p, before, before + finish[p]);
    }
}

/* Every next visit after the begun course's last. */
static void go_on(const struct course_search *s, const struct course_request *r, const struct begun *from,
                  struct walk *w)
{
    int visit = from->n, last_day = from->step[visit - 1] >> 6, last_practitioner = from->step[visit - 1] & 63;
    int32_t so_far = from->before + s->slot_cost[last_day * s->lanes + last_practitioner];
    struct gap_days gap = r->gaps[visit];
    for (int g = gap_min(gap); g <= gap.max && last_day + g <= s->range[visit].to; g++) {
        int32_t before = so_far + gap_cost(r, visit, g), least = *finish_of_day(s, visit, last_day + g);
        if (least >= NO_COST || (w->n == w->cap && before + least > w->list[w->n - 1].total))
            continue;
        const int32_t *finish = finish_row(s, visit, last_day + g);
        for (int p = 0; p < s->n_practitioners; p++) {
            int32_t change = p != last_practitioner ? r->weights.change : 0;
            if (finish[p] < NO_COST)
                offer(w, from, last_day + g, p, before + change, before + change + finish[p]);
        }
    }
}

static void write_course(const struct course_search *s, const struct diary *d, const struct course_request *r,
                         const struct begun *b, struct course *out)
{
    out->n_visits = b->n;
    for (int i = 0; i < b->n; i++)
        search_visit(s, d, r, b->step[i] >> 6, b->step[i] & 63, &out->visits[i]);
    out->cost = search_cost(d, r, out->visits);
    must(out->cost.total == b->total);
}

int search_best(struct course_search *s, const struct diary *d, const struct course_request *r, int want,
                struct course_result *out)
{
    struct walk w = { .n = 0, .cap = want };
    int found = 0;
    fill_table(s, r);
    begin(s, d, r, &w);
    while (w.n > 0 && found < want) {
        struct begun first = w.list[0];
        for (int k = 1; k < w.n; k++)
            w.list[k - 1] = w.list[k];
        w.n--;
        if (first.n == r->n_visits) {
            write_course(s, d, r, &first, &out->best[found++]);
            w.cap--;
        } else {
            go_on(s, r, &first, &w);
        }
    }
    return found;
}
