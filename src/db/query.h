/* query.h - the text of the named statements, as gen/queries.c made it from sql/.
 * SPDX-License-Identifier: AGPL-3.0-or-later
 */
#ifndef TSUBO_DB_QUERY_H
#define TSUBO_DB_QUERY_H

#include "queries.h"

enum dialect { DIALECT_SQLITE, DIALECT_POSTGRES, DIALECT__COUNT };

struct query_def {
    const char *name;
    const char *sql[DIALECT__COUNT];
};
extern const struct query_def query_defs[]; /* Q__COUNT of them */

#endif
