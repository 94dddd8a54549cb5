/* up.h - a base that knows the clinic
 * SPDX-License-Identifier: AGPL-3.0-or-later
 */
#include "domain/clinic.h"
