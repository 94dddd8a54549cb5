/* setup.h - making a new clinic from a file, and log-ins.
 * SPDX-License-Identifier: AGPL-3.0-or-later
 *
 * The file is JSON (docs/clinic.md, examples/clinic.json): name, zone, country, tables, practitioners with licences,
 * services with segments, hours.
 */
#ifndef TSUBO_SVC_SETUP_H
#define TSUBO_SVC_SETUP_H

#include "svc/app.h"

struct setup; /* a clinic that was read but not made yet */

NODISCARD bool setup_read_json(const struct know *k, struct str json, struct arena *a, struct setup **out,
                               struct issues *problems);
/* ERR_CONFLICT when the file has a clinic already. */
NODISCARD bool setup_make(struct app *app, struct setup *s, struct err *e);

/* Adds a log-in. The password has 15 to 256 bytes; role is owner, practitioner, reception or auditor. ERR_INPUT,
 * ERR_CONFLICT. */
NODISCARD bool setup_user(struct app *app, struct str login, struct str password, struct str role, enum lang lang,
                          struct err *e);

#endif
