-- name: clinic_load
SELECT country, zone, currency, phone, email, emergency_number, min_age, notice_minutes, horizon_days, grid_minutes,
       needles_max, severity_axis, is_demo, rules_version, diary_version FROM clinic WHERE clinic_id = :clinic;

-- name: clinic_first
-- The clinic of a one-clinic installation.
SELECT clinic_id FROM clinic ORDER BY clinic_id LIMIT 1;

-- name: clinic_diary_version
SELECT diary_version FROM clinic WHERE clinic_id = :clinic;

-- name: clinic_raise_diary
-- Everything that changes the diary raises its version in the same transaction; caches are valid for one version.
UPDATE clinic SET diary_version = diary_version + 1 WHERE clinic_id = :clinic;

-- name: clinic_insert
INSERT INTO clinic (clinic_id, country, zone, currency, phone, email, emergency_number, min_age, notice_minutes, horizon_days,
                    grid_minutes, needles_max, severity_axis, is_demo, created_at)
VALUES (:clinic, :country, :zone, :currency, :phone, :email, :emergency, :min_age, :notice, :horizon, :grid, :needles, :axis,
        :demo, :now);

-- name: clinic_text_set
INSERT INTO clinic_text (clinic_id, key, lang, text) VALUES (:clinic, :key, :lang, :text)
    ON CONFLICT (clinic_id, key, lang) DO UPDATE SET text = excluded.text;

-- name: clinic_texts
SELECT key, lang, text FROM clinic_text WHERE clinic_id = :clinic ORDER BY key, lang;

-- name: practitioner_list
SELECT practitioner_id, resource_id, family_name, given_name, family_kana, given_kana, family_latin, given_latin, langs
  FROM practitioner WHERE clinic_id = :clinic AND is_active = 1 ORDER BY position, practitioner_id;

-- name: practitioner_insert
INSERT INTO practitioner (clinic_id, practitioner_id, resource_id, family_name, given_name, family_kana, given_kana,
                          family_latin, given_latin, langs, position)
VALUES (:clinic, :id, :resource, :family, :given, :family_kana, :given_kana, :family_latin, :given_latin, :langs, :position);

-- name: licence_list
SELECT practitioner_id, kind, number, valid_to FROM licence WHERE clinic_id = :clinic ORDER BY practitioner_id, licence_id;

-- name: licence_insert
INSERT INTO licence (clinic_id, licence_id, practitioner_id, kind, number, registered_on, valid_to)
VALUES (:clinic, :id, :practitioner, :kind, :number, :registered, :valid_to);

-- name: table_list
SELECT table_id, resource_id, name FROM treatment_table WHERE clinic_id = :clinic AND is_active = 1 ORDER BY position, table_id;

-- name: table_insert
INSERT INTO treatment_table (clinic_id, table_id, resource_id, name, position)
VALUES (:clinic, :id, :resource, :name, :position);

-- name: service_list
SELECT service_id, code, licence, price_minor FROM service WHERE clinic_id = :clinic AND is_active = 1
 ORDER BY position, service_id;

-- name: service_texts
SELECT service_id, lang, name, about FROM service_text WHERE clinic_id = :clinic ORDER BY service_id, lang;

-- name: service_segments
SELECT service_id, kind, minutes, holds_practitioner, holds_table FROM service_segment WHERE clinic_id = :clinic
 ORDER BY service_id, n;

-- name: service_insert
INSERT INTO service (clinic_id, service_id, code, licence, price_minor, position)
VALUES (:clinic, :id, :code, :licence, :price, :position);

-- name: service_text_insert
INSERT INTO service_text (clinic_id, service_id, lang, name, about) VALUES (:clinic, :service, :lang, :name, :about);

-- name: service_segment_insert
INSERT INTO service_segment (clinic_id, service_id, n, kind, minutes, holds_practitioner, holds_table)
VALUES (:clinic, :service, :n, :kind, :minutes, :holds_practitioner, :holds_table);

-- name: hours_list
SELECT practitioner_id, weekday, from_minute, to_minute FROM opening_hours WHERE clinic_id = :clinic
 ORDER BY practitioner_id, weekday, from_minute;

-- name: hours_insert
INSERT INTO opening_hours (clinic_id, practitioner_id, weekday, from_minute, to_minute)
VALUES (:clinic, :practitioner, :weekday, :from, :to);

-- name: exception_list
-- Served by the primary key: only dates from :from on.
SELECT practitioner_id, date, from_minute, to_minute FROM exception_hours WHERE clinic_id = :clinic AND date >= :from
 ORDER BY date, practitioner_id, from_minute;

-- name: exception_insert
INSERT INTO exception_hours (clinic_id, practitioner_id, date, from_minute, to_minute)
VALUES (:clinic, :practitioner, :date, :from, :to);

-- name: secret_get
SELECT value FROM secret WHERE name = :name;

-- name: secret_set
INSERT INTO secret (name, value) VALUES (:name, :value);
