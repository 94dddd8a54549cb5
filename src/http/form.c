/* form.c - what a form or a query sent, name by name.
 * SPDX-License-Identifier: AGPL-3.0-or-later
 */
#include "http/form.h"

#include <string.h>

static int hex(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

bool url_decode(struct str s, bool plus_is_blank, struct arena *a, struct str *out)
{
    char *p = arena_array(a, char, s.n + 1);
    size_t n = 0;
    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i];
        if (c == '%') {
            if (i + 2 >= s.n || hex(s.p[i + 1]) < 0 || hex(s.p[i + 2]) < 0)
                return false;
            c = (char)(hex(s.p[i + 1]) * 16 + hex(s.p[i + 2]));
            i += 2;
        } else if (c == '+' && plus_is_blank) {
            c = ' ';
        }
        if (c == '\0')
            return false;
        p[n++] = c;
    }
    struct str got = { p, n };
    if (!str_is_utf8(got))
        return false;
    *out = got;
    return true;
}

bool form_parse(struct str encoded, struct arena *a, struct form *out)
{
    size_t fields = 1;
    for (size_t i = 0; i < encoded.n; i++)
        fields += encoded.p[i] == '&';
    if (fields > FORM_FIELDS_MAX)
        return false;
    struct form f = { arena_array(a, struct form_field, fields), 0 };
    while (encoded.n) {
        struct str value = str_cut(&encoded, '&');
        if (value.n == 0)
            continue;
        struct str name = str_cut(&value, '=');
        struct form_field *field = &f.v[f.n];
        if (!url_decode(name, true, a, &field->name) || !url_decode(value, true, a, &field->value))
            return false;
        f.n++;
    }
    *out = f;
    return true;
}

bool form_next(const struct form *f, struct str name, size_t *at, struct str *value)
{
    for (; *at < f->n; (*at)++)
        if (str_eq(f->v[*at].name, name)) {
            *value = str_trim(f->v[(*at)++].value);
            return true;
        }
    return false;
}

struct str form_get(const struct form *f, struct str name)
{
    size_t at = 0;
    struct str value;
    return form_next(f, name, &at, &value) ? value : STR("");
}

bool form_has(const struct form *f, struct str name)
{
    size_t at = 0;
    struct str value;
    return form_next(f, name, &at, &value);
}

struct str url_encode(struct str s, struct arena *a)
{
    static const char digits[] = "0123456789ABCDEF";
    char *p = arena_array(a, char, s.n * 3 + 1);
    size_t n = 0;
    for (size_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i];
        if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || (c && strchr("-._~", c))) {
            p[n++] = (char)c;
        } else {
            p[n++] = '%';
            p[n++] = digits[c >> 4];
            p[n++] = digits[c & 15];
        }
    }
    return (struct str){ p, n };
}
