/* race.test.mjs - many people book the same times at once.
 * SPDX-License-Identifier: AGPL-3.0-or-later
 */
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { Person, textOf } from "./lib/person.mjs";

const MANY = 64;

/* How many bookings the store holds; throws when claims, courses or the audit chain do not agree. */
function bookings(clinic, program) {
    const said = execFileSync(program, ["verify", "--db", join(clinic.dir, "tsubo.db")], { encoding: "utf8" });
    return Number(said.match(/^(\d+) bookings/)[1]);
}

const count = (answers, status) => answers.filter((answer) => answer.status === status).length;
const phone = (i) => `03-5555-${String(1000 + i)}`;

async function someone(clinic, lang = "en") {
    const person = new Person(clinic.url, lang);
    assert.match(await person.answer(), /\/plan$/);
    return person;
}

export const tests = [
    {
        name: "of 64 people who book one time at once one gets it, and 63 are shown the nearest other times",
        async run({ clinic, program }) {
            const person = await someone(clinic);
            const [best] = await person.offers("visits=1");
            const forms = await Promise.all(Array.from({ length: MANY }, (_, i) => person.bookingForm(best, { phone: phone(i), family_name: `Race${i}` })));
            const before = bookings(clinic, program);
            const answers = await Promise.all(forms.map((form) => person.twin().book(form)));
            assert.equal(count(answers, 303), 1);
            assert.equal(count(answers, 409), MANY - 1);
            assert.equal(bookings(clinic, program), before + 1);
            for (const [i, answer] of answers.entries())
                if (answer.status === 409) {
                    assert.match(answer.html, /name="instead" value="\d+-\d+"/, "other times are offered");
                    assert.match(answer.html, new RegExp(`value="Race${i}"`), "what was typed is kept");
                    assert.match(answer.html, new RegExp(phone(i)));
                    assert.doesNotMatch(answer.html, /1970/);
                }
        },
    },
    {
        name: "of 64 courses that share one visit one is booked whole and no other in part",
        async run({ clinic, program }) {
            const person = await someone(clinic);
            const [best] = await person.offers("visits=4");
            const moved = await Promise.all([1, 2, 3].map((i) => person.others(best, i)));
            const courses = [best, ...moved.flat()];
            const first = (path) => new URL(path, clinic.url).searchParams.get("v").split(".")[0];
            assert.ok(courses.length >= 10, "there are courses that differ");
            assert.ok(courses.every((path) => first(path) === first(best)), "all share the first visit");
            const forms = await Promise.all(Array.from({ length: MANY }, (_, i) => person.bookingForm(courses[i % courses.length], { phone: phone(100 + i) })));
            const before = bookings(clinic, program);
            const answers = await Promise.all(forms.map((form) => person.twin().book(form)));
            assert.equal(count(answers, 303), 1);
            assert.equal(count(answers, 409), MANY - 1);
            assert.equal(bookings(clinic, program), before + 4);
        },
    },
    {
        name: "whoever takes one of the other times is booked",
        async run({ clinic, program }) {
            const person = await someone(clinic);
            const [best] = await person.offers("visits=2");
            const mine = await person.bookingForm(best, { phone: phone(300) });
            const theirs = await person.bookingForm(best, { phone: phone(301) });
            assert.equal((await person.twin().book(theirs)).status, 303);
            const refused = await person.book(mine);
            assert.equal(refused.status, 409);
            mine.set("bad", refused.html.match(/name="bad" value="(\d+)"/)[1]);
            mine.set("instead", refused.html.match(/name="instead" value="([^"]+)"/)[1]);
            const before = bookings(clinic, program);
            let answer = await person.book(mine);
            for (let tries = 0; answer.status === 409 && tries < 4; tries++) { // the second visit may be taken as well
                mine.set("v", answer.html.match(/name="v" value="([^"]+)"/)[1]);
                mine.set("bad", answer.html.match(/name="bad" value="(\d+)"/)[1]);
                mine.set("instead", answer.html.match(/name="instead" value="([^"]+)"/)[1]);
                answer = await person.book(mine);
            }
            assert.equal(answer.status, 303, textOf(answer.html));
            assert.equal(bookings(clinic, program), before + 2);
        },
    },
    {
        name: "a form sent many times at once books one course and gives one link",
        async run({ clinic, program }) {
            const person = await someone(clinic);
            const [best] = await person.offers("visits=3");
            const form = await person.bookingForm(best, { phone: phone(400) });
            const before = bookings(clinic, program);
            const answers = await Promise.all(Array.from({ length: 16 }, () => person.twin().book(form)));
            const links = new Set(answers.filter((answer) => answer.status === 303).map((answer) => answer.location));
            assert.equal(links.size, 1, "one link");
            assert.equal(bookings(clinic, program), before + 3);
            for (const late of [await person.twin().book(form), await person.book(form), await person.book(form)]) {
                assert.equal(late.status, 303, "sent again later, and when the answers are forgotten, it is answered alike");
                assert.ok(links.has(late.location));
            }
            form.set("phone", phone(401));
            assert.notEqual((await person.book(form)).location, [...links][0], "another person's form is another request");
            assert.equal(count(answers, 303), answers.length, "each is answered alike");
        },
    },
];
