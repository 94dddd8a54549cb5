/* rule.c - the rule language of the clinical tables: parsed once, evaluated for one person.
 * SPDX-License-Identifier: AGPL-3.0-or-later
 */
#include "know/rule.h"

#include <string.h>

#include "base/must.h"
#include "know/know.h"

enum node_kind { NODE_TRUE, NODE_FACT, NODE_RULE, NODE_COMPARE, NODE_NOT, NODE_AND, NODE_OR, NODE_COUNT };
enum cmp { CMP_EQ, CMP_NE, CMP_LE, CMP_GE, CMP_LT, CMP_GT };

struct rule {
    enum node_kind kind;
    enum cmp cmp;    /* COMPARE, COUNT */
    int fact;        /* FACT, COMPARE: a fact; RULE: a triage rule */
    int other;       /* COMPARE: the fact on the right, -1: number or code */
    double number;   /* COMPARE, COUNT */
    struct str code; /* COMPARE of a choice */
    const struct rule **kids;
    size_t n_kids;
};

/* ---- parsing ---- */

#define DEPTH_MAX 64

struct parser {
    const struct know *k;
    struct str src;
    size_t at; /* bytes read */
    int depth;
    struct arena *a;
    struct rule_error *err;
};

typedef LIST(const struct rule *) rule_list;

static const struct rule *parse_or(struct parser *p);

static bool is_word(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '.';
}

static void skip_blanks(struct parser *p)
{
    while (p->at < p->src.n && p->src.p[p->at] == ' ')
        p->at++;
}

/* The word at the cursor (a name, code, number or keyword), without moving; empty before a sign or at the end. */
static struct str peek_word(struct parser *p)
{
    skip_blanks(p);
    size_t end = p->at;
    if (end + 1 < p->src.n && p->src.p[end] == '-' && is_word(p->src.p[end + 1]))
        end++;
    while (end < p->src.n && is_word(p->src.p[end]))
        end++;
    return str_sub(p->src, p->at, end);
}

/* What stands at the cursor, for a message: a word, a sign or nothing. */
static struct str peek_any(struct parser *p)
{
    struct str w = peek_word(p);
    return w.n ? w : str_sub(p->src, p->at, p->at + 1);
}

static const struct rule *fail(struct parser *p, const char *what)
{
    struct str token = peek_any(p);
    *p->err = (struct rule_error){ p->at + 1, what, token };
    return NULL;
}

static bool take_char(struct parser *p, char c)
{
    skip_blanks(p);
    if (p->at >= p->src.n || p->src.p[p->at] != c)
        return false;
    p->at++;
    return true;
}

static bool take_word(struct parser *p, struct str word)
{
    if (!str_eq(peek_word(p), word))
        return false;
    p->at += word.n;
    return true;
}

static bool take_cmp(struct parser *p, enum cmp *out)
{
    /* the long signs first: "<=" begins with "<" */
    static const struct {
        struct str sign;
        enum cmp cmp;
    } signs[] = { { STR_INIT("!="), CMP_NE }, { STR_INIT("<="), CMP_LE }, { STR_INIT(">="), CMP_GE },
                  { STR_INIT("="), CMP_EQ },  { STR_INIT("<"), CMP_LT },  { STR_INIT(">"), CMP_GT } };
    skip_blanks(p);
    struct str rest = str_sub(p->src, p->at, p->src.n);
    for (size_t i = 0; i < ARRAY_LEN(signs); i++)
        if (str_starts(rest, signs[i].sign)) {
            p->at += signs[i].sign.n;
            *out = signs[i].cmp;
            return true;
        }
    return false;
}

static struct rule *new_node(struct parser *p, enum node_kind kind)
{
    struct rule *r = arena_one(p->a, struct rule);
    r->kind = kind;
    r->fact = r->other = -1;
    return r;
}

static const struct rule *join(struct parser *p, enum node_kind kind, rule_list *kids)
{
    if (kids->n == 1 && kind != NODE_COUNT)
        return kids->v[0];
    struct rule *r = new_node(p, kind);
    r->kids = kids->v;
    r->n_kids = kids->n;
    return r;
}

/* "(" expr, ... ")" after ANY or COUNT. */
static bool parse_list(struct parser *p, rule_list *out)
{
    if (!take_char(p, '('))
        return fail(p, "expected ( after ANY or COUNT");
    do {
        const struct rule *kid = parse_or(p);
        if (!kid)
            return false;
        *list_push(out, p->a) = kid;
    } while (take_char(p, ','));
    return take_char(p, ')') || fail(p, "expected , or )");
}

