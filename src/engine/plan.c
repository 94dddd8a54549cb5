/* plan.c - the whole answer to one intake.
 * SPDX-License-Identifier: AGPL-3.0-or-later
 */
#include "engine/plan.h"

#include "base/buf.h"
#include "base/jw.h"

#define PLAN_JSON_MAX (1u << 20)

static bool has_block(const struct know *k, const struct safety *s)
{
    for (size_t i = 0; i < s->n_hits; i++) {
        const struct precaution *p = &k->precautions[s->hits[i].row];
        if (p->action == PRECAUTION_BLOCK && str_eq(p->technique, STR("all")))
            return true;
    }
    return false;
}

void plan_make(const struct know *k, const struct plan_rules *rules, const struct intake *in, struct arena *a,
               struct plan *out)
{
    *out = (struct plan){ .data_version = k->version };
    facts_derive(k, in, rules->limits, &out->facts);
    classify_run(k, &out->facts, rules->severity_axis, a, &out->classes);
    triage_run(k, &out->facts, a, &out->triage);
    /* Some patterns rest on triage rules (inflammatory: R24, R25), some precautions on patterns. */
    classify_run(k, &out->facts, rules->severity_axis, a, &out->classes);
    safety_run(k, &out->facts, a, &out->safety);
    struct points_request points = { &out->facts, in, &out->safety, rules->needles_max };
    points_run(k, &points, a, &out->points);
    dose_for(k, &out->facts, rules->dose, a, &out->course);
    lifestyle_run(k, &out->facts, NULL, 0, a, &out->lifestyle);
    out->may_book = !out->triage.blocks_treatment && !out->safety.blocks_needles && !has_block(k, &out->safety) &&
                    !out->points.is_refused;
}

/* ---- JSON ---- */

static const struct str urgency_names[URGENCY__COUNT] = { STR_INIT("none"), STR_INIT("note"), STR_INIT("doctor_first"),
                                                          STR_INIT("same_day"), STR_INIT("emergency_now") };
static const struct str side_names[SIDE__COUNT] = { STR_INIT("midline"), STR_INIT("right"), STR_INIT("left") };
static const struct str position_names[POSITION__COUNT] = { STR_INIT("prone"), STR_INIT("supine"), STR_INIT("side"),
                                                            STR_INIT("sitting") };
static const struct str left_names[] = { STR_INIT("precaution"), STR_INIT("budget"), STR_INIT("position"),
                                         STR_INIT("not_chosen") };

static void put_because(struct jw *w, const struct know *k, struct because b)
{
    jw_key(w, STR("because"));
    jw_array(w);
    for (size_t i = 0; i < b.n; i++)
        jw_str(w, k->facts[b.facts[i]].name);
    jw_array_end(w);
}

static void put_hit(struct jw *w, const struct know *k, struct str id, struct because b)
{
    jw_object(w);
    jw_kv_str(w, "id", id);
    put_because(w, k, b);
    jw_object_end(w);
}

static void put_triage(struct jw *w, const struct know *k, const struct triage *t)
{
    jw_key(w, STR("triage"));
    jw_object(w);
    jw_kv_str(w, "level", urgency_names[t->level]);
    jw_kv_str(w, "may_level", urgency_names[t->may_level]);
    jw_kv_bool(w, "blocks_treatment", t->blocks_treatment);
    jw_key(w, STR("rules"));
    jw_array(w);
    for (size_t i = 0; i < t->n_hits; i++)
        put_hit(w, k, k->triage[t->hits[i].rule].id, t->hits[i].because);
    jw_array_end(w);
    jw_key(w, STR("open"));
    jw_array(w);
    for (size_t i = 0; i < t->n_open; i++)
        put_hit(w, k, k->triage[t->open[i].rule].id, t->open[i].because);
    jw_array_end(w);
    jw_object_end(w);
}

static void put_class(struct jw *w, const struct know *k, const struct classification *c)
{
    jw_key(w, STR("classification"));
    jw_object(w);
    jw_kv_str(w, "duration", c->duration >= 0 ? k->classes[c->duration].id : STR(""));
    jw_kv_str(w, "severity", c->severity >= 0 ? k->classes[c->severity].id : STR(""));
    jw_kv_str(w, "severity_axis", c->severity_axis);
    jw_kv_double(w, "interference", c->interference);
    jw_key(w, STR("patterns"));
    jw_array(w);
    for (size_t i = 0; i < c->n_patterns; i++) {
        jw_object(w);
        jw_kv_str(w, "id", k->classes[c->patterns[i].row].id);
        jw_kv_bool(w, "is_sure", c->patterns[i].is_sure);
        put_because(w, k, c->patterns[i].because);
        jw_object_end(w);
    }
    jw_array_end(w);
    jw_object_end(w);
}

static void put_safety(struct jw *w, const struct know *k, const struct safety *s)
{
    jw_key(w, STR("precautions"));
    jw_array(w);
    for (size_t i = 0; i < s->n_hits; i++)
        put_hit(w, k, k->precautions[s->hits[i].row].id, s->hits[i].because);
    jw_array_end(w);
    jw_key(w, STR("precautions_open"));
    jw_array(w);
    for (size_t i = 0; i < s->n_open; i++)
        put_hit(w, k, k->precautions[s->open[i].row].id, s->open[i].because);
    jw_array_end(w);
}

