/* random.h - random bytes, ids, tokens and password hashes. libsodium underneath.
 * SPDX-License-Identifier: AGPL-3.0-or-later
 */
#ifndef TSUBO_OS_RANDOM_H
#define TSUBO_OS_RANDOM_H

#include "base/arena.h"
#include "base/err.h"

/* Call once before anything else here. */
NODISCARD bool random_start(void);
void random_bytes(void *p, size_t n);

/* A new id: milliseconds since 2025 in the high 41 bits, random below; rises with time, needs no counter in the
 * database, and is unique across processes as far as 22 random bits a millisecond go (a primary key conflict says
 * otherwise). > 0. */
int64_t id_new(void);

/* A secret for a link: 128 random bits, URL-safe, 22 characters. */
struct str token_new(struct arena *a);
/* What is kept of it: a 32-byte hash. */
struct str token_hash(struct str token, struct arena *a);
/* A 32-byte hash of anything. */
struct str hash_bytes(struct str s, struct arena *a);

/* Argon2id (19 MiB, 2 passes): the encoded string. Takes some tens of milliseconds. */
NODISCARD bool password_hash(struct str password, struct arena *a, struct str *out, struct err *e);
NODISCARD bool password_is(struct str password, struct str encoded);

#endif
