/* course_pairs.c - two maps at a time: where a service fits, and what its cheapest start costs.
 * SPDX-License-Identifier: AGPL-3.0-or-later
 *
 * This is where the search spends its time: every table and practitioner of every day. The same shifts are made for two
 * of them side by side, in vector registers, on the part of the day that matters, and without a branch that depends on
 * what is booked.
 */
#include "engine/course_search.h"

typedef uint64_t pair __attribute__((vector_size(16)));
struct pair_map {
    pair w[DAY_WORDS];
};

/* gcc's analyzer takes a vector for a type of one bit. */
#if defined __GNUC__ && !defined __clang__
#pragma GCC diagnostic ignored "-Wanalyzer-shift-count-overflow"
#endif

/* `words` is a constant wherever these are called, so that the loops unroll and nothing passes through memory. */
#define INLINE static inline __attribute__((always_inline))

/* Part of a day: `words` words from the grain `from` on. */
struct window {
    int from, words;
};

/* From `before` grains before the first start to `after` grains after the last. */
static struct window window_of(struct day_map starts, int before, int after)
{
    int from = map_first(starts) - before;
    from = from > 0 ? from : 0;
    int words = (map_last(starts) + after - from) / 64 + 1;
    return (struct window){ from, words < DAY_WORDS ? words : DAY_WORDS };
}

INLINE struct pair_map pair_of(const struct day_map *a, const struct day_map *b, int from, int words)
{
    struct pair_map out = { { { 0, 0 } } };
    int word = from / 64, bits = from % 64;
    pair now = { a->w[word], b->w[word] };
    for (int k = 0; k < words; k++) {
        int at = word + k + 1;
        pair next = at < DAY_WORDS ? (pair){ a->w[at], b->w[at] } : (pair){ 0, 0 };
        out.w[k] = now >> bits | next << 1 << (63 - bits);
        now = next;
    }
    return out;
}

/* As map_ahead. */
INLINE struct pair_map pair_ahead(struct pair_map a, int by, int words)
{
    for (; by >= 64; by -= 64) {
        for (int k = 0; k + 1 < words; k++)
            a.w[k] = a.w[k + 1];
        a.w[words - 1] = (pair){ 0, 0 };
    }
    for (int k = 0; k + 1 < words; k++)
        a.w[k] = a.w[k] >> by | a.w[k + 1] << 1 << (63 - by);
    a.w[words - 1] = a.w[words - 1] >> by;
    return a;
}

/* As map_behind. */
INLINE struct pair_map pair_behind(struct pair_map a, int by, int words)
{
    for (; by >= 64; by -= 64) {
        for (int k = words - 1; k > 0; k--)
            a.w[k] = a.w[k - 1];
        a.w[0] = (pair){ 0, 0 };
    }
    for (int k = words - 1; k > 0; k--)
        a.w[k] = a.w[k] << by | a.w[k - 1] >> 1 >> (63 - by);
    a.w[0] = a.w[0] << by;
    return a;
}

/* As map_runs. */
INLINE struct pair_map pair_runs(struct pair_map a, int n, int words)
{
    for (int have = 1; have < n;) {
        int step = have < n - have ? have : n - have;
        struct pair_map later = pair_ahead(a, step, words);
        for (int k = 0; k < words; k++)
            a.w[k] &= later.w[k];
        have += step;
    }
    return a;
}

/* As held_fits. */
INLINE struct pair_map pair_fits(struct pair_map room, const struct held *held, int words)
{
    struct pair_map all = { { { 0, 0 } } };
    for (int k = 0; k < words; k++)
        all.w[k] = (pair){ UINT64_MAX, UINT64_MAX };
    for (int i = 0; i < held->n; i++) {
        struct pair_map fits = pair_ahead(pair_runs(room, held->run[i].n, words), held->run[i].at, words);
        for (int k = 0; k < words; k++)
            all.w[k] &= fits.w[k];
    }
    return all;
}

/* ---- tables ---- */

