/* files.h - reading whole files, and time zones from the system.
 * SPDX-License-Identifier: AGPL-3.0-or-later
 */
#ifndef TSUBO_OS_FILES_H
#define TSUBO_OS_FILES_H

#include "base/arena.h"
#include "base/err.h"
#include "base/zone.h"

NODISCARD bool file_exists(struct str path);
/* The whole file, at most `max` bytes; lives in `a`. ERR_NOT_FOUND, ERR_INPUT (too large), ERR_DENIED. */
NODISCARD bool file_read(struct str path, size_t max, struct arena *a, struct str *out, struct err *e);
/* Writes a new file or replaces one, whole or not at all (temporary file and rename). */
NODISCARD bool file_write(struct str path, struct str content, struct err *e);
/* A zone by name (Asia/Tokyo) from $TSUBO_ZONEINFO or /usr/share/zoneinfo. Names with dots, blanks or a leading slash
 * are refused. */
NODISCARD bool zone_load(struct str name, struct arena *a, const struct zone **out, struct err *e);

#endif
