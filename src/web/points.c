/* points.c (web) - the atlas: every point, searchable, each with its picture.
 * SPDX-License-Identifier: AGPL-3.0-or-later
 */
#include <string.h>

#include "engine/body.h"
#include "svc/fold.h"
#include "web/screens.h"

static const struct know *know_of(struct req *r)
{
    return ((struct app *)r->app)->know;
}

static struct str meridian_name(struct req *r, const struct meridian *m)
{
    if (r->lang == LANG_JA)
        return m->hanzi_ja;
    return r->lang == LANG_VI ? m->vietnamese : m->english;
}

/* ---- the list ---- */

struct wanted {
    struct str q, meridian, role;
};

/* Every name of a point, folded the same way as the question. */
static bool matches(struct req *r, const struct point *p, const struct wanted *w)
{
    if (w->meridian.n && !str_eq(p->meridian, w->meridian))
        return false;
    if (w->role.n && (str_eq(w->role, STR("back")) ? str_eq(p->lbp_role, STR("none")) : !str_eq(p->lbp_role, w->role)))
        return false;
    if (w->q.n == 0)
        return true;
    const struct str names[] = { p->code, p->pinyin, p->hanzi,      p->hanzi_ja,
                                 p->kana, p->romaji, p->vietnamese, p->english };
    for (size_t i = 0; i < ARRAY_LEN(names); i++)
        if (str_has(fold(names[i], r->a), w->q))
            return true;
    return false;
}

static void put_search(struct html *h, struct req *r, const struct wanted *w, struct str typed)
{
    const struct know *k = know_of(r);
    struct choice *m = arena_array(r->a, struct choice, k->n_meridians + 2);
    struct field q = {
        .name = STR("q"), .label = T(r, MSG_POINTS_SEARCH), .hint = T(r, MSG_POINTS_SEARCH_HINT), .value = typed
    };
    struct field meridian = { .name = STR("meridian"), .label = T(r, MSG_POINTS_MERIDIAN), .value = w->meridian };
    struct field role = { .name = STR("role"), .label = T(r, MSG_POINTS_ROLE), .value = w->role };
    const struct choice roles[] = { { STR("back"), T(r, MSG_POINTS_ROLE_BACK), STR("") },
                                    { STR(""), T(r, MSG_POINTS_ROLE_ALL), STR("") } };
    m[0] = (struct choice){ STR(""), T(r, MSG_POINTS_ALL), STR("") };
    for (size_t i = 0; i < k->n_meridians; i++)
        m[i + 1] = (struct choice){ k->meridians[i].code, meridian_name(r, &k->meridians[i]), STR("") };
    m[k->n_meridians + 1] = (struct choice){ STR("EX"), T(r, MSG_POINTS_EXTRA), STR("") };
    html_lit(h, "<form method=\"get\" class=\"search grid\">\n");
    field_text(h, "search", &q);
    field_select(h, &meridian, m, k->n_meridians + 2);
    field_select(h, &role, roles, 2);
    html_lit(h, "<div class=\"actions\"><button>");
    html_text(h, T(r, MSG_POINTS_FIND));
    html_lit(h, "</button></div>\n</form>\n");
}

static void put_line(struct html *h, struct req *r, const struct point *p)
{
    html_lit(h, "<li><a");
    html_href(h, web_path(r, str_fmt(r->a, "/points/%.*s", STR_ARG(p->code)).p));
    html_lit(h, "><strong>");
    html_text(h, p->code);
    html_lit(h, "</strong> <span lang=\"ja\">");
    html_text(h, p->hanzi_ja);
    html_lit(h, "</span> <span class=\"meta\">");
    html_text(h, r->lang == LANG_JA ? p->kana : r->lang == LANG_VI && p->vietnamese.n ? p->vietnamese : p->pinyin);
    html_lit(h, "</span></a></li>\n");
}

