/* know.c - lookups in the clinical knowledge.
 * SPDX-License-Identifier: AGPL-3.0-or-later
 */
#include "know/know.h"

#include <stdlib.h>

#include "base/must.h"
#include "know/index.h"
#include "know/know_builtin.h"

const struct know_file *know_builtin_files(size_t *n)
{
    *n = know_builtin_n;
    return know_builtin;
}

void know_free(struct know *k)
{
    if (!k)
        return;
    arena_release(&k->arena);
    free(k);
}

#define LOOKUP(function, table)                         \
    int function(const struct know *k, struct str name) \
    {                                                   \
        return names_find(&k->index->table, name);      \
    }

LOOKUP(know_fact, facts)
LOOKUP(know_question, questions)
LOOKUP(know_triage_rule, triage)
LOOKUP(know_point, points)
LOOKUP(know_region, regions)
LOOKUP(know_landmark, landmarks)
LOOKUP(know_source, sources)
LOOKUP(know_protocol, protocols)
LOOKUP(know_instrument, instruments)
LOOKUP(know_class, classes)
LOOKUP(know_meridian, meridians)

struct text know_safety(const struct know *k, struct str id)
{
    int i = names_find(&k->index->safety, id);
    must(i >= 0);
    return k->safety[i].text;
}

int know_fact_must(const struct know *k, struct str name)
{
    int i = know_fact(k, name);
    must(i >= 0);
    return i;
}
