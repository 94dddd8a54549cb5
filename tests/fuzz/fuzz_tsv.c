/* fuzz_tsv.c - any bytes as a table: read or refused with a place, cells inside the bytes.
 * SPDX-License-Identifier: AGPL-3.0-or-later
 */
#include "base/must.h"
#include "know/tsv.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena a = { 0 };
    struct know_faults faults = { .a = &a };
    struct know_file file = { STR("x.tsv"), { (const char *)data, size } };
    struct tsv t;
    if (tsv_read(file, &a, &t, &faults)) {
        for (size_t i = 0; i < t.n_rows; i++)
            for (size_t c = 0; c < t.n_columns; c++) {
                struct str cell = tsv_cell(&t, i, (int)c);
                must(cell.p >= file.content.p && cell.p + cell.n <= file.content.p + size);
                must(!str_has(cell, STR("\t")) && !str_has(cell, STR("\n")));
            }
    } else {
        must(faults.list.n == 1 && faults.list.v[0].line >= 1 && faults.list.v[0].column >= 1);
    }
    arena_release(&a);
    return 0;
}
