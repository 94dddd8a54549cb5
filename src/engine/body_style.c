/* body_style.c - the style sheet of the pictures.
 * SPDX-License-Identifier: AGPL-3.0-or-later
 *
 * Line widths do not grow with the picture. Colours are custom properties, so that a page can set its own.
 */
#include "engine/body.h"

static const char style[] =
    ".body{display:block;width:100%;height:auto;font-family:system-ui,\"Noto Sans\",\"Noto Sans JP\",sans-serif}\n"
    ".body path,.body circle,.body polyline{vector-effect:non-scaling-stroke}\n"
    ".body-outline,.body-fill{fill:var(--body-skin,#faf3e8)}\n"
    ".body-outline,.body-edge{stroke:var(--body-edge,#4a453e);stroke-width:1.3px;stroke-linejoin:round;"
    "stroke-linecap:round}\n"
    ".body-edge,.body-line{fill:none}\n"
    ".body-fill{stroke:none}\n"
    ".body-line{stroke:var(--body-line,#8f8577);stroke-width:.9px;stroke-linecap:round;stroke-linejoin:round}\n"
    ".body-light,.body-spine{stroke:var(--body-light,#cdc2b1)}\n"
    ".body-bone,.body-hair{stroke:var(--body-bone,#ad9f8c)}\n"
    ".body-pain{fill:var(--body-pain,#d9483b);fill-opacity:.26;stroke:none}\n"
    ".body-region{fill:var(--body-pain,#d9483b);fill-opacity:0;stroke:var(--body-edge,#4a453e);stroke-opacity:.22;"
    "stroke-width:.8px;cursor:pointer}\n"
    ".body-region:hover{fill-opacity:.14}\n"
    ".body-region[aria-checked=true]{fill-opacity:.42;stroke:var(--body-pain,#b3261e);stroke-opacity:1}\n"
    ".body-region:focus-visible{outline:none;stroke:var(--body-focus,#0b57d0);stroke-opacity:1;stroke-width:3px}\n"
    ".body-point{fill:var(--body-paper,#fff);stroke:var(--body-point,#0f5c63);stroke-width:1.8px}\n"
    ".body-point.is-principal{fill:var(--body-point,#0f5c63);stroke:var(--body-paper,#fff);stroke-width:1.2px}\n"
    ".body-leader{fill:none;stroke:var(--body-leader,#0f5c63);stroke-opacity:.55;stroke-width:.9px}\n"
    ".body-label{fill:var(--body-ink,#1d2b2c);font-weight:600;font-variant-numeric:tabular-nums}\n"
    "@media (forced-colors:active){.body-region[aria-checked=true]{fill:Highlight}}\n";

struct str body_style(void)
{
    return (struct str){ style, sizeof style - 1 };
}
