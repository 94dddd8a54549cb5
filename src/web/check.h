/* check.h (web) - parts of the self-check that other screens show too.
 * SPDX-License-Identifier: AGPL-3.0-or-later
 */
#ifndef TSUBO_WEB_CHECK_H
#define TSUBO_WEB_CHECK_H

#include "engine/body.h"
#include "engine/plan.h"
#include "web/web.h"

/* The triage result as a notice, with "why?". */
void put_triage(struct html *h, struct req *r, const struct know *k, const struct clinic *c, const struct triage *t);
/* A list item: what a decision rests on, and the id of its rule. */
void put_because(struct html *h, struct req *r, const struct know *k, const struct clinic *c, struct because b,
                 struct str rule_id);

#endif
