/* refuse.test.mjs - what the server refuses, and in which words.
 * SPDX-License-Identifier: AGPL-3.0-or-later
 */
import assert from "node:assert/strict";
import { connect } from "node:net";
import { Person, textOf } from "./lib/person.mjs";

const LANGS = ["en", "ja", "vi"];

/* What comes back for raw bytes, until the server closes or a second passes. */
function raw(clinic, bytes) {
    return new Promise((resolve, reject) => {
        const { hostname, port } = new URL(clinic.url);
        let text = "";
        const socket = connect(Number(port), hostname, () => socket.write(bytes));
        socket.setTimeout(1000, () => socket.destroy());
        socket.on("data", (chunk) => { text += chunk; });
        socket.on("close", () => resolve(text));
        socket.on("error", (fault) => (text ? resolve(text) : ["ECONNRESET", "EPIPE"].includes(fault.code) ? resolve("") : reject(fault)));
    });
}

const statusOf = (text) => Number(text.match(/^HTTP\/1\.1 (\d+)/)?.[1]);
const host = "Host: localhost\r\n";

/* The language of the words, by a letter that only it has. */
const speaks = { en: /[a-z]{3}/, ja: /[ぁ-ん]/, vi: /[ạảấầẩậắặẹẻẽếềểễệỉịọỏốồổỗộớờởợụủứừửữựđ]/i };

const posts = (lang) => [
    `/${lang}/check/forget`, `/${lang}/check/about`, `/${lang}/book`,
    `/${lang}/c/AAAAAAAAAAAAAAAAAAAAAA/visit/1/move`, `/${lang}/c/AAAAAAAAAAAAAAAAAAAAAA/visit/1/cancel`,
];

