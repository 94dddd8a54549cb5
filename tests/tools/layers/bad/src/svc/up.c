/* up.c - a use case that knows HTML
 * SPDX-License-Identifier: AGPL-3.0-or-later
 */
  #  include "html/html.h"
