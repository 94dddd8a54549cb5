/* safety.test.mjs - who may not simply book.
 * SPDX-License-Identifier: AGPL-3.0-or-later
 */
import assert from "node:assert/strict";
import { Person, textOf } from "./lib/person.mjs";

const yearsAgo = (years) => new Date(Date.now() - years * 365.25 * 86400e3 - 86400e3).toISOString().slice(0, 10);
const cannotBook = async (person) => {
    const { status, location } = await person.send(`/${person.lang}/book`);
    assert.equal(status, 303);
    assert.doesNotMatch(location, /\/book/);
    assert.deepEqual(await person.offers(), []);
};

export const tests = [
    {
        name: "signs of cauda equina syndrome stop the check at once and nothing can be booked, in each language",
        async run({ clinic }) {
            const words = { en: /emergency|119/i, ja: /救急|119/, vi: /cấp cứu|119/ };
            for (const lang of ["en", "ja", "vi"]) {
                const person = new Person(clinic.url, lang);
                assert.match(await person.answer({ rf_ces_saddle: "yes" }), /\/check-stop$/);
                const { status, html } = await person.send(`/${lang}/check-stop`);
                assert.equal(status, 200);
                assert.match(textOf(html), words[lang]);
                assert.match(html, /href="tel:119"/);
                await cannotBook(person);
            }
        },
    },
    {
        name: "a child under the clinic's age limit gets no plan to book, whatever else is answered",
        async run({ clinic }) {
            const child = new Person(clinic.url);
            await child.answer({ birth_date: yearsAgo(9), onset_date: new Date(Date.now() - 20 * 86400e3).toISOString().slice(0, 10) });
            await cannotBook(child);
        },
    },
    {
        name: "a pregnant person's plan leaves out the points of the pregnancy rule and says so",
        async run({ clinic }) {
            const person = new Person(clinic.url);
            await person.answer({ sex: "female", pregnant: "yes" });
            const { status, html } = await person.send("/en/plan");
            assert.equal(status, 200);
            assert.match(textOf(html), /pregnan/i);
            const onFigure = [...html.matchAll(/data-point="([A-Z]+\d+)"/g)].map((m) => m[1]);
            assert.ok(onFigure.length >= 4, "there is a picture with points");
            for (const code of ["LI4", "SP6", "BL60", "BL67", "BL31", "BL32", "BL33", "BL34"])
                assert.ok(!onFigure.includes(code), `${code} is not on the picture`);
        },
    },
    {
        name: "who does not say whether she is pregnant, or which sex, is still asked about warning signs",
        async run({ clinic }) {
            for (const say of [{ sex: "female", pregnant: "skip" }, { sex: "skip", pregnant: "yes" }]) {
                const person = new Person(clinic.url);
                await person.answer({ ...say, rf_preg_warn: "yes" });
                await cannotBook(person);
            }
            const man = new Person(clinic.url);
            assert.match(await man.answer({ sex: "male", rf_preg_warn: "yes", pregnant: "yes" }), /\/plan$/, "a man is not asked");
        },
    },
];
