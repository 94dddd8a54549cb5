/* body_picture.h - what each picture of the body shows; shared by the parts of body.h.
 * SPDX-License-Identifier: AGPL-3.0-or-later
 */
#ifndef TSUBO_ENGINE_BODY_PICTURE_H
#define TSUBO_ENGINE_BODY_PICTURE_H

#include "engine/body.h"

/* The view that a picture is drawn in. */
enum view picture_view(enum picture p);
/* Where a picture shows a mark, in the view's coordinates; not seen when it does not. */
struct place picture_place(const struct know *k, const struct body_mark *m, enum picture p);

#endif
