/* date.c - dates on a wall, instants and stretches of time.
 * SPDX-License-Identifier: AGPL-3.0-or-later
 */
#include "base/date.h"

#include <inttypes.h>

/* Days are counted in 400-year eras that start on 1 March, so that the leap day is the last of its year. */
struct civil_date date_from_ymd(struct ymd d)
{
    int32_t y = d.m <= 2 ? d.y - 1 : d.y;
    int32_t era = (y >= 0 ? y : y - 399) / 400;
    int32_t yoe = y - era * 400;
    int32_t doy = (153 * (d.m > 2 ? d.m - 3 : d.m + 9) + 2) / 5 + d.d - 1;
    int32_t doe = yoe * 365 + yoe / 4 - yoe / 100 + doy;
    return (struct civil_date){ era * 146097 + doe - 719468 };
}

struct ymd date_to_ymd(struct civil_date date)
{
    int32_t z = date.day + 719468;
    int32_t era = (z >= 0 ? z : z - 146096) / 146097;
    int32_t doe = z - era * 146097;
    int32_t yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
    int32_t doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
    int32_t mp = (5 * doy + 2) / 153;
    int32_t m = mp < 10 ? mp + 3 : mp - 9;
    return (struct ymd){ yoe + era * 400 + (m <= 2), m, doy - (153 * mp + 2) / 5 + 1 };
}

static int32_t month_days(int32_t y, int32_t m)
{
    bool leap = (y % 4 == 0 && y % 100 != 0) || y % 400 == 0;
    static const int8_t days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
    return m == 2 && leap ? 29 : days[m - 1];
}

bool date_is_real(struct ymd d)
{
    return d.y >= 1800 && d.y <= 2999 && d.m >= 1 && d.m <= 12 && d.d >= 1 && d.d <= month_days(d.y, d.m);
}

int date_weekday(struct civil_date d)
{
    int w = (d.day + 3) % 7; /* 1970-01-01 was a Thursday */
    return w < 0 ? w + 7 : w;
}

bool date_parse(struct str s, struct civil_date *out)
{
    int64_t y, m, d;
    if (s.n != 10 || s.p[4] != '-' || s.p[7] != '-')
        return false;
    if (!str_to_i64(str_sub(s, 0, 4), 0, 9999, &y) || !str_to_i64(str_sub(s, 5, 7), 0, 99, &m) ||
        !str_to_i64(str_sub(s, 8, 10), 0, 99, &d))
        return false;
    struct ymd ymd = { (int32_t)y, (int32_t)m, (int32_t)d };
    if (!date_is_real(ymd))
        return false;
    *out = date_from_ymd(ymd);
    return true;
}

struct str date_iso(struct civil_date d, struct arena *a)
{
    struct ymd v = date_to_ymd(d);
    return str_fmt(a, "%04" PRId32 "-%02" PRId32 "-%02" PRId32, v.y, v.m, v.d);
}

int32_t date_age_years(struct civil_date birth, struct civil_date on)
{
    struct ymd b = date_to_ymd(birth), o = date_to_ymd(on);
    bool had_birthday = o.m > b.m || (o.m == b.m && o.d >= b.d);
    return o.y - b.y - (had_birthday ? 0 : 1);
}

struct str instant_iso(struct instant t, struct arena *a)
{
    int64_t day = t.s >= 0 ? t.s / 86400 : -((86399 - t.s) / 86400);
    int64_t sec = t.s - day * 86400;
    struct ymd v = date_to_ymd((struct civil_date){ (int32_t)day });
    return str_fmt(a, "%04" PRId32 "-%02" PRId32 "-%02" PRId32 "T%02d:%02d:%02dZ", v.y, v.m, v.d, (int)(sec / 3600),
                   (int)(sec / 60 % 60), (int)(sec % 60));
}