void page_points(struct req *r, struct resp *out)
{
    struct page p;
    const struct know *k = know_of(r);
    const struct form *f = web_query(r);
    struct str typed = str_sub(form_get(f, STR("q")), 0, 60);
    struct wanted w = { fold(str_is_utf8(typed) ? typed : STR(""), r->a), form_get(f, STR("meridian")),
                        form_get(f, STR("role")) };
    size_t n = 0;
    if (!form_has(f, STR("role")))
        w.role = STR("back");
    if (!page_begin(&p, r, out, T(r, MSG_NAV_POINTS), NAV_POINTS))
        return;
    html_el(&p.h, "h1", NULL, T(r, MSG_POINTS_TITLE));
    html_el(&p.h, "p", "lead", T(r, MSG_POINTS_LEAD));
    put_search(&p.h, r, &w, typed);
    html_lit(&p.h, "<ul class=\"list-plain point-list\">\n");
    for (size_t i = 0; i < k->n_points; i++)
        if (matches(r, &k->points[i], &w)) {
            put_line(&p.h, r, &k->points[i]);
            n++;
        }
    html_lit(&p.h, "</ul>\n");
    html_el(&p.h, "p", "meta", text_say(r->a, r->lang, MSG_POINTS_COUNT, str_fmt(r->a, "%zu", n)));
    page_end(&p, r);
}

/* ---- one point ---- */

static void put_row(struct html *h, struct str name, struct str value)
{
    if (value.n == 0)
        return;
    html_lit(h, "<tr><th scope=\"row\">");
    html_text(h, name);
    html_lit(h, "</th><td>");
    html_text(h, value);
    html_lit(h, "</td></tr>\n");
}

static struct str role_words(struct req *r, struct str role)
{
    static const struct {
        struct str id;
        enum msg m;
    } roles[] = { { STR_INIT("local"), MSG_ROLE_LOCAL },
                  { STR_INIT("distal_bladder"), MSG_ROLE_BLADDER },
                  { STR_INIT("distal_gallbladder"), MSG_ROLE_GALLBLADDER },
                  { STR_INIT("governing"), MSG_ROLE_GOVERNING },
                  { STR_INIT("kidney"), MSG_ROLE_KIDNEY },
                  { STR_INIT("general_pain"), MSG_ROLE_GENERAL } };
    for (size_t i = 0; i < ARRAY_LEN(roles); i++)
        if (str_eq(roles[i].id, role))
            return T(r, roles[i].m);
    return STR("");
}

static struct str caution_words(struct req *r, struct str codes)
{
    static const struct {
        struct str id;
        enum msg m;
    } words[] = { { STR_INIT("pregnancy"), MSG_CAUTION_PREGNANCY },
                  { STR_INIT("pneumothorax"), MSG_CAUTION_PNEUMOTHORAX },
                  { STR_INIT("spinal_cord"), MSG_CAUTION_SPINAL_CORD },
                  { STR_INIT("spinal_canal"), MSG_CAUTION_SPINAL_CANAL },
                  { STR_INIT("medulla"), MSG_CAUTION_MEDULLA },
                  { STR_INIT("heart"), MSG_CAUTION_HEART },
                  { STR_INIT("liver"), MSG_CAUTION_LIVER },
                  { STR_INIT("kidney"), MSG_CAUTION_KIDNEY },
                  { STR_INIT("bladder"), MSG_CAUTION_BLADDER },
                  { STR_INIT("peritoneum"), MSG_CAUTION_PERITONEUM },
                  { STR_INIT("artery"), MSG_CAUTION_ARTERY },
                  { STR_INIT("vein"), MSG_CAUTION_VEIN },
                  { STR_INIT("nerve"), MSG_CAUTION_NERVE },
                  { STR_INIT("eye"), MSG_CAUTION_EYE },
                  { STR_INIT("fontanelle"), MSG_CAUTION_FONTANELLE },
                  { STR_INIT("infection"), MSG_CAUTION_INFECTION },
                  { STR_INIT("no_needle"), MSG_CAUTION_NO_NEEDLE },
                  { STR_INIT("no_moxa"), MSG_CAUTION_NO_MOXA } };
    struct str out = STR(""), code;
    while (str_next(&codes, ',', &code))
        for (size_t i = 0; i < ARRAY_LEN(words); i++)
            if (str_eq(words[i].id, code))
                out = str_fmt(r->a, "%.*s%s%.*s", STR_ARG(out), out.n ? " · " : "", STR_ARG(T(r, words[i].m)));
    return out;
}

