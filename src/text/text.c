/* text.c - the sentences people read, in their language.
 * SPDX-License-Identifier: AGPL-3.0-or-later
 */
#include "text/text.h"

#include <math.h>

#include "base/must.h"

extern const struct text_entry text_entries[];

struct str text_get(enum lang l, enum msg m)
{
    must(m > MSG_NONE && m < MSG__COUNT);
    return text_entries[m].text.in[l];
}

struct str text_id(enum msg m)
{
    must(m < MSG__COUNT);
    return text_entries[m].id;
}

struct str text_fill(struct str pattern, const struct str *args, size_t n, struct arena *a)
{
    size_t need = pattern.n, at = 0;
    for (size_t i = 0; i < n; i++)
        need += args[i].n * (pattern.n / 3 + 1);
    char *p = arena_array(a, char, need + 1);
    for (size_t i = 0; i < pattern.n; i++) {
        bool is_slot = pattern.p[i] == '{' && i + 2 < pattern.n && pattern.p[i + 2] == '}' && pattern.p[i + 1] >= '0' &&
                       pattern.p[i + 1] <= '9';
        if (!is_slot) {
            p[at++] = pattern.p[i];
            continue;
        }
        size_t k = (size_t)(pattern.p[i + 1] - '0');
        if (k < n && args[k].n) {
            memcpy(p + at, args[k].p, args[k].n);
            at += args[k].n;
        }
        i += 2;
    }
    return (struct str){ p, at };
}

struct str text_count(struct arena *a, enum lang l, enum msg range, enum msg one, int low, int high, struct str more)
{
    struct str from = str_fmt(a, "%d", low), to = str_fmt(a, "%d", high);
    return low == high ? text_say(a, l, one, from, more) : text_say(a, l, range, from, to, more);
}

struct str text_name(struct str pattern, struct str name, struct str value, struct arena *a)
{
    struct buf b;
    buf_init(&b, 1 << 20);
    while (pattern.n) {
        ptrdiff_t hit = str_find(pattern, name);
        size_t head = hit < 0 ? pattern.n : (size_t)hit;
        buf_add(&b, str_sub(pattern, 0, head));
        if (hit >= 0)
            buf_add(&b, value);
        pattern = str_sub(pattern, head + (hit < 0 ? 0 : name.n), pattern.n);
    }
    struct str out = str_dup(a, buf_str(&b));
    buf_release(&b);
    return out;
}

struct str text_err(enum lang l, const struct err *e)
{
    static const enum msg general[] = {
        [ERR_NONE] = MSG_ERR_INTERNAL,       [ERR_INPUT] = MSG_ERR_INPUT,       [ERR_DENIED] = MSG_ERR_DENIED,
        [ERR_NOT_FOUND] = MSG_ERR_NOT_FOUND, [ERR_CONFLICT] = MSG_ERR_CONFLICT, [ERR_BUSY] = MSG_ERR_BUSY,
        [ERR_INTERNAL] = MSG_ERR_INTERNAL,
    };
    return text_get(l, e->say ? (enum msg)e->say : general[e->code]);
}

struct str text_issue(enum lang l, const struct issue *i, struct arena *a)
{
    return text_fill(text_get(l, (enum msg)i->say), &i->arg, 1, a);
}

struct str text_weekday(enum lang l, int weekday, bool is_short)
{
    static const enum msg names[7][2] = {
        { MSG_WEEKDAY_MONDAY, MSG_WEEKDAY_MONDAY_SHORT },       { MSG_WEEKDAY_TUESDAY, MSG_WEEKDAY_TUESDAY_SHORT },
        { MSG_WEEKDAY_WEDNESDAY, MSG_WEEKDAY_WEDNESDAY_SHORT }, { MSG_WEEKDAY_THURSDAY, MSG_WEEKDAY_THURSDAY_SHORT },
        { MSG_WEEKDAY_FRIDAY, MSG_WEEKDAY_FRIDAY_SHORT },       { MSG_WEEKDAY_SATURDAY, MSG_WEEKDAY_SATURDAY_SHORT },
        { MSG_WEEKDAY_SUNDAY, MSG_WEEKDAY_SUNDAY_SHORT },
    };
    must(weekday >= 0 && weekday < 7);
    return text_get(l, names[weekday][is_short]);
}

static struct str month_name(enum lang l, int month)
{
    static const enum msg names[12] = { MSG_MONTH_01, MSG_MONTH_02, MSG_MONTH_03, MSG_MONTH_04,
                                        MSG_MONTH_05, MSG_MONTH_06, MSG_MONTH_07, MSG_MONTH_08,
                                        MSG_MONTH_09, MSG_MONTH_10, MSG_MONTH_11, MSG_MONTH_12 };
    return text_get(l, names[month - 1]);
}

struct str text_date(enum lang l, struct civil_date d, enum date_style style, struct arena *a)
{
    struct ymd v = date_to_ymd(d);
    if (style == DATE_SHORT) {
        if (l == LANG_VI)
            return str_fmt(a, "%02d/%02d/%04d", v.d, v.m, v.y);
        return l == LANG_JA ? str_fmt(a, "%04d/%02d/%02d", v.y, v.m, v.d) : date_iso(d, a);
    }
    struct str args[4] = { str_fmt(a, "%d", v.y), month_name(l, v.m), str_fmt(a, "%d", v.d),
                           text_weekday(l, date_weekday(d), l == LANG_JA) };
    return text_fill(text_get(l, style == DATE_LONG ? MSG_DATE_LONG : MSG_DATE_WEEKDAY), args, 4, a);
}

struct str text_clock(int minute_of_day, struct arena *a)
{
    return str_fmt(a, "%02d:%02d", minute_of_day / 60, minute_of_day % 60);
}

struct str text_money(enum lang l, struct money m, struct arena *a)
{
    struct str number = money_text(m, l == LANG_VI ? '.' : ',', l == LANG_VI ? ',' : '.', a);
    static const char *const signs[CUR__COUNT] = {
        [CUR_JPY] = "¥", [CUR_VND] = "₫", [CUR_EUR] = "€", [CUR_USD] = "$", [CUR_GBP] = "£"
    };
    if (l == LANG_JA && m.cur == CUR_JPY)
        return str_fmt(a, "%.*s円", STR_ARG(number));
    return l == LANG_VI ? str_fmt(a, "%.*s %s", STR_ARG(number), signs[m.cur])
                        : str_fmt(a, "%s%.*s", signs[m.cur], STR_ARG(number));
}

struct str text_number(enum lang l, double v, int decimals, struct arena *a)
{
    if (isnan(v))
        return STR("");
    struct str s = str_fmt(a, "%.*f", decimals, v);
    char *p = arena_array(a, char, s.n + 1);
    memcpy(p, s.p, s.n);
    if (decimals > 0) {
        while (s.n && p[s.n - 1] == '0')
            s.n--;
        if (s.n && p[s.n - 1] == '.')
            s.n--;
    }
    for (size_t i = 0; i < s.n; i++)
        if (p[i] == '.' && l == LANG_VI)
            p[i] = ',';
    return (struct str){ p, s.n };
}
