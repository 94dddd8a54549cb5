/* asset_files.h - the files under assets/ that are compiled in (gen/embed.c).
 * SPDX-License-Identifier: AGPL-3.0-or-later
 */
#ifndef TSUBO_WEB_ASSET_FILES_H
#define TSUBO_WEB_ASSET_FILES_H

#include "base/str.h"

struct asset {
    struct str name, content;
};
extern const struct asset asset_files[];
extern const size_t asset_files_n;

#endif
