/* points.c - `tsubo points`: the atlas on the command line.
 * SPDX-License-Identifier: AGPL-3.0-or-later
 */
#include <math.h>
#include <stdio.h>
#include <sysexits.h>

#include "cli/cli.h"
#include "engine/body.h"

static struct str location(const struct point *p, enum lang l)
{
    const struct str *in = p->location.in;
    return in[l].n ? in[l] : in[LANG_EN];
}

static struct str name_in(const struct point *p, enum lang l)
{
    return l == LANG_JA ? p->hanzi_ja : l == LANG_VI && p->vietnamese.n ? p->vietnamese : p->english;
}

static void print_line(const struct point *p, enum lang l)
{
    printf("%-10.*s %-14.*s %-6.*s %-24.*s %.*s\n", STR_ARG(p->code), STR_ARG(p->pinyin), STR_ARG(p->hanzi_ja),
           STR_ARG(name_in(p, l)), STR_ARG(location(p, l)));
}

static void print_place(const struct know *k, const struct point *p, double height_cm)
{
    const struct landmark *mark = &k->landmarks[p->place.landmark];
    printf("  from %.*s (%.*s): %g cun sideways, %g cun along", STR_ARG(mark->name), STR_ARG(mark->id), p->place.dx,
           p->place.dy);
    if (!isnan(height_cm))
        printf("; for a body of %g cm: %.1f cm and %.1f cm", height_cm, p->place.dx * body_cun_cm(height_cm),
               p->place.dy * body_cun_cm(height_cm));
    printf(" (basis: %.*s)\n", STR_ARG(p->place.basis));
}

static void print_point(const struct know *k, const struct point *p, enum lang l, double height_cm)
{
    printf("%.*s  %.*s  %.*s", STR_ARG(p->code), STR_ARG(p->pinyin), STR_ARG(p->hanzi));
    if (p->kana.n)
        printf("  %.*s (%.*s, %.*s)", STR_ARG(p->hanzi_ja), STR_ARG(p->kana), STR_ARG(p->romaji));
    printf("  %.*s  %.*s\n", STR_ARG(p->vietnamese), STR_ARG(p->english));
    printf("  %.*s\n", STR_ARG(location(p, l)));
    print_place(k, p, height_cm);
    if (p->depth_min_mm >= 0)
        printf("  textbook depth %d to %d mm, %.*s; a range for average adults, not a limit\n", p->depth_min_mm,
               p->depth_max_mm, STR_ARG(p->angle));
    if (p->cautions.n)
        printf("  cautions: %.*s\n", STR_ARG(p->cautions));
    if (p->categories.n)
        printf("  categories: %.*s\n", STR_ARG(p->categories));
    printf("  role in low back pain: %.*s\n", STR_ARG(p->lbp_role));
}

static int list(const struct know *k, struct str role, int landmark, enum lang l)
{
    size_t n = 0;
    for (size_t i = 0; i < k->n_points; i++) {
        const struct point *p = &k->points[i];
        if ((role.n && !str_eq(p->lbp_role, role)) || (landmark >= 0 && p->place.landmark != landmark))
            continue;
        print_line(p, l);
        n++;
    }
    fprintf(stderr, "%zu points\n", n);
    return n ? 0 : EX_DATAERR;
}

int cli_points(struct cli *c)
{
    enum lang l = LANG_EN;
    int64_t height;
    struct str near = cli_option(c, "near", STR("")), role = cli_option(c, "role", STR(""));
    if (!lang_parse(cli_option(c, "lang", STR("en")), &l)) {
        fputs("tsubo points: --lang is en, ja or vi\n", stderr);
        return EX_USAGE;
    }
    if (!cli_number(c, "height", 50, 250, 0, &height))
        return EX_USAGE;
    struct know *k = cli_know(c);
    int code = EX_SOFTWARE, landmark = k && near.n ? know_landmark(k, near) : -1;
    if (!k) {
        code = EX_SOFTWARE;
    } else if (near.n && landmark < 0) {
        fprintf(stderr, "tsubo points: there is no landmark \"%.*s\" (data/atlas/landmarks.tsv)\n", STR_ARG(near));
        code = EX_DATAERR;
    } else if (c->n_args) {
        int i = know_point(k, c->args[0]);
        if (i >= 0)
            print_point(k, &k->points[i], l, height ? (double)height : (double)NAN);
        else
            fprintf(stderr, "tsubo points: there is no point \"%.*s\"; codes look like BL23 or EX-B2-L4\n",
                    STR_ARG(c->args[0]));
        code = i >= 0 ? 0 : EX_DATAERR;
    } else {
        code = list(k, role, landmark, l);
    }
    know_free(k);
    return code;
}
