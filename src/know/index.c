/* index.c - from a name in the tables to its row, in constant time.
 * SPDX-License-Identifier: AGPL-3.0-or-later
 */
#include "know/index.h"

void names_init(struct name_table *t, size_t n, struct arena *a)
{
    t->cap = 16;
    while (t->cap < 2 * n)
        t->cap *= 2;
    t->slots = arena_array(a, struct name_slot, t->cap);
}

/* Where the name is, or the free slot where it would be. */
static struct name_slot *slot_of(const struct name_table *t, struct str name)
{
    size_t i = str_hash(name) & (t->cap - 1);
    while (t->slots[i].name.n && !str_eq(t->slots[i].name, name))
        i = (i + 1) & (t->cap - 1);
    return &t->slots[i];
}

bool names_add(struct name_table *t, struct str name, int row)
{
    if (name.n == 0)
        return true;
    struct name_slot *s = slot_of(t, name);
    if (s->name.n)
        return false;
    *s = (struct name_slot){ name, row };
    return true;
}

int names_find(const struct name_table *t, struct str name)
{
    if (t->cap == 0 || name.n == 0)
        return -1;
    const struct name_slot *s = slot_of(t, name);
    return s->name.n ? s->row : -1;
}
