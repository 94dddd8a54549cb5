/* check.c - the self-check: short pages of questions, resumable, nothing stored here before the person books.
 * SPDX-License-Identifier: AGPL-3.0-or-later
 *
 * A step is a page of questions (column `page` of the tables). Only what applies is asked: a question whose ask_if is
 * surely "no" is left out, and a page without questions is skipped. After each page triage runs; its highest level
 * stops the check at once. The draft travels in the sealed cookie (draft.c).
 */
#include "web/check.h"

#include <math.h>

#include "web/screens.h"

static const struct {
    const char *name;
    enum msg title, lead;
} steps[] = {
    { "about", MSG_CHECK_ABOUT, MSG_CHECK_ABOUT_LEAD },
    { "where", MSG_CHECK_WHERE, MSG_CHECK_WHERE_LEAD },
    { "urgent", MSG_CHECK_URGENT, MSG_CHECK_URGENT_LEAD },
    { "pain", MSG_CHECK_PAIN, MSG_CHECK_PAIN_LEAD },
    { "pattern", MSG_CHECK_PATTERN, MSG_CHECK_PATTERN_LEAD },
    { "nerve", MSG_CHECK_NERVE, MSG_CHECK_NERVE_LEAD },
    { "health", MSG_CHECK_HEALTH, MSG_CHECK_HEALTH_LEAD },
    { "body", MSG_CHECK_BODY, MSG_CHECK_BODY_LEAD },
    { "inflammatory", MSG_CHECK_INFLAMMATORY, MSG_CHECK_INFLAMMATORY_LEAD },
    { "life", MSG_CHECK_LIFE, MSG_CHECK_LIFE_LEAD },
};
#define STEPS (int)ARRAY_LEN(steps)

/* What a page is made from. */
struct step {
    int index;
    struct req *r;
    const struct know *k;
    const struct clinic *c;
    struct intake in;
    struct facts facts;
    struct issues problems;
};

static int step_of(struct str name)
{
    for (int i = 0; i < STEPS; i++)
        if (str_eq(str_from(steps[i].name), name))
            return i;
    return -1;
}

static bool is_where(int index)
{
    return str_eq(str_from(steps[index].name), STR("where"));
}

/* What bears on safety is asked when it may apply, anything else when it does for sure. */
static bool fits_person(const struct step *s, const struct question *q)
{
    if (!q->ask_if)
        return true;
    struct verdict v = rule_eval(s->k, q->ask_if, &s->facts);
    return q->is_red_flag || str_eq(q->page, STR("urgent")) ? v.may : v.sure;
}

/* Is this question asked here, of this person? */
static bool is_asked(const struct step *s, const struct question *q)
{
    return q->asked_of == ASK_PATIENT && !q->derive && str_eq(q->page, str_from(steps[s->index].name)) &&
           fits_person(s, q);
}

static bool has_questions(struct step *s, int index)
{
    s->index = index;
    if (is_where(index))
        return true;
    for (size_t i = 0; i < s->k->n_questions; i++)
        if (is_asked(s, &s->k->questions[i]))
            return true;
    return false;
}

static bool step_load(struct step *s, struct req *r, struct resp *out, int index)
{
    struct err e = { 0 };
    *s = (struct step){ .index = index, .r = r, .k = ((struct app *)r->app)->know, .problems = { .a = r->a } };
    if (!svc_clinic(web_worker(r), &s->c, &e)) {
        web_fail(r, out, &e);
        return false;
    }
    draft_load(r, &s->in);
    facts_derive(s->k, &s->in, svc_plan_rules(s->c).limits, &s->facts);
    return true;
}

/* ---- one question as a field ---- */

static struct str question_text(struct step *s, const struct question *q)
{
    return say(s->r, s->c, q->text);
}

/* What was typed (after a problem), else what the draft holds. */
static struct str value_of(struct step *s, const struct question *q)
{
    const struct fact *f = &s->in.answers.v[q->fact];
    if (s->r->method == HTTP_POST)
        return form_get(web_form(s->r), q->id);
    if (s->in.asks_to_skip[q->fact])
        return STR("skip");
    if (f->state != FACT_KNOWN)
        return STR("");
    switch (q->kind) {
    case ASKED_YES_NO:
        return f->number > 0 ? STR("yes") : STR("no");
    case ASKED_CHOICE:
        return f->code;
    case ASKED_DATE:
        return date_iso((struct civil_date){ (int32_t)f->number }, s->r->a);
    case ASKED_NUMBER:
    case ASKED_SCALE:
        return str_fmt(s->r->a, "%g", f->number);
    }
    return STR("");
}