export const tests = [
    {
        name: "a form without its token, or with another's, changes nothing on any route",
        async run({ clinic }) {
            const other = await new Person(clinic.url).token();
            for (const lang of LANGS)
                for (const path of posts(lang)) {
                    const person = new Person(clinic.url, lang);
                    await person.token();
                    for (const body of ["", "a=b", `token=${other}`, "token="]) {
                        const { status, html } = await person.send(path, { body: new URLSearchParams(body) });
                        assert.equal(status, 403, `${path} ${body}`);
                        assert.match(textOf(html), speaks[lang]);
                    }
                }
        },
    },
    {
        name: "a form that another site sends is refused although its token is right",
        async run({ clinic }) {
            const person = new Person(clinic.url);
            const token = await person.token();
            for (const site of ["cross-site", "same-site"]) {
                const { status } = await person.send("/en/check/about", { body: new URLSearchParams({ token }), headers: { "sec-fetch-site": site } });
                assert.equal(status, 403, site);
            }
            const mine = await person.send("/en/check/about", { body: new URLSearchParams({ token }), headers: { "sec-fetch-site": "same-origin" } });
            assert.equal(mine.status, 422, "from here it is read, and its gaps are told");
        },
    },
    {
        name: "a guessed private link shows nothing",
        async run({ clinic }) {
            for (const lang of LANGS)
                for (const path of ["", "/visits.ics", "/visit/1"]) {
                    const { status, html } = await new Person(clinic.url, lang).send(`/${lang}/c/AAAAAAAAAAAAAAAAAAAAAA${path}`);
                    assert.equal(status, 404, path);
                    assert.doesNotMatch(html, /BEGIN:VCALENDAR/);
                }
        },
    },
    {
        name: "a visit of another course cannot be seen or changed through one's own link",
        async run({ clinic }) {
            const links = [];
            const people = [];
            for (let i = 0; i < 2; i++) {
                const person = new Person(clinic.url);
                await person.answer();
                const [best] = await person.offers("visits=2");
                const answer = await person.book(await person.bookingForm(best, { phone: `03-7777-000${i}` }));
                assert.equal(answer.status, 303);
                links.push(answer.location.replace(/\?.*/, ""));
                people.push(person);
            }
            const theirs = (await people[1].send(links[1])).html.match(/\/visit\/(\d+)"/)[1];
            assert.equal((await people[0].send(`${links[0]}/visit/${theirs}`)).status, 404);
            const token = await people[0].token();
            for (const what of ["cancel", "move"]) {
                const { status } = await people[0].send(`${links[0]}/visit/${theirs}/${what}`, { body: new URLSearchParams({ token, to: "1-1" }) });
                assert.ok([400, 404].includes(status), `${what}: ${status}`);
            }
            assert.equal((await people[1].send(`${links[1]}/visit/${theirs}`)).status, 200, "it still stands");
        },
    },
    {
        name: "no page changes anything by being opened",
        async run({ clinic }) {
            const person = new Person(clinic.url);
            for (const path of posts("en").filter((path) => !/check\/about|\/book$/.test(path)))
                assert.ok([404, 405].includes((await person.send(path)).status), path);
            for (const method of ["PUT", "DELETE", "PATCH"])
                assert.equal((await person.send("/en/", { method, body: method === "DELETE" ? undefined : "x" })).status, 405, method);
        },
    },
    {
        name: "a page that is not there says so in the language of its address",
        async run({ clinic }) {
            for (const lang of LANGS) {
                const { status, html } = await new Person(clinic.url, lang).send(`/${lang}/nothing-here`);
                assert.equal(status, 404);
                assert.match(html, new RegExp(`<html lang="${lang}"`));
                assert.match(textOf(html), speaks[lang]);
            }
        },
    },
    {
        name: "a body of ten million bytes is refused before it is read",
        async run({ clinic }) {
            const text = await raw(clinic, `POST /en/check/about HTTP/1.1\r\n${host}Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 10000000\r\n\r\n`);
            assert.equal(statusOf(text), 413);
            const person = new Person(clinic.url);
            const sent = await person.send("/en/check/about", { body: "x".repeat(10_000_000), headers: { "content-type": "application/x-www-form-urlencoded" } })
                .catch(() => ({ status: 413 })); // closed while we were still sending
            assert.equal(sent.status, 413);
        },
    },
    {
        name: "requests that are framed in two ways or not at all are refused and the connection is closed",
        async run({ clinic }) {
            const body = `POST /en/check/about HTTP/1.1\r\n${host}`;
            const bad = {
                "two lengths": `${body}Content-Length: 3\r\nContent-Length: 4\r\n\r\nabcd`,
                "length and chunks": `${body}Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
                "a length below zero": `${body}Content-Length: -1\r\n\r\n`,
                "a length that is no number": `${body}Content-Length: 4x\r\n\r\nabcd`,
                "a length beyond any": `${body}Content-Length: 99999999999999999999\r\n\r\n`,
                "a blank before the colon": `GET /en/ HTTP/1.1\r\nHost : localhost\r\n\r\n`,
                "no host": "GET /en/ HTTP/1.1\r\n\r\n",
                "no protocol": "hello\r\n\r\n",
                "a control character": `GET /en/ HTTP/1.1\r\n${host}X-A: a\x01b\r\n\r\n`,
            };
            for (const [what, bytes] of Object.entries(bad)) {
                const text = await raw(clinic, `${bytes}GET /en/evidence HTTP/1.1\r\n${host}\r\n`);
                assert.ok(!text || [400, 411, 413, 501].includes(statusOf(text)), `${what}: ${text.slice(0, 60)}`);
                assert.equal(text.split("HTTP/1.1 2").length, 1, `${what}: nothing that follows is answered`);
            }
        },
    },
    {
        name: "text that is not UTF-8, zero bytes and broken escapes are refused, not stored",
        async run({ clinic }) {
            const person = new Person(clinic.url);
            const token = await person.token();
            const type = { "content-type": "application/x-www-form-urlencoded" };
            for (const value of ["%ff%fe", "%c0%80", "%ed%a0%80", "a%00b"]) {
                const { status } = await person.send("/en/check/about", { body: `token=${token}&birth_date=${value}`, headers: type });
                assert.ok([400, 422].includes(status), `${value}: ${status}`);
            }
            for (const value of ["%ff%fe", "%c0%80", "%ed%a0%80"])
                assert.equal((await person.send(`/en/points?q=${value}`)).status, 400, `${value} in a query`);
            for (const path of ["/en/%ff", "/en/points/%00", "/%c0%ae%c0%ae/", "/en/../../etc/passwd", "/assets/..%2f..%2fetc%2fpasswd"])
                assert.ok([400, 404].includes(statusOf(await raw(clinic, `GET ${path} HTTP/1.1\r\n${host}Connection: close\r\n\r\n`))), path);
        },
    },
    {
        name: "a draft that was tampered with is not believed",
        async run({ clinic }) {
            const person = new Person(clinic.url);
            assert.match(await person.answer(), /\/plan$/);
            assert.equal((await person.send("/en/plan")).status, 200);
            const [name, value] = [...person.jar].sort((a, b) => b[1].length - a[1].length)[0];
            for (const at of [0, 20, value.length - 3]) {
                person.jar.set(name, value.slice(0, at) + (value[at] === "A" ? "B" : "A") + value.slice(at + 1));
                assert.equal((await person.send("/en/plan")).status, 303, `byte ${at}`);
            }
        },
    },
    {
        name: "impossible answers are told all at once, in each language, and what was typed is kept",
        async run({ clinic }) {
            for (const lang of LANGS) {
                const person = new Person(clinic.url, lang);
                const token = await person.token();
                const typed = { birth_date: "2999-01-01", sex: "purple" };
                const { status, html } = await person.send(`/${lang}/check/about`, { body: new URLSearchParams({ token, ...typed }) });
                assert.equal(status, 422);
                const list = html.match(/id="problems"[\s\S]*?<\/ul>/)[0];
                assert.ok(list.match(/<li>/g).length >= 2, `${lang}: ${textOf(list)}`);
                assert.match(textOf(list), speaks[lang]);
                assert.match(html, /value="2999-01-01"/);
            }
        },
    },
    {
        name: "pain that began before birth is told",
        async run({ clinic }) {
            const person = new Person(clinic.url);
            await assert.rejects(person.answer({ birth_date: "1990-05-05", onset_date: "1985-01-01" }), /422/);
        },
    },
    {
        name: "a course without its contact data tells every gap at once and books nothing",
        async run({ clinic }) {
            for (const lang of LANGS) {
                const person = new Person(clinic.url, lang);
                await person.answer();
                const [best] = await person.offers("visits=3");
                const form = await person.bookingForm(best, { family_name: "", given_name: " ", phone: "12", email: "no", consents_data: "", consents_treatment: "" });
                const { status, html } = await person.book(form);
                assert.equal(status, 422);
                const list = html.match(/id="problems"[\s\S]*?<\/ul>/)[0];
                assert.equal(list.match(/<li>/g).length, 6, textOf(list));
                assert.match(html, /value="no"/);
                assert.match(html, /value="12"/);
            }
        },
    },
    {
        name: "visits that are in the past, unknown or far too many are not booked",
        async run({ clinic }) {
            const person = new Person(clinic.url);
            await person.answer();
            const [best] = await person.offers("visits=2");
            for (const v of ["", "1-1", "1-1.1-2", "99-29926080", "x", "1-99999999999999999999", Array(400).fill("1-29926080").join(".")]) {
                const form = await person.bookingForm(best);
                form.set("v", v);
                const { status, location } = await person.book(form);
                assert.ok([400, 409, 422].includes(status), `${v.slice(0, 30)}: ${status} ${location}`);
            }
        },
    },
];
