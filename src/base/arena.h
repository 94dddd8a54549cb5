/* arena.h - memory that is released all at once.
 * SPDX-License-Identifier: AGPL-3.0-or-later
 *
 * A request (command, job) has one arena: what is made for it lives there and is released once, at the end, on every
 * path, so most functions need no cleanup.
 *
 * Ownership: an arena owns its blocks. A result that "lives in a" is valid until arena_release or arena_clear.
 * Errors:    none. Input is bounded before it costs memory; true exhaustion stops the process.
 * Threads:   one arena belongs to one thread at a time.
 */
#ifndef TSUBO_BASE_ARENA_H
#define TSUBO_BASE_ARENA_H

#include <stdalign.h>
#include <stddef.h>

#include "base/attr.h"
#include "base/str.h"

struct arena_block;
struct arena {
    struct arena_block *head; /* the block in use; older ones behind it */
    size_t used;              /* bytes handed out, for limits and tests */
};

/* `n` zeroed items of `size` bytes. Never NULL; n * size must not overflow (a must). */
void *arena_alloc(struct arena *a, size_t n, size_t size, size_t align);
/* Empties the arena; its first block is kept for reuse. */
void arena_clear(struct arena *a);
/* Gives everything back; the arena can be used again. A zeroed arena is fine. */
void arena_release(struct arena *a);

#define arena_array(a, T, n) ((T *)arena_alloc((a), (n), sizeof(T), alignof(T))) /* zeroed */
#define arena_one(a, T) arena_array(a, T, 1)

/* A copy of `s` that lives in `a`; a NUL stands behind it. */
struct str str_dup(struct arena *a, struct str s);
/* printf into the arena. */
struct str str_fmt(struct arena *a, const char *fmt, ...) PRINTF(2, 3);

/* For what outlives a request; stops the process when there is no memory. Zeroed. */
void *xmalloc(size_t n) NODISCARD;

#endif