static void put_facts(struct html *h, struct req *r, const struct point *p)
{
    const struct know *k = know_of(r);
    int m = know_meridian(k, p->meridian);
    struct str where = text_in(p->location, r->lang).n ? text_in(p->location, r->lang) : text_in(p->location, LANG_EN);
    struct str depth = p->depth_min_mm >= 0
                           ? text_say(r->a, r->lang, MSG_POINT_DEPTH_MM, str_fmt(r->a, "%d", p->depth_min_mm),
                                      str_fmt(r->a, "%d", p->depth_max_mm))
                           : STR("");
    html_lit(h, "<table><tbody>\n");
    put_row(h, T(r, MSG_POINT_WHERE), where);
    put_row(h, T(r, MSG_POINTS_MERIDIAN), m >= 0 ? meridian_name(r, &k->meridians[m]) : T(r, MSG_POINTS_EXTRA));
    put_row(h, T(r, MSG_POINT_ROLE), role_words(r, p->lbp_role));
    put_row(h, T(r, MSG_POINT_DEPTH), depth);
    put_row(h, T(r, MSG_POINT_CAUTION), caution_words(r, p->cautions));
    put_row(h, STR("Pinyin"), p->pinyin);
    put_row(h, STR("漢字"), p->hanzi);
    put_row(h, STR("日本語"),
            p->kana.n ? str_fmt(r->a, "%.*s（%.*s）", STR_ARG(p->hanzi_ja), STR_ARG(p->kana)) : p->hanzi_ja);
    put_row(h, STR("Rōmaji"), p->romaji);
    put_row(h, STR("Tiếng Việt"), p->vietnamese);
    put_row(h, STR("English"), p->english);
    html_lit(h, "</tbody></table>\n");
}

static void put_picture(struct html *h, struct req *r, int point)
{
    const struct know *k = know_of(r);
    const struct point *p = &k->points[point];
    const struct body_mark marks[] = { { point, p->is_bilateral ? SIDE_RIGHT : SIDE_MIDLINE, p->code, true },
                                       { point, SIDE_LEFT, p->code, true } };
    size_t n = p->is_bilateral ? 2 : 1;
    enum picture which[2];
    size_t found = body_pictures(k, marks, n, which, 1);
    for (size_t i = 0; i < found && i < 1; i++) {
        struct body_picture picture = { .which = which[i],
                                        .lang = r->lang,
                                        .marks = marks,
                                        .n_marks = n,
                                        .title = str_fmt(r->a, "%.*s %.*s", STR_ARG(p->code), STR_ARG(p->hanzi_ja)) };
        html_lit(h, "<figure class=\"figure-body card\">\n");
        body_svg(k, &picture, h->out);
        html_lit(h, "</figure>\n");
    }
}

static void put_neighbour(struct html *h, struct req *r, int point, bool is_next)
{
    const struct know *k = know_of(r);
    if (point < 0 || (size_t)point >= k->n_points)
        return;
    html_lit(h, "<a class=\"btn quiet\"");
    html_attr(h, "rel", is_next ? STR("next") : STR("prev"));
    html_href(h, web_path(r, str_fmt(r->a, "/points/%.*s", STR_ARG(k->points[point].code)).p));
    html_lit(h, ">");
    html_text(h, is_next ? STR("") : STR("← "));
    html_text(h, k->points[point].code);
    html_text(h, is_next ? STR(" →") : STR(""));
    html_lit(h, "</a>\n");
}

void page_point(struct req *r, struct resp *out)
{
    struct page p;
    const struct know *k = know_of(r);
    int point = know_point(k, r->params[1]);
    if (point < 0) {
        web_error(r, out, 404);
        return;
    }
    const struct point *x = &k->points[point];
    struct str title =
        str_fmt(r->a, "%.*s %.*s", STR_ARG(x->code), STR_ARG(r->lang == LANG_JA ? x->hanzi_ja : x->pinyin));
    if (!page_begin(&p, r, out, title, NAV_POINTS))
        return;
    html_lit(&p.h, "<h1>");
    html_text(&p.h, x->code);
    html_lit(&p.h, " <span lang=\"ja\">");
    html_ruby(&p.h, x->hanzi_ja, x->kana);
    html_lit(&p.h, "</span></h1>\n<div class=\"split\">\n<div>\n");
    put_facts(&p.h, r, x);
    html_el(&p.h, "p", "meta", T(r, MSG_POINT_NOTE));
    html_lit(&p.h, "<div class=\"actions\">\n");
    put_neighbour(&p.h, r, point - 1, false);
    put_neighbour(&p.h, r, point + 1, true);
    html_lit(&p.h, "</div>\n</div>\n<div>\n");
    put_picture(&p.h, r, point);
    html_lit(&p.h, "</div>\n</div>\n");
    page_end(&p, r);
}
