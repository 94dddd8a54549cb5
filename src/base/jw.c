/* jw.c - writes JSON, value by value.
 * SPDX-License-Identifier: AGPL-3.0-or-later
 */
#include "base/jw.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/must.h"

void jw_init(struct jw *w, struct buf *out, bool is_pretty)
{
    *w = (struct jw){ .out = out, .is_pretty = is_pretty };
}

static void new_line(struct jw *w)
{
    if (!w->is_pretty)
        return;
    buf_char(w->out, '\n');
    for (int i = 0; i < w->depth; i++)
        buf_lit(w->out, "  ");
}

/* What stands before a value or key. */
static void before(struct jw *w)
{
    if (w->after_key) {
        w->after_key = false;
        return;
    }
    if (w->has_items[w->depth])
        buf_char(w->out, ',');
    w->has_items[w->depth] = true;
    if (w->depth)
        new_line(w);
}

static void open(struct jw *w, char c)
{
    before(w);
    buf_char(w->out, c);
    must(w->depth < 32);
    w->has_items[++w->depth] = false;
}

static void close(struct jw *w, char c)
{
    must(w->depth > 0 && !w->after_key);
    bool had_items = w->has_items[w->depth--];
    if (had_items)
        new_line(w);
    buf_char(w->out, c);
}

void jw_object(struct jw *w)
{
    open(w, '{');
}

void jw_object_end(struct jw *w)
{
    close(w, '}');
}

void jw_array(struct jw *w)
{
    open(w, '[');
}

void jw_array_end(struct jw *w)
{
    close(w, ']');
}

static void text(struct jw *w, struct str s)
{
    buf_char(w->out, '"');
    for (size_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i];
        if (c == '"' || c == '\\') {
            buf_char(w->out, '\\');
            buf_char(w->out, (char)c);
        } else if (c == '\n') {
            buf_lit(w->out, "\\n");
        } else if (c < 0x20) {
            buf_fmt(w->out, "\\u%04x", c);
        } else {
            buf_char(w->out, (char)c);
        }
    }
    buf_char(w->out, '"');
}

void jw_key(struct jw *w, struct str key)
{
    before(w);
    text(w, key);
    buf_add(w->out, w->is_pretty ? STR(": ") : STR(":"));
    w->after_key = true;
}

void jw_str(struct jw *w, struct str v)
{
    before(w);
    text(w, v);
}

void jw_i64(struct jw *w, int64_t v)
{
    before(w);
    buf_i64(w->out, v);
}

void jw_double(struct jw *w, double v)
{
    char tmp[32];
    before(w);
    if (!isfinite(v)) {
        buf_lit(w->out, "null");
        return;
    }
    for (int digits = 15; digits <= 17; digits++) {
        snprintf(tmp, sizeof tmp, "%.*g", digits, v);
        if (strtod(tmp, NULL) == v)
            break;
    }
    buf_add(w->out, str_from(tmp));
}

void jw_bool(struct jw *w, bool v)
{
    before(w);
    buf_add(w->out, v ? STR("true") : STR("false"));
}

void jw_null(struct jw *w)
{
    before(w);
    buf_lit(w->out, "null");
}
