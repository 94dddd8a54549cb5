/* attr.h - compiler attributes by name.
 * SPDX-License-Identifier: AGPL-3.0-or-later
 */
#ifndef TSUBO_BASE_ATTR_H
#define TSUBO_BASE_ATTR_H

#define NODISCARD __attribute__((warn_unused_result))
#define NORETURN __attribute__((noreturn))
#define PRINTF(fmt, args) __attribute__((format(printf, fmt, args)))
#define UNUSED __attribute__((unused))

#define ARRAY_LEN(a) (sizeof(a) / sizeof *(a))

#endif
