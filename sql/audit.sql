-- name: audit_last
SELECT n, hash FROM audit WHERE clinic_id = :clinic ORDER BY n DESC LIMIT 1;

-- name: audit_insert
INSERT INTO audit (clinic_id, n, at, actor, action, entity, entity_id, patient_id, hash)
VALUES (:clinic, :n, :at, :actor, :action, :entity, :entity_id, :patient, :hash);

-- name: audit_list
SELECT n, at, actor, action, entity, entity_id, patient_id, hash FROM audit WHERE clinic_id = :clinic ORDER BY n;
