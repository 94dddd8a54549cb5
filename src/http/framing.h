/* framing.h - refuses requests whose framing two parsers could read differently.
 * SPDX-License-Identifier: AGPL-3.0-or-later
 *
 * The HTTP library is lenient where a proxy in front may not be; what is ambiguous is answered 400 and the connection
 * closed (RFC 9112, sections 3.2 and 6). Headers are fed one by one.
 */
#ifndef TSUBO_HTTP_FRAMING_H
#define TSUBO_HTTP_FRAMING_H

#include <stdint.h>

#include "base/str.h"

struct framing {
    int hosts, lengths, encodings;
    bool is_chunked, is_bad;
    int64_t length; /* Content-Length, -1 without */
};

void framing_start(struct framing *f);
void framing_header(struct framing *f, struct str name, struct str value);
/* After the last header: false when the request must be refused. HTTP/1.0 may lack a Host. */
NODISCARD bool framing_ok(const struct framing *f, bool is_http_1_1);

#endif
