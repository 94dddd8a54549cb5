/* cppcheck.h - what cppcheck must know of the libraries' macros, since it does not read their headers. Included by
 * tools/lint only. SPDX-License-Identifier: AGPL-3.0-or-later
 */
#define json_array_foreach(a, i, v) for (i = 0; (v = json_array_get(a, i)) != NULL; i++)
#define json_object_foreach(o, k, v) for (k = json_first(o); (v = json_object_get(o, k)) != NULL; k = json_next(o, k))
