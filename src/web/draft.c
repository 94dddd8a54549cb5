/* draft.c - what a person answered so far, kept in their own browser and nowhere else.
 * SPDX-License-Identifier: AGPL-3.0-or-later
 *
 * The cookie holds nonce + secretbox(zlib(intake JSON)) in URL-safe base64: only this server can read it, it ends with
 * the browser session or after two hours, and nothing stands on the server.
 */
#include "web/web.h"

#include <sodium.h>
#include <string.h>
#include <zlib.h>

#define DRAFT_SECONDS (2 * 3600)
#define DRAFT_JSON_MAX 16384
#define COOKIE_MAX 3800 /* browsers keep 4096 bytes a cookie */

/* The key of drafts, derived so that no key serves two purposes. */
static void draft_key(const struct app *app, unsigned char key[crypto_secretbox_KEYBYTES])
{
    static const char purpose[] = "draft cookie";
    crypto_generichash(key, crypto_secretbox_KEYBYTES, (const unsigned char *)purpose, sizeof purpose, app->key,
                       sizeof app->key);
}

static bool seal(const struct app *app, struct str json, struct arena *a, struct str *out)
{
    unsigned char key[crypto_secretbox_KEYBYTES];
    uLongf n = compressBound((uLong)json.n);
    unsigned char *packed = arena_array(a, unsigned char, n);
    if (compress2(packed, &n, (const unsigned char *)json.p, (uLong)json.n, 9) != Z_OK)
        return false;
    size_t box_n = crypto_secretbox_NONCEBYTES + crypto_secretbox_MACBYTES + n;
    unsigned char *box = arena_array(a, unsigned char, box_n);
    randombytes_buf(box, crypto_secretbox_NONCEBYTES);
    draft_key(app, key);
    crypto_secretbox_easy(box + crypto_secretbox_NONCEBYTES, packed, n, box, key);
    sodium_memzero(key, sizeof key);
    size_t text_n = sodium_base64_encoded_len(box_n, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    char *text = arena_array(a, char, text_n);
    sodium_bin2base64(text, text_n, box, box_n, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    *out = str_from(text);
    return out->n <= COOKIE_MAX;
}

static bool unseal(const struct app *app, struct str text, struct arena *a, struct str *json)
{
    unsigned char key[crypto_secretbox_KEYBYTES];
    unsigned char *box = arena_array(a, unsigned char, text.n + 1);
    size_t box_n;
    const size_t head = crypto_secretbox_NONCEBYTES + crypto_secretbox_MACBYTES;
    if (text.n > COOKIE_MAX ||
        sodium_base642bin(box, text.n + 1, text.p, text.n, NULL, &box_n, NULL,
                          sodium_base64_VARIANT_URLSAFE_NO_PADDING) != 0 ||
        box_n <= head)
        return false;
    unsigned char *packed = arena_array(a, unsigned char, box_n);
    draft_key(app, key);
    int opened = crypto_secretbox_open_easy(packed, box + crypto_secretbox_NONCEBYTES,
                                            box_n - crypto_secretbox_NONCEBYTES, box, key);
    sodium_memzero(key, sizeof key);
    uLongf n = DRAFT_JSON_MAX;
    unsigned char *plain = arena_array(a, unsigned char, n);
    if (opened != 0 || uncompress(plain, &n, packed, (uLong)(box_n - head)) != Z_OK)
        return false;
    *json = (struct str){ (char *)plain, n };
    return true;
}

void draft_load(struct req *r, struct intake *out)
{
    const struct app *app = r->app;
    struct svc_worker *w = web_worker(r);
    const struct clinic *c;
    struct err e = { 0 };
    struct issues problems = { .a = r->a };
    struct str json;
    struct civil_date today = { 0 };
    if (svc_clinic(w, &c, &e))
        today = svc_today(w, c);
    if (unseal(app, req_cookie(r, STR("draft")), r->a, &json) &&
        intake_read_json(app->know, json, today, r->a, out, &problems)) {
        out->lang = r->lang;
        return;
    }
    *out = (struct intake){ .lang = r->lang, .date = today };
}

bool draft_exists(struct req *r)
{
    struct str json;
    return unseal(r->app, req_cookie(r, STR("draft")), r->a, &json);
}

void draft_save(struct req *r, struct resp *out, const struct intake *in)
{
    const struct app *app = r->app;
    struct str sealed;
    if (seal(app, intake_to_json(in, app->know, r->a), r->a, &sealed))
        resp_cookie(r, out, STR("draft"), sealed, DRAFT_SECONDS);
}

void draft_forget(struct req *r, struct resp *out)
{
    resp_cookie(r, out, STR("draft"), STR(""), 0);
}
