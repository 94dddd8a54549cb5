/* test_rule.c - the rule language: parsing, verdicts with missing answers, and why.
 * SPDX-License-Identifier: AGPL-3.0-or-later
 */
#include "support/cm.h"

#include "base/buf.h"
#include "know/rule.h"
#include "support/small_know.h"

/* Answers as text: "a" yes, "!a" no, "n3" the number 3, "red" the colour; blank between. */
static struct facts answers(const char *text)
{
    struct facts f = { 0 };
    struct str rest = str_from(text), w;
    while (str_next(&rest, ' ', &w)) {
        bool no = w.p[0] == '!';
        char c = w.p[no ? 1 : 0];
        if (str_eq(w, STR("red")) || str_eq(w, STR("green")))
            fact_set_code(&f, COLOUR, w);
        else if (c == 'n' || c == 'm')
            fact_set_number(&f, c == 'n' ? N : M, w.p[1] - '0');
        else
            fact_set_yes_no(&f, c - 'a', !no);
    }
    return f;
}

static const struct rule *parsed(const struct know *k, struct arena *a, struct str source)
{
    struct rule_error err = { 0 };
    const struct rule *r = rule_parse(k, source, a, &err);
    if (!r)
        fail_msg("%.*s: column %zu: %s", STR_ARG(source), err.column, err.what);
    return r;
}

static void a_rule_holds_surely_or_perhaps_by_what_is_answered(void **state)
{
    static const struct {
        const char *rule, *given;
        bool sure, may;
    } cases[] = {
        { "TRUE", "", true, true },
        { "a", "a", true, true },
        { "a", "!a", false, false },
        { "a", "", false, true },
        { "NOT a", "", true, true }, /* a negation suppresses only on a known yes */
        { "NOT a", "a", false, false },
        { "NOT a", "!a", true, true },
        { "NOT NOT a", "", false, true }, /* ignorance hides no warning, not even in two negations */
        { "NOT NOT a", "a", true, true },
        { "a AND b OR c", "c", true, true },
        { "a AND (b OR c)", "c", false, true },
        { "a AND (b OR c)", "c !a", false, false },
        { "a OR b AND NOT c", "b c", false, true },
        { "ANY(a,b,c)", "c", true, true },
        { "ANY(a, b, c)", "!a !b !c", false, false },
        { "COUNT(a,b,c,d)>=2", "a b", true, true },
        { "COUNT(a,b,c,d)>=2", "a !b !c", false, true },
        { "COUNT(a,b,c,d)>=2", "a !b !c !d", false, false },
        { "COUNT(a,b)=0", "", true, true },
        { "COUNT(a,b)=1", "a b", false, false },
        { "COUNT(a,b)<2", "a b", false, false },
        { "COUNT(n>2,colour=red,a OR b)>=3", "n3 red b", true, true },
        { "n>=3", "n3", true, true },
        { "n>3", "n3", false, false },
        { "n != 3", "n4", true, true },
        { "n<3", "", false, true }, /* unanswered is not 0 */
        { "n<m", "n2 m3", true, true },
        { "n<m", "n2", false, true },
        { "n>-1", "n0", true, true },
        { "n>=2.5", "n2", false, false },
        { "colour=red", "red", true, true },
        { "colour=red", "green", false, false },
        { "colour!=red", "green", true, true },
        { "colour!=red", "", false, true },
        { "NOT colour=red", "", true, true },
        { "R01", "a b", true, true },
        { "R02", "c", true, true },
        { "R02", "c a b", false, false },
        { "R02", "c a", true, true },
        { "born<seen", "", false, true },
    };
    (void)state;
    struct arena a = { 0 };
    const struct know *k = small_know(&a);
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct facts f = answers(cases[i].given);
        struct verdict v = rule_eval(k, parsed(k, &a, str_from(cases[i].rule)), &f);
        if (v.sure != cases[i].sure || v.may != cases[i].may)
            fail_msg("%s given \"%s\": sure %d may %d", cases[i].rule, cases[i].given, v.sure, v.may);
    }
    arena_release(&a);
}

