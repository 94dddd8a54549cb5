/* new.c - a folder nobody placed
 * SPDX-License-Identifier: AGPL-3.0-or-later
 */
#include "base/str.h"
