/* plan.c (web) - what this seems to be, the points on the picture, visits, costs, precautions, everyday steps, what is
 * known. SPDX-License-Identifier: AGPL-3.0-or-later
 *
 * Computed from the draft each time; nothing is stored. "Why?" stands on every item and names the rule's id.
 */
#include <math.h>

#include "svc/course.h"
#include "web/check.h"
#include "web/plan_parts.h"
#include "web/screens.h"

bool view_load(struct plan_view *v, struct req *r, struct resp *out)
{
    struct err e = { 0 };
    *v = (struct plan_view){ .r = r, .k = ((struct app *)r->app)->know };
    if (!svc_clinic(web_worker(r), &v->c, &e)) {
        web_fail(r, out, &e);
        return false;
    }
    draft_load(r, &v->in);
    struct plan_rules rules = svc_plan_rules(v->c);
    plan_make(v->k, &rules, &v->in, r->a, &v->plan);
    return true;
}

/* Enough answered for a plan: the required questions, a place, and all that cannot wait (answered or openly skipped).
 */
bool view_is_complete(struct plan_view *v)
{
    struct issues missing = { .a = v->r->a };
    intake_check(&v->in, v->k, svc_today(web_worker(v->r), v->c), true, &missing);
    for (size_t i = 0; i < v->k->n_questions; i++) {
        const struct question *q = &v->k->questions[i];
        bool is_urgent = q->is_red_flag && str_eq(q->page, STR("urgent"));
        if (is_urgent && v->in.answers.v[q->fact].state != FACT_KNOWN && !v->in.asks_to_skip[q->fact])
            return false;
    }
    return issues_none(&missing);
}

static struct str words_of(struct plan_view *v, struct text t)
{
    return say(v->r, v->c, t);
}

/* ---- what it seems to be ---- */

static void put_class_row(struct html *h, struct plan_view *v, int row, struct because why)
{
    const struct class_row *c = &v->k->classes[row];
    html_lit(h, "<div class=\"card\">\n");
    html_el(h, "h3", NULL, words_of(v, c->label));
    html_el(h, "p", NULL, words_of(v, c->explain));
    if (text_in(c->certainty, v->r->lang).n)
        html_el(h, "p", "meta", words_of(v, c->certainty));
    if (why.n) {
        html_lit(h, "<details class=\"why\"><summary>");
        html_text(h, T(v->r, MSG_WHY));
        html_lit(h, "</summary><ul>");
        put_because(h, v->r, v->k, v->c, why, c->id);
        html_lit(h, "</ul></details>\n");
    }
    html_lit(h, "</div>\n");
}

static void put_seems(struct html *h, struct plan_view *v)
{
    const struct classification *c = &v->plan.classes;
    html_lit(h, "<section>\n");
    html_el(h, "h2", NULL, T(v->r, MSG_PLAN_SEEMS));
    html_el(h, "p", "meta", T(v->r, MSG_PLAN_SEEMS_LEAD));
    html_lit(h, "<div class=\"grid\">\n");
    if (c->duration >= 0)
        put_class_row(h, v, c->duration, (struct because){ 0 });
    if (c->severity >= 0)
        put_class_row(h, v, c->severity, (struct because){ 0 });
    for (size_t i = 0; i < c->n_patterns; i++)
        if (c->patterns[i].is_sure)
            put_class_row(h, v, c->patterns[i].row, c->patterns[i].because);
    html_lit(h, "</div>\n</section>\n");
}

/* ---- points ---- */

static struct str point_name(struct plan_view *v, int point)
{
    const struct point *p = &v->k->points[point];
    if (v->r->lang == LANG_JA)
        return p->hanzi_ja;
    return v->r->lang == LANG_VI && p->vietnamese.n ? p->vietnamese : p->pinyin;
}

static enum msg side_msg(enum side s)
{
    return s == SIDE_RIGHT ? MSG_SIDE_RIGHT : s == SIDE_LEFT ? MSG_SIDE_LEFT : MSG_SIDE_MIDDLE;
}

/* Both sides of a point in one line: index of the other side's pick, or -1. */
static int twin_of(const struct points_plan *p, size_t i)
{
    for (size_t j = 0; j < p->n_picks; j++)
        if (j != i && p->picks[j].point == p->picks[i].point && p->picks[j].point >= 0)
            return (int)j;
    return -1;
}