static void put_question(struct html *h, struct step *s, const struct question *q)
{
    struct req *r = s->r;
    const struct issue *problem = issue_at(&s->problems, q->id);
    struct field f = { .name = q->id,
                       .label = question_text(s, q),
                       .hint = say(r, s->c, q->why),
                       .value = value_of(s, q),
                       .is_required = q->is_required,
                       .problem = problem ? text_issue(r->lang, problem, r->a) : STR("") };
    struct choice *choices;
    switch (q->kind) {
    case ASKED_YES_NO: {
        const struct choice yes_no[] = { { STR("yes"), T(r, MSG_ANSWER_YES), STR("") },
                                         { STR("no"), T(r, MSG_ANSWER_NO), STR("") },
                                         { STR("skip"), T(r, MSG_ANSWER_SKIP), STR("") } };
        field_radios(h, "radios yes-no", &f, yes_no, 3);
        break;
    }
    case ASKED_CHOICE:
        choices = arena_array(r->a, struct choice, q->n_options + 1);
        for (size_t i = 0; i < q->n_options; i++)
            choices[i] = (struct choice){ q->options[i].code, text_in(q->options[i].label, r->lang), STR("") };
        field_radios(h, NULL, &f, choices, q->n_options);
        break;
    case ASKED_SCALE:
        field_scale(h, &f, (int)q->min, (int)q->max, text_in(q->low_label, r->lang), text_in(q->high_label, r->lang));
        break;
    case ASKED_NUMBER:
        f.inputmode = "decimal";
        field_number(h, &f, q->min, q->max, q->unit);
        break;
    case ASKED_DATE:
        f.autocomplete = str_eq(q->id, STR("birth_date")) ? "bday" : NULL;
        field_text(h, "date", &f);
        break;
    }
}

/* ---- the figure ---- */

static void put_figures(struct html *h, struct step *s)
{
    static const struct {
        enum picture which;
        enum msg name;
    } views[] = { { PICTURE_BACK, MSG_FIGURE_BACK },
                  { PICTURE_LOW_BACK, MSG_FIGURE_LOW_BACK },
                  { PICTURE_FRONT, MSG_FIGURE_FRONT },
                  { PICTURE_RIGHT, MSG_FIGURE_RIGHT },
                  { PICTURE_LEFT, MSG_FIGURE_LEFT } };
    struct req *r = s->r;
    html_lit(h, "<div class=\"body-map\" data-body-map hidden>\n<div class=\"tabs\" role=\"tablist\">\n");
    for (size_t i = 0; i < ARRAY_LEN(views); i++) {
        html_lit(h, "<button type=\"button\" class=\"secondary\" role=\"tab\"");
        html_attr(h, "id", str_fmt(r->a, "tab-%zu", i));
        html_attr(h, "aria-controls", str_fmt(r->a, "view-%zu", i));
        html_attr(h, "aria-selected", i == 0 ? STR("true") : STR("false"));
        html_lit(h, ">");
        html_text(h, T(r, views[i].name));
        html_lit(h, "</button>\n");
    }
    html_lit(h, "</div>\n");
    for (size_t i = 0; i < ARRAY_LEN(views); i++) {
        struct body_picture p = { .which = views[i].which,
                                  .lang = r->lang,
                                  .pain = &s->in.pain,
                                  .is_tappable = true,
                                  .title = T(r, views[i].name) };
        html_lit(h, "<figure class=\"figure-body\" role=\"tabpanel\"");
        html_attr(h, "id", str_fmt(r->a, "view-%zu", i));
        html_attr(h, "aria-labelledby", str_fmt(r->a, "tab-%zu", i));
        html_flag(h, "hidden", i > 0);
        html_lit(h, ">\n");
        body_svg(s->k, &p, h->out);
        html_lit(h, "</figure>\n");
    }
    html_lit(h, "</div>\n");
}

static bool is_back_or_leg(const struct region *g)
{
    return g->zone != ZONE_OTHER && g->zone != ZONE_UPPER_BACK;
}

static void put_region_box(struct html *h, struct step *s, int region)
{
    html_lit(h, "<label class=\"choice\"><input type=\"checkbox\" name=\"pain\"");
    html_attr(h, "value", s->k->regions[region].id);
    html_flag(h, "checked", region_set_has(&s->in.pain, region));
    html_lit(h, "> <span>");
    html_text(h, text_in(s->k->regions[region].label, s->r->lang));
    html_lit(h, "</span></label>\n");
}

