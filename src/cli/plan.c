/* plan.c (cli) - `tsubo plan`: a readable plan for one intake, or JSON for machines.
 * SPDX-License-Identifier: AGPL-3.0-or-later
 */
#include "engine/plan.h"

#include <math.h>
#include <stdio.h>
#include <sys/stat.h>
#include <sysexits.h>

#include "base/jw.h"
#include "cli/cli.h"
#include "engine/body.h"
#include "os/clock.h"
#include "os/files.h"
#include "text/text.h"

#define INTAKE_MAX (64u * 1024)
#define SVG_MAX (4u << 20)

struct printer {
    const struct know *k;
    const struct plan *p;
    const struct intake *in;
    enum lang l;
    struct arena *a;
};

#define SAY(t, m) text_get((t)->l, (m))

static struct str words(const struct printer *t, struct text text)
{
    return text_name(text_in(text, t->l), STR("{emergency_number}"), STR("119"), t->a);
}

static void heading(const struct printer *t, enum msg m)
{
    printf("\n== %.*s\n", STR_ARG(SAY(t, m)));
}

static void line(const char *lead, struct str s)
{
    if (s.n)
        printf("%s%.*s\n", lead, STR_ARG(s));
}

/* (R06: question; question) */
static void because(const struct printer *t, struct str id, struct because b)
{
    printf("      (%.*s", STR_ARG(id));
    for (size_t i = 0; i < b.n; i++)
        printf("%s%.*s", i ? ", " : ": ", STR_ARG(t->k->facts[b.facts[i]].name));
    puts(")");
}

static void print_triage(const struct printer *t)
{
    static const char *const ids[] = { "level_none", "level_note", "level_doctor_first", "level_same_day",
                                       "level_emergency_now" };
    const struct triage *r = &t->p->triage;
    struct str shown = STR("");
    bool is_beside = r->level == URGENCY_DOCTOR_FIRST && !r->blocks_treatment;
    line("** ", words(t, know_safety(t->k, str_from(is_beside ? "level_doctor_beside" : ids[r->level]))));
    for (size_t i = 0; i < r->n_hits; i++) {
        const struct triage_rule *rule = &t->k->triage[r->hits[i].rule];
        struct str message = words(t, rule->message);
        if (!str_eq(message, shown))
            line("   ", message);
        shown = message;
        because(t, rule->id, r->hits[i].because);
    }
    if (r->may_level > r->level)
        line("   ", words(t, know_safety(t->k, STR("incomplete"))));
    for (size_t i = 0; r->may_level > r->level && i < r->n_open; i++)
        because(t, t->k->triage[r->open[i].rule].id, r->open[i].because);
}

static void print_class(const struct printer *t, int row, struct because why)
{
    const struct class_row *c = &t->k->classes[row];
    line(" - ", words(t, c->label));
    line("   ", words(t, c->explain));
    line("   ", words(t, c->certainty));
    because(t, c->id, why);
}

static void print_classes(const struct printer *t)
{
    const struct classification *c = &t->p->classes;
    heading(t, MSG_PLAN_SEEMS);
    if (c->duration >= 0)
        print_class(t, c->duration, (struct because){ 0 });
    if (c->severity >= 0)
        print_class(t, c->severity, (struct because){ 0 });
    for (size_t i = 0; i < c->n_patterns; i++)
        if (c->patterns[i].is_sure)
            print_class(t, c->patterns[i].row, c->patterns[i].because);
}

static void print_precautions(const struct printer *t)
{
    const struct safety *s = &t->p->safety;
    if (s->n_hits == 0)
        return;
    heading(t, MSG_PLAN_PRECAUTIONS);
    for (size_t i = 0; i < s->n_hits; i++) {
        const struct precaution *p = &t->k->precautions[s->hits[i].row];
        line(" - ", words(t, p->condition));
        line("   ", words(t, p->patient));
        because(t, p->id, s->hits[i].because);
    }
}

static struct str side_of(const struct printer *t, enum side s)
{
    return SAY(t, s == SIDE_RIGHT ? MSG_SIDE_RIGHT : s == SIDE_LEFT ? MSG_SIDE_LEFT : MSG_SIDE_MIDDLE);
}