static void put_pick_why(struct html *h, struct plan_view *v, const struct needle_pick *pick)
{
    html_lit(h, "<details class=\"why\"><summary>");
    html_text(h, T(v->r, MSG_WHY));
    html_lit(h, "</summary><ul>");
    for (size_t i = 0; i < pick->n_rules; i++) {
        const struct point_rule *rule = &v->k->point_rules[pick->rules[i]];
        html_lit(h, "<li>");
        html_text(h, words_of(v, rule->why));
        html_lit(h, " <span class=\"meta\">(");
        html_text(h, rule->id);
        html_lit(h, ", ");
        html_text(h, rule->evidence);
        html_lit(h, ")</span></li>\n");
    }
    for (size_t i = 0; i < pick->n_precautions; i++)
        html_el(h, "li", NULL, words_of(v, v->k->precautions[pick->precautions[i]].practitioner));
    html_lit(h, "</ul></details>");
}

static void put_pick(struct html *h, struct plan_view *v, size_t i)
{
    const struct points_plan *p = &v->plan.points;
    const struct needle_pick *pick = &p->picks[i];
    int twin = twin_of(p, i);
    if (twin >= 0 && (size_t)twin < i)
        return; /* said with its twin */
    html_lit(h, "<li><p><strong>");
    if (pick->point < 0) {
        html_text(h, T(v->r, MSG_PLAN_ASHI));
        html_lit(h, "</strong> <span class=\"meta\">");
        html_text(h, text_count(v->r->a, v->r->lang, MSG_PLAN_ASHI_COUNT, MSG_PLAN_ASHI_COUNT_ONE, pick->ashi_min,
                                pick->ashi_max, STR("")));
    } else {
        html_lit(h, "<a");
        html_href(h, web_path(v->r, str_fmt(v->r->a, "/points/%.*s", STR_ARG(v->k->points[pick->point].code)).p));
        html_lit(h, ">");
        html_text(h, v->k->points[pick->point].code);
        html_lit(h, " ");
        html_text(h, point_name(v, pick->point));
        html_lit(h, "</a></strong> <span class=\"meta\">");
        html_text(h, T(v->r, twin >= 0 ? MSG_SIDE_BOTH : side_msg(pick->side)));
    }
    html_lit(h, "</span></p>");
    put_pick_why(h, v, pick);
    html_lit(h, "</li>\n");
}

/* The marks of the pictures: every pick that is a point. */
size_t view_marks(struct plan_view *v, struct body_mark **out)
{
    const struct points_plan *p = &v->plan.points;
    struct body_mark *m = arena_array(v->r->a, struct body_mark, p->n_picks + 1);
    size_t n = 0;
    for (size_t i = 0; i < p->n_picks; i++)
        if (p->picks[i].point >= 0)
            m[n++] = (struct body_mark){ p->picks[i].point, p->picks[i].side, v->k->points[p->picks[i].point].code,
                                         p->picks[i].is_principal };
    *out = m;
    return n;
}

static void put_pictures(struct html *h, struct plan_view *v)
{
    struct body_mark *marks;
    size_t n = view_marks(v, &marks);
    enum picture which[PICTURE__COUNT];
    size_t pictures = body_pictures(v->k, marks, n, which, 2);
    for (size_t i = 0; i < pictures && i < 2; i++) {
        struct body_picture p = { .which = which[i],
                                  .lang = v->r->lang,
                                  .marks = marks,
                                  .n_marks = n,
                                  .pain = &v->in.pain,
                                  .title = T(v->r, MSG_PLAN_PICTURE) };
        html_lit(h, "<figure class=\"figure-body card\">\n");
        body_svg(v->k, &p, h->out);
        html_lit(h, "</figure>\n");
    }
}

