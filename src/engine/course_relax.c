/* course_relax.c - why there is no course, and the smallest single lifting of a rule that would allow one.
 * SPDX-License-Identifier: AGPL-3.0-or-later
 *
 * Rules are tried one by one in the order of enum course_block; each with the smallest amount first.
 */
#include <string.h>

#include "engine/course_search.h"

#define DAYS_MAX 60
#define HALF_HOURS 48

static bool works(struct course_search *s, const struct diary *d, const struct course_request *r, bool slots_changed)
{
    int longest;
    bool horizon;
    if (slots_changed)
        search_slots(s, d, r);
    return search_feasible(s, d, r, &longest, &horizon);
}

/* Opens the never half hours of [from, from + n); how many there were. */
static int open_week(struct course_request *r, int weekday, int from, int n)
{
    int opened = 0;
    for (int h = from; h < from + n && h < HALF_HOURS; h++)
        if (r->week[weekday][h] == WISH_NEVER) {
            r->week[weekday][h] = WISH_POSSIBLE;
            opened++;
        }
    return opened;
}

/* The shortest stretch of one weekday that would do. */
static bool relax_wish(struct course_search *s, const struct diary *d, const struct course_request *r,
                       struct course_relaxation *out)
{
    int shortest = HALF_HOURS + 1;
    int need = (service_patient_minutes(&r->service) + 29) / 30;
    for (int day = 0; day < 7; day++) {
        struct course_request all = *r;
        if (!open_week(&all, day, 0, HALF_HOURS) || !works(s, d, &all, true))
            continue;
        for (int n = need; n < shortest; n++)
            for (int from = 0; from + n <= HALF_HOURS && n < shortest; from++) {
                struct course_request some = *r;
                int opened = open_week(&some, day, from, n);
                if (!opened || !works(s, d, &some, true))
                    continue;
                shortest = n;
                *out = (struct course_relaxation){
                    .block = BLOCK_WISH_NEVER, .amount = opened, .weekday = day, .half_hour = from, .half_hours = n
                };
            }
    }
    return shortest <= HALF_HOURS;
}

static bool relax_practitioner(struct course_search *s, const struct diary *d, const struct course_request *r,
                               struct course_relaxation *out)
{
    struct course_request other = *r;
    other.is_practitioner_must = false;
    if (!r->is_practitioner_must || !works(s, d, &other, true))
        return false;
    *out = (struct course_relaxation){ .block = BLOCK_PRACTITIONER };
    return true;
}

/* Gaps with some days more or less; the first visit's window apart. */
static bool relax_gaps(struct course_search *s, const struct diary *d, const struct course_request *r,
                       enum course_block block, struct course_relaxation *out)
{
    struct gap_days gaps[COURSE_VISITS_MAX];
    struct course_request x = *r;
    search_slots(s, d, r);
    x.gaps = gaps;
    for (int more = 1; more <= DAYS_MAX; more++) {
        memcpy(gaps, r->gaps, (size_t)r->n_visits * sizeof *gaps);
        bool changed = false;
        for (int i = 0; i < r->n_visits; i++) {
            if (block == BLOCK_GAP_MAX && i > 0)
                gaps[i].max = (int16_t)(gaps[i].max + more), changed = true;
            if (block == BLOCK_GAP_MIN && i > 0 && gaps[i].min > 1)
                gaps[i].min = (int16_t)(gaps[i].min - more > 1 ? gaps[i].min - more : 1), changed = true;
            if (block == BLOCK_START_LATER && i == 0)
                gaps[i].max = (int16_t)(gaps[i].max + more), changed = true;
        }
        if (!changed)
            return false;
        if (works(s, d, &x, false)) {
            *out = (struct course_relaxation){ .block = block, .amount = more };
            return true;
        }
    }
    return false;
}

void search_relax(struct course_search *s, const struct diary *d, const struct course_request *r,
                  struct course_relaxation *out)
{
    int longest;
    bool hits_horizon;
    search_slots(s, d, r);
    (void)search_feasible(s, d, r, &longest, &hits_horizon);
    *out = (struct course_relaxation){ .block = BLOCK_NONE };
    bool found = relax_wish(s, d, r, out) || relax_practitioner(s, d, r, out) ||
                 relax_gaps(s, d, r, BLOCK_GAP_MAX, out) || relax_gaps(s, d, r, BLOCK_GAP_MIN, out);
    if (!found && hits_horizon)
        *out = (struct course_relaxation){ .block = BLOCK_HORIZON, .amount = longest };
    else if (!found && !relax_gaps(s, d, r, BLOCK_START_LATER, out))
        *out = (struct course_relaxation){ .block = BLOCK_FULL };
    out->visits_possible = longest;
}
