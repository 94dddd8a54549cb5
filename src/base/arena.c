/* arena.c - memory that is released all at once.
 * SPDX-License-Identifier: AGPL-3.0-or-later
 */
#include "base/arena.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/must.h"

#if defined(__SANITIZE_ADDRESS__)
#include <sanitizer/asan_interface.h>
#define POISON(p, n) ASAN_POISON_MEMORY_REGION((p), (n))
#define UNPOISON(p, n) ASAN_UNPOISON_MEMORY_REGION((p), (n))
#define RED_ZONE 16
#else
#define POISON(p, n) ((void)(p), (void)(n))
#define UNPOISON(p, n) ((void)(p), (void)(n))
#define RED_ZONE 0
#endif

#define BLOCK_SIZE (size_t)16384

struct arena_block {
    struct arena_block *older;
    size_t size, at;
    max_align_t data[];
};

void *xmalloc(size_t n)
{
    void *p = calloc(1, n ? n : 1);
    if (!p) {
        fputs("tsubo: out of memory\n", stderr);
        abort();
    }
    return p;
}

static struct arena_block *block_new(size_t size, struct arena_block *older)
{
    struct arena_block *b = xmalloc(sizeof *b + size);
    b->older = older;
    b->size = size;
    POISON(b->data, size);
    return b;
}

static size_t align_up(size_t at, size_t align)
{
    return (at + align - 1) & ~(align - 1);
}

void *arena_alloc(struct arena *a, size_t n, size_t size, size_t align)
{
    size_t bytes;
    must(!__builtin_mul_overflow(n, size, &bytes) && bytes < SIZE_MAX / 2);
    if (!a->head || align_up(a->head->at, align) + bytes + RED_ZONE > a->head->size) {
        size_t want = bytes + align + RED_ZONE;
        a->head = block_new(want > BLOCK_SIZE ? want : BLOCK_SIZE, a->head);
    }
    struct arena_block *b = a->head;
    size_t at = align_up(b->at, align);
    char *p = (char *)b->data + at;
    b->at = at + bytes + RED_ZONE;
    a->used += bytes;
    UNPOISON(p, bytes);
    memset(p, 0, bytes);
    return p;
}

static void block_free(struct arena_block *b)
{
    UNPOISON(b->data, b->size);
    free(b);
}

void arena_clear(struct arena *a)
{
    while (a->head && a->head->older) {
        struct arena_block *older = a->head->older;
        block_free(a->head);
        a->head = older;
    }
    if (a->head) {
        a->head->at = 0;
        POISON(a->head->data, a->head->size);
    }
    a->used = 0;
}

void arena_release(struct arena *a)
{
    arena_clear(a);
    if (a->head)
        block_free(a->head);
    *a = (struct arena){ 0 };
}

struct str str_dup(struct arena *a, struct str s)
{
    char *p = arena_array(a, char, s.n + 1);
    if (s.n)
        memcpy(p, s.p, s.n);
    return (struct str){ p, s.n };
}

struct str str_fmt(struct arena *a, const char *fmt, ...)
{
    va_list ap, again;
    va_start(ap, fmt);
    va_copy(again, ap);
    int n = vsnprintf(NULL, 0, fmt, ap);
    va_end(ap);
    must(n >= 0);
    char *p = arena_array(a, char, (size_t)n + 1);
    vsnprintf(p, (size_t)n + 1, fmt, again);
    va_end(again);
    return (struct str){ p, (size_t)n };
}
