/* clinic.h - the clinic as it is set up: who works here, at which tables, what they offer, when.
 * SPDX-License-Identifier: AGPL-3.0-or-later
 *
 * Read whole from the store; a few kilobytes. Practitioners, tables and services are in their display order, inactive
 * ones left out; engines use their indexes in these arrays, the store their ids.
 */
#ifndef TSUBO_DOMAIN_CLINIC_H
#define TSUBO_DOMAIN_CLINIC_H

#include "base/date.h"
#include "base/lang.h"
#include "base/money.h"
#include "base/zone.h"
#include "domain/service.h"

struct licence {
    struct str kind, number; /* kind: hari (needle), kyu (moxa), ... */
    bool has_end;
    struct civil_date valid_to;
};

struct practitioner {
    int64_t id, resource_id;
    struct str family_name, given_name, family_kana, given_kana, family_latin, given_latin;
    struct str langs; /* `;` separated */
    const struct licence *licences;
    size_t n_licences;
};

struct treatment_table {
    int64_t id, resource_id;
    struct str name;
};

struct clinic_service {
    int64_t id;
    struct str code, licence; /* code: first, follow_up, ...; licence: the kind it needs */
    struct money price;
    struct text name, about;
    struct service_shape shape;
};

struct clinic_hours {
    int64_t practitioner_id;
    int weekday;
    int32_t from_minute, to_minute;
}; /* 0: clinic */
struct clinic_exception {
    int64_t practitioner_id;
    struct civil_date date;
    int32_t from_minute, to_minute;
};

struct clinic {
    int64_t id;
    struct str country, phone, email, emergency_number, severity_axis, rules_version;
    const struct zone *zone;
    enum currency currency;
    int min_age, notice_minutes, horizon_days, grid_minutes, needles_max;
    bool is_demo;
    int64_t diary_version;
    struct text name, address, access, about; /* clinic_text */
    const struct practitioner *practitioners;
    size_t n_practitioners;
    const struct treatment_table *tables;
    size_t n_tables;
    const struct clinic_service *services;
    size_t n_services;
    const struct clinic_hours *hours;
    size_t n_hours;
    const struct clinic_exception *exceptions;
    size_t n_exceptions; /* from yesterday on */
};

/* True when the practitioner holds a licence of this kind that is valid on that day. */
NODISCARD bool practitioner_may(const struct practitioner *p, struct str licence_kind, struct civil_date on);
/* Family name first in Japanese and Vietnamese; Latin letters in English and Vietnamese where there are any. */
struct str practitioner_name(const struct practitioner *p, enum lang l, struct arena *a);
/* Index of a service by code, or -1. */
int clinic_service(const struct clinic *c, struct str code);

#endif
