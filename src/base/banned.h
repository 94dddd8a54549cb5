/* banned.h - functions that this project does not use.
 * SPDX-License-Identifier: AGPL-3.0-or-later
 *
 * Included by force in every file of ours (meson.build). Each of these loses text, hides an error or keeps state
 * between threads; what to use instead stands beside it.
 */
#ifndef TSUBO_BASE_BANNED_H
#define TSUBO_BASE_BANNED_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#pragma GCC poison strcpy strcat strncpy strncat                              /* str_dup, buf_str */
#pragma GCC poison sprintf vsprintf                                           /* buf_fmt */
#pragma GCC poison strtok strtok_r                                            /* str_cut */
#pragma GCC poison atoi atol atoll atof strtol strtoll                        /* str_to_i64 */
#pragma GCC poison gmtime localtime gmtime_r localtime_r mktime ctime asctime /* base/date.h, os/zone.h */
#pragma GCC poison gets scanf sscanf

#endif
