/* day_map.h - a day's grains as 320 bits: the few operations that the diary and the course search are made of.
 * SPDX-License-Identifier: AGPL-3.0-or-later
 */
#ifndef TSUBO_ENGINE_DAY_MAP_H
#define TSUBO_ENGINE_DAY_MAP_H

#include "engine/diary.h"

static inline struct day_map map_and(struct day_map a, struct day_map b)
{
    for (int i = 0; i < DAY_WORDS; i++)
        a.w[i] &= b.w[i];
    return a;
}

static inline struct day_map map_or(struct day_map a, struct day_map b)
{
    for (int i = 0; i < DAY_WORDS; i++)
        a.w[i] |= b.w[i];
    return a;
}

static inline struct day_map map_without(struct day_map a, struct day_map b)
{
    for (int i = 0; i < DAY_WORDS; i++)
        a.w[i] &= ~b.w[i];
    return a;
}

static inline bool map_is_empty(struct day_map a)
{
    uint64_t any = 0;
    for (int i = 0; i < DAY_WORDS; i++)
        any |= a.w[i];
    return any == 0;
}

static inline bool map_has(const struct day_map *m, int grain)
{
    return grain >= 0 && grain < DAY_GRAINS_MAX && (m->w[grain / 64] >> (grain % 64) & 1);
}

/* Bit g of the result is bit g + by of `a` (by >= 0): what begins `by` grains later. */
static inline struct day_map map_ahead(struct day_map a, int by)
{
    struct day_map out;
    for (; by >= 64; by -= 64) {
        for (int i = 0; i + 1 < DAY_WORDS; i++)
            a.w[i] = a.w[i + 1];
        a.w[DAY_WORDS - 1] = 0;
    }
    for (int i = 0; i + 1 < DAY_WORDS; i++) /* in two steps, because a shift by 64 is not defined */
        out.w[i] = a.w[i] >> by | a.w[i + 1] << 1 << (63 - by);
    out.w[DAY_WORDS - 1] = a.w[DAY_WORDS - 1] >> by;
    return out;
}

/* Bit g of the result is bit g - by of `a`. */
static inline struct day_map map_behind(struct day_map a, int by)
{
    struct day_map out;
    for (; by >= 64; by -= 64) {
        for (int i = DAY_WORDS - 1; i > 0; i--)
            a.w[i] = a.w[i - 1];
        a.w[0] = 0;
    }
    for (int i = DAY_WORDS - 1; i > 0; i--)
        out.w[i] = a.w[i] << by | a.w[i - 1] >> 1 >> (63 - by);
    out.w[0] = a.w[0] << by;
    return out;
}

/* Bit g: `n` set bits from g on. By doubling: about log2(n) steps. */
static inline struct day_map map_runs(struct day_map a, int n)
{
    int have = 1;
    while (have < n) {
        int step = have < n - have ? have : n - have;
        a = map_and(a, map_ahead(a, step));
        have += step;
    }
    return a;
}

/* The lowest set bit, or -1. */
static inline int map_first(struct day_map a)
{
    for (int i = 0; i < DAY_WORDS; i++)
        if (a.w[i])
            return i * 64 + __builtin_ctzll(a.w[i]);
    return -1;
}

/* The highest set bit, or -1. */
static inline int map_last(struct day_map a)
{
    for (int i = DAY_WORDS - 1; i >= 0; i--)
        if (a.w[i])
            return i * 64 + 63 - __builtin_clzll(a.w[i]);
    return -1;
}

/* Takes the lowest set bit out of the map and returns it; -1 when there is none. */
static inline int map_pop(struct day_map *m)
{
    for (int i = 0; i < DAY_WORDS; i++)
        if (m->w[i]) {
            int bit = __builtin_ctzll(m->w[i]);
            m->w[i] &= m->w[i] - 1;
            return i * 64 + bit;
        }
    return -1;
}

/* Sets or clears the bits [from, to), clamped to the map. */
static inline void map_set(struct day_map *m, int from, int to, bool on)
{
    from = from < 0 ? 0 : from;
    to = to > DAY_GRAINS_MAX ? DAY_GRAINS_MAX : to;
    for (int g = from; g < to;) {
        int bit = g % 64, n = 64 - bit < to - g ? 64 - bit : to - g;
        uint64_t mask = (n == 64 ? UINT64_MAX : (UINT64_C(1) << n) - 1) << bit;
        m->w[g / 64] = on ? m->w[g / 64] | mask : m->w[g / 64] & ~mask;
        g += n;
    }
}

/* The first grain from `from` on that is not set, or DAY_GRAINS_MAX. */
static inline int map_next_clear(const struct day_map *m, int from)
{
    uint64_t mask = UINT64_MAX << (from % 64);
    for (int i = from / 64; i < DAY_WORDS; i++, mask = UINT64_MAX)
        if (~m->w[i] & mask)
            return i * 64 + __builtin_ctzll(~m->w[i] & mask);
    return DAY_GRAINS_MAX;
}

/* The last grain before `before` that is not set, or -1. */
static inline int map_last_clear(const struct day_map *m, int before)
{
    uint64_t mask = ~(UINT64_MAX << (before % 64));
    for (int i = before / 64; i >= 0; i--, mask = UINT64_MAX)
        if (i < DAY_WORDS && (~m->w[i] & mask))
            return i * 64 + 63 - __builtin_clzll(~m->w[i] & mask);
    return -1;
}

#endif
