/* jw.h - writes JSON, value by value.
 * SPDX-License-Identifier: AGPL-3.0-or-later
 *
 * Commas and escapes are set here; whoever writes keeps objects and arrays balanced (a must). Text must be valid UTF-8.
 * Numbers that are not finite become null. Depth at most 32.
 */
#ifndef TSUBO_BASE_JW_H
#define TSUBO_BASE_JW_H

#include "base/buf.h"

struct jw {
    struct buf *out;
    bool is_pretty;
    int depth;
    bool has_items[33];
    bool after_key;
};

void jw_init(struct jw *w, struct buf *out, bool is_pretty);
void jw_object(struct jw *w);
void jw_object_end(struct jw *w);
void jw_array(struct jw *w);
void jw_array_end(struct jw *w);
void jw_key(struct jw *w, struct str key);
void jw_str(struct jw *w, struct str v);
void jw_i64(struct jw *w, int64_t v);
void jw_double(struct jw *w, double v); /* shortest form that reads back the same */
void jw_bool(struct jw *w, bool v);
void jw_null(struct jw *w);

/* key and value in one line */
#define jw_kv_str(w, k, v) (jw_key((w), STR(k)), jw_str((w), (v)))
#define jw_kv_i64(w, k, v) (jw_key((w), STR(k)), jw_i64((w), (v)))
#define jw_kv_double(w, k, v) (jw_key((w), STR(k)), jw_double((w), (v)))
#define jw_kv_bool(w, k, v) (jw_key((w), STR(k)), jw_bool((w), (v)))

#endif
