/* must.c - checks for our own mistakes.
 * SPDX-License-Identifier: AGPL-3.0-or-later
 */
#include "base/must.h"

#include <stdio.h>
#include <stdlib.h>

void must_failed(const char *what, const char *file, int line)
{
    fprintf(stderr, "tsubo: internal mistake at %s:%d: %s\n", file, line, what);
    abort();
}
