/* place.h - from a landmark and offsets in cun to a place on the figure.
 * SPDX-License-Identifier: AGPL-3.0-or-later
 *
 * The rules stand in data/atlas/README.md. With L the landmark in a view, u the direction of the axis per cun and t the
 * sideways one: L + dy * u + dx * t; on the head dy follows the scalp's midline and dx the curve around it.
 */
#ifndef TSUBO_KNOW_PLACE_H
#define TSUBO_KNOW_PLACE_H

#include "know/know.h"

/* Of the right side (or midline); not seen where the view lacks the landmark or the axis. */
struct place place_of(const struct know *k, const struct placement *at, enum view v);

#endif
