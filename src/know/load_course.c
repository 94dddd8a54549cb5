/* load_course.c - treatment schedules, house doses, measures and what a review decides.
 * SPDX-License-Identifier: AGPL-3.0-or-later
 */
#include "know/load.h"

/* ---- protocols: one row a phase ---- */

static const struct column protocol_columns[] = {
    COL_STR(struct protocol, "protocol_id", id),
    COL_STR(struct protocol, "source_type", source_type),
    COL_STR(struct protocol, "population", population),
    COL_STR_B(struct protocol, "citation", citation),
    COL_STR_B(struct protocol, "doi", doi),
    COL_TEXT(struct protocol, "name", name),
    COL_TEXT_B(struct protocol, "plain", plain),
};

static const struct column phase_columns[] = {
    COL_INT(struct phase, "phase_no", phase_no),
    COL_STR(struct phase, "phase_name", name),
    COL_INT_B(struct phase, "sessions_min", sessions_min),
    COL_INT_B(struct phase, "sessions_target", sessions_target),
    COL_INT_B(struct phase, "sessions_max", sessions_max),
    COL_STR_B(struct phase, "per_week", per_week),
    COL_REAL_B(struct phase, "interval_days_min", interval_min),
    COL_REAL_B(struct phase, "interval_days_target", interval_target),
    COL_REAL_B(struct phase, "interval_days_max", interval_max),
    COL_REAL_B(struct phase, "duration_weeks", duration_weeks),
    COL_REAL_B(struct phase, "minutes", minutes),
    COL_INT_B(struct phase, "needles_min", needles_min),
    COL_INT_B(struct phase, "needles_max", needles_max),
    COL_STR_B(struct phase, "electro", electro),
    COL_STR_B(struct phase, "deqi", deqi),
    COL_INT_B(struct phase, "reassess_after_session", reassess_after_session),
    COL_REAL_B(struct phase, "reassess_at_week", reassess_at_week),
    COL_STR_B(struct phase, "measure", measure),
    COL_STR_B(struct phase, "adapt_rule", adapt_rule),
    COL_STR_B(struct phase, "next_if_improved", next_if_improved),
    COL_STR_B(struct phase, "next_if_not", next_if_not),
    COL_INT_B(struct phase, "cap_sessions", cap_sessions),
    COL_INT_B(struct phase, "cap_period_days", cap_period_days),
    COL_STR(struct phase, "kind", kind),
    COL_STR_B(struct phase, "next_phase_when", next_phase_when),
    COL_STR_B(struct phase, "stop_when", stop_when),
    COL_STR_B(struct phase, "response_measure", response_measure),
    COL_REAL_B(struct phase, "response_low_percent", response_low_percent),
    COL_REAL_B(struct phase, "response_high_percent", response_high_percent),
    COL_STR_B(struct phase, "points_mode", points_mode),
    COL_STR_B(struct phase, "points", points),
    COL_STR_B(struct phase, "verified_part", verified_part),
    COL_STR_B(struct phase, "derived_part", derived_part),
};

/* The rows of one protocol follow each other, phase 1, 2, ... */
static void group_phases(struct loader *l, const struct tsv *t, const struct protocol *rows, const struct phase *phases)
{
    struct protocol *out = arena_array(&l->k->arena, struct protocol, t->n_rows);
    size_t n = 0;
    for (size_t i = 0; i < t->n_rows; i++) {
        bool is_new = i == 0 || !str_eq(rows[i].id, rows[i - 1].id);
        if (is_new) {
            out[n] = rows[i];
            out[n++].phases = &phases[i];
        }
        out[n - 1].n_phases++;
        if (is_new && !names_add(&l->k->index->protocols, rows[i].id, (int)n - 1))
            tsv_fault(t, i, 0, 0, l->faults, "the rows of \"%.*s\" do not stand together", STR_ARG(rows[i].id));
        if (phases[i].phase_no != (int)out[n - 1].n_phases)
            tsv_fault(t, i, tsv_column(t, STR("phase_no")), 0, l->faults, "phases must be numbered 1, 2, ...");
    }
    l->k->protocols = out;
    l->k->n_protocols = n;
}

