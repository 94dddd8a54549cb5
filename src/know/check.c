/* check.c - what holds between tables: counts, closed vocabularies, sources, references.
 * SPDX-License-Identifier: AGPL-3.0-or-later
 */
#include "know/check.h"

const struct tsv *check_table(const struct checker *c, const char *file)
{
    for (const struct tsv_node *n = c->k->index->tables; n; n = n->next)
        if (str_eq(n->table.file, str_from(file)))
            return &n->table;
    return NULL;
}

/* ---- counts ---- */

/* The knowledge grows by review, not by accident: a row that is lost or doubled changes one of these. */
static void check_counts(const struct checker *c)
{
    const struct know *k = c->k;
    size_t phases = 0, flags = 0, classical = 0;
    for (size_t i = 0; i < k->n_protocols; i++)
        phases += k->protocols[i].n_phases;
    for (size_t i = 0; i < k->n_questions; i++)
        flags += k->questions[i].is_red_flag;
    for (size_t i = 0; i < k->n_points; i++)
        classical += !str_eq(k->points[i].meridian, STR("EX"));
    const struct {
        const char *file, *what;
        size_t got, want;
    } counts[] = {
        { "atlas/points.tsv", "points", k->n_points, 428 },
        { "atlas/points.tsv", "classical points", classical, 361 },
        { "atlas/landmarks.tsv", "landmarks", k->n_landmarks, 214 },
        { "atlas/axes.tsv", "axes", k->n_axes, 34 },
        { "atlas/meridians.tsv", "meridians", k->n_meridians, 14 },
        { "atlas/regions.tsv", "regions", k->n_regions, 101 },
        { "red_flags.tsv", "red flags", flags, 57 },
        { "triage_rules.tsv", "triage rules", k->n_triage, 31 },
        { "protocols.tsv", "protocols", k->n_protocols, 20 },
        { "protocols.tsv", "phases", phases, 28 },
        { "lifestyle.tsv", "lifestyle actions", k->n_actions, 48 },
        { "lifestyle_domains.tsv", "lifestyle domains", k->n_domains, 7 },
    };
    for (size_t i = 0; i < ARRAY_LEN(counts); i++)
        if (counts[i].got != counts[i].want)
            fault_add(c->faults, str_from(counts[i].file), 1, 1, "%zu %s, expected %zu", counts[i].got, counts[i].what,
                      counts[i].want);
}

/* ---- closed vocabularies of cells that are kept as text ---- */

static const struct vocabulary {
    const char *file, *column;
    char between; /* 0: one word */
    const char *words;
} vocabularies[] = {
    { "atlas/landmarks.tsv", "basis", 0, "who_cun anatomy drawn" },
    { "atlas/axes.tsv", "kind", 0, "fixed segment head" },
    { "atlas/axes.tsv", "unit", 0, "cun half third" },
    { "atlas/points.tsv", "offset_basis", 0, "site who who_drawn part derived classic drawn" },
    { "atlas/placements.tsv", "offset_basis", 0, "site who who_drawn part derived classic drawn" },
    { "atlas/points.tsv", "region", 0,
      "head face neck chest flank upper_abdomen lower_abdomen groin perineum upper_back lumbar sacrum buttock shoulder "
      "scapula upper_arm elbow forearm wrist hand thigh knee leg ankle foot" },
    { "atlas/points.tsv", "needle_angle", 0, "perpendicular oblique transverse subcutaneous none" },
    { "atlas/points.tsv", "lbp_role", 0, "local distal_bladder distal_gallbladder governing kidney general_pain none" },
    { "atlas/points.tsv", "cautions", ',',
      "pregnancy pneumothorax spinal_cord spinal_canal medulla heart liver kidney bladder peritoneum artery vein nerve "
      "eye fontanelle infection no_needle no_moxa" },
    { "atlas/points.tsv", "categories", ',',
      "jing_well ying_spring shu_stream jing_river he_sea yuan luo great_luo xi_cleft front_mu back_shu lower_he_sea "
      "hui_meeting confluent command" },
    { "atlas/meridians.tsv", "polarity", 0, "yin yang" },
    { "atlas/meridians.tsv", "limb", 0, "hand foot trunk" },
    { "positions.tsv", "position_list", ';', "prone supine side sitting" },
    { "contraindications.tsv", "technique", ';', "all needle moxa electro-stimulation cupping press_needle heat" },
    { "contraindications.tsv", "positions_not", ';', "prone supine side sitting" },
    { "contraindications.tsv", "needs", ';', "doctor_reply written_consent guardian" },
    { "protocols.tsv", "kind", 0, "fixed range open stretch" },
    { "protocols.tsv", "next_phase_when", 0, "never always improved partial effect_lasts wish" },
    { "protocols.tsv", "stop_when", 0, "none no_response_at_review not_improving_any_time plateau" },
    { "point_rules.tsv", "evidence", 0, "trial review consensus caution" },
};