static const struct rule *parse_any(struct parser *p)
{
    rule_list kids = { 0 };
    return parse_list(p, &kids) ? join(p, NODE_OR, &kids) : NULL;
}

static const struct rule *parse_count(struct parser *p)
{
    rule_list kids = { 0 };
    enum cmp cmp;
    double number;
    if (!parse_list(p, &kids))
        return NULL;
    if (!take_cmp(p, &cmp))
        return fail(p, "COUNT needs a comparison");
    if (!str_to_double(peek_word(p), &number))
        return fail(p, "COUNT is compared with a number");
    p->at += peek_word(p).n;
    struct rule *r = new_node(p, NODE_COUNT);
    r->kids = kids.v;
    r->n_kids = kids.n;
    r->cmp = cmp;
    r->number = number;
    return r;
}

static bool is_option(const struct know *k, int fact, struct str code)
{
    int q = k->facts[fact].question;
    if (q < 0)
        return true; /* a derived choice: its codes are not listed */
    for (size_t i = 0; i < k->questions[q].n_options; i++)
        if (str_eq(k->questions[q].options[i].code, code))
            return true;
    return false;
}

static bool is_ordered(enum fact_kind kind)
{
    return kind == FACT_NUMBER || kind == FACT_DATE;
}

/* What stands right of the comparison of a number or date: a number, or another of the same kind. */
static bool parse_measure(struct parser *p, struct rule *r)
{
    struct str word = peek_word(p);
    r->other = know_fact(p->k, word);
    bool is_name = r->other >= 0 && p->k->facts[r->other].kind == p->k->facts[r->fact].kind;
    if (!is_name && (p->k->facts[r->fact].kind == FACT_DATE || !str_to_double(word, &r->number)))
        return fail(p, "expected a number or the name of a number");
    p->at += word.n;
    return true;
}

static bool parse_code(struct parser *p, struct rule *r)
{
    struct str word = peek_word(p);
    if (r->cmp != CMP_EQ && r->cmp != CMP_NE)
        return fail(p, "a choice is compared by = or != only");
    if (!word.n || !is_option(p->k, r->fact, word))
        return fail(p, "not an option of this question");
    r->code = word;
    p->at += word.n;
    return true;
}

/* After the name of a number, date or choice. */
static const struct rule *parse_compare(struct parser *p, int fact)
{
    struct rule *r = new_node(p, NODE_COMPARE);
    r->fact = fact;
    if (!take_cmp(p, &r->cmp))
        return fail(p, "this name needs a comparison");
    return (is_ordered(p->k->facts[fact].kind) ? parse_measure(p, r) : parse_code(p, r)) ? r : NULL;
}

/* A name that means yes: of a yes/no fact or of a triage rule. */
static const struct rule *parse_bare(struct parser *p, enum node_kind kind, int index, size_t start)
{
    enum cmp ignored;
    if (take_cmp(p, &ignored)) {
        p->at = start;
        return fail(p, "a yes/no name stands alone");
    }
    struct rule *r = new_node(p, kind);
    r->fact = index;
    return r;
}

static const struct rule *parse_name(struct parser *p)
{
    struct str name = peek_word(p);
    int rule = know_triage_rule(p->k, name), fact = know_fact(p->k, name);
    size_t start = p->at;
    if (name.n == 0)
        return fail(p, "expected a name");
    if (rule < 0 && fact < 0)
        return fail(p, "unknown name");
    p->at += name.n;
    if (rule >= 0)
        return parse_bare(p, NODE_RULE, rule, start);
    if (p->k->facts[fact].kind == FACT_YES_NO)
        return parse_bare(p, NODE_FACT, fact, start);
    return parse_compare(p, fact);
}

static const struct rule *parse_atom(struct parser *p)
{
    if (take_char(p, '(')) {
        const struct rule *r = parse_or(p);
        if (!r || take_char(p, ')'))
            return r;
        return fail(p, "expected )");
    }
    if (take_word(p, STR("ANY")))
        return parse_any(p);
    if (take_word(p, STR("COUNT")))
        return parse_count(p);
    if (take_word(p, STR("TRUE")))
        return new_node(p, NODE_TRUE);
    return parse_name(p);
}

static const struct rule *parse_not(struct parser *p)
{
    const struct rule *kid;
    if (p->depth == DEPTH_MAX)
        return fail(p, "nested too deeply");
    p->depth++;
    if (take_word(p, STR("NOT"))) {
        kid = parse_not(p);
        if (kid) {
            struct rule *r = new_node(p, NODE_NOT);
            r->kids = arena_array(p->a, const struct rule *, 1);
            r->kids[0] = kid;
            r->n_kids = 1;
            kid = r;
        }
    } else {
        kid = parse_atom(p);
    }
    p->depth--;
    return kid;
}

