/* assets.c - style, script and pictures compiled into the program.
 * SPDX-License-Identifier: AGPL-3.0-or-later
 *
 * A path carries the hash of the content (?v=), so that browsers may keep it for a year.
 */
#include "engine/body.h"
#include "web/web.h"

#include "asset_files.h"

/* The pictures of the body bring their own style sheet; its address carries no version, so it is kept for an hour only.
 */
static struct asset body_sheet(void)
{
    return (struct asset){ STR("body.css"), body_style(), 0 };
}

static const struct asset *find(struct str name)
{
    for (size_t i = 0; i < asset_files_n; i++)
        if (str_eq(asset_files[i].name, name))
            return &asset_files[i];
    return NULL;
}

bool asset_exists(const char *name)
{
    return find(str_from(name)) != NULL;
}

struct str asset_path(struct req *r, const char *name)
{
    const struct asset *f = find(str_from(name));
    return f ? str_fmt(r->a, "/assets/%s?v=%016llx", name, (unsigned long long)f->hash)
             : str_fmt(r->a, "/assets/%s", name);
}

static struct str type_of(struct str name)
{
    static const struct {
        struct str end, type;
    } types[] = {
        { STR_INIT(".css"), STR_INIT("text/css; charset=utf-8") },
        { STR_INIT(".js"), STR_INIT("text/javascript; charset=utf-8") },
        { STR_INIT(".svg"), STR_INIT("image/svg+xml") },
        { STR_INIT(".webmanifest"), STR_INIT("application/manifest+json") },
    };
    for (size_t i = 0; i < ARRAY_LEN(types); i++)
        if (str_ends(name, types[i].end))
            return types[i].type;
    return STR("application/octet-stream");
}

void asset_page(struct req *r, struct resp *out)
{
    struct asset sheet = body_sheet();
    const struct asset *f = str_eq(r->params[0], sheet.name) ? &sheet : find(r->params[0]);
    if (!f) {
        web_error(r, out, 404);
        return;
    }
    uint64_t hash = f->hash ? f->hash : str_hash(f->content);
    struct str etag = str_fmt(r->a, "\"%016llx\"", (unsigned long long)hash);
    out->is_cacheable = true;
    resp_header(out, STR("Cache-Control"),
                f->hash ? STR("public, max-age=31536000, immutable") : STR("public, max-age=3600"));
    resp_header(out, STR("ETag"), etag);
    out->type = type_of(f->name);
    if (str_eq(req_header(r, "If-None-Match"), etag))
        out->status = 304;
    else
        buf_add(&out->body, f->content);
}