static void load_protocols(struct loader *l)
{
    static const struct table table = TABLE("protocols.tsv", protocol_columns, struct protocol),
                              phase_table = TABLE("protocols.tsv", phase_columns, struct phase);
    const struct tsv *t;
    size_t n;
    const struct protocol *rows = load_rows(l, &table, &t, &n);
    struct phase *phases = arena_array(&l->k->arena, struct phase, n);
    names_init(&l->k->index->protocols, n, &l->k->arena);
    load_all(l, &phase_table, t, phases);
    if (t)
        group_phases(l, t, rows, phases);
}

static void load_doses(struct loader *l)
{
    static const struct column columns[] = {
        COL_STR(struct house_dose, "id", id),
        COL_RULE(struct house_dose, "when", when),
        COL_NAME(struct house_dose, "protocol", protocol, protocols),
        COL_INT(struct house_dose, "visits_min", visits_min),
        COL_INT(struct house_dose, "visits_target", visits_target),
        COL_INT(struct house_dose, "visits_max", visits_max),
        COL_INT_B(struct house_dose, "review_after", review_after),
        COL_REAL_B(struct house_dose, "per_week", per_week),
        COL_TEXT(struct house_dose, "label", label),
        COL_TEXT(struct house_dose, "why", why),
        COL_STR_B(struct house_dose, "sources", sources),
        COL_STR(struct house_dose, "basis", basis),
    };
    static const struct table table = TABLE("house_dose.tsv", columns, struct house_dose);
    const struct tsv *t;
    l->k->doses = load_rows(l, &table, &t, &l->k->n_doses);
}

/* ---- measures and reviews ---- */

static void load_instruments(struct loader *l)
{
    static const char *const scores[] = { "value", "sum", "mean", "count", "external", NULL };
    static const char *const missing[] = { "none", "mean_of_given", "zero", NULL };
    static const struct column columns[] = {
        COL_STR(struct instrument, "id", id),
        COL_STR(struct instrument, "name", name),
        COL_STR(struct instrument, "construct", construct),
        COL_STR_B(struct instrument, "recall", recall),
        COL_STR(struct instrument, "rights", rights),
        COL_STR(struct instrument, "ship_wording", ship_wording),
        COL_STR_B(struct instrument, "schedule", schedule),
        COL_STR_B(struct instrument, "loinc", loinc),
        COL_STR_B(struct instrument, "sources", sources),
        COL_STR_B(struct instrument, "verified", verified),
        COL_TEXT(struct instrument, "label", label),
        COL_WORD(struct instrument, "score", score, scores),
        COL_INT_B(struct instrument, "n_items", n_items),
        COL_REAL_B(struct instrument, "item_min", item_min),
        COL_REAL_B(struct instrument, "item_max", item_max),
        COL_REAL_B(struct instrument, "range_min", range_min),
        COL_REAL_B(struct instrument, "range_max", range_max),
        COL_YES_B(struct instrument, "higher_is_worse", is_higher_worse),
        COL_WORD(struct instrument, "missing", missing, missing),
        COL_REAL_B(struct instrument, "mic_absolute", mic_absolute),
        COL_REAL_B(struct instrument, "mic_percent", mic_percent),
    };
    static const struct table table = TABLE("instruments.tsv", columns, struct instrument);
    const struct tsv *t;
    l->k->instruments = load_rows(l, &table, &t, &l->k->n_instruments);
    load_names(l, t, &l->k->index->instruments);
}

static void load_outcome_rules(struct loader *l)
{
    static const char *const decisions[] = { "go_on", "extend", "change", "taper", "stop_refer", "stop_goal", NULL };
    static const struct column columns[] = {
        COL_STR(struct outcome_rule, "id", id),
        COL_INT(struct outcome_rule, "order", order),
        COL_RULE(struct outcome_rule, "when", when),
        COL_WORD(struct outcome_rule, "decision", decision, decisions),
        COL_TEXT(struct outcome_rule, "label", label),
        COL_TEXT(struct outcome_rule, "reason", reason),
        COL_STR_B(struct outcome_rule, "sources", sources),
        COL_STR(struct outcome_rule, "basis", basis),
    };
    static const struct table table = TABLE("outcome_rules.tsv", columns, struct outcome_rule);
    const struct tsv *t;
    l->k->outcome_rules = load_rows(l, &table, &t, &l->k->n_outcome_rules);
}

void load_course(struct loader *l)
{
    load_protocols(l);
    load_doses(l);
    load_instruments(l);
    load_outcome_rules(l);
}
