-- name: booking_busy
-- Who is taken when, for the diary. Served by the covering index booking_by_time.
SELECT practitioner_id, table_id, service_id, starts_at, ends_at FROM booking
 WHERE clinic_id = :clinic AND starts_at >= :from AND starts_at < :to AND state IN ('booked', 'arrived', 'fulfilled');

-- name: booking_insert
INSERT INTO booking (clinic_id, booking_id, course_id, patient_id, visit_no, service_id, practitioner_id, table_id, starts_at,
                     ends_at, patient_from, patient_to, price_minor, state, changed_at)
VALUES (:clinic, :id, :course, :patient, :visit_no, :service, :practitioner, :table, :starts, :ends, :patient_from, :patient_to,
        :price, :state, :now);

-- name: booking_of_course
SELECT booking_id, practitioner_id, table_id, service_id, visit_no, sequence, patient_from, patient_to, starts_at, ends_at, state,
       price_minor FROM booking WHERE clinic_id = :clinic AND course_id = :course ORDER BY visit_no, booking_id;

-- name: booking_get
SELECT course_id, practitioner_id, table_id, service_id, visit_no, sequence, patient_from, patient_to, starts_at, ends_at, state,
       patient_id FROM booking WHERE clinic_id = :clinic AND booking_id = :id;

-- name: booking_move
UPDATE booking SET practitioner_id = :practitioner, table_id = :table, starts_at = :starts, ends_at = :ends,
       patient_from = :patient_from, patient_to = :patient_to, sequence = sequence + 1, changed_at = :now
 WHERE clinic_id = :clinic AND booking_id = :id AND state = 'booked';

-- name: booking_set_state
UPDATE booking SET state = :state, sequence = sequence + 1, changed_at = :now WHERE clinic_id = :clinic AND booking_id = :id;

-- name: booking_resources
-- The claim resources of a practitioner and a table.
SELECT p.resource_id, t.resource_id FROM practitioner p JOIN treatment_table t ON t.clinic_id = p.clinic_id
 WHERE p.clinic_id = :clinic AND p.practitioner_id = :practitioner AND t.table_id = :table;

-- name: booking_verify_list
-- Every booking that should hold claims, for `tsubo verify`.
SELECT b.booking_id, b.service_id, b.starts_at, b.ends_at, p.resource_id, t.resource_id, b.state FROM booking b
  JOIN practitioner p ON p.clinic_id = b.clinic_id AND p.practitioner_id = b.practitioner_id
  JOIN treatment_table t ON t.clinic_id = b.clinic_id AND t.table_id = b.table_id
 WHERE b.clinic_id = :clinic ORDER BY b.booking_id;
