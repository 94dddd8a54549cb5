/* builtin_know.h - the knowledge compiled into the program, for tests that need the real tables.
 * SPDX-License-Identifier: AGPL-3.0-or-later
 */
#ifndef TSUBO_TESTS_BUILTIN_KNOW_H
#define TSUBO_TESTS_BUILTIN_KNOW_H

#include <stdio.h>

#include "base/must.h"
#include "know/know.h"

/* The caller frees it with know_free. */
static inline struct know *builtin_know(void)
{
    struct arena a = { 0 };
    struct know_faults faults = { .a = &a };
    size_t n;
    const struct know_file *files = know_builtin_files(&n);
    struct know *k = know_load(files, n, &faults);
    for (size_t i = 0; i < faults.list.n; i++)
        fprintf(stderr, "%.*s:%zu:%zu: %.*s\n", STR_ARG(faults.list.v[i].file), faults.list.v[i].line,
                faults.list.v[i].column, STR_ARG(faults.list.v[i].what));
    must(k);
    arena_release(&a);
    return k;
}

#endif
