/* journey.test.mjs - from the first complaint to a booked course, as a person does it.
 * SPDX-License-Identifier: AGPL-3.0-or-later
 */
import assert from "node:assert/strict";
import { everySizeAndLanguage } from "./lib/context.mjs";

const answers = {
    birth_date: "1980-02-01", onset_date: "2026-05-01", sex: "female", nrs_average: "6", nrs_worst: "8", interference: "5",
    lymph_limb: "none", spine_surgery: "none", epilepsy: "none", stress: "6", sits_hours: "9",
};
const regions = ["low_back_r", "low_back_l", "posterior_thigh_r", "calf_r"];

/* Looks at a page: nothing sideways, no barrier. */
async function look(ctx, page, shot) {
    await page.waitForLoadState();
    await ctx.fits(page);
    await ctx.axe(page);
    if (shot)
        await ctx.shot(page, shot);
}

async function markPain(page) {
    const figure = page.locator("[data-body-map]");
    if (await figure.isVisible()) {
        for (const id of regions)
            await page.locator(`[data-region=${id}]`).first().click();
    } else {
        for (const id of regions)
            await page.locator(`input[name=pain][value=${id}]`).check();
    }
    for (const id of regions)
        assert.ok(await page.locator(`input[name=pain][value=${id}]`).isChecked(), `${id} is ticked in the list`);
}

async function answerPage(page, say = {}) {
    const all = { ...answers, ...say };
    for (const [name, value] of Object.entries(all)) {
        const field = page.locator(`[name="${name}"]`);
        const n = await field.count();
        if (n > 1)
            await page.locator(`[name="${name}"][value="${value}"]`).check({ force: true });
        else if (n === 1)
            await field.fill(value);
    }
    for (const id of await page.$$eval(".yes-no", (sets) => sets.map((set) => set.id)))
        if (!(id in all))
            await page.locator(`[name="${id}"][value="no"]`).check({ force: true });
}

/* Goes through the self-check; returns the pages seen. */
async function selfCheck(ctx, page, lang, { say = {}, seen = async () => {} } = {}) {
    const names = [];
    await ctx.open(page, `/${lang}/check/about`);
    while (/\/check\/\w+$/.test(page.url())) {
        await page.waitForLoadState();
        const name = page.url().split("/").pop();
        assert.ok(!names.includes(name), `the page ${name} came twice`);
        names.push(name);
        if (name === "where")
            await markPain(page);
        else
            await answerPage(page, say);
        await seen(name);
        const before = page.url();
        await page.locator("main form .actions button").click();
        await page.waitForURL((url) => url.href !== before);
    }
    return names;
}

async function fillContact(page) {
    await page.fill("[name=family_name]", "見本");
    await page.fill("[name=given_name]", "試");
    await page.fill("[name=phone]", "０３－1234－5678");
    await page.check("[name=consents_data]");
    await page.check("[name=consents_treatment]");
}

async function bookFirst(page) {
    await page.locator("main a.btn[href$='/book']").click();
    await page.locator("main form .actions button").click();
    await page.locator(".offer a.btn").first().click();
    await fillContact(page);
    await page.locator("main form .actions button").click();
    assert.match(page.url(), /\/c\/[\w-]{22}\?new=1$/);
}