static void put_left_out(struct html *h, struct plan_view *v)
{
    const struct points_plan *p = &v->plan.points;
    static const enum msg whys[] = { MSG_LEFT_PRECAUTION, MSG_LEFT_BUDGET, MSG_LEFT_POSITION, MSG_LEFT_NOT_CHOSEN };
    if (p->n_left == 0)
        return;
    html_lit(h, "<details class=\"why\"><summary>");
    html_text(h, T(v->r, MSG_PLAN_LEFT_OUT));
    html_lit(h, "</summary><ul>\n");
    for (size_t i = 0; i < p->n_left; i++) {
        const struct left_out *l = &p->left[i];
        html_lit(h, "<li>");
        html_text(h, l->point >= 0 ? v->k->points[l->point].code : T(v->r, MSG_PLAN_ASHI));
        if (l->point >= 0) {
            html_lit(h, " (");
            html_text(h, T(v->r, side_msg(l->side)));
            html_lit(h, ")");
        }
        html_lit(h, ": ");
        html_text(h, l->row >= 0 ? words_of(v, v->k->precautions[l->row].condition) : T(v->r, whys[l->why]));
        html_lit(h, "</li>\n");
    }
    html_lit(h, "</ul></details>\n");
}

static enum msg position_msg(enum position p)
{
    static const enum msg names[] = { MSG_POSITION_PRONE, MSG_POSITION_SUPINE, MSG_POSITION_SIDE,
                                      MSG_POSITION_SITTING };
    return names[p];
}

static void put_points(struct html *h, struct plan_view *v)
{
    const struct points_plan *p = &v->plan.points;
    if (p->is_refused)
        return;
    html_lit(h, "<section class=\"split wide-left\">\n<div>\n");
    html_el(h, "h2", NULL, T(v->r, MSG_PLAN_POINTS));
    html_el(h, "p", NULL,
            text_count(v->r->a, v->r->lang, MSG_PLAN_NEEDLES, MSG_PLAN_NEEDLES_ONE, p->needles, p->needles_most,
                       T(v->r, position_msg(p->position))));
    html_el(h, "p", "meta", T(v->r, MSG_PLAN_POINTS_HONEST));
    html_lit(h, "<ul class=\"list-plain points\">\n");
    for (size_t i = 0; i < p->n_picks; i++)
        put_pick(h, v, i);
    html_lit(h, "</ul>\n");
    put_left_out(h, v);
    html_lit(h, "</div>\n<div>\n");
    put_pictures(h, v);
    html_lit(h, "</div>\n</section>\n");
}

/* ---- visits ---- */

struct str course_gap_words(struct req *r, struct gap_days g)
{
    struct str a = str_fmt(r->a, "%d", g.min), b = str_fmt(r->a, "%d", g.max);
    return g.min == g.max ? text_say(r->a, r->lang, MSG_PLAN_GAP_ONE, a) : text_say(r->a, r->lang, MSG_PLAN_GAP, a, b);
}

static void put_visits(struct html *h, struct plan_view *v)
{
    const struct course_shape *s = &v->plan.course;
    struct req *r = v->r;
    int service = clinic_service(v->c, STR("treatment"));
    struct money total = { 0, v->c->currency };
    html_lit(h, "<section>\n");
    html_el(h, "h2", NULL, T(r, MSG_PLAN_VISITS));
    if (s->house_row >= 0) {
        html_el(h, "p", "lead", words_of(v, v->k->doses[s->house_row].label));
        html_el(h, "p", NULL, words_of(v, v->k->doses[s->house_row].why));
    }
    html_lit(h, "<ul>\n");
    html_el(h, "li", NULL, text_say(r->a, r->lang, MSG_PLAN_BOOK_NOW, str_fmt(r->a, "%d", s->book_now)));
    if (s->book_now > 1)
        html_el(h, "li", NULL, course_gap_words(r, s->gaps[1]));
    for (size_t i = 0; i < s->n_reviews; i++)
        html_el(h, "li", NULL, text_say(r->a, r->lang, MSG_PLAN_REVIEW, str_fmt(r->a, "%d", s->reviews[i])));
    if (service >= 0 && money_times(v->c->services[service].price, s->book_now, &total))
        html_el(h, "li", NULL,
                text_say(r->a, r->lang, MSG_PLAN_PRICE, text_money(r->lang, v->c->services[service].price, r->a),
                         text_money(r->lang, total, r->a)));
    html_lit(h, "</ul>\n<details class=\"why\"><summary>");
    html_text(h, T(r, MSG_WHY));
    html_lit(h, "</summary>\n<p>");
    html_text(h, words_of(v, v->k->protocols[s->protocol].plain));
    html_lit(h, " <span class=\"meta\">(");
    html_text(h, v->k->protocols[s->protocol].id);
    html_lit(h, ")</span></p>\n<p class=\"meta\">");
    html_text(h, v->k->protocols[s->protocol].citation);
    html_lit(h, "</p></details>\n</section>\n");
}

