-- name: staff_insert
INSERT INTO staff (clinic_id, staff_id, login, password_hash, role, practitioner_id, lang, created_at)
VALUES (:clinic, :id, :login, :hash, :role, :practitioner, :lang, :now);

-- name: staff_by_login
SELECT staff_id, password_hash, role, practitioner_id, lang, is_active FROM staff WHERE clinic_id = :clinic AND login = :login;
