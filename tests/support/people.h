/* people.h - invented people for the tests of the engines: random answers over the real tables.
 * SPDX-License-Identifier: AGPL-3.0-or-later
 */
#ifndef TSUBO_TESTS_PEOPLE_H
#define TSUBO_TESTS_PEOPLE_H

#include "domain/intake.h"

/* The tables compiled in; fails the test when they do not load. The caller frees. */
struct know *people_know(void);
/* A pseudo-random number below n from the state. */
int people_random(uint64_t *state, int n);
/* A random person: each question answered with the given chance of 100, some places marked. */
void people_make(const struct know *k, uint64_t *state, int chance, struct intake *out);
/* Fills what is not answered with random answers (yes/no questions only). */
void people_complete(const struct know *k, uint64_t *state, struct intake *io);
/* Sets one answer by name; value as a form sends it. */
void people_answer(const struct know *k, struct intake *in, const char *question, const char *value);
/* An adult with every patient's yes/no question answered no, onset and birth given, pain in the low back. */
void people_plain(const struct know *k, struct intake *out);

#endif