/* ---- precautions, everyday steps, what is known ---- */

/* Rows that differ only in what the practitioner does say the same to the person: once is enough. */
static bool was_said(struct plan_view *v, size_t i)
{
    const struct safety *s = &v->plan.safety;
    struct text now = v->k->precautions[s->hits[i].row].patient;
    for (size_t j = 0; j < i; j++)
        if (str_eq(text_in(v->k->precautions[s->hits[j].row].patient, v->r->lang), text_in(now, v->r->lang)))
            return true;
    return false;
}

static void put_precautions(struct html *h, struct plan_view *v)
{
    const struct safety *s = &v->plan.safety;
    if (s->n_hits == 0)
        return;
    html_lit(h, "<section>\n");
    html_el(h, "h2", NULL, T(v->r, MSG_PLAN_PRECAUTIONS));
    for (size_t i = 0; i < s->n_hits; i++) {
        const struct precaution *p = &v->k->precautions[s->hits[i].row];
        bool is_block = p->action == PRECAUTION_BLOCK;
        if (text_in(p->patient, v->r->lang).n == 0 || was_said(v, i))
            continue;
        notice(h, is_block ? "danger" : "warn", words_of(v, p->condition), words_of(v, p->patient));
    }
    html_lit(h, "</section>\n");
}

static void put_lifestyle(struct html *h, struct plan_view *v)
{
    const struct lifestyle *l = &v->plan.lifestyle;
    struct req *r = v->r;
    html_lit(h, "<section>\n");
    html_el(h, "h2", NULL, T(r, MSG_PLAN_LIFE));
    html_el(h, "p", "meta", T(r, MSG_PLAN_LIFE_LEAD));
    html_lit(h, "<div class=\"grid\">\n");
    for (int first = 1; first >= 0; first--)
        for (size_t i = 0; i < l->n_picks; i++) {
            const struct lifestyle_action *act = &v->k->actions[l->picks[i].action];
            if (l->picks[i].is_first != (first == 1))
                continue;
            html_lit(h, "<div class=\"card\">\n");
            if (first)
                html_el(h, "span", "badge good", T(r, MSG_PLAN_LIFE_FIRST));
            html_el(h, "p", "meta", words_of(v, v->k->domains[l->picks[i].domain].label));
            html_el(h, "h3", NULL, words_of(v, act->action));
            html_el(h, "p", NULL, words_of(v, act->dose));
            if (text_in(act->caution, r->lang).n)
                html_el(h, "p", "small", words_of(v, act->caution));
            html_lit(h, "<details class=\"why\"><summary>");
            html_text(h, T(r, MSG_WHY));
            html_lit(h, "</summary><p>");
            html_text(h, words_of(v, act->effect));
            html_lit(h, " <span class=\"meta\">(");
            html_text(h, act->id);
            html_lit(h, ", ");
            html_text(h, text_say(r->a, r->lang, MSG_PLAN_GRADE, act->grade));
            html_lit(h, ")</span></p></details>\n</div>\n");
        }
    html_lit(h, "</div>\n</section>\n");
}

static void put_known(struct html *h, struct plan_view *v)
{
    static const struct str topics[] = { STR_INIT("effect"), STR_INIT("new_pain"), STR_INIT("no_improvement"),
                                         STR_INIT("harms") };
    html_lit(h, "<section>\n");
    html_el(h, "h2", NULL, T(v->r, MSG_PLAN_KNOWN));
    for (size_t i = 0; i < v->k->n_expectations; i++) {
        const struct words *w = &v->k->expectations[i];
        bool is_here = false;
        for (size_t t = 0; t < ARRAY_LEN(topics); t++)
            is_here |= str_eq(w->topic, topics[t]);
        if (!is_here)
            continue;
        html_el(h, "h3", NULL, words_of(v, w->title));
        html_paras(h, NULL, words_of(v, w->text));
    }
    html_lit(h, "<p><a");
    html_href(h, web_path(v->r, "/evidence"));
    html_lit(h, ">");
    html_text(h, T(v->r, MSG_PLAN_EVIDENCE));
    html_lit(h, "</a></p>\n</section>\n");
}