static void a_rule_that_does_not_parse_says_where_and_why(void **state)
{
    static const struct {
        const char *rule, *what, *token;
        size_t column;
    } cases[] = {
        { "", "expected a name", "", 1 },
        { "a AND", "expected a name", "", 6 },
        { "a AND zzz", "unknown name", "zzz", 7 },
        { "a b", "expected AND, OR or the end", "b", 3 },
        { "(a OR b", "expected )", "", 8 },
        { "a)", "expected AND, OR or the end", ")", 2 },
        { "ANY a", "expected ( after ANY or COUNT", "a", 5 },
        { "ANY(a b)", "expected , or )", "b", 7 },
        { "ANY()", "expected a name", "", 5 },
        { "COUNT(a,b)", "COUNT needs a comparison", "", 11 },
        { "COUNT(a,b)>=x", "COUNT is compared with a number", "x", 13 },
        { "n", "this name needs a comparison", "", 2 },
        { "n>", "expected a number or the name of a number", "", 3 },
        { "n>a", "expected a number or the name of a number", "a", 3 },
        { "born>3", "expected a number or the name of a number", "3", 6 },
        { "a=1", "a yes/no name stands alone", "a", 1 },
        { "c AND a =b", "a yes/no name stands alone", "a", 7 },
        { "R01>2", "a yes/no name stands alone", "R01", 1 },
        { "colour", "this name needs a comparison", "", 7 },
        { "colour=blue", "not an option of this question", "blue", 8 },
        { "colour>red", "a choice is compared by = or != only", "red", 8 },
        { "a and b", "expected AND, OR or the end", "and", 3 },
        { "a AND \xE8\x85\xB0", "expected a name", "\xE8", 7 },
    };
    (void)state;
    struct arena a = { 0 };
    const struct know *k = small_know(&a);
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct rule_error err = { 0 };
        if (rule_parse(k, str_from(cases[i].rule), &a, &err))
            fail_msg("%s: parsed", cases[i].rule);
        if (err.column != cases[i].column || !str_eq(str_from(err.what), str_from(cases[i].what)))
            fail_msg("%s: column %zu: %s", cases[i].rule, err.column, err.what);
        if (cases[i].token[0])
            assert_true(str_starts(err.token, str_from(cases[i].token)));
    }
    arena_release(&a);
}

static void nesting_is_refused_beyond_64_and_not_before(void **state)
{
    (void)state;
    struct arena a = { 0 };
    const struct know *k = small_know(&a);
    for (int depth = 62; depth < 66; depth++) {
        struct buf b;
        struct rule_error err = { 0 };
        buf_init(&b, 4096);
        for (int i = 0; i < depth; i++)
            buf_lit(&b, "(");
        buf_lit(&b, "a");
        for (int i = 0; i < depth; i++)
            buf_lit(&b, ")");
        bool ok = rule_parse(k, buf_str(&b), &a, &err) != NULL;
        assert_int_equal(ok, depth < 64);
        if (!ok)
            assert_int_equal(err.column, 65);
        buf_release(&b);
    }
    arena_release(&a);
}

