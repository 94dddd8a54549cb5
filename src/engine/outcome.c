/* outcome.c - scores, change against the person's own baseline, and what the rule says at a review.
 * SPDX-License-Identifier: AGPL-3.0-or-later
 */
#include "engine/outcome.h"

#include <math.h>

#include "engine/reasons.h"

#define UNSTABLE_BELOW 2.0 /* percent change is not given for baselines under this on a 0-10 scale */
#define WORSE_POINTS 2.0   /* deterioration (classification.tsv, det) */
#define RESPONDER_PERCENT 30.0
#define STRONG_PERCENT 50.0

bool outcome_score(const struct instrument *m, const double *items, size_t n_items, struct score *out)
{
    double sum = 0;
    int answered = 0;
    if (m->score == SCORE_EXTERNAL || m->n_items < 0 || n_items != (size_t)m->n_items)
        return false;
    for (size_t i = 0; i < n_items; i++) {
        if (isnan(items[i]))
            continue;
        if ((!isnan(m->item_min) && items[i] < m->item_min) || (!isnan(m->item_max) && items[i] > m->item_max))
            return false;
        sum += items[i];
        answered++;
    }
    bool is_whole = answered == m->n_items;
    *out = (struct score){ .answered = answered };
    out->is_known = is_whole || m->missing == MISSING_ZERO || (m->missing == MISSING_MEAN_OF_GIVEN && answered > 0);
    if (out->is_known)
        out->value = m->score == SCORE_MEAN ? sum / answered : sum;
    return true;
}

/* Where percent makes sense: not at 0, and not below 2 of 10 of the range. */
static bool percent_is_stable(const struct instrument *m, double baseline)
{
    double span = isnan(m->range_max) || isnan(m->range_min) ? 10 : m->range_max - m->range_min;
    double above = isnan(m->range_min) ? baseline : baseline - m->range_min;
    return m->is_higher_worse && above >= UNSTABLE_BELOW / 10 * span;
}

static enum response response_of(const struct change *c)
{
    if (c->points <= -WORSE_POINTS)
        return RESPONSE_WORSE;
    if (c->has_percent && c->percent >= STRONG_PERCENT)
        return RESPONSE_STRONG;
    if (c->is_important)
        return RESPONSE_RESPONDER;
    return c->points > 0 ? RESPONSE_PARTIAL : RESPONSE_NONE;
}

void outcome_change(const struct instrument *m, double baseline, double now, struct change *out)
{
    struct change c = { .points = m->is_higher_worse ? baseline - now : now - baseline, .percent = NAN };
    if (isnan(baseline) || isnan(now)) {
        *out = (struct change){ .points = NAN, .percent = NAN, .response = RESPONSE_UNKNOWN };
        return;
    }
    c.has_percent = percent_is_stable(m, baseline);
    if (c.has_percent)
        c.percent = 100 * c.points / (baseline - (isnan(m->range_min) ? 0 : m->range_min));
    bool by_points = !isnan(m->mic_absolute) && c.points >= m->mic_absolute;
    bool by_percent = c.has_percent && c.percent >= (isnan(m->mic_percent) ? RESPONDER_PERCENT : m->mic_percent);
    c.is_important = by_points || by_percent;
    c.response = response_of(&c);
    *out = c;
}

/* ---- the review ---- */

static void yes_no(const struct know *k, struct facts *f, const char *name, bool v)
{
    fact_set_yes_no(f, know_fact_must(k, str_from(name)), v);
}

static void number(const struct know *k, struct facts *f, const char *name, double v)
{
    if (!isnan(v))
        fact_set_number(f, know_fact_must(k, str_from(name)), v);
}

/* The phase that the visits done fall into. */
static size_t phase_at(const struct course_shape *s, int visits)
{
    size_t i = 0;
    for (; i + 1 < s->n_phases && visits > s->phases[i].visits_target; i++)
        visits -= s->phases[i].visits_target;
    return i;
}

