/* clinic.c - the clinic as it is set up.
 * SPDX-License-Identifier: AGPL-3.0-or-later
 */
#include "domain/clinic.h"

bool practitioner_may(const struct practitioner *p, struct str licence_kind, struct civil_date on)
{
    for (size_t i = 0; i < p->n_licences; i++)
        if (str_eq(p->licences[i].kind, licence_kind) && p->licences[i].number.n > 0 &&
            (!p->licences[i].has_end || p->licences[i].valid_to.day >= on.day))
            return true;
    return false;
}

struct str practitioner_name(const struct practitioner *p, enum lang l, struct arena *a)
{
    bool has_latin = p->family_latin.n > 0;
    if (l == LANG_EN && has_latin)
        return str_fmt(a, "%.*s %.*s", STR_ARG(p->given_latin), STR_ARG(p->family_latin));
    if (l == LANG_VI && has_latin)
        return str_fmt(a, "%.*s %.*s", STR_ARG(p->family_latin), STR_ARG(p->given_latin));
    return str_fmt(a, "%.*s %.*s", STR_ARG(p->family_name), STR_ARG(p->given_name));
}

int clinic_service(const struct clinic *c, struct str code)
{
    for (size_t i = 0; i < c->n_services; i++)
        if (str_eq(c->services[i].code, code))
            return (int)i;
    return -1;
}
