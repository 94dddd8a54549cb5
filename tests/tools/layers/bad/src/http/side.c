/* side.c - a server that leaves its folder
 * SPDX-License-Identifier: AGPL-3.0-or-later
 */
#include "../svc/app.h"