static bool is_word_of(const char *words, struct str word)
{
    struct str rest = str_from(words), w;
    while (str_next(&rest, ' ', &w))
        if (str_eq(w, word))
            return true;
    return false;
}

static void check_vocabulary(const struct checker *c, const struct vocabulary *v)
{
    const struct tsv *t = check_table(c, v->file);
    int column = t ? tsv_column(t, str_from(v->column)) : -1;
    for (size_t i = 0; column >= 0 && i < t->n_rows; i++) {
        struct str cell = tsv_cell(t, i, column), rest = cell, word;
        while (str_next(&rest, v->between ? v->between : '\n', &word))
            if (!is_word_of(v->words, word))
                tsv_fault(t, i, column, (size_t)(word.p - cell.p), c->faults, "\"%.*s\" is none of %s", STR_ARG(word),
                          v->words);
    }
}

/* ---- sources ---- */

/* Every key in a column "sources", of any table, stands in a table of sources. */
static void check_sources(const struct checker *c)
{
    for (const struct tsv_node *n = c->k->index->tables; n; n = n->next) {
        const struct tsv *t = &n->table;
        int column = tsv_column(t, STR("sources"));
        for (size_t i = 0; column >= 0 && i < t->n_rows; i++) {
            struct str cell = tsv_cell(t, i, column), rest = cell, key;
            while (str_next(&rest, ';', &key))
                if (know_source(c->k, key) < 0)
                    tsv_fault(t, i, column, (size_t)(key.p - cell.p), c->faults, "the source \"%.*s\" is not known",
                              STR_ARG(key));
        }
    }
}

/* ---- references that stay text ---- */

/* Each item of a `;` list is a row of another table. */
static void check_references(const struct checker *c, const char *file, const char *name, const struct name_table *rows)
{
    const struct tsv *t = check_table(c, file);
    int column = t ? tsv_column(t, str_from(name)) : -1;
    for (size_t i = 0; column >= 0 && i < t->n_rows; i++) {
        struct str cell = tsv_cell(t, i, column), rest = cell, item;
        while (str_next(&rest, ';', &item))
            if (names_find(rows, item) < 0)
                tsv_fault(t, i, column, (size_t)(item.p - cell.p), c->faults, "\"%.*s\" is not known", STR_ARG(item));
    }
}

void know_check(const struct know *k, struct know_faults *faults)
{
    struct checker c = { k, faults };
    check_counts(&c);
    for (size_t i = 0; i < ARRAY_LEN(vocabularies); i++)
        check_vocabulary(&c, &vocabularies[i]);
    check_sources(&c);
    check_references(&c, "lifestyle.tsv", "next", &k->index->actions);
    check_references(&c, "atlas/meridians.tsv", "paired_organ", &k->index->meridians);
    check_references(&c, "positions.tsv", "code", &k->index->points);
    check_references(&c, "evidence_statements.tsv", "review_ids", &k->index->reviews);
    check_references(&c, "expectations.tsv", "review_ids", &k->index->reviews);
    check_points(&c);
    check_words(&c);
}
