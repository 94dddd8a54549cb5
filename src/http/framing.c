/* framing.c - refuses requests whose framing two parsers could read differently.
 * SPDX-License-Identifier: AGPL-3.0-or-later
 */
#include "http/framing.h"

void framing_start(struct framing *f)
{
    *f = (struct framing){ .length = -1 };
}

/* A token of RFC 9110, 5.6.2. */
static bool is_token(struct str s)
{
    static const char marks[] = "!#$%&'*+-.^_`|~";
    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i];
        bool is_mark = false;
        for (const char *m = marks; *m; m++)
            is_mark |= c == *m;
        if (!is_mark && !(c >= '0' && c <= '9') && !(c >= 'a' && c <= 'z') && !(c >= 'A' && c <= 'Z'))
            return false;
    }
    return s.n > 0;
}

static bool has_control(struct str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (((unsigned char)s.p[i] < 0x20 && s.p[i] != '\t') || s.p[i] == 0x7F)
            return true;
    return false;
}

void framing_header(struct framing *f, struct str name, struct str value)
{
    f->is_bad |= !is_token(name) || has_control(value);
    if (str_eq_nocase(name, STR("Host"))) {
        f->hosts++;
    } else if (str_eq_nocase(name, STR("Content-Length"))) {
        f->lengths++;
        f->is_bad |= value.n == 0 || value.p[0] == '-' || !str_to_i64(value, 0, INT64_MAX, &f->length);
    } else if (str_eq_nocase(name, STR("Transfer-Encoding"))) {
        f->encodings++;
        f->is_chunked = str_eq_nocase(value, STR("chunked"));
        f->is_bad |= !f->is_chunked;
    }
}

bool framing_ok(const struct framing *f, bool is_http_1_1)
{
    bool is_host_fine = is_http_1_1 ? f->hosts == 1 : f->hosts <= 1;
    return !f->is_bad && is_host_fine && f->lengths <= 1 && f->encodings <= 1 && !(f->lengths && f->encodings) &&
           (is_http_1_1 || !f->encodings);
}
