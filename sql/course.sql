-- name: course_insert
INSERT INTO course (clinic_id, course_id, episode_id, patient_id, protocol_id, house_row, reviews, gaps, lang, link_hash, booked_at)
VALUES (:clinic, :id, :episode, :patient, :protocol, :house_row, :reviews, :gaps, :lang, :hash, :now);

-- name: course_by_link
SELECT c.course_id, c.patient_id, c.protocol_id, c.house_row, c.reviews, c.gaps, c.lang, c.booked_at, p.family_name, p.given_name,
       i.document, i.plan
  FROM course c JOIN patient p ON p.clinic_id = c.clinic_id AND p.patient_id = c.patient_id
  JOIN intake i ON i.clinic_id = c.clinic_id AND i.episode_id = c.episode_id
 WHERE c.clinic_id = :clinic AND c.link_hash = :hash ORDER BY i.taken_at DESC LIMIT 1;

-- name: idempotency_get
SELECT request_hash, answer FROM idempotency WHERE clinic_id = :clinic AND key = :key;

-- name: idempotency_insert
INSERT INTO idempotency (clinic_id, key, request_hash, answer, made_at) VALUES (:clinic, :key, :hash, :answer, :now);

-- name: idempotency_purge
DELETE FROM idempotency WHERE clinic_id = :clinic AND made_at < :before;

-- name: course_partial
-- Courses that lack a visit between the first and the last: there must be none (the demonstration's are left out).
SELECT count(*) FROM course c WHERE c.clinic_id = :clinic AND c.house_row <> 'demo' AND
       (SELECT coalesce(max(b.visit_no), -1) FROM booking b WHERE b.clinic_id = c.clinic_id AND b.course_id = c.course_id) <>
       (SELECT count(*) FROM booking b WHERE b.clinic_id = c.clinic_id AND b.course_id = c.course_id);
