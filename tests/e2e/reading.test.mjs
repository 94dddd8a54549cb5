/* reading.test.mjs - the pages to read: who treats here, what it is, what to expect, the evidence, the atlas.
 * SPDX-License-Identifier: AGPL-3.0-or-later
 */
import assert from "node:assert/strict";
import { everySizeAndLanguage } from "./lib/context.mjs";

const paths = ["/acupuncture", "/what-to-expect", "/evidence", "/points", "/points?role=", "/points/BL23", "/points/GB30", "/points/EX-B2-L4"];

export const tests = [
    ...everySizeAndLanguage(
        (size, lang) => `every page to read is in order on a ${size} in ${lang}`,
        async (ctx, size, lang) => {
            const page = await ctx.page({ size, lang });
            for (const path of paths) {
                await ctx.open(page, `/${lang}${path}`);
                assert.equal(await page.locator("h1").count(), 1, path);
                await ctx.axe(page);
                await ctx.fits(page);
                await ctx.shot(page, `read-${size}-${lang}${path.replace(/\W+/g, "-")}`);
            }
        },
    ),
    {
        name: "a point is found by its code and by each of its names, with or without marks",
        async run(ctx) {
            const page = await ctx.page();
            for (const q of ["BL23", "bl23", "腎兪", "じんゆ", "ジンユ", "shenshu", "Shènshū", "Jinyu", "than du", "Thận Du"]) {
                await ctx.open(page, `/en/points?role=&q=${encodeURIComponent(q)}`);
                assert.ok(await page.locator(".point-list a[href$='/BL23']").count(), q);
            }
            await ctx.open(page, "/en/points?role=");
            assert.equal(await page.locator(".point-list li").count(), 428);
        },
    },
    {
        name: "dark colours keep their contrast on every page to read",
        async run(ctx) {
            const page = await ctx.page({ dark: true });
            for (const path of paths) {
                await ctx.open(page, `/ja${path}`);
                await ctx.axe(page);
            }
        },
    },
];