static void put_pick(struct jw *w, const struct know *k, const struct needle_pick *p)
{
    jw_object(w);
    jw_kv_str(w, "point", p->point >= 0 ? k->points[p->point].code : STR("ASHI"));
    jw_kv_str(w, "side", side_names[p->side]);
    jw_kv_bool(w, "principal", p->is_principal);
    jw_kv_bool(w, "local", p->is_local);
    if (p->point < 0) {
        jw_kv_i64(w, "min", p->ashi_min);
        jw_kv_i64(w, "max", p->ashi_max);
    }
    jw_key(w, STR("rules"));
    jw_array(w);
    for (size_t i = 0; i < p->n_rules; i++)
        jw_str(w, k->point_rules[p->rules[i]].id);
    jw_array_end(w);
    jw_key(w, STR("precautions"));
    jw_array(w);
    for (size_t i = 0; i < p->n_precautions; i++)
        jw_str(w, k->precautions[p->precautions[i]].id);
    jw_array_end(w);
    jw_object_end(w);
}

static void put_left(struct jw *w, const struct know *k, const struct left_out *l)
{
    jw_object(w);
    jw_kv_str(w, "point", l->point >= 0 ? k->points[l->point].code : STR("ASHI"));
    jw_kv_str(w, "side", side_names[l->side]);
    jw_kv_str(w, "why", left_names[l->why]);
    if (l->row >= 0)
        jw_kv_str(w, "precaution", k->precautions[l->row].id);
    jw_object_end(w);
}

static void put_points(struct jw *w, const struct know *k, const struct points_plan *p)
{
    jw_key(w, STR("points"));
    jw_object(w);
    jw_kv_bool(w, "refused", p->is_refused);
    jw_kv_str(w, "position", position_names[p->position]);
    jw_kv_i64(w, "needles", p->needles);
    jw_kv_i64(w, "needles_most", p->needles_most);
    jw_key(w, STR("rules"));
    jw_array(w);
    for (size_t i = 0; i < p->n_rules; i++)
        jw_str(w, k->point_rules[p->rules[i]].id);
    jw_array_end(w);
    jw_key(w, STR("picks"));
    jw_array(w);
    for (size_t i = 0; i < p->n_picks; i++)
        put_pick(w, k, &p->picks[i]);
    jw_array_end(w);
    jw_key(w, STR("left_out"));
    jw_array(w);
    for (size_t i = 0; i < p->n_left; i++)
        put_left(w, k, &p->left[i]);
    jw_array_end(w);
    jw_object_end(w);
}

static void put_course(struct jw *w, const struct know *k, const struct course_shape *c)
{
    jw_key(w, STR("course"));
    jw_object(w);
    jw_kv_str(w, "protocol", k->protocols[c->protocol].id);
    jw_kv_str(w, "house_row", c->house_row >= 0 ? k->doses[c->house_row].id : STR(""));
    jw_kv_i64(w, "visits", c->book_now);
    jw_key(w, STR("gaps"));
    jw_array(w);
    for (int i = 0; i < c->book_now; i++) {
        jw_array(w);
        jw_i64(w, c->gaps[i].min);
        jw_i64(w, c->gaps[i].target);
        jw_i64(w, c->gaps[i].max);
        jw_array_end(w);
    }
    jw_array_end(w);
    jw_key(w, STR("reviews"));
    jw_array(w);
    for (size_t i = 0; i < c->n_reviews; i++)
        jw_i64(w, c->reviews[i]);
    jw_array_end(w);
    jw_object_end(w);
}

static void put_lifestyle(struct jw *w, const struct know *k, const struct lifestyle *l)
{
    jw_key(w, STR("lifestyle"));
    jw_array(w);
    for (size_t i = 0; i < l->n_picks; i++) {
        jw_object(w);
        jw_kv_str(w, "action", k->actions[l->picks[i].action].id);
        jw_kv_str(w, "domain", k->domains[l->picks[i].domain].id);
        jw_kv_bool(w, "first", l->picks[i].is_first);
        put_because(w, k, l->picks[i].because);
        jw_object_end(w);
    }
    jw_array_end(w);
}

void plan_put_json(struct jw *w, const struct know *k, const struct plan *p)
{
    jw_object(w);
    jw_kv_i64(w, "tsubo_plan", 1);
    jw_kv_str(w, "data_version", p->data_version);
    jw_kv_bool(w, "may_book", p->may_book);
    put_triage(w, k, &p->triage);
    put_class(w, k, &p->classes);
    put_safety(w, k, &p->safety);
    put_points(w, k, &p->points);
    put_course(w, k, &p->course);
    put_lifestyle(w, k, &p->lifestyle);
    jw_object_end(w);
}

struct str plan_to_json(const struct know *k, const struct plan *p, struct arena *a)
{
    struct buf b;
    struct jw w;
    buf_init(&b, PLAN_JSON_MAX);
    jw_init(&w, &b, false);
    plan_put_json(&w, k, p);
    struct str out = str_dup(a, buf_str(&b));
    buf_release(&b);
    return out;
}
