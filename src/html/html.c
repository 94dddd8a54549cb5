/* html.c - markup that cannot forget to escape.
 * SPDX-License-Identifier: AGPL-3.0-or-later
 */
#include "html/html.h"

#include <string.h>

void html_raw_(struct html *h, const char *p, size_t n)
{
    buf_bytes(h->out, p, n);
}

static const char *entity(char c)
{
    switch (c) {
    case '&':
        return "&amp;";
    case '<':
        return "&lt;";
    case '>':
        return "&gt;";
    case '"':
        return "&quot;";
    case '\'':
        return "&#39;";
    default:
        return NULL;
    }
}

void html_text(struct html *h, struct str s)
{
    size_t from = 0;
    for (size_t i = 0; i < s.n; i++) {
        const char *e = entity(s.p[i]);
        if (!e)
            continue;
        buf_bytes(h->out, s.p + from, i - from);
        buf_bytes(h->out, e, strlen(e));
        from = i + 1;
    }
    buf_bytes(h->out, s.p + from, s.n - from);
}

void html_int(struct html *h, int64_t v)
{
    buf_i64(h->out, v);
}

void html_attr(struct html *h, const char *name, struct str value)
{
    buf_char(h->out, ' ');
    buf_add(h->out, str_from(name));
    buf_lit(h->out, "=\"");
    html_text(h, value);
    buf_char(h->out, '"');
}

void html_attr_int(struct html *h, const char *name, int64_t v)
{
    buf_char(h->out, ' ');
    buf_add(h->out, str_from(name));
    buf_lit(h->out, "=\"");
    buf_i64(h->out, v);
    buf_char(h->out, '"');
}

void html_flag(struct html *h, const char *name, bool on)
{
    if (on) {
        buf_char(h->out, ' ');
        buf_add(h->out, str_from(name));
    }
}

static bool is_safe_url(struct str url)
{
    bool is_path = url.n && url.p[0] == '/' && !(url.n > 1 && (url.p[1] == '/' || url.p[1] == '\\'));
    return is_path || (url.n && (url.p[0] == '#' || url.p[0] == '?')) || str_starts(url, STR("https://")) ||
           str_starts(url, STR("mailto:")) || str_starts(url, STR("tel:"));
}

void html_href(struct html *h, struct str url)
{
    html_attr(h, "href", is_safe_url(url) ? url : STR("#"));
}

void html_svg(struct html *h, struct str svg)
{
    buf_add(h->out, svg);
}

void html_el(struct html *h, const char *tag, const char *cls, struct str text)
{
    buf_char(h->out, '<');
    buf_add(h->out, str_from(tag));
    if (cls)
        html_attr(h, "class", str_from(cls));
    buf_char(h->out, '>');
    html_text(h, text);
    buf_lit(h->out, "</");
    buf_add(h->out, str_from(tag));
    buf_lit(h->out, ">\n");
}

void html_paras(struct html *h, const char *cls, struct str text)
{
    struct str line;
    while (str_next(&text, '\n', &line))
        html_el(h, "p", cls, line);
}

void html_ruby(struct html *h, struct str base, struct str reading)
{
    if (reading.n == 0) {
        html_text(h, base);
        return;
    }
    html_lit(h, "<ruby>");
    html_text(h, base);
    html_lit(h, "<rp>(</rp><rt>");
    html_text(h, reading);
    html_lit(h, "</rt><rp>)</rp></ruby>");
}
