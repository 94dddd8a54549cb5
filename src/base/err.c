/* err.c - errors that carry a code, a sentence and a trail.
 * SPDX-License-Identifier: AGPL-3.0-or-later
 */
#include "base/err.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#define ISSUES_MAX 100

void err_set_(struct err *e, enum err_code code, int say, const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    e->code = code;
    e->say = say;
    vsnprintf(e->detail, sizeof e->detail, fmt, ap);
    va_end(ap);
}

void err_note_(struct err *e, const char *fmt, ...)
{
    size_t n = strlen(e->detail);
    va_list ap;
    if (n + 3 >= sizeof e->detail)
        return;
    memcpy(e->detail + n, "; ", 3);
    va_start(ap, fmt);
    vsnprintf(e->detail + n + 2, sizeof e->detail - n - 2, fmt, ap);
    va_end(ap);
}

bool issue_add(struct issues *is, struct str path, int say, struct str arg)
{
    if (is->list.n < ISSUES_MAX)
        *list_push(&is->list, is->a) = (struct issue){ str_dup(is->a, path), say, str_dup(is->a, arg) };
    return false;
}

bool issues_none(const struct issues *is)
{
    return is->list.n == 0;
}

const struct issue *issue_at(const struct issues *is, struct str path)
{
    for (size_t i = 0; i < is->list.n; i++)
        if (str_eq(is->list.v[i].path, path))
            return &is->list.v[i];
    return NULL;
}
