/* visits.h - visits as a list and as a small calendar, for the offer and for the booked course.
 * SPDX-License-Identifier: AGPL-3.0-or-later
 */
#ifndef TSUBO_WEB_VISITS_H
#define TSUBO_WEB_VISITS_H

#include "svc/course.h"
#include "web/web.h"

/* "Tuesday, 1 December 2026, 09:30-10:20" */
struct str visit_when(struct req *r, const struct clinic *c, struct instant from, struct instant to);
struct str visit_who(struct req *r, const struct clinic *c, int64_t practitioner_id);
/* A month grid for each month with a visit; days of visits carry their number. Days are in the clinic's zone. */
void put_calendar(struct html *h, struct req *r, const struct civil_date *days, int n);

#endif
