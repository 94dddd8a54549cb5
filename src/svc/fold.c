/* fold.c - one spelling for searching and comparing names.
 * SPDX-License-Identifier: AGPL-3.0-or-later
 */
#include "svc/fold.h"

#include <stdlib.h>
#include <utf8proc.h>

#include "base/buf.h"

static struct str map(struct str s, utf8proc_option_t options, struct arena *a)
{
    utf8proc_uint8_t *out = NULL;
    utf8proc_ssize_t n = utf8proc_map((const utf8proc_uint8_t *)s.p, (utf8proc_ssize_t)s.n, &out, options);
    struct str got = n < 0 ? s : str_dup(a, (struct str){ (const char *)out, (size_t)n });
    free(out);
    return got;
}

static void put(struct buf *b, utf8proc_int32_t c)
{
    utf8proc_uint8_t bytes[4];
    utf8proc_ssize_t n = utf8proc_encode_char(c, bytes);
    buf_bytes(b, bytes, (size_t)n);
}

/* 0: drop it. */
static utf8proc_int32_t fold_char(utf8proc_int32_t c)
{
    if (c >= 0x30A1 && c <= 0x30F6) /* katakana to hiragana */
        return c - 0x60;
    if (c == 0x0111 || c == 0x0110) /* đ does not decompose */
        return 'd';
    if (c == ' ' || c == '-' || c == 0x3000 || c == 0x30FB)
        return 0;
    return c;
}

struct str fold(struct str s, struct arena *a)
{
    /* The voicing marks of kana are marks too: strip them only from what is not kana, after folding case and width. */
    struct str wide =
        map(s, UTF8PROC_STABLE | UTF8PROC_COMPOSE | UTF8PROC_COMPAT | UTF8PROC_CASEFOLD | UTF8PROC_IGNORE, a);
    struct buf b;
    buf_init(&b, s.n * 8 + 64);
    for (size_t i = 0; i < wide.n;) {
        utf8proc_int32_t c;
        utf8proc_ssize_t n = utf8proc_iterate((const utf8proc_uint8_t *)wide.p + i, (utf8proc_ssize_t)(wide.n - i), &c);
        if (n <= 0)
            break;
        i += (size_t)n;
        if (c < 0x2000 && c >= 0x80) { /* Latin with diacritics: keep the base letter */
            utf8proc_int32_t parts[8];
            int bound = 0;
            utf8proc_ssize_t k = utf8proc_decompose_char(c, parts, 8, UTF8PROC_DECOMPOSE | UTF8PROC_STRIPMARK, &bound);
            c = k > 0 ? parts[0] : 0;
        }
        c = c ? fold_char(c) : 0;
        if (c)
            put(&b, c);
    }
    struct str out = str_dup(a, buf_str(&b));
    buf_release(&b);
    return out;
}

struct str fold_all(const struct str *s, size_t n, struct arena *a)
{
    struct buf b;
    buf_init(&b, 1 << 16);
    for (size_t i = 0; i < n; i++) {
        if (i)
            buf_char(&b, ' ');
        buf_add(&b, fold(s[i], a));
    }
    struct str out = str_dup(a, buf_str(&b));
    buf_release(&b);
    return out;
}

struct str tidy(struct str s, struct arena *a)
{
    struct str composed = map(s, UTF8PROC_STABLE | UTF8PROC_COMPOSE, a);
    struct str wide_blank = STR("\xE3\x80\x80");
    struct buf b;
    buf_init(&b, composed.n + 1);
    for (size_t i = 0; i < composed.n; i++) {
        bool is_wide = str_starts(str_sub(composed, i, composed.n), wide_blank);
        if (!is_wide && composed.p[i] != ' ') {
            buf_char(&b, composed.p[i]);
            continue;
        }
        if (b.n && b.p[b.n - 1] != ' ')
            buf_char(&b, ' ');
        i += is_wide ? wide_blank.n - 1 : 0;
    }
    struct str out = str_dup(a, str_trim(buf_str(&b)));
    buf_release(&b);
    return out;
}

struct str narrow(struct str s, struct arena *a)
{
    struct str plain = map(s, UTF8PROC_STABLE | UTF8PROC_COMPOSE | UTF8PROC_COMPAT, a);
    char *p = arena_array(a, char, plain.n + 1);
    size_t n = 0;
    for (size_t i = 0; i < plain.n; i++)
        if (plain.p[i] != ' ')
            p[n++] = plain.p[i];
    return (struct str){ p, n };
}
