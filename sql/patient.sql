-- name: patient_insert
INSERT INTO patient (clinic_id, patient_id, family_name, given_name, family_kana, given_kana, birth_date, sex, phone, email, lang,
                     search_key, created_at)
VALUES (:clinic, :id, :family, :given, :family_kana, :given_kana, :birth, :sex, :phone, :email, :lang, :key, :now);

-- name: patient_get
SELECT family_name, given_name, family_kana, given_kana, birth_date, sex, phone, email, lang FROM patient
 WHERE clinic_id = :clinic AND patient_id = :id;

-- name: episode_insert
INSERT INTO episode (clinic_id, episode_id, patient_id, onset_on, state, opened_at)
VALUES (:clinic, :id, :patient, :onset, 'open', :now);

-- name: intake_insert
INSERT INTO intake (clinic_id, intake_id, episode_id, taken_at, data_version, document, plan, triage_level)
VALUES (:clinic, :id, :episode, :now, :version, :document, :plan, :level);

-- name: consent_insert
INSERT INTO consent (clinic_id, consent_id, patient_id, kind, text_version, lang, given_at)
VALUES (:clinic, :id, :patient, :kind, :version, :lang, :now);