/* The protocol's own band, where it has one: GERAC opens its extension for a fall of 10 to 50 percent. */
static bool in_protocol_band(const struct shape_phase *p, const struct change *c)
{
    if (p->next != NEXT_PARTIAL || !c->has_percent)
        return false;
    bool above = isnan(p->response_low_percent) || c->percent >= p->response_low_percent;
    return above && (isnan(p->response_high_percent) || c->percent <= p->response_high_percent);
}

static void set_facts(const struct review_request *r, const struct change *c, size_t phase, struct facts *f)
{
    const struct know *k = r->know;
    const struct shape_phase *p = &r->shape->phases[phase];
    bool has_response = c->response == RESPONSE_RESPONDER || c->response == RESPONSE_STRONG || in_protocol_band(p, c);
    number(k, f, "baseline", r->baseline);
    number(k, f, "change_points", c->points);
    if (c->has_percent)
        number(k, f, "change_percent", c->percent);
    number(k, f, "visits_done", r->visits_done);
    number(k, f, "reviews_done", r->reviews_before);
    number(k, f, "no_response_before", r->no_response_before);
    yes_no(k, f, "is_worse", c->response == RESPONSE_WORSE);
    yes_no(k, f, "is_responder", c->response == RESPONSE_RESPONDER || c->response == RESPONSE_STRONG);
    yes_no(k, f, "is_strong_responder", c->response == RESPONSE_STRONG);
    yes_no(k, f, "is_partial", in_protocol_band(p, c));
    yes_no(k, f, "has_response", has_response);
    yes_no(k, f, "harm", r->has_harm);
    yes_no(k, f, "stop_wish", r->wants_stop);
    yes_no(k, f, "goal_met", r->goal_met);
    yes_no(k, f, "plateau", r->is_plateau);
    yes_no(k, f, "effect_lasts", r->effect_lasts);
    yes_no(k, f, "next_phase_open", phase + 1 < r->shape->n_phases);
    yes_no(k, f, "last_phase", phase + 1 >= r->shape->n_phases);
}

static bool opens_next(const struct review_request *r, const struct shape_phase *p, const struct change *c,
                       enum review_decision d)
{
    switch (p->next) {
    case NEXT_ALWAYS:
        return d != DECIDE_STOP_REFER && d != DECIDE_STOP_GOAL;
    case NEXT_IMPROVED:
        return c->is_important && (d == DECIDE_GO_ON || d == DECIDE_EXTEND || d == DECIDE_TAPER);
    case NEXT_PARTIAL:
        return d == DECIDE_EXTEND;
    case NEXT_EFFECT_LASTS:
        return r->effect_lasts && (d == DECIDE_GO_ON || d == DECIDE_TAPER);
    case NEXT_WISH:
    case NEXT_NEVER:
        break;
    }
    return false;
}

void outcome_review(const struct review_request *r, struct arena *a, struct review_result *out)
{
    const struct know *k = r->know;
    struct facts *f = arena_one(a, struct facts);
    size_t phase = phase_at(r->shape, r->visits_done);
    struct review_result v = { .rule = -1, .next_phase = -1, .decision = DECIDE_GO_ON };
    outcome_change(r->measure, r->baseline, r->now, &v.change);
    set_facts(r, &v.change, phase, f);
    for (size_t i = 0; i < k->n_outcome_rules && v.rule < 0; i++) {
        if (!rule_eval(k, k->outcome_rules[i].when, f).sure)
            continue;
        v.rule = (int)i;
        v.decision = k->outcome_rules[i].decision;
        v.because = reasons_of(k, k->outcome_rules[i].when, f, a);
    }
    if (phase + 1 < r->shape->n_phases && opens_next(r, &r->shape->phases[phase], &v.change, v.decision))
        v.next_phase = (int)phase + 1;
    *out = v;
}