static void put_safety_net(struct html *h, struct plan_view *v)
{
    notice(h, "danger", STR(""), words_of(v, know_safety(v->k, STR("always"))));
}

static void put_actions(struct html *h, struct plan_view *v)
{
    struct req *r = v->r;
    html_lit(h, "<div class=\"actions\">\n");
    if (v->plan.may_book) {
        html_lit(h, "<a class=\"btn\"");
        html_href(h, web_path(r, "/book"));
        html_lit(h, ">");
        html_text(h, T(r, MSG_PLAN_BOOK));
        html_lit(h, "</a>\n");
    }
    html_lit(h, "<a class=\"btn secondary\"");
    html_href(h, web_path(r, "/plan/print"));
    html_lit(h, ">");
    html_text(h, T(r, MSG_PLAN_PRINT));
    html_lit(h, "</a>\n<a class=\"btn quiet\"");
    html_href(h, web_path(r, "/check"));
    html_lit(h, ">");
    html_text(h, T(r, MSG_PLAN_CHANGE));
    html_lit(h, "</a>\n</div>\n");
}

/* Rules approved by the responsible practitioner, or a plain word that they are not yet. */
static void put_approval(struct html *h, struct plan_view *v)
{
    if (!str_eq(v->c->rules_version, v->k->version))
        html_el(h, "p", "meta", T(v->r, MSG_PLAN_NOT_APPROVED));
}

static void put_open(struct html *h, struct plan_view *v)
{
    const struct triage *t = &v->plan.triage;
    if (t->may_level <= t->level || t->n_open == 0)
        return;
    html_lit(h, "<div class=\"notice warn\">\n");
    html_el(h, "p", "notice-title", words_of(v, know_safety(v->k, STR("incomplete"))));
    html_lit(h, "<ul>\n");
    for (size_t i = 0; i < t->n_open && i < 6; i++)
        put_because(h, v->r, v->k, v->c, t->open[i].because, v->k->triage[t->open[i].rule].id);
    html_lit(h, "</ul>\n</div>\n");
}

static void show_plan(struct plan_view *v, struct resp *out, bool is_print)
{
    struct page p;
    struct req *r = v->r;
    if (!page_begin(&p, r, out, T(r, MSG_PLAN_TITLE), NAV_CHECK))
        return;
    struct html *h = &p.h;
    html_lit(h, "<div class=\"stack\">\n");
    html_el(h, "h1", NULL, T(r, MSG_PLAN_TITLE));
    put_triage(h, r, v->k, v->c, &v->plan.triage);
    put_open(h, v);
    if (!is_print)
        put_actions(h, v);
    put_precautions(h, v);
    put_seems(h, v);
    if (v->plan.may_book) {
        put_points(h, v);
        put_visits(h, v);
    }
    if (v->plan.triage.level < URGENCY_SAME_DAY)
        put_lifestyle(h, v);
    put_known(h, v);
    put_safety_net(h, v);
    put_approval(h, v);
    html_el(h, "p", "meta", text_say(r->a, r->lang, MSG_PLAN_VERSION, v->plan.data_version));
    html_lit(h, "</div>\n");
    page_end(&p, r);
}

static void plan_page(struct req *r, struct resp *out, bool is_print)
{
    struct plan_view v;
    if (!view_load(&v, r, out))
        return;
    if (v.plan.triage.level == URGENCY_EMERGENCY)
        resp_redirect(r, out, web_path(r, "/check-stop"));
    else if (!view_is_complete(&v))
        resp_redirect(r, out, web_path(r, "/check"));
    else
        show_plan(&v, out, is_print);
}

void page_plan(struct req *r, struct resp *out)
{
    plan_page(r, out, false);
}

void page_plan_print(struct req *r, struct resp *out)
{
    plan_page(r, out, true);
}
