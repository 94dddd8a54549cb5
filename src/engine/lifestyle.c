/* lifestyle.c - the next fitting everyday actions, domain by domain.
 * SPDX-License-Identifier: AGPL-3.0-or-later
 */
#include "engine/lifestyle.h"

#include "base/list.h"
#include "engine/reasons.h"

#define FIRST_MAX 3
#define PER_DOMAIN 2

struct picks {
    LIST(struct action_pick) list;
};
struct lefts {
    LIST(struct action_left) list;
};

static bool is_done(const int *done, size_t n, int action)
{
    for (size_t i = 0; i < n; i++)
        if (done[i] == action)
            return true;
    return false;
}

static int action_by_id(const struct know *k, struct str id)
{
    for (size_t i = 0; i < k->n_actions; i++)
        if (str_eq(k->actions[i].id, id))
            return (int)i;
    return -1;
}

/* Does the action follow one that is kept up? Then it fits even where its own trigger is not known. */
static bool follows_done(const struct know *k, int action, const int *done, size_t n_done)
{
    for (size_t i = 0; i < n_done; i++)
        if (k->actions[done[i]].next.n && action_by_id(k, k->actions[done[i]].next) == action)
            return true;
    return false;
}

/* Lower level first; then what rests on an answer before what holds for everyone; then the better grade (X, the honest
 * word about what does not work, last); then table order. */
static int rank(const struct know *k, const struct action_pick *p)
{
    const struct lifestyle_action *a = &k->actions[p->action];
    int grade = a->grade.n ? a->grade.p[0] : 'Z';
    return a->level * 1000 + (p->because.n ? 0 : 500) + (grade == 'X' ? 99 : grade - 'A');
}

static void collect(const struct know *k, const struct facts *f, const int *done, size_t n_done, int domain,
                    struct picks *out, struct lefts *left, struct arena *a)
{
    struct action_pick best[PER_DOMAIN];
    size_t n = 0;
    for (size_t i = 0; i < k->n_actions; i++) {
        const struct lifestyle_action *act = &k->actions[i];
        if (act->domain != domain || is_done(done, n_done, (int)i))
            continue;
        bool fits = rule_eval(k, act->when, f).sure || follows_done(k, (int)i, done, n_done);
        if (fits && act->not_when && rule_eval(k, act->not_when, f).sure) {
            *list_push(&left->list, a) = (struct action_left){ (int)i, reasons_of(k, act->not_when, f, a) };
            continue;
        }
        if (!fits)
            continue;
        struct action_pick p = { (int)i, domain, false, reasons_of(k, act->when, f, a) };
        size_t at = n < PER_DOMAIN ? n : PER_DOMAIN;
        while (at > 0 && rank(k, &best[at - 1]) > rank(k, &p))
            at--;
        if (at >= PER_DOMAIN)
            continue;
        n = n < PER_DOMAIN ? n + 1 : n;
        for (size_t m = n - 1; m > at; m--)
            best[m] = best[m - 1];
        best[at] = p;
    }
    for (size_t i = 0; i < n; i++)
        *list_push(&out->list, a) = best[i];
}

/* At most three to start with, one a domain: those that rest on an answer, by grade; exercise always has a place if it
 * fits. */
static void choose_first(const struct know *k, struct picks *p)
{
    for (int chosen = 0; chosen < FIRST_MAX; chosen++) {
        struct action_pick *best = NULL;
        for (size_t i = 0; i < p->list.n; i++) {
            struct action_pick *x = &p->list.v[i];
            bool is_next = i == 0 || p->list.v[i - 1].domain != x->domain;
            if (!is_next || x->is_first || k->actions[x->action].grade.p[0] == 'X')
                continue;
            if (!best || rank(k, x) < rank(k, best))
                best = x;
        }
        if (!best)
            return;
        best->is_first = true;
    }
}

void lifestyle_run(const struct know *k, const struct facts *f, const int *done, size_t n_done, struct arena *a,
                   struct lifestyle *out)
{
    struct picks picks = { 0 };
    struct lefts left = { 0 };
    for (size_t d = 0; d < k->n_domains; d++)
        collect(k, f, done, n_done, (int)d, &picks, &left, a);
    choose_first(k, &picks);
    *out = (struct lifestyle){ picks.list.v, picks.list.n, left.list.v, left.list.n };
}
