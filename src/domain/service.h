/* service.h - what a visit is made of: hands-on, rest with the needles in, hands-on again, and buffers.
 * SPDX-License-Identifier: AGPL-3.0-or-later
 *
 * A booking holds the practitioner for the segments that say so and the table for those that say so; so a practitioner
 * can needle a second person while the first rests. Buffers belong to the service.
 */
#ifndef TSUBO_DOMAIN_SERVICE_H
#define TSUBO_DOMAIN_SERVICE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum segment_kind { SEGMENT_HANDS_ON, SEGMENT_RETENTION, SEGMENT_BUFFER };
struct segment {
    enum segment_kind kind;
    int32_t minutes; /* a multiple of 5, > 0 */
    bool holds_practitioner, holds_table;
};

/* The patient's time runs from the first to the last segment that is no buffer. */
struct service_shape {
    const struct segment *segments;
    size_t n_segments; /* 1..12; all together at most 8 hours */
};

#endif