INLINE void any_fit(const struct day_map *rooms, int n, const struct held *held, int from, int words,
                    const struct day_map *starts, struct day_map *found)
{
    uint64_t missing = 1;
    for (int t = 0; t < n && missing; t += 2) {
        struct pair_map fits = pair_fits(pair_of(&rooms[t], &rooms[t + 1 < n ? t + 1 : t], from, words), held, words);
        missing = 0;
        for (int k = 0; k < words; k++) {
            found->w[k] |= starts->w[k] & (fits.w[k][0] | fits.w[k][1]);
            missing |= starts->w[k] & ~found->w[k];
        }
    }
}

struct day_map pairs_any_fit(const struct day_map *rooms, int n, const struct held *held, struct day_map starts)
{
    struct day_map open = { { 0 } }, found = { { 0 } };
    if (held->n == 0)
        return starts;
    for (int t = 0; t < n; t++)
        open = map_or(open, rooms[t]);
    starts = map_and(starts, map_ahead(open, held->run[0].at));
    if (map_is_empty(starts))
        return starts;
    struct window win = window_of(starts, 0, held->end);
    starts = map_ahead(starts, win.from);
    if (win.words == 1)
        any_fit(rooms, n, held, win.from, 1, &starts, &found);
    else if (win.words == 2)
        any_fit(rooms, n, held, win.from, 2, &starts, &found);
    else if (win.words == 3)
        any_fit(rooms, n, held, win.from, 3, &starts, &found);
    else
        any_fit(rooms, n, held, win.from, DAY_WORDS, &starts, &found);
    return map_behind(found, win.from);
}

/* ---- practitioners ---- */

/* Starts that leave a stretch too short for the shortest service: as leaves_hole says of each. */
INLINE struct pair_map pair_holes(struct pair_map room, int shortest, int end, int words)
{
    struct pair_map runs = pair_runs(room, shortest, words), brief = room, holes = { { { 0, 0 } } };
    for (int k = 0; k < words; k++)
        brief.w[k] &= ~runs.w[k];
    struct pair_map before = pair_behind(room, 1, words), long_before = pair_behind(runs, shortest, words);
    struct pair_map after = pair_ahead(brief, end, words);
    for (int k = 0; k < words; k++)
        holes.w[k] = (before.w[k] & ~long_before.w[k]) | after.w[k];
    return holes;
}

INLINE void costs(const struct day_map *rooms, int n, const struct slot_rules *rules, int from, int words,
                  const struct day_map *starts, const struct day_map *preferred, int32_t *out)
{
    for (int p = 0; p < n; p += 2) {
        int second = p + 1 < n ? p + 1 : p;
        struct pair_map room = pair_of(&rooms[p], &rooms[second], from, words);
        struct pair_map fits = pair_fits(room, &rules->held, words);
        struct pair_map holes = pair_holes(room, rules->shortest, rules->held.end, words);
        pair kind[4] = { { 0, 0 }, { 0, 0 }, { 0, 0 }, { 0, 0 } };
        for (int k = 0; k < words; k++) {
            pair own = fits.w[k] & starts->w[k], liked = own & preferred->w[k], other = own & ~preferred->w[k];
            kind[0] |= liked & ~holes.w[k];
            kind[1] |= liked & holes.w[k];
            kind[2] |= other & ~holes.w[k];
            kind[3] |= other & holes.w[k];
        }
        for (int side = 0; side < 2; side++) {
            unsigned kinds = (unsigned)(kind[0][side] != 0) | (unsigned)(kind[1][side] != 0) << 1 |
                             (unsigned)(kind[2][side] != 0) << 2 | (unsigned)(kind[3][side] != 0) << 3;
            out[side == 0 ? p : second] = rules->cost[kinds];
        }
    }
}

void pairs_costs(const struct day_map *rooms, int n, const struct slot_rules *rules, struct day_map starts,
                 struct day_map preferred, int32_t *out)
{
    struct window win = window_of(starts, rules->shortest, rules->held.end + rules->shortest);
    starts = map_ahead(starts, win.from);
    preferred = map_ahead(preferred, win.from);
    if (win.words == 1)
        costs(rooms, n, rules, win.from, 1, &starts, &preferred, out);
    else if (win.words == 2)
        costs(rooms, n, rules, win.from, 2, &starts, &preferred, out);
    else if (win.words == 3)
        costs(rooms, n, rules, win.from, 3, &starts, &preferred, out);
    else
        costs(rooms, n, rules, win.from, DAY_WORDS, &starts, &preferred, out);
}