static const struct rule *parse_and(struct parser *p)
{
    rule_list kids = { 0 };
    do {
        const struct rule *kid = parse_not(p);
        if (!kid)
            return NULL;
        *list_push(&kids, p->a) = kid;
    } while (take_word(p, STR("AND")));
    return join(p, NODE_AND, &kids);
}

static const struct rule *parse_or(struct parser *p)
{
    rule_list kids = { 0 };
    do {
        const struct rule *kid = parse_and(p);
        if (!kid)
            return NULL;
        *list_push(&kids, p->a) = kid;
    } while (take_word(p, STR("OR")));
    return join(p, NODE_OR, &kids);
}

const struct rule *rule_parse(const struct know *k, struct str source, struct arena *a, struct rule_error *err)
{
    struct parser p = { k, source, 0, 0, a, err };
    const struct rule *r = parse_or(&p);
    skip_blanks(&p);
    if (r && p.at < source.n)
        return fail(&p, "expected AND, OR or the end");
    return r;
}

/* ---- evaluation ----
 * Three values for each part: `always` holds however the unanswered is answered, `sure` with what is known now (an
 * unanswered name counts as absent), `may` for some answers. always implies sure implies may; NOT swaps the outer two,
 * so that what a negation may still become is not lost inside another negation. */

struct tri {
    bool always, sure, may;
};

static struct tri tri_known(bool yes)
{
    return (struct tri){ yes, yes, yes };
}

static bool holds(double a, enum cmp cmp, double b)
{
    switch (cmp) {
    case CMP_EQ:
        return !(a < b) && !(a > b);
    case CMP_NE:
        return a < b || a > b;
    case CMP_LE:
        return a <= b;
    case CMP_GE:
        return a >= b;
    case CMP_LT:
        return a < b;
    case CMP_GT:
        break;
    }
    return a > b;
}

/* Whether the name or comparison has what it needs. */
static bool is_answered(const struct rule *r, const struct facts *f)
{
    return f->v[r->fact].state == FACT_KNOWN && (r->other < 0 || f->v[r->other].state == FACT_KNOWN);
}

static struct tri eval_leaf(const struct rule *r, const struct facts *f)
{
    const struct fact *left = &f->v[r->fact];
    if (!is_answered(r, f))
        return (struct tri){ false, false, true };
    if (r->kind == NODE_FACT)
        return tri_known(holds(left->number, CMP_NE, 0));
    if (r->code.n)
        return tri_known(str_eq(left->code, r->code) == (r->cmp == CMP_EQ));
    return tri_known(holds(left->number, r->cmp, r->other < 0 ? r->number : f->v[r->other].number));
}

static struct tri eval(const struct know *k, const struct rule *r, const struct facts *f);

/* How many parts hold lies between the number that always do and the number that may. */
static struct tri eval_count(const struct know *k, const struct rule *r, const struct facts *f)
{
    int always = 0, sure = 0, may = 0;
    for (size_t i = 0; i < r->n_kids; i++) {
        struct tri t = eval(k, r->kids[i], f);
        always += t.always;
        sure += t.sure;
        may += t.may;
    }
    struct tri out = { true, holds(sure, r->cmp, r->number), false };
    for (int n = always; n <= may; n++) {
        bool yes = holds(n, r->cmp, r->number);
        out.always = out.always && yes;
        out.may = out.may || yes;
    }
    return out;
}

static struct tri eval_kids(const struct know *k, const struct rule *r, const struct facts *f)
{
    bool is_and = r->kind == NODE_AND;
    struct tri out = tri_known(is_and);
    for (size_t i = 0; i < r->n_kids; i++) {
        struct tri t = eval(k, r->kids[i], f);
        out.always = is_and ? out.always && t.always : out.always || t.always;
        out.sure = is_and ? out.sure && t.sure : out.sure || t.sure;
        out.may = is_and ? out.may && t.may : out.may || t.may;
    }
    return out;
}

/* The body of a rule that is used as a name. */
static const struct rule *body(const struct know *k, const struct rule *r)
{
    const struct rule *b = k->triage[r->fact].when;
    must(b);
    return b;
}

