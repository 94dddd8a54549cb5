-- name: claim_insert
-- One grain of one resource; a primary key conflict means that it is taken.
INSERT INTO claim (clinic_id, resource_id, grain, booking_id) VALUES (:clinic, :resource, :grain, :booking);

-- name: claim_release
-- The grains of one resource in [from, to) that this booking holds. Served by the primary key.
DELETE FROM claim WHERE clinic_id = :clinic AND resource_id = :resource AND grain >= :from AND grain < :to
   AND booking_id = :booking;

-- name: claim_count
-- Grains of [from, to) that this booking holds of one resource.
SELECT count(*) FROM claim WHERE clinic_id = :clinic AND resource_id = :resource AND grain >= :from AND grain < :to
   AND booking_id = :booking;

-- name: claim_of_booking
-- For `tsubo verify` only: no index leads there.
SELECT booking_id, resource_id, grain FROM claim WHERE clinic_id = :clinic ORDER BY booking_id, resource_id, grain;
