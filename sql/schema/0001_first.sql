-- The clinic, its people and rooms, its diary, and the people it cares for.
-- clinic_id leads every key, so that the tables can be distributed by clinic. Ids are made by the program (os/ids.h).
-- Instants are seconds UTC, dates are days since 1970-01-01, money is in the currency's smallest unit.

CREATE TABLE clinic (
  clinic_id        INTEGER PRIMARY KEY,
  country          TEXT NOT NULL,              -- ISO 3166: which profile (emergency number, currency, retention)
  zone             TEXT NOT NULL,              -- Asia/Tokyo
  currency         TEXT NOT NULL,              -- ISO 4217
  phone            TEXT NOT NULL DEFAULT '',
  email            TEXT NOT NULL DEFAULT '',
  emergency_number TEXT NOT NULL,
  min_age          INTEGER NOT NULL CHECK (min_age BETWEEN 0 AND 99),
  notice_minutes   INTEGER NOT NULL CHECK (notice_minutes >= 0),
  horizon_days     INTEGER NOT NULL CHECK (horizon_days BETWEEN 7 AND 366),
  grid_minutes     INTEGER NOT NULL CHECK (grid_minutes % 5 = 0 AND grid_minutes BETWEEN 5 AND 120),
  needles_max      INTEGER NOT NULL CHECK (needles_max BETWEEN 6 AND 20),
  severity_axis    TEXT NOT NULL,              -- axis of classification.tsv that names severity here
  is_demo          INTEGER NOT NULL DEFAULT 0,
  rules_version    TEXT NOT NULL DEFAULT '',   -- data version that the responsible practitioner approved; empty: none
  rules_approved_by INTEGER,
  rules_approved_at INTEGER,
  diary_version    INTEGER NOT NULL DEFAULT 1, -- raised by everything that changes the diary
  created_at       INTEGER NOT NULL
) STRICT;

-- Sentences of the clinic itself: name, address, access, about ... one row per key and language.
CREATE TABLE clinic_text (
  clinic_id INTEGER NOT NULL REFERENCES clinic,
  key       TEXT NOT NULL,
  lang      TEXT NOT NULL,
  text      TEXT NOT NULL,
  PRIMARY KEY (clinic_id, key, lang)
) STRICT, WITHOUT ROWID;

CREATE TABLE practitioner (
  clinic_id       INTEGER NOT NULL REFERENCES clinic,
  practitioner_id INTEGER NOT NULL,
  resource_id     INTEGER NOT NULL,            -- in claims; no table has the same
  family_name     TEXT NOT NULL,
  given_name      TEXT NOT NULL,
  family_kana     TEXT NOT NULL DEFAULT '',
  given_kana      TEXT NOT NULL DEFAULT '',
  family_latin    TEXT NOT NULL DEFAULT '',
  given_latin     TEXT NOT NULL DEFAULT '',
  langs           TEXT NOT NULL DEFAULT '',    -- `;` separated
  position        INTEGER NOT NULL,            -- order in lists
  is_active       INTEGER NOT NULL DEFAULT 1,
  PRIMARY KEY (clinic_id, practitioner_id),
  UNIQUE (clinic_id, resource_id)
) STRICT;

CREATE TABLE licence (
  clinic_id       INTEGER NOT NULL,
  licence_id      INTEGER NOT NULL,
  practitioner_id INTEGER NOT NULL,
  kind            TEXT NOT NULL,               -- hari (needle), kyu (moxa), massage ...
  number          TEXT NOT NULL,
  registered_on   INTEGER,
  valid_to        INTEGER,                     -- NULL: without end
  PRIMARY KEY (clinic_id, licence_id),
  FOREIGN KEY (clinic_id, practitioner_id) REFERENCES practitioner
) STRICT;
CREATE INDEX licence_by_practitioner ON licence (clinic_id, practitioner_id);

CREATE TABLE treatment_table (
  clinic_id   INTEGER NOT NULL REFERENCES clinic,
  table_id    INTEGER NOT NULL,
  resource_id INTEGER NOT NULL,
  name        TEXT NOT NULL,
  position    INTEGER NOT NULL,
  is_active   INTEGER NOT NULL DEFAULT 1,
  PRIMARY KEY (clinic_id, table_id),
  UNIQUE (clinic_id, resource_id)
) STRICT;

CREATE TABLE service (
  clinic_id   INTEGER NOT NULL REFERENCES clinic,
  service_id  INTEGER NOT NULL,
  code        TEXT NOT NULL,                   -- first, follow_up ...
  licence     TEXT NOT NULL,                   -- kind of licence that it needs
  price_minor INTEGER NOT NULL CHECK (price_minor >= 0),
  position    INTEGER NOT NULL,
  is_active   INTEGER NOT NULL DEFAULT 1,
  PRIMARY KEY (clinic_id, service_id),
  UNIQUE (clinic_id, code)
) STRICT;

CREATE TABLE service_text (
  clinic_id  INTEGER NOT NULL,
  service_id INTEGER NOT NULL,
  lang       TEXT NOT NULL,
  name       TEXT NOT NULL,
  about      TEXT NOT NULL,
  PRIMARY KEY (clinic_id, service_id, lang),
  FOREIGN KEY (clinic_id, service_id) REFERENCES service
) STRICT, WITHOUT ROWID;