static struct tri eval(const struct know *k, const struct rule *r, const struct facts *f)
{
    switch (r->kind) {
    case NODE_TRUE:
        return tri_known(true);
    case NODE_FACT:
    case NODE_COMPARE:
        return eval_leaf(r, f);
    case NODE_RULE:
        return eval(k, body(k, r), f);
    case NODE_NOT: {
        struct tri t = eval(k, r->kids[0], f);
        return (struct tri){ !t.may, !t.sure, !t.always };
    }
    case NODE_COUNT:
        return eval_count(k, r, f);
    case NODE_AND:
    case NODE_OR:
        break;
    }
    return eval_kids(k, r, f);
}

struct verdict rule_eval(const struct know *k, const struct rule *r, const struct facts *f)
{
    struct tri t = eval(k, r, f);
    return (struct verdict){ t.sure, t.may };
}

/* ---- which facts ---- */

struct gather {
    const struct know *k;
    const struct facts *f;
    int *out;
    size_t n, cap;
    uint64_t seen[FACT_MAX / 64];
};

static void gather_fact(struct gather *g, int fact)
{
    if (fact < 0)
        return;
    uint64_t bit = UINT64_C(1) << (fact % 64);
    if (g->seen[fact / 64] & bit)
        return;
    g->seen[fact / 64] |= bit;
    if (g->n < g->cap)
        g->out[g->n] = fact;
    g->n++;
}

static bool is_leaf(const struct rule *r)
{
    return r->kind == NODE_FACT || r->kind == NODE_COMPARE;
}

/* COUNT(...) with = != < <=: more parts that hold can also make it false. */
static bool counts_down(const struct rule *r)
{
    return r->kind == NODE_COUNT && r->cmp != CMP_GE && r->cmp != CMP_GT;
}

/* The known facts that give `r` the value it has now. */
static void gather_held(struct gather *g, const struct rule *r)
{
    if (r->kind == NODE_RULE) {
        gather_held(g, body(g->k, r));
    } else if (is_leaf(r)) {
        if (is_answered(r, g->f)) {
            gather_fact(g, r->fact);
            gather_fact(g, r->other);
        }
        return;
    }
    bool now = eval(g->k, r, g->f).sure;
    for (size_t i = 0; i < r->n_kids; i++)
        if (r->kind == NODE_NOT || counts_down(r) || eval(g->k, r->kids[i], g->f).sure == now)
            gather_held(g, r->kids[i]);
}

/* The unanswered facts that could turn `r` to `want`, which it is not now. */
static void gather_open(struct gather *g, const struct rule *r, bool want)
{
    struct tri t = eval(g->k, r, g->f);
    if (t.sure == want || (want ? !t.may : t.always))
        return;
    if (is_leaf(r)) {
        if (g->f->v[r->fact].state != FACT_KNOWN)
            gather_fact(g, r->fact);
        if (r->other >= 0 && g->f->v[r->other].state != FACT_KNOWN)
            gather_fact(g, r->other);
    }
    if (r->kind == NODE_RULE)
        gather_open(g, body(g->k, r), want);
    for (size_t i = 0; i < r->n_kids; i++) {
        gather_open(g, r->kids[i], r->kind == NODE_NOT ? !want : want);
        if (counts_down(r))
            gather_open(g, r->kids[i], !want);
    }
}

size_t rule_because(const struct know *k, const struct rule *r, const struct facts *f, int *out, size_t cap)
{
    struct gather g = { .k = k, .f = f, .out = out, .cap = cap };
    struct tri t = eval(k, r, f);
    if (t.sure)
        gather_held(&g, r);
    else if (t.may)
        gather_open(&g, r, true);
    return g.n;
}

static void gather_all(struct gather *g, const struct rule *r)
{
    if (r->kind == NODE_RULE)
        gather_all(g, body(g->k, r));
    else if (is_leaf(r)) {
        gather_fact(g, r->fact);
        gather_fact(g, r->other);
    }
    for (size_t i = 0; i < r->n_kids; i++)
        gather_all(g, r->kids[i]);
}

size_t rule_mentions(const struct know *k, const struct rule *r, int *out, size_t cap)
{
    struct gather g = { .k = k, .out = out, .cap = cap };
    gather_all(&g, r);
    return g.n;
}

size_t rule_names(const struct rule *r, int *out, size_t cap)
{
    size_t n = 0;
    if (r->kind == NODE_RULE) {
        if (cap)
            out[0] = r->fact;
        n = 1;
    }
    for (size_t i = 0; i < r->n_kids; i++)
        n += rule_names(r->kids[i], n < cap ? out + n : out, n < cap ? cap - n : 0);
    return n;
}