static void put_region_list(struct html *h, struct step *s, bool back_or_leg)
{
    html_lit(h, "<div class=\"choices\">\n");
    for (size_t i = 0; i < s->k->n_regions; i++)
        if (is_back_or_leg(&s->k->regions[i]) == back_or_leg)
            put_region_box(h, s, (int)i);
    html_lit(h, "</div>\n");
}

/* The list is the primary record; the figure (with script) ticks its boxes. */
static void put_where(struct html *h, struct step *s)
{
    struct req *r = s->r;
    put_figures(h, s);
    html_lit(h, "<div class=\"field\" id=\"pain\"><p class=\"meta\" data-chosen aria-live=\"polite\"");
    html_attr(h, "data-none", T(r, MSG_CHECK_WHERE_NONE));
    html_lit(h, "></p>\n");
    if (issue_at(&s->problems, STR("pain")))
        html_el(h, "p", "problem", T(r, MSG_CHECK_WHERE_MISSING));
    html_lit(h, "<details data-region-list open><summary>");
    html_text(h, T(r, MSG_CHECK_WHERE_LIST));
    html_lit(h, "</summary>\n<fieldset><legend>");
    html_text(h, T(r, MSG_CHECK_WHERE_BACK));
    html_lit(h, "</legend>\n");
    put_region_list(h, s, true);
    html_lit(h, "</fieldset>\n</details>\n<details><summary>");
    html_text(h, T(r, MSG_CHECK_WHERE_OTHER));
    html_lit(h, "</summary>\n");
    put_region_list(h, s, false);
    html_lit(h, "</details>\n</div>\n");
}

/* ---- pages ---- */

static void put_progress(struct html *h, struct req *r, int index)
{
    html_lit(h, "<p class=\"meta\">");
    html_text(h, text_say(r->a, r->lang, MSG_CHECK_STEP, str_fmt(r->a, "%d", index + 1), str_fmt(r->a, "%d", STEPS)));
    html_lit(h, "</p>\n<ol class=\"progress\" aria-hidden=\"true\">\n");
    for (int i = 0; i < STEPS; i++) {
        html_lit(h, "<li");
        if (i <= index)
            html_attr(h, "class", i < index ? STR("done") : STR("now"));
        html_lit(h, "></li>");
    }
    html_lit(h, "</ol>\n");
}

static struct str step_path(struct req *r, int index)
{
    return web_path(r, str_fmt(r->a, "/check/%s", steps[index].name).p);
}

static int previous_step(struct step *s, int index)
{
    for (int i = index - 1; i >= 0; i--)
        if (has_questions(s, i))
            return i;
    return -1;
}

static struct str problem_label(struct step *s, struct str id)
{
    int q = know_question(s->k, id);
    return q >= 0 ? question_text(s, &s->k->questions[q]) : STR("");
}

static void put_problems(struct html *h, struct step *s)
{
    struct problem *p = arena_array(s->r->a, struct problem, s->problems.list.n + 1);
    for (size_t i = 0; i < s->problems.list.n; i++)
        p[i] = (struct problem){ s->problems.list.v[i].path, problem_label(s, s->problems.list.v[i].path),
                                 text_issue(s->r->lang, &s->problems.list.v[i], s->r->a) };
    field_summary(h, T(s->r, MSG_FORM_PROBLEMS), p, s->problems.list.n);
}

static void put_buttons(struct html *h, struct step *s)
{
    int index = s->index, back = previous_step(s, index);
    s->index = index;
    html_lit(h, "<div class=\"actions\"><button>");
    html_text(h, T(s->r, MSG_CHECK_NEXT));
    html_lit(h, "</button>\n");
    if (back >= 0) {
        html_lit(h, "<a class=\"btn quiet\"");
        html_href(h, step_path(s->r, back));
        html_lit(h, ">");
        html_text(h, T(s->r, MSG_CHECK_BACK));
        html_lit(h, "</a>\n");
    }
    html_lit(h, "</div>\n");
}

static void show_step(struct step *s, struct resp *out)
{
    struct page p;
    struct req *r = s->r;
    enum msg title = steps[s->index].title;
    out->status = s->problems.list.n ? 422 : 200;
    if (!page_begin_narrow(&p, r, out, T(r, title), NAV_CHECK))
        return;
    put_progress(&p.h, r, s->index);
    html_el(&p.h, "h1", NULL, T(r, title));
    html_el(&p.h, "p", "lead", T(r, steps[s->index].lead));
    put_problems(&p.h, s);
    form_begin(&p.h, r, step_path(r, s->index));
    if (is_where(s->index))
        put_where(&p.h, s);
    else
        for (size_t i = 0; i < s->k->n_questions; i++)
            if (is_asked(s, &s->k->questions[i]))
                put_question(&p.h, s, &s->k->questions[i]);
    put_buttons(&p.h, s);
    form_end(&p.h);
    page_end(&p, r);
}

