/* kill.test.mjs - the server is killed again and again while people book.
 * SPDX-License-Identifier: AGPL-3.0-or-later
 */
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startClinic } from "../e2e/lib/clinic.mjs";
import { Person } from "./lib/person.mjs";

const KILLS = Number(process.env.KILLS ?? 100);
const PEOPLE = 8;

/* Books, cancels and books again until the server is gone; keeps the links that were acknowledged. */
async function bookOn(person, n, links) {
    for (let round = 0; ; round++) {
        const earliest = new Date(Date.now() + (3 + ((n * 5 + round * 3) % 50)) * 86400e3).toISOString().slice(0, 10);
        const offers = await person.offers(`visits=2&earliest=${earliest}`);
        for (const offer of offers) {
            const answer = await person.book(await person.bookingForm(offer, { phone: `03-6${n}00-${1000 + Math.floor(Math.random() * 9000)}` }));
            if (answer.status === 303)
                links.push(answer.location.replace(/\?.*/, ""));
        }
    }
}

async function cancelAll(person, link) {
    const page = await person.send(link);
    for (const [, visit] of page.html.matchAll(/href="([^"]*\/visit\/\d+)"/g)) {
        const { html } = await person.send(visit);
        await person.send(`${visit}/cancel`, { body: new URLSearchParams({ token: html.match(/name="token" value="([^"]+)"/)[1] }) });
    }
}

export const tests = [
    {
        name: `killed ${KILLS} times while people book, it loses no acknowledged course and leaves no half one`,
        async run({ program }) {
            const dir = mkdtempSync(join(tmpdir(), "tsubo-kill-"));
            const kept = [];
            try {
                let clinic = await startClinic(program, ["--new"], dir);
                const first = new Person(clinic.url);
                await first.answer();
                for (let k = 0; k < KILLS; k++) {
                    const links = [];
                    const people = Array.from({ length: PEOPLE }, () => Object.assign(first.twin(), { url: clinic.url }));
                    const working = people.map((person, n) => bookOn(person, n, links).catch(() => null));
                    await new Promise((resolve) => setTimeout(resolve, 30 + Math.random() * 90));
                    await clinic.kill();
                    await Promise.all(working);
                    execFileSync(program, ["verify", "--db", join(dir, "tsubo.db")]); // throws when anything is half done
                    clinic = await startClinic(program, [], dir);
                    const reader = Object.assign(first.twin(), { url: clinic.url });
                    for (const link of links) {
                        const { status, html } = await reader.send(link);
                        assert.equal(status, 200, `kill ${k}: an acknowledged course is there`);
                        assert.equal(new Set([...html.matchAll(/\/visit\/(\d+)"/g)].map((m) => m[1])).size, 2, "with both visits");
                    }
                    kept.push(...links);
                    for (const link of kept.splice(0, Math.max(0, kept.length - 40))) // room for the next
                        await cancelAll(reader, link);
                }
                assert.equal(await clinic.stop(), null);
                assert.ok(kept.length > 0, "there was load");
                const said = execFileSync(program, ["verify", "--db", join(dir, "tsubo.db")], { encoding: "utf8" });
                assert.match(said, / 0 missing, 0 orphaned; 0 courses with a visit missing; .*chain whole/);
            } finally {
                rmSync(dir, { recursive: true, force: true });
            }
        },
    },
];