CREATE TABLE service_segment (
  clinic_id          INTEGER NOT NULL,
  service_id         INTEGER NOT NULL,
  n                  INTEGER NOT NULL,         -- order, from 1
  kind               TEXT NOT NULL CHECK (kind IN ('hands_on', 'retention', 'buffer')),
  minutes            INTEGER NOT NULL CHECK (minutes > 0 AND minutes % 5 = 0),
  holds_practitioner INTEGER NOT NULL,
  holds_table        INTEGER NOT NULL,
  PRIMARY KEY (clinic_id, service_id, n),
  FOREIGN KEY (clinic_id, service_id) REFERENCES service
) STRICT, WITHOUT ROWID;

-- Weekly hours on the clinic's wall; practitioner_id 0 is the clinic itself.
CREATE TABLE opening_hours (
  clinic_id       INTEGER NOT NULL REFERENCES clinic,
  practitioner_id INTEGER NOT NULL,
  weekday         INTEGER NOT NULL CHECK (weekday BETWEEN 0 AND 6),
  from_minute     INTEGER NOT NULL CHECK (from_minute BETWEEN 0 AND 1435),
  to_minute       INTEGER NOT NULL CHECK (to_minute BETWEEN 5 AND 1440 AND to_minute > from_minute),
  PRIMARY KEY (clinic_id, practitioner_id, weekday, from_minute)
) STRICT, WITHOUT ROWID;

-- A date that differs: replaces that day's weekly hours; from = to: closed or away.
CREATE TABLE exception_hours (
  clinic_id       INTEGER NOT NULL REFERENCES clinic,
  practitioner_id INTEGER NOT NULL,
  date            INTEGER NOT NULL,
  from_minute     INTEGER NOT NULL,
  to_minute       INTEGER NOT NULL CHECK (to_minute >= from_minute),
  PRIMARY KEY (clinic_id, date, practitioner_id, from_minute)
) STRICT, WITHOUT ROWID;

CREATE TABLE patient (
  clinic_id    INTEGER NOT NULL REFERENCES clinic,
  patient_id   INTEGER NOT NULL,
  family_name  TEXT NOT NULL,
  given_name   TEXT NOT NULL,
  family_kana  TEXT NOT NULL DEFAULT '',
  given_kana   TEXT NOT NULL DEFAULT '',
  birth_date   INTEGER,
  sex          TEXT NOT NULL DEFAULT '',
  phone        TEXT NOT NULL DEFAULT '',
  email        TEXT NOT NULL DEFAULT '',
  lang         TEXT NOT NULL,
  search_key   TEXT NOT NULL DEFAULT '',       -- folded names and phone, for finding
  created_at   INTEGER NOT NULL,
  PRIMARY KEY (clinic_id, patient_id)
) STRICT;
CREATE INDEX patient_by_birth ON patient (clinic_id, birth_date, search_key);

-- One complaint's care.
CREATE TABLE episode (
  clinic_id  INTEGER NOT NULL,
  episode_id INTEGER NOT NULL,
  patient_id INTEGER NOT NULL,
  onset_on   INTEGER,
  state      TEXT NOT NULL CHECK (state IN ('open', 'closed')),
  opened_at  INTEGER NOT NULL,
  PRIMARY KEY (clinic_id, episode_id),
  FOREIGN KEY (clinic_id, patient_id) REFERENCES patient
) STRICT;
CREATE INDEX episode_by_patient ON episode (clinic_id, patient_id);

-- What the person told (docs/intake.md) and what the rules made of it, with the data version that did.
CREATE TABLE intake (
  clinic_id    INTEGER NOT NULL,
  intake_id    INTEGER NOT NULL,
  episode_id   INTEGER NOT NULL,
  taken_at     INTEGER NOT NULL,
  data_version TEXT NOT NULL,
  document     TEXT NOT NULL,                  -- JSON
  plan         TEXT NOT NULL,                  -- JSON, with rule ids and reasons
  triage_level INTEGER NOT NULL,
  PRIMARY KEY (clinic_id, intake_id),
  FOREIGN KEY (clinic_id, episode_id) REFERENCES episode
) STRICT;
CREATE INDEX intake_by_episode ON intake (clinic_id, episode_id);

-- A planned run of visits, booked in one go.
CREATE TABLE course (
  clinic_id   INTEGER NOT NULL,
  course_id   INTEGER NOT NULL,
  episode_id  INTEGER NOT NULL,
  patient_id  INTEGER NOT NULL,
  protocol_id TEXT NOT NULL,
  house_row   TEXT NOT NULL,
  reviews     TEXT NOT NULL,                   -- `;` separated visit numbers
  gaps        TEXT NOT NULL,                   -- min-target-max of each visit, `;` separated
  lang        TEXT NOT NULL,
  link_hash   BLOB NOT NULL,                   -- of the private link's token; the token itself is not kept
  booked_at   INTEGER NOT NULL,
  PRIMARY KEY (clinic_id, course_id),
  UNIQUE (clinic_id, link_hash),
  FOREIGN KEY (clinic_id, episode_id) REFERENCES episode
) STRICT;
CREATE INDEX course_by_patient ON course (clinic_id, patient_id);

