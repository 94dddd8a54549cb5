/* know.h - the clinical knowledge: the rows of data/ as structs.
 * SPDX-License-Identifier: AGPL-3.0-or-later
 *
 * The tables are compiled into the program (know_builtin_files) or read from a folder (`tsubo data check DIR`) and
 * loaded by the same code. Everything borrows from the table text or lives in the knowledge's own arena; after loading
 * nothing changes, so one `struct know` serves all threads.
 *
 * Columns are described in data/README.md. A blank cell is an empty str, -1 for a count or millimetre, NAN for a
 * measure.
 */
#ifndef TSUBO_KNOW_KNOW_H
#define TSUBO_KNOW_KNOW_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/lang.h"
#include "base/str.h"
#include "know/fact.h"
#include "know/outline.h"
#include "know/rule.h"

/* ---- body ---- */
enum view { VIEW_ANTERIOR, VIEW_POSTERIOR, VIEW_LATERAL, VIEW_LEG_MEDIAL, VIEW_SOLE, VIEW__COUNT };
enum side { SIDE_MIDLINE, SIDE_RIGHT, SIDE_LEFT, SIDE__COUNT };
enum body_zone {
    ZONE_LUMBAR,
    ZONE_SACRAL,
    ZONE_BUTTOCK,
    ZONE_HIP,
    ZONE_GROIN,
    ZONE_THIGH_BACK,
    ZONE_THIGH_SIDE,
    ZONE_THIGH_FRONT,
    ZONE_THIGH_INNER,
    ZONE_KNEE,
    ZONE_CALF_BACK,
    ZONE_CALF_SIDE,
    ZONE_SHIN,
    ZONE_LEG_INNER,
    ZONE_FOOT,
    ZONE_MID_BACK,
    ZONE_UPPER_BACK,
    ZONE_OTHER,
    ZONE__COUNT
};
enum line { LINE_NONE, LINE_BLADDER, LINE_GALLBLADDER };

struct place { /* cun in a view (data/atlas/README.md); seen is false where the view does not show it */
    bool seen;
    double x, y;
};

struct landmark {
    struct str id, name, basis;
    bool is_midline;
    struct place at[VIEW__COUNT];
};

struct axis {
    struct str id, kind, unit; /* kind: fixed, segment, head; unit: cun, half, third */
    int from, to;              /* landmark indexes for a segment, else -1 */
    double length;
    struct place u[VIEW__COUNT], t[VIEW__COUNT]; /* direction along and sideways, per cun */
};

struct placement {      /* where a point lies: a landmark and offsets in cun along an axis */
    int landmark, axis; /* indexes */
    double dx, dy;
    struct str basis;
};

struct point {
    struct str code, meridian;
    int number; /* within the meridian; 0 for extra points */
    struct str pinyin, hanzi, hanzi_ja, kana, romaji, vietnamese, english;
    bool is_bilateral;
    enum view view; /* the best one */
    struct str region;
    struct placement place;
    struct placement place_in[VIEW__COUNT]; /* landmark -1: as `place` */
    struct text location;                   /* ja, vi may be blank: then say it in English */
    struct str angle;
    int depth_min_mm, depth_max_mm;  /* textbook range, -1 blank */
    struct str cautions, categories; /* `,` separated codes as in the table */
    struct str lbp_role;
    struct place drawn[VIEW__COUNT]; /* as stored; body_place() recomputes it */
};

struct region { /* a part of the figure that can be tapped */
    struct str id, file;
    enum view view;
    enum side side;
    struct text label;
    struct str dermatomes, close_up;
    enum body_zone zone;
    enum line line;
    struct outline outline; /* in the view's coordinates; of the right twin where there is no file of its own */
};

struct meridian {
    struct str code, pinyin, hanzi, hanzi_ja, kana;
    struct str english, vietnamese, polarity, limb, paired_organ, colour;
    int points, order;
};

/* ---- questions and triage ---- */
enum question_kind { ASKED_YES_NO, ASKED_NUMBER, ASKED_SCALE, ASKED_CHOICE, ASKED_DATE };
enum asked_of { ASK_PATIENT, ASK_PRACTITIONER, ASK_EACH_VISIT, ASK_NOBODY /* derived */ };

struct option {
    struct str code;
    struct text label;
};

/* One row of questions.tsv or red_flags.tsv. */
struct question {
    struct str id;
    int fact; /* index */
    bool is_red_flag;
    struct str group, page;
    enum question_kind kind;
    double min, max; /* NAN when open */
    struct str unit;
    const struct option *options;
    size_t n_options;
    const struct rule *ask_if; /* NULL: always */
    const struct rule *derive; /* profile red flags; NULL: asked */
    enum asked_of asked_of;
    bool is_required;
    struct text text, why, low_label, high_label, suggests;
    struct str urgency_alone, sources, verified;
};

