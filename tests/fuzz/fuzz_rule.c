/* fuzz_rule.c - any bytes as a rule: parsed or refused with a place inside them, evaluated without harm.
 * SPDX-License-Identifier: AGPL-3.0-or-later
 */
#include "base/must.h"
#include "know/rule.h"
#include "support/small_know.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena a = { 0 };
    const struct know *k = small_know(&a);
    struct rule_error err = { 0 };
    struct str source = { (const char *)data, size };
    struct facts f = { 0 };
    int out[SMALL_FACTS];
    const struct rule *r = rule_parse(k, source, &a, &err);
    if (r) {
        struct verdict open = rule_eval(k, r, &f);
        must(open.may || !open.sure);
        for (int i = 0; i < SMALL_FACTS; i++)
            fact_set_number(&f, i, i % 2);
        struct verdict full = rule_eval(k, r, &f);
        must(full.sure == full.may);
        must(rule_because(k, r, &f, out, SMALL_FACTS) <= rule_mentions(k, r, out, SMALL_FACTS));
    } else {
        must(err.what && err.column >= 1 && err.column <= size + 1);
    }
    arena_release(&a);
    return 0;
}
