/* verify.c - is the data file sound?
 * SPDX-License-Identifier: AGPL-3.0-or-later
 */
#include "svc/verify.h"

#include <stdlib.h>

#include "db/db.h"
#include "store/audit.h"
#include "store/claim.h"
#include "store/verify.h"

/* Claims that the bookings of the file should hold, sorted like the ones it holds. */
static void wanted_claims(const struct clinic *c, const struct verify_bookings *b, struct claim_list *out,
                          struct arena *a)
{
    for (size_t i = 0; i < b->list.n; i++) {
        const struct verify_booking *v = &b->list.v[i];
        const struct service_shape *shape = NULL;
        for (size_t s = 0; s < c->n_services; s++)
            if (c->services[s].id == v->service_id)
                shape = &c->services[s].shape;
        if (shape && !str_eq(v->state, STR("cancelled")))
            claim_add(out, shape, v->starts_at, v->practitioner_resource, v->table_resource, v->booking_id, a);
    }
}

static int by_all(const void *va, const void *vb)
{
    const struct claim *a = va, *b = vb;
    const int64_t x[] = { a->booking_id, a->resource_id, a->grain }, y[] = { b->booking_id, b->resource_id, b->grain };
    for (int i = 0; i < 3; i++)
        if (x[i] != y[i])
            return x[i] < y[i] ? -1 : 1;
    return 0;
}

/* Both sorted: walks them side by side. */
static void compare(struct claim_list *want, struct claim_list *have, struct verify_result *out)
{
    size_t i = 0, j = 0;
    if (want->list.n)
        qsort(want->list.v, want->list.n, sizeof *want->list.v, by_all);
    if (have->list.n)
        qsort(have->list.v, have->list.n, sizeof *have->list.v, by_all);
    while (i < want->list.n || j < have->list.n) {
        int cmp = i == want->list.n ? 1 : j == have->list.n ? -1 : by_all(&want->list.v[i], &have->list.v[j]);
        out->claims_missing += cmp < 0;
        out->claims_orphaned += cmp > 0;
        i += cmp <= 0;
        j += cmp >= 0;
    }
}

bool verify_run(struct app *app, struct verify_result *out, struct err *e)
{
    struct svc_worker *w = svc_worker_new(app, e);
    struct arena a = { 0 };
    const struct clinic *c;
    struct verify_bookings bookings;
    struct claim_list want = { 0 }, have = { 0 };
    struct verify_result r = { 0 };
    bool ok = w && svc_clinic(w, &c, e) && db_check_integrity(w->db, e) &&
              verify_bookings(w->db, c->id, &a, &bookings, e) && verify_claims(w->db, c->id, &a, &have, e) &&
              verify_partial(w->db, c->id, &r.courses_partial, e) &&
              audit_verify(w->db, c->id, &r.audit_rows, &r.audit_broken, e);
    if (ok) {
        wanted_claims(c, &bookings, &want, &a);
        r.bookings = (int64_t)bookings.list.n;
        r.claims = (int64_t)have.list.n;
        compare(&want, &have, &r);
        *out = r;
    }
    arena_release(&a);
    svc_worker_free(w);
    return ok;
}