CREATE TABLE booking (
  clinic_id       INTEGER NOT NULL,
  booking_id      INTEGER NOT NULL,
  course_id       INTEGER NOT NULL,
  patient_id      INTEGER NOT NULL,
  visit_no        INTEGER NOT NULL CHECK (visit_no >= 1),
  service_id      INTEGER NOT NULL,
  practitioner_id INTEGER NOT NULL,
  table_id        INTEGER NOT NULL,
  starts_at       INTEGER NOT NULL,            -- the whole service, buffers included, on 5-minute grains
  ends_at         INTEGER NOT NULL,
  patient_from    INTEGER NOT NULL,            -- the patient's own part
  patient_to      INTEGER NOT NULL,
  price_minor     INTEGER NOT NULL,
  state           TEXT NOT NULL CHECK (state IN ('booked', 'arrived', 'fulfilled', 'cancelled', 'noshow')),
  sequence        INTEGER NOT NULL DEFAULT 0,  -- of its calendar entry
  changed_at      INTEGER NOT NULL,
  PRIMARY KEY (clinic_id, booking_id),
  FOREIGN KEY (clinic_id, course_id) REFERENCES course,
  FOREIGN KEY (clinic_id, service_id) REFERENCES service,
  FOREIGN KEY (clinic_id, practitioner_id) REFERENCES practitioner,
  FOREIGN KEY (clinic_id, table_id) REFERENCES treatment_table,
  CHECK (ends_at > starts_at AND starts_at % 300 = 0 AND ends_at % 300 = 0)
) STRICT;
CREATE INDEX booking_by_course ON booking (clinic_id, course_id, visit_no);
-- Covers what the diary needs of a stretch of time, so that no row is looked up.
CREATE INDEX booking_by_time ON booking (clinic_id, starts_at, ends_at, state, practitioner_id, table_id, service_id);

-- The only guard against double booking: one row for each 5-minute grain of each practitioner and table that is taken.
CREATE TABLE claim (
  clinic_id   INTEGER NOT NULL,
  resource_id INTEGER NOT NULL,
  grain       INTEGER NOT NULL,                -- seconds UTC / 300
  booking_id  INTEGER NOT NULL,
  PRIMARY KEY (clinic_id, resource_id, grain)
) STRICT, WITHOUT ROWID;

CREATE TABLE consent (
  clinic_id    INTEGER NOT NULL,
  consent_id   INTEGER NOT NULL,
  patient_id   INTEGER NOT NULL,
  kind         TEXT NOT NULL,                  -- data, treatment ...
  text_version TEXT NOT NULL,
  lang         TEXT NOT NULL,
  given_at     INTEGER NOT NULL,
  withdrawn_at INTEGER,
  PRIMARY KEY (clinic_id, consent_id),
  FOREIGN KEY (clinic_id, patient_id) REFERENCES patient
) STRICT;
CREATE INDEX consent_by_patient ON consent (clinic_id, patient_id);

-- The same request sent twice gets the same answer.
CREATE TABLE idempotency (
  clinic_id    INTEGER NOT NULL,
  key          TEXT NOT NULL,
  request_hash BLOB NOT NULL,
  answer       TEXT NOT NULL,
  made_at      INTEGER NOT NULL,
  PRIMARY KEY (clinic_id, key)
) STRICT, WITHOUT ROWID;

CREATE TABLE staff (
  clinic_id       INTEGER NOT NULL REFERENCES clinic,
  staff_id        INTEGER NOT NULL,
  login           TEXT NOT NULL,
  password_hash   TEXT NOT NULL,
  role            TEXT NOT NULL CHECK (role IN ('owner', 'practitioner', 'reception', 'auditor')),
  practitioner_id INTEGER,
  lang            TEXT NOT NULL,
  is_active       INTEGER NOT NULL DEFAULT 1,
  created_at      INTEGER NOT NULL,
  PRIMARY KEY (clinic_id, staff_id),
  UNIQUE (clinic_id, login)
) STRICT;

-- Who read or changed what, append only; each row's hash covers the one before.
CREATE TABLE audit (
  clinic_id  INTEGER NOT NULL,
  n          INTEGER NOT NULL,
  at         INTEGER NOT NULL,
  actor      TEXT NOT NULL,                    -- staff:ID, patient:ID, public, system
  action     TEXT NOT NULL,                    -- course.book, booking.move ...
  entity     TEXT NOT NULL,
  entity_id  INTEGER NOT NULL,
  patient_id INTEGER,
  hash       BLOB NOT NULL,
  PRIMARY KEY (clinic_id, n)
) STRICT, WITHOUT ROWID;
CREATE INDEX audit_by_patient ON audit (clinic_id, patient_id, n);

-- Keys of this installation (form tokens, draft cookies).
CREATE TABLE secret (
  name  TEXT PRIMARY KEY,
  value BLOB NOT NULL
) STRICT, WITHOUT ROWID;
