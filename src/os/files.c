/* files.c - reading whole files, and time zones from the system.
 * SPDX-License-Identifier: AGPL-3.0-or-later
 */
#include "os/files.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define ZONE_BYTES_MAX (256u * 1024)

bool file_exists(struct str path)
{
    struct arena a = { 0 };
    bool is_there = access(str_dup(&a, path).p, F_OK) == 0;
    arena_release(&a);
    return is_there;
}

static bool fail(struct err *e, struct str path)
{
    enum err_code code = errno == ENOENT ? ERR_NOT_FOUND : errno == EACCES ? ERR_DENIED : ERR_INTERNAL;
    return err_set(e, code, 0, "%.*s: %s", STR_ARG(path), strerror(errno));
}

bool file_read(struct str path, size_t max, struct arena *a, struct str *out, struct err *e)
{
    FILE *f = fopen(str_dup(a, path).p, "rb");
    struct stat st;
    if (!f)
        return fail(e, path);
    if (fstat(fileno(f), &st) != 0 || !S_ISREG(st.st_mode)) {
        fclose(f);
        return err_set(e, ERR_INPUT, 0, "%.*s: not a file", STR_ARG(path));
    }
    size_t n = (size_t)st.st_size;
    if (n > max) {
        fclose(f);
        return err_set(e, ERR_INPUT, 0, "%.*s: larger than %zu bytes", STR_ARG(path), max);
    }
    char *p = arena_array(a, char, n + 1);
    size_t got = fread(p, 1, n, f);
    bool is_whole = got == n && !ferror(f);
    fclose(f);
    if (!is_whole)
        return err_set(e, ERR_INTERNAL, 0, "%.*s: cannot be read", STR_ARG(path));
    *out = (struct str){ p, n };
    return true;
}

bool file_write(struct str path, struct str content, struct err *e)
{
    struct arena a = { 0 };
    struct str tmp = str_fmt(&a, "%.*s.part", STR_ARG(path));
    FILE *f = fopen(tmp.p, "wb");
    bool ok = f && (content.n == 0 || fwrite(content.p, 1, content.n, f) == content.n);
    ok = (f ? fclose(f) == 0 : false) && ok && rename(tmp.p, str_dup(&a, path).p) == 0;
    if (!ok) {
        fail(e, path);
        unlink(tmp.p);
    }
    arena_release(&a);
    return ok;
}

static bool is_zone_name(struct str name)
{
    for (size_t i = 0; i < name.n; i++) {
        char c = name.p[i];
        bool is_word = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
        if (!is_word && c != '/' && c != '_' && c != '-' && c != '+')
            return false;
    }
    return name.n > 0 && name.n < 64 && name.p[0] != '/';
}

bool zone_load(struct str name, struct arena *a, const struct zone **out, struct err *e)
{
    const char *folder = getenv("TSUBO_ZONEINFO");
    struct str bytes;
    if (!is_zone_name(name))
        return err_set(e, ERR_INPUT, 0, "not a time zone's name");
    struct str path = str_fmt(a, "%s/%.*s", folder ? folder : "/usr/share/zoneinfo", STR_ARG(name));
    return (file_read(path, ZONE_BYTES_MAX, a, &bytes, e) && zone_parse(name, bytes, a, out, e)) ||
           err_note(e, "time zone %.*s", STR_ARG(name));
}
