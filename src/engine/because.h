/* because.h - why an engine decided something: the facts and the row that led to it.
 * SPDX-License-Identifier: AGPL-3.0-or-later
 */
#ifndef TSUBO_ENGINE_BECAUSE_H
#define TSUBO_ENGINE_BECAUSE_H

#include <stddef.h>

struct because {
    const int *facts; /* fact indexes; live in the engine call's arena */
    size_t n;
};

#endif
