/* intake_json.c - the intake document (docs/intake.md): read whole, with every problem named; and written again.
 * SPDX-License-Identifier: AGPL-3.0-or-later
 */
#include <jansson.h>
#include <math.h>
#include <string.h>

#include "base/buf.h"
#include "base/jw.h"
#include "domain/intake.h"
#include "msg.h"

#define DOCUMENT_MAX (64u * 1024)
#define DEPTH_MAX 8

struct reading {
    const struct know *k;
    struct intake *in;
    struct arena *a;
    struct issues *problems;
};

static struct str json_text(const json_t *v)
{
    return (struct str){ json_string_value(v), json_string_length(v) };
}

/* jansson takes nesting up to 2048; a document of ours needs 2. */
static bool is_too_deep(struct str json)
{
    int depth = 0;
    bool in_text = false;
    for (size_t i = 0; i < json.n; i++) {
        char c = json.p[i];
        if (in_text) {
            if (c == '\\')
                i++; /* what follows a backslash ends no text */
            else
                in_text = c != '"';
        } else if (c == '"') {
            in_text = true;
        } else if (c == '{' || c == '[') {
            if (++depth > DEPTH_MAX)
                return true;
        } else if (c == '}' || c == ']') {
            depth--;
        }
    }
    return false;
}

static void read_regions(struct reading *r, const json_t *list, const char *name, struct region_set *out)
{
    size_t i;
    json_t *item;
    if (!json_is_array(list)) {
        issue_add(r->problems, str_fmt(r->a, "$.%s", name), MSG_INTAKE_LIST, STR(""));
        return;
    }
    json_array_foreach(list, i, item)
    {
        int region = json_is_string(item) ? know_region(r->k, json_text(item)) : -1;
        if (region >= 0)
            region_set_add(out, region);
        else
            issue_add(r->problems, str_fmt(r->a, "$.%s[%zu]", name, i), MSG_INTAKE_REGION,
                      json_is_string(item) ? json_text(item) : STR(""));
    }
}

/* Any JSON value of an answer as the text that intake_answer reads; false when it can be none. */
static bool answer_text(struct reading *r, const json_t *v, struct str *out)
{
    if (json_is_string(v))
        *out = json_text(v);
    else if (json_is_null(v))
        *out = STR("");
    else if (json_is_boolean(v))
        *out = json_is_true(v) ? STR("yes") : STR("no");
    else if (json_is_integer(v))
        *out = str_fmt(r->a, "%lld", (long long)json_integer_value(v));
    else if (json_is_real(v))
        *out = str_fmt(r->a, "%.6f", json_real_value(v));
    else
        return false;
    return true;
}

static void read_answers(struct reading *r, json_t *answers)
{
    const char *key;
    json_t *value;
    if (!json_is_object(answers)) {
        issue_add(r->problems, STR("$.answers"), MSG_INTAKE_OBJECT, STR(""));
        return;
    }
    json_object_foreach(answers, key, value)
    {
        struct str path = str_fmt(r->a, "$.answers.%s", key), text;
        int q = know_question(r->k, str_from(key));
        if (q < 0 || r->k->questions[q].derive)
            issue_add(r->problems, path, MSG_INTAKE_UNKNOWN, str_from(key));
        else if (!answer_text(r, value, &text))
            issue_add(r->problems, path, MSG_INTAKE_VALUE, STR(""));
        else
            intake_answer(r->in, r->k, q, text, path, r->problems);
    }
}

static void read_member(struct reading *r, const char *key, json_t *v)
{
    struct str path = str_fmt(r->a, "$.%s", key);
    if (strcmp(key, "tsubo_intake") == 0) {
        if (!json_is_integer(v) || json_integer_value(v) != 1)
            issue_add(r->problems, path, MSG_INTAKE_VERSION, STR("1"));
    } else if (strcmp(key, "lang") == 0) {
        if (!json_is_string(v) || !lang_parse(json_text(v), &r->in->lang))
            issue_add(r->problems, path, MSG_INTAKE_CHOICE, STR("en, ja, vi"));
    } else if (strcmp(key, "date") == 0) {
        if (!json_is_string(v) || !date_parse(json_text(v), &r->in->date))
            issue_add(r->problems, path, MSG_INTAKE_DATE, STR(""));
    } else if (strcmp(key, "pain") == 0) {
        read_regions(r, v, "pain", &r->in->pain);
    } else if (strcmp(key, "avoid") == 0) {
        read_regions(r, v, "avoid", &r->in->avoid);
    } else if (strcmp(key, "answers") == 0) {
        read_answers(r, v);
    } else {
        issue_add(r->problems, path, MSG_INTAKE_UNKNOWN, str_from(key));
    }
}