export const tests = [
    ...everySizeAndLanguage(
        (size, lang) => `a person goes from the complaint to a booked course on a ${size} in ${lang}`,
        async (ctx, size, lang) => {
            ctx.loud(); // a form sent back with problems is an answer 422, which the browser notes
            const page = await ctx.page({ size, lang });
            const shot = (name) => `journey-${size}-${lang}-${name}`;
            await ctx.open(page, `/${lang}/check`);
            await look(ctx, page);
            await selfCheck(ctx, page, lang, {
                seen: async (name) => look(ctx, page, ["where", "urgent"].includes(name) && shot(name)),
            });
            assert.match(page.url(), /\/plan$/);
            await look(ctx, page, shot("plan"));
            await page.locator("main a.btn[href$='/book']").click();
            await look(ctx, page, shot("week"));
            await page.locator("main form .actions button").click();
            assert.equal(await page.locator(".offer").count(), 3, "the best course and two others");
            await look(ctx, page, shot("offer"));
            await page.locator(".offer a.btn").first().click();
            await page.locator("main form .actions button").click();
            assert.ok(await page.locator("#problems li").count() >= 5, "all problems are told at once");
            await look(ctx, page, shot("problems"));
            await fillContact(page);
            await page.locator("main form .actions button").click();
            assert.match(page.url(), /\/c\/[\w-]{22}\?new=1$/);
            await look(ctx, page, shot("booked"));
        },
    ),
    {
        name: "one visit is moved, one is cancelled, and the calendar file says so",
        async run(ctx) {
            const page = await ctx.page({ lang: "en" });
            await selfCheck(ctx, page, "en");
            await bookFirst(page);
            const link = page.url().replace(/\?.*/, "");
            const ics = async () => (await page.request.get(`${link}/visits.ics`)).text();
            const before = await ics();
            const n = before.match(/BEGIN:VEVENT/g).length;
            assert.ok(n >= 4);
            assert.ok(before.split("\r\n").every((line) => Buffer.byteLength(line) <= 75), "lines fold at 75 bytes");
            assert.doesNotMatch(before, /見本|back pain|腰痛/, "no name and no complaint in a calendar");
            await page.locator(".visits a").nth(1).click();
            await look(ctx, page, "visit-desk-en");
            await page.locator("[name=to]").first().check({ force: true });
            await page.locator("main form .actions button").first().click();
            assert.match(page.url(), /changed=1$/);
            await page.locator(".visits a").nth(2).click();
            await page.locator("button.danger").click();
            assert.equal(await page.locator(".visits .cancelled").count(), 1);
            const after = await ics();
            assert.equal(after.match(/BEGIN:VEVENT/g).length, n);
            assert.equal(after.match(/STATUS:CANCELLED/g).length, 1);
            assert.equal(after.match(/SEQUENCE:1/g).length, 2);
            assert.deepEqual(after.match(/UID:\S+/g).sort(), before.match(/UID:\S+/g).sort());
        },
    },
    {
        name: "a sign of the highest level stops the check at once, in each language",
        async run(ctx) {
            for (const lang of ["en", "ja", "vi"]) {
                const page = await ctx.page({ lang });
                const seen = await selfCheck(ctx, page, lang, { say: { rf_ces_saddle: "yes" } });
                assert.equal(seen.at(-1), "urgent", "nothing is asked after it");
                assert.match(page.url(), /\/check-stop$/);
                assert.ok(await page.locator("a[href='tel:119']").count(), "the emergency number is a button");
                await look(ctx, page, `stop-${lang}`);
                await ctx.open(page, `/${lang}/book`);
                assert.doesNotMatch(page.url(), /\/book/, "there is nothing to book");
            }
        },
    },
    {
        name: "what cannot wait must be answered, if only by not saying",
        async run(ctx) {
            ctx.loud();
            const page = await ctx.page({ lang: "en" });
            await selfCheck(ctx, page, "en", { say: { rf_ces_sexual: "skip" } });
            assert.match(page.url(), /\/plan$/);
            assert.match(await page.locator("main").innerText(), /R01/);
            const other = await ctx.page({ lang: "en" });
            await ctx.open(other, "/en/check/urgent");
            await other.locator("main form .actions button").click();
            assert.ok(await other.locator("#problems li").count() >= 8);
        },
    },
    {
        name: "the whole way is done without scripts",
        async run(ctx) {
            const page = await ctx.page({ scripts: false, lang: "en" });
            await selfCheck(ctx, page, "en");
            await bookFirst(page);
        },
    },
    {
        name: "the whole way is done by keyboard alone",
        async run(ctx) {
            const page = await ctx.page({ lang: "en" });
            const press = (...keys) => keys.reduce((done, key) => done.then(() => page.keyboard.press(key)), Promise.resolve());
            /* Tab until the wanted element has the focus. */
            const reach = async (selector) => {
                for (let i = 0; i < 400; i++) {
                    await press("Tab");
                    if (await page.evaluate((s) => document.activeElement?.matches(s), selector))
                        return;
                }
                assert.fail(`${selector} is not reached on ${page.url()}`);
            };
            const choose = async (name, value) => {
                await reach(`input[name="${name}"]`);
                const all = await page.$$eval(`input[name="${name}"]`, (radios) => radios.map((radio) => radio.value));
                const at = all.indexOf(value);
                await press("Space");
                for (let i = 0; i < at; i++)
                    await press("ArrowRight");
                assert.ok(await page.locator(`[name="${name}"][value="${value}"]`).isChecked(), `${name} = ${value}`);
            };
            await ctx.open(page, "/en/check/about");
            await reach("[name=birth_date]");
            await page.keyboard.type("02011980"); // month, day, year or day, month, year: both are a date
            await choose("sex", "male");
            await reach("main form .actions button");
            await press("Enter");
            await page.waitForURL(/where$/);
            await reach("[data-region=low_back_r]");
            await press("Space");
            assert.ok(await page.locator("input[name=pain][value=low_back_r]").isChecked());
            await reach("main form .actions button");
            await press("Enter");
            await page.waitForURL(/urgent$/);
            for (const id of await page.$$eval(".yes-no", (sets) => sets.map((set) => set.id)))
                await choose(id, "no");
            await reach("main form .actions button");
            await press("Enter");
            await page.waitForURL(/pain$/);
            await reach("[name=onset_date]");
            await page.keyboard.type("05012026");
            await choose("nrs_average", "5");
            for (;;) {
                await reach("main form .actions button");
                const before = page.url();
                await press("Enter");
                await page.waitForURL((url) => url.href !== before);
                if (/plan$/.test(page.url()))
                    break;
            }
            await reach("main a.btn[href$='/book']");
            await press("Enter");
            await page.waitForURL(/book$/);
            await reach(".wish");
            await press("Enter");
            await reach("main form .actions button");
            await press("Enter");
            await page.waitForURL(/choose/);
            await reach(".offer a.btn");
            await press("Enter");
            await page.waitForURL(/details/);
            await reach("[name=family_name]");
            await page.keyboard.type("Sample");
            await reach("[name=given_name]");
            await page.keyboard.type("Person");
            await reach("[name=phone]");
            await page.keyboard.type("03-1234-5678");
            await reach("[name=consents_data]");
            await press("Space");
            await reach("[name=consents_treatment]");
            await press("Space");
            await reach("main form .actions button");
            await press("Enter");
            await page.waitForURL(/\/c\/[\w-]{22}\?new=1$/);
        },
    },
];
