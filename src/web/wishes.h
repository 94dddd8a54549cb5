/* wishes.h - what a person wishes for their course, in the query of a link: nothing personal, so it may be kept and
 * shared. SPDX-License-Identifier: AGPL-3.0-or-later
 */
#ifndef TSUBO_WEB_WISHES_H
#define TSUBO_WEB_WISHES_H

#include "svc/course.h"
#include "web/web.h"

#define BAND_MINUTES 120
#define BANDS_MAX 12

struct wishes {
    int first_minute, n_bands;  /* the clinic's open hours in bands of two hours */
    uint8_t week[7][BANDS_MAX]; /* enum wish */
    bool open[7][BANDS_MAX];    /* the clinic is open for some of it */
    struct civil_date earliest;
    int64_t practitioner_id; /* 0: anyone */
    bool is_must;
    int visits; /* 0: as planned */
};

/* Bands from the clinic's hours; every open band possible, from tomorrow on. */
void wishes_default(const struct clinic *c, struct civil_date today, struct wishes *out);
/* Reads a query or form over the defaults; what does not fit is left at its default. */
void wishes_read(struct wishes *w, const struct form *f, const struct clinic *c, struct civil_date today,
                 int visits_max);
/* The query again: earliest=...&who=...&week=... */
struct str wishes_query(const struct wishes *w, struct arena *a);
/* The same as hidden fields. */
void wishes_hidden(struct html *h, const struct wishes *w);
/* For the engine. */
void wishes_ask(const struct wishes *w, const struct plan *p, struct course_ask *out);

/* Chosen visits in a query: practitioner-start, `.` separated, start in minutes since 1970. */
struct str visits_text(const struct offered_visit *v, int n, struct arena *a);
/* False when the text is malformed. */
NODISCARD bool visits_read(struct str text, struct arena *a, struct offered_visit **out, int *n);

#endif