static void a_rule_tells_which_answers_hold_it_up_or_are_missing(void **state)
{
    static const struct {
        const char *rule, *given, *because;
    } cases[] = {
        { "a AND b OR c", "a b", "ab" },
        { "a AND b OR c", "a b c", "abc" },
        { "ANY(a,b,c)", "!a b", "b" },
        { "COUNT(a,b,c)>=2", "a !b c", "ac" },
        { "COUNT(a,b,c)<=1", "a !b", "ab" },
        { "a AND NOT b", "a !b", "ab" },
        { "a AND NOT b", "a", "a" },
        { "n>m", "n3 m2", "nm" },
        { "R02", "c !a", "ca" },
        { "a AND b OR c", "", "abc" },
        { "a AND b OR c", "a !c", "b" },
        { "a AND b OR c", "!a", "c" },
        { "a AND NOT b", "", "a" },
        { "NOT NOT a", "", "a" },
        { "n>m", "n3", "m" },
        { "COUNT(a,b,c)>=2", "a !b", "c" },
        { "a", "!a", "" },
        { "a OR a", "a", "a" },
    };
    (void)state;
    struct arena a = { 0 };
    const struct know *k = small_know(&a);
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        int out[8];
        char got[9] = "";
        struct facts f = answers(cases[i].given);
        size_t n = rule_because(k, parsed(k, &a, str_from(cases[i].rule)), &f, out, 8);
        for (size_t j = 0; j < n; j++)
            got[j] = k->facts[out[j]].name.p[0];
        if (!str_eq(str_from(got), str_from(cases[i].because)))
            fail_msg("%s given \"%s\": got %s, want %s", cases[i].rule, cases[i].given, got, cases[i].because);
    }
    arena_release(&a);
}

static void a_rule_mentions_each_name_once_through_named_rules_too(void **state)
{
    (void)state;
    struct arena a = { 0 };
    const struct know *k = small_know(&a);
    int out[SMALL_FACTS], few[1];
    const struct rule *r = parsed(k, &a, STR("R02 OR n<m OR a"));
    assert_int_equal(rule_mentions(k, r, out, SMALL_FACTS), 5);
    static const int want[] = { C, A, B, N, M };
    assert_memory_equal(out, want, sizeof want);
    assert_int_equal(rule_mentions(k, r, few, 1), 5);
    assert_int_equal(few[0], C);
    assert_int_equal(rule_names(r, out, SMALL_FACTS), 1);
    assert_int_equal(out[0], 1);
    arena_release(&a);
}

/* ---- the slow twin: a formula that is tried with every completion of what is unanswered ---- */

enum { ATOMS = 8 }; /* a b c d e, n>=1, n>=2, n>=3 */

struct formula {
    char op; /* 'x' atom, '!' not, '&', '|', '#' count >= n */
    int n;   /* atom, or the least count */
    struct formula *kids[3];
    int n_kids;
};

struct dice {
    uint64_t s;
};

static int roll(struct dice *d, int sides)
{
    d->s = d->s * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (int)((d->s >> 33) % (uint64_t)sides);
}

static struct formula *grow(struct dice *d, struct arena *a, int depth, bool with_not)
{
    struct formula *x = arena_one(a, struct formula);
    int pick = depth == 0 ? 0 : roll(d, with_not ? 5 : 4);
    x->op = "x&|#!"[pick];
    x->n = pick == 0 ? roll(d, ATOMS) : 1 + roll(d, 3);
    x->n_kids = pick == 0 ? 0 : pick == 4 ? 1 : 1 + roll(d, 3);
    for (int i = 0; i < x->n_kids; i++)
        x->kids[i] = grow(d, a, depth - 1, with_not);
    return x;
}

static void spell(const struct formula *x, struct buf *b)
{
    const char *between = x->op == '&' ? " AND " : x->op == '|' ? " OR " : ",";
    if (x->op == 'x' && x->n < 5)
        buf_char(b, (char)('a' + x->n));
    else if (x->op == 'x')
        buf_fmt(b, "n>=%d", x->n - 4);
    else
        buf_fmt(b, "%s(", x->op == '!' ? "NOT " : x->op == '#' ? "COUNT" : "");
    for (int i = 0; i < x->n_kids; i++) {
        if (i)
            buf_fmt(b, "%s", between);
        spell(x->kids[i], b);
    }
    if (x->op == '#')
        buf_fmt(b, ")>=%d", x->n);
    else if (x->op != 'x')
        buf_lit(b, ")");
}

