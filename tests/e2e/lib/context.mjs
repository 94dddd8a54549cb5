/* context.mjs - what a browser test is given.
 * SPDX-License-Identifier: AGPL-3.0-or-later
 *
 * ctx.url               address of the clinic, without a slash at the end
 * ctx.logins            { login: password } of the demo clinic
 * ctx.page(options)     a new page in a clean browser profile. Options, all optional:
 *                         size        "phone" 390x844, "tablet" 820x1180, "desk" 1280x800 (default)
 *                         lang        "en" (default), "ja", "vi": what the browser asks for
 *                         scripts     false switches JavaScript off
 *                         dark        true prefers dark colours
 *                         zone        time zone of the browser, "Asia/Tokyo" by default
 * ctx.open(page, path)  goes to a path of the clinic; throws unless the answer is as expected (status 200 by default)
 * ctx.axe(page)         throws with the list of violations of WCAG 2.2 A and AA, if there are any
 * ctx.fits(page)        throws when the page scrolls sideways
 * ctx.shot(page, name)  full-page screenshot in the folder of screenshots; returns its path
 * ctx.loud()            lets this test cause errors in the console of the browser; otherwise they fail it
 *
 * A page talks to the clinic alone: a request to any other host is stopped and fails the test.
 */
import assert from "node:assert/strict";
import { mkdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

const axeSource = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const axeTags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
const ACTION_MS = 10_000;

export const sizes = {
    phone: { width: 390, height: 844 },
    tablet: { width: 820, height: 1180 },
    desk: { width: 1280, height: 800 },
};
export const languages = ["en", "ja", "vi"];
const locales = { en: "en-GB", ja: "ja-JP", vi: "vi-VN" };

/* One test per size and language: name(size, lang) names it, run(ctx, size, lang) is it. */
export function everySizeAndLanguage(name, run, onlySizes = ["phone", "desk"]) {
    return onlySizes.flatMap((size) =>
        languages.map((lang) => ({ name: name(size, lang), run: (ctx) => run(ctx, size, lang) })));
}

export function context({ browser, clinic, shots }) {
    const profiles = [];
    const faults = [];
    let isLoud = false;

    async function page({ size = "desk", lang = "en", scripts = true, dark = false, zone = "Asia/Tokyo" } = {}) {
        const profile = await browser.newContext({
            viewport: sizes[size],
            locale: locales[lang],
            timezoneId: zone,
            javaScriptEnabled: scripts,
            colorScheme: dark ? "dark" : "light",
            hasTouch: size !== "desk",
            reducedMotion: "reduce",
        });
        profiles.push(profile);
        profile.setDefaultTimeout(ACTION_MS);
        await profile.route((url) => url.origin !== clinic.url && /^https?:$/.test(url.protocol), (route) => {
            faults.push(`asked another host: ${route.request().url()}`);
            return route.abort();
        });
        const made = await profile.newPage();
        made.on("console", (message) => {
            if (message.type() === "error")
                faults.push(`console: ${message.text()} (${made.url()})`);
        });
        made.on("pageerror", (error) => faults.push(`script: ${error.message} (${made.url()})`));
        return made;
    }

    async function open(made, path, status = 200) {
        const answer = await made.goto(clinic.url + path);
        assert.equal(answer.status(), status, `GET ${path}`);
        return answer;
    }

    async function axe(made) {
        await made.evaluate(axeSource + "; 0"); // as a text: the policy of our pages forbids eval in them
        const found = await made.evaluate((tags) => window.axe.run(document, { runOnly: tags }), axeTags);
        const lines = found.violations.flatMap((v) =>
            v.nodes.map((node) => `${v.id} (${v.impact}): ${node.target.join(" ")}: ${node.failureSummary}`));
        assert.equal(lines.length, 0, `${made.url()}\n${lines.join("\n")}`);
    }

    async function fits(made) {
        const [inner, outer] = await made.evaluate(() =>
            [document.documentElement.scrollWidth, document.documentElement.clientWidth]);
        assert.ok(inner <= outer, `${made.url()} is ${inner} px wide in a window of ${outer} px`);
    }

    async function shot(made, name) {
        mkdirSync(shots, { recursive: true });
        const path = join(shots, `${name}.png`);
        await made.screenshot({ path, fullPage: true, animations: "disabled" });
        return path;
    }

    return {
        url: clinic.url,
        logins: clinic.logins,
        page, open, axe, fits, shot,
        loud() { isLoud = true; },
        assertQuiet() { assert.ok(isLoud || faults.length === 0, faults.join("\n")); },
        close: () => Promise.all(profiles.map((profile) => profile.close().catch(() => {}))),
    };
}