static void print_pick(const struct printer *t, const struct needle_pick *pick)
{
    if (pick->point < 0) {
        struct str n = text_count(t->a, t->l, MSG_PLAN_ASHI_COUNT, MSG_PLAN_ASHI_COUNT_ONE, pick->ashi_min,
                                  pick->ashi_max, STR(""));
        printf(" - %.*s: %.*s", STR_ARG(SAY(t, MSG_PLAN_ASHI)), STR_ARG(n));
    } else {
        const struct point *p = &t->k->points[pick->point];
        struct str where = text_in(p->location, t->l).n ? text_in(p->location, t->l) : text_in(p->location, LANG_EN);
        printf(" - %.*s %.*s %.*s, %.*s: %.*s", STR_ARG(p->code), STR_ARG(p->pinyin), STR_ARG(p->hanzi_ja),
               STR_ARG(side_of(t, pick->side)), STR_ARG(where));
    }
    printf("  (");
    for (size_t i = 0; i < pick->n_rules; i++)
        printf("%s%.*s", i ? ", " : "", STR_ARG(t->k->point_rules[pick->rules[i]].id));
    for (size_t i = 0; i < pick->n_precautions; i++)
        printf(", %.*s", STR_ARG(t->k->precautions[pick->precautions[i]].id));
    puts(")");
}

static void print_left(const struct printer *t, const struct left_out *l)
{
    static const enum msg whys[] = { MSG_LEFT_PRECAUTION, MSG_LEFT_BUDGET, MSG_LEFT_POSITION, MSG_LEFT_NOT_CHOSEN };
    struct str code = l->point >= 0 ? t->k->points[l->point].code : SAY(t, MSG_PLAN_ASHI);
    struct str why = l->row >= 0 ? words(t, t->k->precautions[l->row].condition) : SAY(t, whys[l->why]);
    printf("   . %.*s (%.*s): %.*s\n", STR_ARG(code), STR_ARG(side_of(t, l->side)), STR_ARG(why));
}

static void print_points(const struct printer *t)
{
    static const enum msg positions[] = { MSG_POSITION_PRONE, MSG_POSITION_SUPINE, MSG_POSITION_SIDE,
                                          MSG_POSITION_SITTING };
    const struct points_plan *p = &t->p->points;
    if (p->is_refused)
        return;
    heading(t, MSG_PLAN_POINTS);
    line("   ", text_count(t->a, t->l, MSG_PLAN_NEEDLES, MSG_PLAN_NEEDLES_ONE, p->needles, p->needles_most,
                           SAY(t, positions[p->position])));
    for (size_t i = 0; i < p->n_picks; i++)
        print_pick(t, &p->picks[i]);
    if (p->n_left)
        line("   ", SAY(t, MSG_PLAN_LEFT_OUT));
    for (size_t i = 0; i < p->n_left; i++)
        print_left(t, &p->left[i]);
    line("   ", SAY(t, MSG_PLAN_POINTS_HONEST));
}

static void print_visits(const struct printer *t)
{
    const struct course_shape *s = &t->p->course;
    heading(t, MSG_PLAN_VISITS);
    if (s->house_row >= 0) {
        line(" - ", words(t, t->k->doses[s->house_row].label));
        line("   ", words(t, t->k->doses[s->house_row].why));
    }
    line(" - ", text_say(t->a, t->l, MSG_PLAN_BOOK_NOW, str_fmt(t->a, "%d", s->book_now)));
    if (s->book_now > 1)
        line(" - ", text_say(t->a, t->l, MSG_PLAN_GAP, str_fmt(t->a, "%d", s->gaps[1].min),
                             str_fmt(t->a, "%d", s->gaps[1].max)));
    for (size_t i = 0; i < s->n_reviews; i++)
        line(" - ", text_say(t->a, t->l, MSG_PLAN_REVIEW, str_fmt(t->a, "%d", s->reviews[i])));
    printf("      (%.*s; %.*s)\n", STR_ARG(t->k->protocols[s->protocol].id),
           STR_ARG(t->k->protocols[s->protocol].citation));
}

static void print_lifestyle(const struct printer *t)
{
    const struct lifestyle *l = &t->p->lifestyle;
    heading(t, MSG_PLAN_LIFE);
    for (int first = 1; first >= 0; first--)
        for (size_t i = 0; i < l->n_picks; i++) {
            const struct lifestyle_action *act = &t->k->actions[l->picks[i].action];
            if (l->picks[i].is_first != (first == 1))
                continue;
            printf(" %s %.*s: %.*s (%.*s)\n", first ? "*" : "-",
                   STR_ARG(words(t, t->k->domains[l->picks[i].domain].label)), STR_ARG(words(t, act->action)),
                   STR_ARG(words(t, act->dose)));
            printf("      (%.*s, %.*s: %.*s)\n", STR_ARG(act->id),
                   STR_ARG(text_say(t->a, t->l, MSG_PLAN_GRADE, act->grade)), STR_ARG(words(t, act->effect)));
        }
}

static void print_plan(const struct printer *t)
{
    line("", SAY(t, MSG_PLAN_TITLE));
    print_triage(t);
    print_precautions(t);
    print_classes(t);
    if (t->p->may_book) {
        print_points(t);
        print_visits(t);
    }
    if (t->p->triage.level < URGENCY_SAME_DAY)
        print_lifestyle(t);
    puts("");
    line("", words(t, know_safety(t->k, STR("always"))));
    line("", text_say(t->a, t->l, MSG_PLAN_VERSION, t->p->data_version));
}