void page_check(struct req *r, struct resp *out)
{
    struct page p;
    if (!page_begin_narrow(&p, r, out, T(r, MSG_CHECK_TITLE), NAV_CHECK))
        return;
    struct html *h = &p.h;
    html_el(h, "h1", NULL, T(r, MSG_CHECK_TITLE));
    html_paras(h, "lead", T(r, MSG_CHECK_INTRO));
    html_paras(h, NULL, T(r, MSG_CHECK_PRIVACY));
    notice(h, "danger", STR(""), say(r, p.clinic, know_safety(((struct app *)r->app)->know, STR("always"))));
    html_lit(h, "<div class=\"actions\"><a class=\"btn\"");
    html_href(h, step_path(r, 0));
    html_lit(h, ">");
    html_text(h, T(r, draft_exists(r) ? MSG_CHECK_RESUME : MSG_CHECK_START));
    html_lit(h, "</a></div>\n");
    if (draft_exists(r)) {
        form_begin(h, r, web_path(r, "/check/forget"));
        html_lit(h, "<button class=\"quiet\">");
        html_text(h, T(r, MSG_CHECK_FORGET));
        html_lit(h, "</button>\n");
        form_end(h);
    }
    page_end(&p, r);
}

void page_check_step(struct req *r, struct resp *out)
{
    struct step s;
    int index = step_of(r->params[1]);
    if (index < 0)
        web_error(r, out, 404);
    else if (step_load(&s, r, out, index))
        show_step(&s, out);
}

/* ---- answers ---- */

static void read_regions(struct step *s)
{
    size_t at = 0;
    struct str id;
    s->in.pain = (struct region_set){ 0 };
    while (form_next(web_form(s->r), STR("pain"), &at, &id)) {
        int region = know_region(s->k, id);
        if (region >= 0)
            region_set_add(&s->in.pain, region);
    }
    for (size_t i = 0; i < ARRAY_LEN(s->in.pain.bits); i++)
        if (s->in.pain.bits[i])
            return;
    issue_add(&s->problems, STR("pain"), MSG_CHECK_WHERE_MISSING, STR(""));
}

/* What cannot wait must be answered, if only by "I would rather not say": then somebody asks by voice. */
static bool is_urgent(const struct question *q)
{
    return q->is_red_flag && str_eq(q->page, STR("urgent"));
}

/* "A skin problem where it hurts": keep clear of all that was marked. */
static void keep_clear(struct step *s)
{
    const struct fact *skin = &s->in.answers.v[know_fact_must(s->k, STR("skin_problem"))];
    bool has_problem = skin->state == FACT_KNOWN && skin->number > 0;
    s->in.avoid = has_problem ? s->in.pain : (struct region_set){ 0 };
}

static void read_answers(struct step *s)
{
    for (size_t i = 0; i < s->k->n_questions; i++) {
        const struct question *q = &s->k->questions[i];
        if (!is_asked(s, q))
            continue;
        struct str value = form_get(web_form(s->r), q->id);
        intake_answer(&s->in, s->k, (int)i, value, q->id, &s->problems);
        if ((q->is_required || is_urgent(q)) && value.n == 0)
            issue_add(&s->problems, q->id, MSG_CONTACT_MISSING, STR(""));
    }
    keep_clear(s);
}

/* What answers say together, for the fields of this page only; paths become field names. */
static void check_together(struct step *s)
{
    struct issues all = { .a = s->r->a };
    intake_check(&s->in, s->k, svc_today(web_worker(s->r), s->c), false, &all);
    for (size_t i = 0; i < all.list.n; i++) {
        struct issue *x = &all.list.v[i];
        struct str id = str_starts(x->path, STR("$.answers.")) ? str_sub(x->path, 10, x->path.n) : x->path;
        int q = know_question(s->k, id);
        if (q >= 0 && is_asked(s, &s->k->questions[q]) && !issue_at(&s->problems, id))
            issue_add(&s->problems, id, x->say, x->arg);
    }
}

/* Where to go after this page: the stop page, the next page that has questions, or the plan. */
static struct str next_path(struct step *s)
{
    struct triage t;
    int index = s->index;
    facts_derive(s->k, &s->in, svc_plan_rules(s->c).limits, &s->facts);
    triage_run(s->k, &s->facts, s->r->a, &t);
    if (t.level == URGENCY_EMERGENCY)
        return web_path(s->r, "/check-stop");
    for (int i = index + 1; i < STEPS; i++)
        if (has_questions(s, i))
            return step_path(s->r, i);
    return web_path(s->r, "/plan");
}

