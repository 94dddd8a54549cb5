/* before.c - what every request goes through before its handler: language, form, token.
 * SPDX-License-Identifier: AGPL-3.0-or-later
 *
 * The form token is a keyed hash of a random id that this browser session holds in a cookie. A POST without the right
 * token, or one that the browser says comes from another site, is refused before anything is read from it.
 */
#include "web/web.h"

#include <sodium.h>

#define ANON_BYTES 16
#define TOKEN_BYTES 32

static struct str base64(const unsigned char *p, size_t n, struct arena *a)
{
    size_t len = sodium_base64_encoded_len(n, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    char *text = arena_array(a, char, len);
    sodium_bin2base64(text, len, p, n, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    return str_from(text);
}

static struct str token_of(struct req *r, struct str anon)
{
    const struct app *app = r->app;
    unsigned char hash[TOKEN_BYTES];
    crypto_generichash_state s;
    static const char purpose[] = "form token";
    crypto_generichash_init(&s, app->key, sizeof app->key, sizeof hash);
    crypto_generichash_update(&s, (const unsigned char *)purpose, sizeof purpose);
    crypto_generichash_update(&s, (const unsigned char *)anon.p, anon.n);
    crypto_generichash_final(&s, hash, sizeof hash);
    return base64(hash, sizeof hash, r->a);
}

static void find_anon(struct req *r, struct web_state *s)
{
    s->anon = req_cookie(r, STR("anon"));
    if (s->anon.n >= ANON_BYTES && s->anon.n <= 64)
        return;
    unsigned char bytes[ANON_BYTES];
    randombytes_buf(bytes, sizeof bytes);
    s->anon = base64(bytes, sizeof bytes, r->a);
    s->sets_anon = true;
}

/* The language of the path, else the best of Accept-Language, else English. */
static bool find_lang(struct req *r)
{
    bool has_lang = r->route && str_starts(str_from(r->route->path), STR("/:lang"));
    struct str first = r->path, part;
    (void)str_cut(&first, '/');
    part = str_cut(&first, '/');
    if (lang_parse(part, &r->lang))
        return true;
    struct str rest = req_header(r, "Accept-Language"), item;
    while (str_next(&rest, ',', &item))
        if (lang_parse(str_sub(item, 0, 2), &r->lang))
            break;
    return !has_lang;
}

static bool is_same(struct str a, struct str b)
{
    return a.n == b.n && a.n > 0 && sodium_memcmp(a.p, b.p, a.n) == 0;
}

static bool is_from_here(struct req *r)
{
    struct str site = req_header(r, "Sec-Fetch-Site");
    return site.n == 0 || str_eq(site, STR("same-origin")) || str_eq(site, STR("none"));
}

static bool check_post(struct req *r, struct web_state *s, struct resp *out)
{
    bool is_form = str_starts(r->content_type, STR("application/x-www-form-urlencoded"));
    if (!is_form || !form_parse(r->body, r->a, &s->form)) {
        web_error(r, out, is_form ? 400 : 415);
        return false;
    }
    if (s->sets_anon || !is_from_here(r) || !is_same(form_get(&s->form, STR("token")), token_of(r, s->anon))) {
        web_error(r, out, 403);
        return false;
    }
    return true;
}

bool web_before(struct req *r, struct resp *out)
{
    struct web_state *s = arena_one(r->a, struct web_state);
    r->session = s;
    find_anon(r, s);
    if (!find_lang(r)) {
        web_error(r, out, 404);
        return false;
    }
    if (!form_parse(r->query, r->a, &s->query)) {
        web_error(r, out, 400);
        return false;
    }
    return r->method != HTTP_POST || check_post(r, s, out);
}

void form_begin(struct html *h, struct req *r, struct str action)
{
    html_lit(h, "<form method=\"post\"");
    html_attr(h, "action", action);
    html_lit(h, " novalidate>\n");
    field_hidden(h, STR("token"), token_of(r, web_state(r)->anon));
}

void form_end(struct html *h)
{
    html_lit(h, "</form>\n");
}
