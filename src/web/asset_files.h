/* asset_files.h - the files under assets/ that are compiled in (gen/embed.c).
 * SPDX-License-Identifier: AGPL-3.0-or-later
 */
#ifndef TSUBO_WEB_ASSET_FILES_H
#define TSUBO_WEB_ASSET_FILES_H

#include "base/str.h"

struct asset {
    struct str name, content;
    uint64_t hash; /* of the content: its version in addresses */
};
extern const struct asset asset_files[];
extern const size_t asset_files_n;

#endif