enum urgency { URGENCY_NONE, URGENCY_NOTE, URGENCY_DOCTOR_FIRST, URGENCY_SAME_DAY, URGENCY_EMERGENCY, URGENCY__COUNT };

struct triage_rule {
    struct str id; /* R01 */
    const struct rule *when;
    struct str when_source, suggests;
    enum urgency urgency;
    bool treatment_may_go_on;
    struct text message, clinic_action; /* clinic_action.in[LANG_EN] from clinic_action */
    struct str sources, basis;
};

struct safety_text {
    struct str id;
    struct text text;
    struct str sources;
};

/* ---- classification ---- */
struct class_row {
    struct str id, axis, class_name;
    const struct rule *when; /* NULL for band rows */
    double low, high;        /* NAN when open */
    bool low_inclusive, high_inclusive;
    struct str unit;
    struct text label, explain, certainty;
    struct str sources, verified;
    int fact; /* index of the fact this row sets, -1 when none */
};

/* ---- precautions ---- */
enum precaution_action { PRECAUTION_CAUTION, PRECAUTION_MODIFY, PRECAUTION_AVOID_POINTS, PRECAUTION_BLOCK };

struct precaution {
    struct str id;
    struct text condition;
    const struct rule *when;
    enum precaution_action action;
    struct str technique; /* as in the table: needle, moxa, electro-stimulation, ... or all */
    struct str points;    /* `;` separated tokens, data/README.md */
    struct str positions_not;
    int needles_max; /* -1: no limit */
    bool no_electro;
    struct str needs; /* doctor_reply, written_consent, guardian or empty */
    struct text patient, practitioner;
    struct str evidence, sources, verified;
    bool is_automatic; /* when is TRUE: it depends on the chosen points only */
};

/* ---- points for patterns ---- */
enum point_group { PG_OVERRIDE, PG_CORE, PG_PLACE, PG_SPREAD, PG_PERSON };
enum side_rule { SIDES_BOTH, SIDES_AFFECTED, SIDES_PAINFUL, SIDES_BESIDE_LEVEL };

struct point_rule {
    struct str id, source_rule;
    enum point_group group;
    int order;
    struct text label, why;
    const struct rule *when;
    struct str principal, optional; /* `;` separated tokens, data/README.md */
    enum side_rule side;
    int needles_min, needles_max;
    struct str evidence, sources, note;
};

struct composition_row {
    struct str id;
    int step;
    struct text rule;
    struct str value, sources;
};
struct position_row {
    struct str region, code, positions;
}; /* code overrides region */
struct point_use_row {
    struct str point;
    int lists_total;
    double share;
};

/* ---- courses ---- */
struct phase { /* one row of protocols.tsv */
    int phase_no;
    struct str name;
    int sessions_min, sessions_target, sessions_max;    /* -1 not set by the source */
    double interval_min, interval_target, interval_max; /* days, NAN not set */
    double duration_weeks, minutes;
    int needles_min, needles_max;
    int reassess_after_session; /* -1 none */
    double reassess_at_week;
    struct str per_week, electro, deqi, measure, adapt_rule, next_if_improved, next_if_not;
    int cap_sessions, cap_period_days;
    struct str kind; /* fixed, range, open, stretch: gaps that grow from visit to visit */
    struct str next_phase_when, stop_when, response_measure; /* closed vocabularies, data/README.md */
    double response_low_percent, response_high_percent;
    struct str points_mode, points, verified_part, derived_part;
};

struct protocol {
    struct str id, source_type, population, citation, doi;
    struct text name, plain;
    const struct phase *phases;
    size_t n_phases;
};

struct house_dose { /* which course for whom; the first row whose `when` is sure wins */
    struct str id;
    const struct rule *when;
    int protocol; /* index */
    int visits_min, visits_target, visits_max, review_after;
    double per_week;
    struct text label, why;
    struct str sources, basis;
};

/* ---- measures, lifestyle, words ---- */
enum score_kind { SCORE_VALUE, SCORE_SUM, SCORE_MEAN, SCORE_COUNT, SCORE_EXTERNAL };
enum score_missing { MISSING_NONE, MISSING_MEAN_OF_GIVEN, MISSING_ZERO };
struct instrument {
    struct str id, name, construct, recall, rights, ship_wording, schedule, loinc, sources, verified;
    struct text label;
    enum score_kind score;
    int n_items;
    double item_min, item_max, range_min, range_max;
    bool is_higher_worse;
    enum score_missing missing;
    double mic_absolute, mic_percent;
};

enum review_decision { DECIDE_GO_ON, DECIDE_EXTEND, DECIDE_CHANGE, DECIDE_TAPER, DECIDE_STOP_REFER, DECIDE_STOP_GOAL };
struct outcome_rule {
    struct str id;
    int order;
    const struct rule *when;
    enum review_decision decision;
    struct text label, reason;
    struct str sources, basis;
};

