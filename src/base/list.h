/* list.h - growing arrays in an arena.
 * SPDX-License-Identifier: AGPL-3.0-or-later
 *
 * LIST(struct visit) declares { struct visit *v; size_t n, cap; }. list_push(&l, a) returns a pointer to a new zeroed
 * item at the end; pointers to earlier items are invalid after it (the array may move).
 */
#ifndef TSUBO_BASE_LIST_H
#define TSUBO_BASE_LIST_H

#include <string.h>

#include "base/arena.h"

#define LIST(T)        \
    struct {           \
        T *v;          \
        size_t n, cap; \
    }

static inline void *list_grow_(struct arena *a, void *old, size_t n, size_t *cap, size_t size, size_t align)
{
    size_t want = *cap ? *cap * 2 : 8;
    void *p = arena_alloc(a, want, size, align);
    if (n)
        memcpy(p, old, n * size);
    *cap = want;
    return p;
}

#define list_push(l, a)                                                                                       \
    (((l)->n == (l)->cap                                                                                      \
          ? (void)((l)->v = list_grow_((a), (l)->v, (l)->n, &(l)->cap, sizeof *(l)->v, alignof(max_align_t))) \
          : (void)0),                                                                                         \
     &(l)->v[(l)->n++])

#endif
