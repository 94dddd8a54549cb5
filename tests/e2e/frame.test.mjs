/* frame.test.mjs - what holds for the frame that every page stands in.
 * SPDX-License-Identifier: AGPL-3.0-or-later
 */
import assert from "node:assert/strict";
import { everySizeAndLanguage, languages } from "./lib/context.mjs";

export const tests = [
    ...everySizeAndLanguage(
        (size, lang) => `the home page is in order on a ${size} in ${lang}`,
        async (ctx, size, lang) => {
            const page = await ctx.page({ size, lang });
            await ctx.open(page, `/${lang}/`);
            assert.equal(await page.locator("html").getAttribute("lang"), lang);
            assert.equal(await page.locator("h1").count(), 1);
            await ctx.axe(page);
            await ctx.fits(page);
            await ctx.shot(page, `home-${size}-${lang}`);
        },
        ["phone", "tablet", "desk"],
    ),
    {
        name: "the first address leads to the language that the browser asks for",
        async run(ctx) {
            for (const lang of languages) {
                const page = await ctx.page({ lang });
                await ctx.open(page, "/");
                assert.equal(new URL(page.url()).pathname, `/${lang}/`);
            }
        },
    },
    {
        name: "dark colours keep their contrast",
        async run(ctx) {
            const page = await ctx.page({ dark: true });
            await ctx.open(page, "/en/");
            await ctx.axe(page);
        },
    },
    {
        name: "a page that does not exist says so inside the frame",
        async run(ctx) {
            ctx.loud();
            const page = await ctx.page({ size: "phone" });
            await ctx.open(page, "/en/no-such-page", 404);
            assert.equal(await page.locator("h1").count(), 1);
            await ctx.axe(page);
        },
    },
    {
        name: "without scripts the home page is whole and its links lead on",
        async run(ctx) {
            const page = await ctx.page({ scripts: false });
            await ctx.open(page, "/en/");
            const paths = await page.locator("main a[href^='/']").evaluateAll((links) =>
                [...new Set(links.map((link) => link.getAttribute("href").split("#")[0]))]);
            assert.ok(paths.length > 0, "no link leads on");
            for (const path of paths)
                await ctx.open(page, path);
        },
    },
];