struct lifestyle_domain {
    struct str id;
    int order;
    struct text label;
};
struct lifestyle_action {
    struct str id;
    int domain; /* index */
    int level;
    struct text action, dose, progression, caution, effect;
    const struct rule *when, *not_when; /* not_when NULL: never forbidden */
    struct str grade, next, sources, basis;
};

struct words { /* expectations.tsv, evidence_statements.tsv */
    struct str id, topic;
    int order;
    struct text title, text;
    struct str figure, review_ids, sources;
};

struct review {
    struct str id, kind, author, body, comparison, outcome, measure, scale, certainty, meaning, recommendation,
        citation, doi, verification, timepoint, notes;
    int year;
    double estimate, ci_low, ci_high;
    int k_trials, n_participants;
};

struct source {
    struct str key, citation, identifier, how_read;
};

struct fact_def {
    struct str name;
    enum fact_kind kind;
    int question; /* index, -1 when derived */
};

/* Arrays are in table order. */
struct know {
    struct str version; /* of all tables together, data/VERSION; kept with every result */
    const struct fact_def *facts;
    size_t n_facts;
    const struct question *questions;
    size_t n_questions;
    const struct triage_rule *triage;
    size_t n_triage;
    const struct safety_text *safety;
    size_t n_safety;
    const struct class_row *classes;
    size_t n_classes;
    const struct precaution *precautions;
    size_t n_precautions;
    const struct point_rule *point_rules;
    size_t n_point_rules;
    const struct composition_row *composition;
    size_t n_composition;
    const struct position_row *positions;
    size_t n_positions;
    const struct point_use_row *point_use;
    size_t n_point_use;
    const struct protocol *protocols;
    size_t n_protocols;
    const struct house_dose *doses;
    size_t n_doses;
    const struct instrument *instruments;
    size_t n_instruments;
    const struct outcome_rule *outcome_rules;
    size_t n_outcome_rules;
    const struct lifestyle_domain *domains;
    size_t n_domains;
    const struct lifestyle_action *actions;
    size_t n_actions;
    const struct words *expectations;
    size_t n_expectations;
    const struct words *statements;
    size_t n_statements;
    const struct review *reviews;
    size_t n_reviews;
    const struct source *sources;
    size_t n_sources;
    const struct point *points;
    size_t n_points;
    const struct landmark *landmarks;
    size_t n_landmarks;
    const struct axis *axes;
    size_t n_axes;
    const struct meridian *meridians;
    size_t n_meridians;
    const struct region *regions;
    size_t n_regions;
    struct str figure[VIEW__COUNT + 2]; /* SVG text: by view, then FIGURE_LATERAL_LEFT, FIGURE_LOW_BACK */
    struct know_index *index;           /* name lookups */
    struct arena arena;
};
enum { FIGURE_LATERAL_LEFT = VIEW__COUNT, FIGURE_LOW_BACK };

/* One table or figure as bytes; `name` is its path under data/. */
struct know_file {
    struct str name, content;
};
/* The files compiled into this program. */
const struct know_file *know_builtin_files(size_t *n);

/* A fault in a table. */
struct know_fault {
    struct str file;
    size_t line, column; /* from 1; column counts cells' bytes in the line */
    struct str what;     /* English: the reader edits the tables */
};
struct know_faults {
    struct arena *a;
    LIST(struct know_fault) list;
};

/* Loads the tables; every fault found is listed, and NULL returned when there is one. The caller frees with know_free.
 */
struct know *know_load(const struct know_file *files, size_t n, struct know_faults *faults);
void know_free(struct know *k);
/* Beyond loading: counts, sources that resolve, closed vocabularies, three languages present, every point recomputed to
 * its drawn place, banned words, every fact used somewhere or explained. */
void know_check(const struct know *k, struct know_faults *faults);

/* Lookups: an index, or -1. Constant time. */
int know_fact(const struct know *k, struct str name);
int know_question(const struct know *k, struct str id);
int know_triage_rule(const struct know *k, struct str id);
int know_point(const struct know *k, struct str code);
int know_region(const struct know *k, struct str id);
int know_landmark(const struct know *k, struct str id);
int know_source(const struct know *k, struct str key);
int know_protocol(const struct know *k, struct str id);
int know_instrument(const struct know *k, struct str id);
int know_class(const struct know *k, struct str id);
int know_meridian(const struct know *k, struct str code);
/* The text with this id from safety_text.tsv; a must that it exists. */
struct text know_safety(const struct know *k, struct str id);

/* A fact by name that the program itself relies on; a must that it exists. */
int know_fact_must(const struct know *k, struct str name);

#endif
