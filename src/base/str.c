/* str.c - borrowed slices of text.
 * SPDX-License-Identifier: AGPL-3.0-or-later
 */
#include "base/str.h"

#include <string.h>

struct str str_from(const char *nul_terminated)
{
    return nul_terminated ? (struct str){ nul_terminated, strlen(nul_terminated) } : (struct str){ "", 0 };
}

bool str_eq(struct str a, struct str b)
{
    return a.n == b.n && (a.n == 0 || memcmp(a.p, b.p, a.n) == 0);
}

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

bool str_eq_nocase(struct str a, struct str b)
{
    if (a.n != b.n)
        return false;
    for (size_t i = 0; i < a.n; i++)
        if (lower(a.p[i]) != lower(b.p[i]))
            return false;
    return true;
}

int str_cmp(struct str a, struct str b)
{
    size_t n = a.n < b.n ? a.n : b.n;
    int c = n ? memcmp(a.p, b.p, n) : 0;
    return c ? c : (a.n > b.n) - (a.n < b.n);
}

bool str_starts(struct str s, struct str prefix)
{
    return s.n >= prefix.n && str_eq((struct str){ s.p, prefix.n }, prefix);
}

bool str_ends(struct str s, struct str suffix)
{
    return s.n >= suffix.n && str_eq((struct str){ s.p + (s.n - suffix.n), suffix.n }, suffix);
}

ptrdiff_t str_find(struct str s, struct str needle)
{
    if (needle.n == 0)
        return 0;
    const char *hit = s.n ? memmem(s.p, s.n, needle.p, needle.n) : NULL;
    return hit ? hit - s.p : -1;
}

bool str_has(struct str s, struct str needle)
{
    return str_find(s, needle) >= 0;
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

struct str str_trim(struct str s)
{
    while (s.n && is_blank(s.p[0]))
        s = (struct str){ s.p + 1, s.n - 1 };
    while (s.n && is_blank(s.p[s.n - 1]))
        s.n--;
    return s;
}

struct str str_sub(struct str s, size_t from, size_t to)
{
    to = to < s.n ? to : s.n;
    from = from < to ? from : to;
    return (struct str){ s.p + from, to - from };
}

struct str str_cut(struct str *rest, char sep)
{
    const char *hit = rest->n ? memchr(rest->p, sep, rest->n) : NULL;
    struct str head = { rest->p, hit ? (size_t)(hit - rest->p) : rest->n };
    size_t used = head.n + (hit ? 1 : 0);
    *rest = (struct str){ used ? rest->p + used : rest->p, rest->n - used };
    return head;
}

bool str_next(struct str *rest, char sep, struct str *item)
{
    while (rest->n) {
        struct str s = str_trim(str_cut(rest, sep));
        if (s.n) {
            *item = s;
            return true;
        }
    }
    return false;
}

bool str_to_i64(struct str s, int64_t min, int64_t max, int64_t *out)
{
    bool minus = s.n && s.p[0] == '-';
    int64_t v = 0;
    if (s.n == (minus ? 1u : 0u))
        return false;
    for (size_t i = minus ? 1 : 0; i < s.n; i++) {
        if (s.p[i] < '0' || s.p[i] > '9')
            return false;
        int64_t digit = s.p[i] - '0';
        if (__builtin_mul_overflow(v, 10, &v) || __builtin_add_overflow(v, minus ? -digit : digit, &v))
            return false;
    }
    if (v < min || v > max)
        return false;
    *out = v;
    return true;
}

bool str_to_double(struct str s, double *out)
{
    bool minus = s.n && s.p[0] == '-';
    struct str rest = str_sub(s, minus ? 1 : 0, s.n);
    bool has_dot = rest.n && memchr(rest.p, '.', rest.n);
    struct str whole = str_cut(&rest, '.');
    int64_t w = 0, f = 0;
    double scale = 1;
    if (!str_to_i64(whole, 0, INT64_C(999999999999999), &w) || whole.p[0] == '-')
        return false;
    if (has_dot) {
        if (rest.n == 0 || rest.n > 15 || rest.p[0] == '-' || !str_to_i64(rest, 0, INT64_MAX, &f))
            return false;
        for (size_t i = 0; i < rest.n; i++)
            scale *= 10;
    }
    double v = (double)w + (double)f / scale;
    *out = minus ? -v : v;
    return true;
}

/* Length of the well-formed sequence at s[i], 0 when there is none (Unicode 15, table 3-7). */
static size_t utf8_len(struct str s, size_t i)
{
    const unsigned char *p = (const unsigned char *)s.p + i;
    size_t left = s.n - i, need;
    unsigned char lo = 0x80, hi = 0xBF;
    if (p[0] < 0x80)
        return 1;
    if (p[0] >= 0xC2 && p[0] <= 0xDF) {
        need = 2;
    } else if (p[0] >= 0xE0 && p[0] <= 0xEF) {
        need = 3;
        lo = p[0] == 0xE0 ? 0xA0 : lo;
        hi = p[0] == 0xED ? 0x9F : hi;
    } else if (p[0] >= 0xF0 && p[0] <= 0xF4) {
        need = 4;
        lo = p[0] == 0xF0 ? 0x90 : lo;
        hi = p[0] == 0xF4 ? 0x8F : hi;
    } else {
        return 0;
    }
    if (left < need || p[1] < lo || p[1] > hi)
        return 0;
    for (size_t k = 2; k < need; k++)
        if ((p[k] & 0xC0) != 0x80)
            return 0;
    return need;
}

bool str_is_utf8(struct str s)
{
    for (size_t i = 0; i < s.n;) {
        size_t n = utf8_len(s, i);
        if (n == 0)
            return false;
        i += n;
    }
    return true;
}

size_t str_chars(struct str s)
{
    size_t n = 0;
    for (size_t i = 0; i < s.n; i++)
        n += ((unsigned char)s.p[i] & 0xC0) != 0x80;
    return n;
}

uint64_t str_hash(struct str s)
{
    uint64_t h = UINT64_C(14695981039346656037);
    for (size_t i = 0; i < s.n; i++)
        h = (h ^ (unsigned char)s.p[i]) * UINT64_C(1099511628211);
    return h;
}
