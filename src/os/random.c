/* random.c - random bytes, ids, tokens and password hashes.
 * SPDX-License-Identifier: AGPL-3.0-or-later
 */
#include "os/random.h"

#include <sodium.h>
#include <time.h>

#define EPOCH_2025_MS INT64_C(1735689600000)
#define ID_RANDOM_BITS 22
#define TOKEN_BYTES 16
#define ARGON_PASSES 2
#define ARGON_BYTES (19u << 20)

bool random_start(void)
{
    return sodium_init() >= 0;
}

void random_bytes(void *p, size_t n)
{
    randombytes_buf(p, n);
}

int64_t id_new(void)
{
    struct timespec t;
    clock_gettime(CLOCK_REALTIME, &t);
    int64_t ms = (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000 - EPOCH_2025_MS;
    ms = ms > 0 ? ms : 0;
    return (ms << ID_RANDOM_BITS) | (int64_t)(randombytes_random() >> (32 - ID_RANDOM_BITS));
}

struct str token_new(struct arena *a)
{
    unsigned char bytes[TOKEN_BYTES];
    size_t n = sodium_base64_encoded_len(sizeof bytes, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    char *p = arena_array(a, char, n);
    randombytes_buf(bytes, sizeof bytes);
    sodium_bin2base64(p, n, bytes, sizeof bytes, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    return str_from(p);
}

struct str hash_bytes(struct str s, struct arena *a)
{
    unsigned char *p = arena_array(a, unsigned char, 32);
    crypto_generichash(p, 32, (const unsigned char *)s.p, s.n, NULL, 0);
    return (struct str){ (const char *)p, 32 };
}

struct str token_hash(struct str token, struct arena *a)
{
    return hash_bytes(token, a);
}

bool password_hash(struct str password, struct arena *a, struct str *out, struct err *e)
{
    char *p = arena_array(a, char, crypto_pwhash_STRBYTES);
    if (crypto_pwhash_str_alg(p, password.p, password.n, ARGON_PASSES, ARGON_BYTES, crypto_pwhash_ALG_ARGON2ID13) != 0)
        return err_set(e, ERR_BUSY, 0, "no memory to hash a password");
    *out = str_from(p);
    return true;
}

bool password_is(struct str password, struct str encoded)
{
    char nul_terminated[crypto_pwhash_STRBYTES];
    if (encoded.n >= sizeof nul_terminated)
        return false;
    memcpy(nul_terminated, encoded.p, encoded.n);
    nul_terminated[encoded.n] = '\0';
    return crypto_pwhash_str_verify(nul_terminated, password.p, password.n) == 0;
}