/* `yes` has one bit for each atom. */
static bool is_true(const struct formula *x, unsigned yes)
{
    int n = 0;
    for (int i = 0; i < x->n_kids; i++)
        n += is_true(x->kids[i], yes);
    switch (x->op) {
    case 'x':
        return yes >> x->n & 1;
    case '!':
        return n == 0;
    case '&':
        return n == x->n_kids;
    case '|':
        return n > 0;
    default:
        return n >= x->n;
    }
}

/* The atoms that hold for yes/no answers `bits` and the number n; -1: every comparison is absent. */
static unsigned atoms_of(unsigned bits, int n)
{
    static const unsigned up_to[] = { 0, 0x20, 0x60, 0xe0 };
    return (bits & 0x1f) | (n > 0 ? up_to[n] : 0);
}

struct truth {
    bool in_all, in_some, as_absent;
};

/* Tries every completion. `known`: which of a..e are answered (bits 0-4) and n (bit 5). */
static struct truth try_all(const struct formula *x, unsigned known, unsigned bits, int n)
{
    struct truth t = { true, false, is_true(x, atoms_of(bits & known, known & 0x20 ? n : -1)) };
    for (unsigned c = 0; c < 32; c++)
        for (int m = 0; m <= 3; m++) {
            if (((c ^ bits) & known & 0x1f) || ((known & 0x20) && m != n))
                continue;
            bool yes = is_true(x, atoms_of(c, m));
            t.in_all = t.in_all && yes;
            t.in_some = t.in_some || yes;
        }
    return t;
}

static void compare_with_twin(const struct know *k, uint64_t seed, bool with_not)
{
    struct dice d = { seed * 2654435761u + 1 };
    struct arena a = { 0 };
    struct buf b;
    buf_init(&b, 65536);
    const struct formula *x = grow(&d, &a, 4, with_not);
    spell(x, &b);
    unsigned known = (unsigned)roll(&d, 64), bits = (unsigned)roll(&d, 32);
    int n = roll(&d, 4);
    struct facts f = { 0 };
    for (int i = 0; i < 5; i++)
        if (known >> i & 1)
            fact_set_yes_no(&f, i, bits >> i & 1);
    if (known & 0x20)
        fact_set_number(&f, N, n);
    struct verdict v = rule_eval(k, parsed(k, &a, buf_str(&b)), &f);
    struct truth t = try_all(x, known, bits, n);
    bool ok = v.sure == t.as_absent && (v.may || !v.sure) && (v.may || !t.in_some);
    if (!with_not)
        ok = ok && v.sure == t.in_all && v.may == t.in_some;
    if (!ok)
        fail_msg("seed %llu: %.*s: sure %d may %d, all %d some %d absent %d", (unsigned long long)seed,
                 STR_ARG(buf_str(&b)), v.sure, v.may, t.in_all, t.in_some, t.as_absent);
    buf_release(&b);
    arena_release(&a);
}

static void without_not_sure_means_in_every_completion_and_may_in_some(void **state)
{
    (void)state;
    struct arena a = { 0 };
    const struct know *k = small_know(&a);
    for (uint64_t seed = 0; seed < 5000; seed++)
        compare_with_twin(k, seed, false);
    arena_release(&a);
}

static void with_not_the_unanswered_counts_as_absent_and_nothing_possible_is_hidden(void **state)
{
    (void)state;
    struct arena a = { 0 };
    const struct know *k = small_know(&a);
    for (uint64_t seed = 0; seed < 5000; seed++)
        compare_with_twin(k, seed, true);
    arena_release(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_rule_holds_surely_or_perhaps_by_what_is_answered),
        cmocka_unit_test(a_rule_that_does_not_parse_says_where_and_why),
        cmocka_unit_test(nesting_is_refused_beyond_64_and_not_before),
        cmocka_unit_test(a_rule_tells_which_answers_hold_it_up_or_are_missing),
        cmocka_unit_test(a_rule_mentions_each_name_once_through_named_rules_too),
        cmocka_unit_test(without_not_sure_means_in_every_completion_and_may_in_some),
        cmocka_unit_test(with_not_the_unanswered_counts_as_absent_and_nothing_possible_is_hidden),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