void action_check_step(struct req *r, struct resp *out)
{
    struct step s;
    int index = step_of(r->params[1]);
    if (index < 0) {
        web_error(r, out, 404);
        return;
    }
    if (!step_load(&s, r, out, index))
        return;
    if (is_where(index)) {
        read_regions(&s);
    } else {
        read_answers(&s);
        check_together(&s);
    }
    if (!issues_none(&s.problems)) {
        show_step(&s, out);
        return;
    }
    draft_save(r, out, &s.in);
    resp_redirect(r, out, next_path(&s));
}

void action_check_forget(struct req *r, struct resp *out)
{
    draft_forget(r, out);
    resp_redirect(r, out, web_path(r, "/check"));
}

/* ---- the stop ---- */

void page_check_stop(struct req *r, struct resp *out)
{
    struct step s;
    struct triage t;
    struct page p;
    if (!step_load(&s, r, out, 0))
        return;
    triage_run(s.k, &s.facts, r->a, &t);
    if (t.level != URGENCY_EMERGENCY) {
        resp_redirect(r, out, web_path(r, "/plan"));
        return;
    }
    if (!page_begin_narrow(&p, r, out, T(r, MSG_STOP_TITLE), NAV_CHECK))
        return;
    html_el(&p.h, "h1", NULL, T(r, MSG_STOP_TITLE));
    html_lit(&p.h, "<div role=\"alert\">\n");
    put_triage(&p.h, r, s.k, s.c, &t);
    html_lit(&p.h, "</div>\n<p class=\"actions\"><a class=\"btn danger\"");
    html_href(&p.h, str_fmt(r->a, "tel:%.*s", STR_ARG(s.c->emergency_number)));
    html_lit(&p.h, ">");
    html_text(&p.h, text_say(r->a, r->lang, MSG_STOP_CALL, s.c->emergency_number));
    html_lit(&p.h, "</a>\n<a class=\"btn quiet\"");
    html_href(&p.h, step_path(r, step_of(STR("urgent"))));
    html_lit(&p.h, ">");
    html_text(&p.h, T(r, MSG_STOP_MISTAKE));
    html_lit(&p.h, "</a></p>\n");
    page_end(&p, r);
}

/* The message of the highest level once, then what it rests on. */
void put_triage(struct html *h, struct req *r, const struct know *k, const struct clinic *c, const struct triage *t)
{
    static const char *const kinds[URGENCY__COUNT] = { "good", "note", "warn", "danger", "danger" };
    static const char *const ids[URGENCY__COUNT] = { "level_none", "level_note", "level_doctor_first", "level_same_day",
                                                     "level_emergency_now" };
    struct str shown = STR("");
    html_lit(h, "<div");
    html_attr(h, "class", str_fmt(r->a, "notice %s", kinds[t->level]));
    html_lit(h, ">\n");
    bool is_beside = t->level == URGENCY_DOCTOR_FIRST && !t->blocks_treatment;
    html_el(h, "p", "notice-title",
            say(r, c, know_safety(k, str_from(is_beside ? "level_doctor_beside" : ids[t->level]))));
    for (size_t i = 0; i < t->n_hits; i++) {
        const struct triage_rule *rule = &k->triage[t->hits[i].rule];
        struct str message = say(r, c, rule->message);
        if (rule->urgency != t->level || str_eq(message, shown))
            continue;
        html_el(h, "p", NULL, message);
        shown = message;
    }
    html_lit(h, "</div>\n");
    if (t->n_hits == 0)
        return;
    html_lit(h, "<details class=\"why\"><summary>");
    html_text(h, T(r, MSG_WHY));
    html_lit(h, "</summary>\n<ul>\n");
    for (size_t i = 0; i < t->n_hits; i++)
        put_because(h, r, k, c, t->hits[i].because, k->triage[t->hits[i].rule].id);
    html_lit(h, "</ul>\n</details>\n");
}

/* One line: the questions and answers a decision rests on, and the rule's id. */
void put_because(struct html *h, struct req *r, const struct know *k, const struct clinic *c, struct because b,
                 struct str rule_id)
{
    html_lit(h, "<li>");
    for (size_t i = 0; i < b.n; i++) {
        int q = k->facts[b.facts[i]].question;
        if (i)
            html_lit(h, " · ");
        html_text(h, q >= 0 ? say(r, c, k->questions[q].text) : k->facts[b.facts[i]].name);
    }
    html_lit(h, " <span class=\"meta\">(");
    html_text(h, rule_id);
    html_lit(h, ")</span></li>\n");
}
