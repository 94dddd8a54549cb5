/* money.c - amounts of money in the smallest unit there is.
 * SPDX-License-Identifier: AGPL-3.0-or-later
 */
#include "base/money.h"

#include "base/must.h"

/* ISO 4217 code and number of decimals. */
static const struct {
    struct str code;
    int decimals;
} currencies[CUR__COUNT] = {
    [CUR_JPY] = { STR_INIT("JPY"), 0 }, [CUR_VND] = { STR_INIT("VND"), 0 }, [CUR_EUR] = { STR_INIT("EUR"), 2 },
    [CUR_USD] = { STR_INIT("USD"), 2 }, [CUR_GBP] = { STR_INIT("GBP"), 2 },
};

bool money_add(struct money a, struct money b, struct money *out)
{
    int64_t sum;
    if (a.cur != b.cur || __builtin_add_overflow(a.minor, b.minor, &sum))
        return false;
    *out = (struct money){ sum, a.cur };
    return true;
}

bool money_times(struct money a, int32_t n, struct money *out)
{
    int64_t product;
    if (__builtin_mul_overflow(a.minor, n, &product))
        return false;
    *out = (struct money){ product, a.cur };
    return true;
}

bool currency_parse(struct str iso4217, enum currency *out)
{
    for (int i = 0; i < CUR__COUNT; i++)
        if (str_eq(currencies[i].code, iso4217)) {
            *out = (enum currency)i;
            return true;
        }
    return false;
}

struct str currency_code(enum currency c)
{
    return currencies[c].code;
}

struct str money_text(struct money m, char group, char point, struct arena *a)
{
    char tmp[40];
    size_t at = sizeof tmp;
    int decimals = currencies[m.cur].decimals, written = 0;
    uint64_t v = m.minor < 0 ? 0 - (uint64_t)m.minor : (uint64_t)m.minor;
    do {
        int whole = written - decimals;
        if (decimals && whole == 0)
            tmp[--at] = point;
        else if (whole > 0 && whole % 3 == 0)
            tmp[--at] = group;
        tmp[--at] = (char)('0' + v % 10);
        v /= 10;
        written++;
    } while (v || written <= decimals);
    if (m.minor < 0)
        tmp[--at] = '-';
    must(at < sizeof tmp);
    return str_dup(a, (struct str){ tmp + at, sizeof tmp - at });
}
