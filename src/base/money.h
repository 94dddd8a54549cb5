/* money.h - amounts of money in the smallest unit there is.
 * SPDX-License-Identifier: AGPL-3.0-or-later
 *
 * Units: minor units of the currency (yen and dong have none below 1). Never a double.
 */
#ifndef TSUBO_BASE_MONEY_H
#define TSUBO_BASE_MONEY_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/attr.h"

enum currency { CUR_JPY, CUR_VND, CUR_EUR, CUR_USD, CUR_GBP, CUR__COUNT };
struct money {
    int64_t minor;
    enum currency cur;
};

/* Adds; false when the currencies differ or the sum does not fit. */
NODISCARD bool money_add(struct money a, struct money b, struct money *out);
NODISCARD bool money_times(struct money a, int32_t n, struct money *out);
NODISCARD bool currency_parse(struct str iso4217, enum currency *out);
struct str currency_code(enum currency c);
/* "5,500" or "12.50": grouped by thousands, without the currency's name. */
struct str money_text(struct money m, char group, char point, struct arena *a);

#endif
