/* load_care.c - classification, precautions, and which points for which pattern.
 * SPDX-License-Identifier: AGPL-3.0-or-later
 */
#include "know/load.h"

static void load_classes(struct loader *l)
{
    static const struct column columns[] = {
        COL_STR(struct class_row, "id", id),
        COL_STR(struct class_row, "axis", axis),
        COL_STR(struct class_row, "class", class_name),
        COL_RULE_B(struct class_row, "when", when),
        COL_REAL_B(struct class_row, "low", low),
        COL_REAL_B(struct class_row, "high", high),
        COL_YES_B(struct class_row, "low_inclusive", low_inclusive),
        COL_YES_B(struct class_row, "high_inclusive", high_inclusive),
        COL_STR_B(struct class_row, "unit", unit),
        COL_TEXT(struct class_row, "label", label),
        COL_TEXT_B(struct class_row, "explain", explain),
        COL_TEXT_B(struct class_row, "certainty", certainty),
        COL_STR_B(struct class_row, "sources", sources),
        COL_STR_B(struct class_row, "verified", verified),
    };
    static const struct table table = TABLE("classification.tsv", columns, struct class_row);
    const struct tsv *t;
    struct class_row *rows = load_rows(l, &table, &t, &l->k->n_classes);
    l->k->classes = rows;
    load_names(l, t, &l->k->index->classes);
    for (size_t i = 0; i < l->k->n_classes; i++)
        rows[i].fact = names_find(&l->k->index->facts, rows[i].id);
}

static void load_precautions(struct loader *l)
{
    static const char *const actions[] = { "caution", "modify", "avoid_points", "block", NULL };
    static const struct column columns[] = {
        COL_STR(struct precaution, "id", id),
        COL_STR(struct precaution, "condition", condition.in[LANG_EN]),
        COL_STR(struct precaution, "condition_ja", condition.in[LANG_JA]),
        COL_STR(struct precaution, "condition_vi", condition.in[LANG_VI]),
        COL_RULE(struct precaution, "when", when),
        COL_WORD(struct precaution, "action", action, actions),
        COL_STR_B(struct precaution, "technique", technique),
        COL_STR_B(struct precaution, "points", points),
        COL_STR_B(struct precaution, "positions_not", positions_not),
        COL_INT_B(struct precaution, "needles_max", needles_max),
        COL_YES_B(struct precaution, "no_electro", no_electro),
        COL_STR_B(struct precaution, "needs", needs),
        COL_TEXT_B(struct precaution, "patient", patient),
        COL_TEXT(struct precaution, "practitioner", practitioner),
        COL_STR_B(struct precaution, "evidence", evidence),
        COL_STR_B(struct precaution, "sources", sources),
        COL_STR_B(struct precaution, "verified", verified),
    };
    static const struct table table = TABLE("contraindications.tsv", columns, struct precaution);
    const struct tsv *t;
    struct precaution *rows = load_rows(l, &table, &t, &l->k->n_precautions);
    int when = t ? load_column(l, t, "when") : -1;
    l->k->precautions = rows;
    for (size_t i = 0; when >= 0 && i < l->k->n_precautions; i++)
        rows[i].is_automatic = str_eq(tsv_cell(t, i, when), STR("TRUE"));
}

static void load_point_rules(struct loader *l)
{
    static const char *const groups[] = { "override", "core", "place", "spread", "person", NULL };
    static const char *const sides[] = { "both", "affected", "painful", "beside_level", NULL };
    static const struct column columns[] = {
        COL_STR(struct point_rule, "id", id),
        COL_STR(struct point_rule, "source_rule", source_rule),
        COL_WORD(struct point_rule, "group", group, groups),
        COL_INT(struct point_rule, "order", order),
        COL_TEXT(struct point_rule, "label", label),
        COL_TEXT(struct point_rule, "why", why),
        COL_RULE(struct point_rule, "when", when),
        COL_STR_B(struct point_rule, "principal", principal),
        COL_STR_B(struct point_rule, "optional", optional),
        COL_WORD(struct point_rule, "side", side, sides),
        COL_INT_B(struct point_rule, "needles_min", needles_min),
        COL_INT_B(struct point_rule, "needles_max", needles_max),
        COL_STR_B(struct point_rule, "evidence", evidence),
        COL_STR_B(struct point_rule, "sources", sources),
        COL_STR_B(struct point_rule, "note", note),
    };
    static const struct table table = TABLE("point_rules.tsv", columns, struct point_rule);
    const struct tsv *t;
    l->k->point_rules = load_rows(l, &table, &t, &l->k->n_point_rules);
}

static void load_composition(struct loader *l)
{
    static const struct column columns[] = {
        COL_STR(struct composition_row, "id", id),
        COL_INT(struct composition_row, "step", step),
        COL_TEXT(struct composition_row, "rule", rule),
        COL_STR_B(struct composition_row, "value", value),
        COL_STR_B(struct composition_row, "sources", sources),
    };
    static const struct table table = TABLE("composition.tsv", columns, struct composition_row);
    const struct tsv *t;
    l->k->composition = load_rows(l, &table, &t, &l->k->n_composition);
}

static void load_positions(struct loader *l)
{
    static const struct column columns[] = {
        COL_STR_B(struct position_row, "region", region),
        COL_STR_B(struct position_row, "code", code),
        COL_STR(struct position_row, "position_list", positions),
    };
    static const struct table table = TABLE("positions.tsv", columns, struct position_row);
    const struct tsv *t;
    l->k->positions = load_rows(l, &table, &t, &l->k->n_positions);
}

static void load_point_use(struct loader *l)
{
    static const struct column columns[] = {
        COL_STR(struct point_use_row, "point", point),
        COL_INT(struct point_use_row, "lists_total_of_12", lists_total),
        COL_REAL(struct point_use_row, "share_of_lists", share),
    };
    static const struct table table = TABLE("point_use.tsv", columns, struct point_use_row);
    const struct tsv *t;
    l->k->point_use = load_rows(l, &table, &t, &l->k->n_point_use);
}

void load_care(struct loader *l)
{
    load_classes(l);
    load_precautions(l);
    load_point_rules(l);
    load_composition(l);
    load_positions(l);
    load_point_use(l);
}
