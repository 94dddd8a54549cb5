/* schema_files.h - the migrations under sql/schema, compiled in (gen/embed.c).
 * SPDX-License-Identifier: AGPL-3.0-or-later
 */
#ifndef TSUBO_SVC_SCHEMA_FILES_H
#define TSUBO_SVC_SCHEMA_FILES_H

#include "db/db.h"

extern const struct migration schema_files[];
extern const size_t schema_files_n;

#endif
