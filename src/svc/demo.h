/* demo.h - a plainly invented clinic, with a full past and half-full weeks ahead.
 * SPDX-License-Identifier: AGPL-3.0-or-later
 */
#ifndef TSUBO_SVC_DEMO_H
#define TSUBO_SVC_DEMO_H

#include "svc/app.h"

struct demo_logins {
    struct {
        const char *login, *password;
    } v[4];
    size_t n;
};

/* Makes the demo clinic when the file has none yet, and its log-ins. The passwords are fixed and public: the demo says
 * so. */
NODISCARD bool demo_make(struct app *app, struct demo_logins *out, struct arena *a, struct err *e);

#endif
