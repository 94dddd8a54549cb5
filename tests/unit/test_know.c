/* test_know.c - the tables compiled in load, are whole, and a fault in one is named with its place.
 * SPDX-License-Identifier: AGPL-3.0-or-later
 */
#include "support/cm.h"

#include "know/know.h"

static void fail_with(const struct know_faults *faults)
{
    for (size_t i = 0; i < faults->list.n && i < 60; i++)
        print_message("# %.*s:%zu:%zu: %.*s\n", STR_ARG(faults->list.v[i].file), faults->list.v[i].line,
                      faults->list.v[i].column, STR_ARG(faults->list.v[i].what));
    fail_msg("%zu faults", faults->list.n);
}

static void the_tables_compiled_in_load(void **state)
{
    (void)state;
    struct arena a = { 0 };
    struct know_faults faults = { .a = &a };
    size_t n;
    const struct know_file *files = know_builtin_files(&n);
    struct know *k = know_load(files, n, &faults);
    if (!k)
        fail_with(&faults);
    know_check(k, &faults);
    if (faults.list.n)
        fail_with(&faults);
    assert_str(k->version, STR("2026.11.1"));
    assert_int_equal(k->n_points, 428);
    know_free(k);
    arena_release(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_tables_compiled_in_load),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