/* ---- pictures ---- */

/* A file of its own carries its style sheet, right after the opening tag. */
static struct str with_style(struct str svg, struct arena *a)
{
    struct str rest = svg, open = str_cut(&rest, '>');
    return str_fmt(a, "%.*s>\n<style>\n%.*s</style>%.*s", STR_ARG(open), STR_ARG(body_style()), STR_ARG(rest));
}

static bool write_pictures(const struct printer *t, struct str folder, struct err *e)
{
    static const char *const names[PICTURE__COUNT] = {
        "front", "back", "right", "left", "low_back", "inner_leg", "sole"
    };
    const struct points_plan *p = &t->p->points;
    struct body_mark *marks = arena_array(t->a, struct body_mark, p->n_picks + 1);
    enum picture which[PICTURE__COUNT];
    size_t n = 0;
    mkdir(str_dup(t->a, folder).p, 0777);
    for (size_t i = 0; i < p->n_picks; i++)
        if (p->picks[i].point >= 0)
            marks[n++] = (struct body_mark){ p->picks[i].point, p->picks[i].side, t->k->points[p->picks[i].point].code,
                                             p->picks[i].is_principal };
    size_t pictures = body_pictures(t->k, marks, n, which, PICTURE__COUNT);
    for (size_t i = 0; i < pictures; i++) {
        struct body_picture picture = { .which = which[i],
                                        .lang = t->l,
                                        .marks = marks,
                                        .n_marks = n,
                                        .pain = &t->in->pain,
                                        .title = SAY(t, MSG_PLAN_PICTURE) };
        struct buf svg;
        buf_init(&svg, SVG_MAX);
        body_svg(t->k, &picture, &svg);
        bool ok = file_write(str_fmt(t->a, "%.*s/%s.svg", STR_ARG(folder), names[which[i]]),
                             with_style(buf_str(&svg), t->a), e);
        buf_release(&svg);
        if (!ok)
            return false;
    }
    return true;
}

static void print_json(const struct printer *t)
{
    struct buf b;
    struct jw w;
    buf_init(&b, SVG_MAX);
    jw_init(&w, &b, true);
    plan_put_json(&w, t->k, t->p);
    printf("%.*s\n", STR_ARG(buf_str(&b)));
    buf_release(&b);
}

/* The house rules of a clinic that has not said otherwise. */
static struct plan_rules default_rules(void)
{
    return (struct plan_rules){ .limits = { 16 },
                                .severity_axis = STR("severity_nrs"),
                                .needles_max = 14,
                                .dose = { .gap = { 3, 7, 14 }, .visits = 6, .minutes = 20 } };
}

static int run(struct cli *c, const struct know *k, struct civil_date today, bool has_lang, enum lang lang)
{
    struct err e = { 0 };
    struct issues problems = { .a = c->a };
    struct str json;
    struct intake *in = arena_one(c->a, struct intake);
    struct plan *plan = arena_one(c->a, struct plan);
    struct plan_rules rules = default_rules();
    if (!file_read(c->args[0], INTAKE_MAX, c->a, &json, &e))
        return cli_fail(&e);
    if (!intake_read_json(k, json, today, c->a, in, &problems)) {
        for (size_t i = 0; i < problems.list.n; i++)
            fprintf(stderr, "%.*s: %.*s: %.*s\n", STR_ARG(c->args[0]), STR_ARG(problems.list.v[i].path),
                    STR_ARG(text_issue(has_lang ? lang : LANG_EN, &problems.list.v[i], c->a)));
        return EX_DATAERR;
    }
    plan_make(k, &rules, in, c->a, plan);
    struct printer t = { k, plan, in, has_lang ? lang : in->lang, c->a };
    if (cli_has(c, "json"))
        print_json(&t);
    else
        print_plan(&t);
    return cli_has(c, "svg") && !write_pictures(&t, cli_option(c, "svg", STR("")), &e) ? cli_fail(&e) : 0;
}

int cli_plan(struct cli *c)
{
    enum lang lang = LANG_EN;
    struct civil_date today = { (int32_t)(clock_now().s / 86400) };
    bool has_lang = cli_has(c, "lang");
    if (has_lang && !lang_parse(cli_option(c, "lang", STR("")), &lang)) {
        fputs("tsubo plan: --lang is en, ja or vi\n", stderr);
        return EX_USAGE;
    }
    if (cli_has(c, "today") && !date_parse(cli_option(c, "today", STR("")), &today)) {
        fputs("tsubo plan: --today is a date like 2026-11-24\n", stderr);
        return EX_USAGE;
    }
    struct know *k = cli_know(c);
    int code = k ? run(c, k, today, has_lang, lang) : EX_SOFTWARE;
    know_free(k);
    return code;
}
