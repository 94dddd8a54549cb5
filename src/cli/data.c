/* data.c - `tsubo data check`: are the clinical tables sound?
 * SPDX-License-Identifier: AGPL-3.0-or-later
 */
#include <stdio.h>
#include <sysexits.h>

#include "cli/cli.h"
#include "os/files.h"

#define TABLE_MAX (4u << 20)

/* The same files as are compiled in, read from a folder. */
static bool read_folder(struct cli *c, struct str folder, struct know_file **files, size_t *n, struct err *e)
{
    const struct know_file *builtin = know_builtin_files(n);
    *files = arena_array(c->a, struct know_file, *n);
    for (size_t i = 0; i < *n; i++) {
        struct str path = str_fmt(c->a, "%.*s/%.*s", STR_ARG(folder), STR_ARG(builtin[i].name));
        (*files)[i].name = builtin[i].name;
        if (!file_read(path, TABLE_MAX, c->a, &(*files)[i].content, e))
            return false;
    }
    return true;
}

int cli_data_check(struct cli *c)
{
    struct err e = { 0 };
    struct know_faults faults = { .a = c->a };
    struct know_file *files = NULL;
    size_t n;
    const struct know_file *builtin = know_builtin_files(&n);
    if (c->n_args && !read_folder(c, c->args[0], &files, &n, &e))
        return cli_fail(&e);
    struct know *k = know_load(files ? files : builtin, n, &faults);
    if (k)
        know_check(k, &faults);
    for (size_t i = 0; i < faults.list.n; i++)
        printf("%.*s:%zu:%zu: %.*s\n", STR_ARG(faults.list.v[i].file), faults.list.v[i].line, faults.list.v[i].column,
               STR_ARG(faults.list.v[i].what));
    if (k && faults.list.n == 0)
        printf(
            "clinical data %.*s: %zu points, %zu questions, %zu triage rules, %zu precautions, %zu protocols, %zu actions, "
            "%zu sources; no fault\n",
            STR_ARG(k->version), k->n_points, k->n_questions, k->n_triage, k->n_precautions, k->n_protocols,
            k->n_actions, k->n_sources);
    know_free(k);
    return faults.list.n ? EX_DATAERR : 0;
}
