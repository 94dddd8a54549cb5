/* claim.c - time taken in the database itself.
 * SPDX-License-Identifier: AGPL-3.0-or-later
 */
#include "store/claim.h"

#include <inttypes.h>
#include <stdlib.h>

static void add_grains(struct claim_list *l, int64_t resource, int64_t from, int64_t n, int64_t booking,
                       struct arena *a)
{
    for (int64_t g = 0; g < n; g++)
        *list_push(&l->list, a) = (struct claim){ resource, from + g, booking };
}

void claim_add(struct claim_list *l, const struct service_shape *s, struct instant starts_at,
               int64_t practitioner_resource, int64_t table_resource, int64_t booking_id, struct arena *a)
{
    int64_t at = starts_at.s / CLAIM_GRAIN_SECONDS;
    for (size_t i = 0; i < s->n_segments; i++) {
        int64_t n = s->segments[i].minutes * 60 / CLAIM_GRAIN_SECONDS;
        if (s->segments[i].holds_practitioner)
            add_grains(l, practitioner_resource, at, n, booking_id, a);
        if (s->segments[i].holds_table)
            add_grains(l, table_resource, at, n, booking_id, a);
        at += n;
    }
}

static int by_resource_and_grain(const void *va, const void *vb)
{
    const struct claim *a = va, *b = vb;
    if (a->resource_id != b->resource_id)
        return a->resource_id < b->resource_id ? -1 : 1;
    return (a->grain > b->grain) - (a->grain < b->grain);
}

bool claim_take(struct db *db, int64_t clinic_id, struct claim_list *l, int64_t *bad, struct err *e)
{
    if (l->list.n)
        qsort(l->list.v, l->list.n, sizeof *l->list.v, by_resource_and_grain);
    for (size_t i = 0; i < l->list.n; i++) {
        struct claim *c = &l->list.v[i];
        struct stmt *q = db_query(db, Q_CLAIM_INSERT);
        stmt_bind_i64(q, ":clinic", clinic_id);
        stmt_bind_i64(q, ":resource", c->resource_id);
        stmt_bind_i64(q, ":grain", c->grain);
        stmt_bind_i64(q, ":booking", c->booking_id);
        if (!stmt_run(q, e)) {
            *bad = c->booking_id;
            return err_note(e, "claim of booking %" PRId64, c->booking_id);
        }
    }
    return true;
}

bool claim_release(struct db *db, int64_t clinic_id, int64_t resource_id, struct span when, int64_t booking_id,
                   struct err *e)
{
    struct stmt *q = db_query(db, Q_CLAIM_RELEASE);
    stmt_bind_i64(q, ":clinic", clinic_id);
    stmt_bind_i64(q, ":resource", resource_id);
    stmt_bind_i64(q, ":from", when.from.s / CLAIM_GRAIN_SECONDS);
    stmt_bind_i64(q, ":to", (when.to.s + CLAIM_GRAIN_SECONDS - 1) / CLAIM_GRAIN_SECONDS);
    stmt_bind_i64(q, ":booking", booking_id);
    return stmt_run(q, e);
}
