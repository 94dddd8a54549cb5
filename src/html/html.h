/* html.h - markup that cannot forget to escape.
 * SPDX-License-Identifier: AGPL-3.0-or-later
 *
 * Markup comes from literals in our source; everything else goes through the function for its place. No script or style
 * is built from data: it travels in data- attributes.
 */
#ifndef TSUBO_HTML_HTML_H
#define TSUBO_HTML_HTML_H

#include <stdint.h>

#include "base/buf.h"
#include "base/lang.h"
#include "base/str.h"

struct html {
    struct buf *out;
    struct arena *a; /* for small texts made on the way */
    enum lang lang;
};

#define html_lit(h, lit) html_raw_((h), "" lit, sizeof(lit) - 1) /* a variable does not compile */
void html_raw_(struct html *h, const char *p, size_t n);         /* only by html_lit and html_svg */
void html_text(struct html *h, struct str s);                    /* escapes & < > " ' */
void html_int(struct html *h, int64_t v);
void html_attr(struct html *h, const char *name, struct str value); /* a space, then name="escaped" */
void html_attr_int(struct html *h, const char *name, int64_t v);
void html_flag(struct html *h, const char *name, bool on); /* a space and the name, when on */
void html_href(struct html *h, struct str url);            /* href: path of ours, https, mailto, tel; else "#" */
/* A picture that engine/body.h or the figure table made; nothing a person typed is in it unescaped. */
void html_svg(struct html *h, struct str svg);

/* <tag class="cls">text</tag>; cls may be NULL */
void html_el(struct html *h, const char *tag, const char *cls, struct str text);
/* A paragraph per line of `text`. */
void html_paras(struct html *h, const char *cls, struct str text);
/* <ruby> for a name with its reading; plain when there is no reading. */
void html_ruby(struct html *h, struct str base, struct str reading);

#endif
