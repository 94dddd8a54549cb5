/* fuzz_zone.c - any bytes as a zoneinfo file: refused, or a zone whose conversions agree with each other.
 * SPDX-License-Identifier: AGPL-3.0-or-later
 */
#include "base/must.h"
#include "base/zone.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_instant(const struct zone *z, int64_t s)
{
    int32_t offset;
    enum wall_kind kind;
    struct wall w = zone_wall(z, (struct instant){ s }, &offset);
    must(w.minute >= 0 && w.minute < 1440 && w.second >= 0 && w.second < 60);
    must((int64_t)w.date.day * 86400 + w.minute * 60 + w.second == s + offset);
    struct instant back = zone_instant(z, w, &kind);
    must(kind != WALL_GAP && (kind == WALL_ONCE ? back.s == s : back.s <= s));
    (void)zone_midnight(z, w.date);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena a = { 0 };
    struct err e = { 0 };
    const struct zone *z;
    if (zone_parse(STR("Fuzz/Zone"), (struct str){ (const char *)data, size }, &a, &z, &e)) {
        for (int64_t s = -4000000000; s < 14000000000; s += 86400 * 97 + 4321) /* 1843 to 2413 */
            check_instant(z, s);
    } else {
        must(e.code == ERR_INPUT && e.detail[0]);
    }
    arena_release(&a);
    return 0;
}