static bool read_root(struct reading *r, json_t *root, struct civil_date today)
{
    const char *key;
    json_t *value;
    if (!json_is_object(root))
        return issue_add(r->problems, STR("$"), MSG_INTAKE_OBJECT, STR(""));
    if (!json_object_get(root, "tsubo_intake"))
        issue_add(r->problems, STR("$.tsubo_intake"), MSG_INTAKE_VERSION, STR("1"));
    json_object_foreach(root, key, value) read_member(r, key, value);
    if (r->in->date.day > today.day)
        issue_add(r->problems, STR("$.date"), MSG_INTAKE_FUTURE, STR(""));
    intake_check(r->in, r->k, r->in->date, false, r->problems);
    return issues_none(r->problems);
}

bool intake_read_json(const struct know *k, struct str json, struct civil_date today, struct arena *a,
                      struct intake *out, struct issues *problems)
{
    struct intake *in = arena_one(a, struct intake);
    struct reading r = { k, in, a, problems };
    json_error_t fault;
    in->date = today;
    if (json.n > DOCUMENT_MAX)
        return issue_add(problems, STR("$"), MSG_INTAKE_TOO_LARGE, STR("64"));
    if (!str_is_utf8(json))
        return issue_add(problems, STR("$"), MSG_INTAKE_UTF8, STR(""));
    if (is_too_deep(json))
        return issue_add(problems, STR("$"), MSG_INTAKE_DEEP, STR(""));
    json_t *root = json_loadb(json.p, json.n, JSON_REJECT_DUPLICATES, &fault);
    if (!root)
        return issue_add(problems, STR("$"), MSG_INTAKE_SYNTAX, str_fmt(a, "%d:%d", fault.line, fault.column));
    bool ok = read_root(&r, root, today);
    json_decref(root);
    if (ok)
        *out = *in;
    return ok;
}

/* ---- writing ---- */

static void put_regions(struct jw *w, const struct know *k, const char *name, const struct region_set *s)
{
    jw_key(w, str_from(name));
    jw_array(w);
    for (size_t i = 0; i < k->n_regions; i++)
        if (region_set_has(s, (int)i))
            jw_str(w, k->regions[i].id);
    jw_array_end(w);
}

static void put_answer(struct jw *w, const struct question *q, const struct fact *f, struct arena *a)
{
    jw_key(w, q->id);
    switch (q->kind) {
    case ASKED_YES_NO:
        jw_str(w, f->number > 0 ? STR("yes") : STR("no"));
        break;
    case ASKED_DATE:
        jw_str(w, date_iso((struct civil_date){ (int32_t)f->number }, a));
        break;
    case ASKED_CHOICE:
        jw_str(w, f->code);
        break;
    case ASKED_NUMBER:
    case ASKED_SCALE:
        jw_double(w, f->number);
        break;
    }
}

struct str intake_to_json(const struct intake *in, const struct know *k, struct arena *a)
{
    struct buf b;
    struct jw w;
    buf_init(&b, DOCUMENT_MAX);
    jw_init(&w, &b, false);
    jw_object(&w);
    jw_kv_i64(&w, "tsubo_intake", 1);
    jw_kv_str(&w, "lang", lang_code(in->lang));
    jw_kv_str(&w, "date", date_iso(in->date, a));
    put_regions(&w, k, "pain", &in->pain);
    put_regions(&w, k, "avoid", &in->avoid);
    jw_key(&w, STR("answers"));
    jw_object(&w);
    for (size_t i = 0; i < k->n_questions; i++) {
        const struct question *q = &k->questions[i];
        if (in->asks_to_skip[q->fact])
            (jw_key(&w, q->id), jw_str(&w, STR("skip")));
        else if (in->answers.v[q->fact].state == FACT_KNOWN && !q->derive)
            put_answer(&w, q, &in->answers.v[q->fact], a);
    }
    jw_object_end(&w);
    jw_object_end(&w);
    struct str out = str_dup(a, buf_str(&b));
    buf_release(&b);
    return out;
}
