/* buf.h - text that is being built.
 * SPDX-License-Identifier: AGPL-3.0-or-later
 *
 * A buffer has a largest size and remembers that it was reached: what did not fit is dropped whole and `is_full` is
 * set, so a caller checks once, at the end.
 *
 * Ownership: the buffer owns its memory (malloc): buf_release gives it back. buf_str borrows from it.
 */
#ifndef TSUBO_BASE_BUF_H
#define TSUBO_BASE_BUF_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/attr.h"
#include "base/str.h"

struct buf {
    char *p;
    size_t n, cap, max;
    bool is_full; /* something did not fit in `max` */
};

void buf_init(struct buf *b, size_t max);
void buf_release(struct buf *b); /* a zeroed buffer is fine */
void buf_clear(struct buf *b);   /* keeps the memory */
void buf_bytes(struct buf *b, const void *p, size_t n);
void buf_add(struct buf *b, struct str s);
void buf_char(struct buf *b, char c);
void buf_i64(struct buf *b, int64_t v);
void buf_fmt(struct buf *b, const char *fmt, ...) PRINTF(2, 3);
/* What was built so far; valid until the next call on `b`. */
struct str buf_str(const struct buf *b);

#define buf_lit(b, lit) buf_bytes((b), "" lit, sizeof(lit) - 1)

#endif
