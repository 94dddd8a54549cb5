/* run.mjs - runs the browser tests against a fresh demo clinic and prints TAP.
 * SPDX-License-Identifier: AGPL-3.0-or-later
 *
 * Usage: node tests/e2e/run.mjs [PART]     only the tests whose file or name contains PART
 *        TSUBO=path     the program (./check sets it; else that of build-release)
 *        CHROMIUM=path  the browser (default /usr/bin/chromium)
 *        SHOTS=folder   where screenshots go (default build-check/shots)
 *        HEADED=1       shows the browser
 *
 * Every tests/e2e/NAME.test.mjs exports `tests = [{ name, run(ctx) }]`; a name is a sentence about behaviour, a test
 * fails by throwing. What ctx offers is described in lib/context.mjs. The tests of a file run one after the other and
 * share the clinic of that file; each file gets a clinic of its own, so their order does not matter.
 */
import { chromium } from "playwright-core";
import { readdirSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { context } from "./lib/context.mjs";
import { programPath, startClinic } from "./lib/clinic.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const TEST_SECONDS = 60;

const quietBrowser = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
];

function withTimeLimit(work, seconds) {
    let timer;
    const limit = new Promise((_, reject) => {
        timer = setTimeout(() => reject(new Error(`not done after ${seconds} s`)), seconds * 1000);
    });
    return Promise.race([work, limit]).finally(() => clearTimeout(timer));
}

async function collect(part) {
    const files = [];
    for (const file of readdirSync(here).filter((name) => name.endsWith(".test.mjs")).sort()) {
        const { tests } = await import(join(here, file));
        const wanted = tests.filter((test) => !part || file.includes(part) || test.name.includes(part));
        if (wanted.length)
            files.push({ name: file.replace(".test.mjs", ""), tests: wanted });
    }
    return files;
}

/* One line that names the test, and what went wrong as TAP comments. */
function report(number, name, fault) {
    console.log(`${fault ? "not ok" : "ok"} ${number} - ${name}`);
    if (fault)
        console.log(String(fault.stack ?? fault).replace(/^/gm, "# "));
    return !fault;
}

async function runFile(file, browser, first) {
    let number = first, allGood = true;
    let clinic;
    try {
        clinic = await startClinic(programPath());
    } catch (fault) {
        for (const test of file.tests)
            report(number++, `${file.name}: ${test.name}`, fault);
        return { number, allGood: false };
    }
    for (const test of file.tests) {
        const ctx = context({ browser, clinic, shots: resolve(process.env.SHOTS ?? "build-check/shots") });
        let fault = null;
        try {
            await withTimeLimit(test.run(ctx), TEST_SECONDS);
            ctx.assertQuiet();
        } catch (caught) {
            fault = caught;
        }
        await ctx.close();
        allGood = report(number++, `${file.name}: ${test.name}`, fault) && allGood;
    }
    const ending = await clinic.stop();
    if (ending) {
        console.log(`not ok ${number++} - ${file.name}: the server ends in order\n${ending.replace(/^/gm, "# ")}`);
        allGood = false;
    }
    return { number, allGood };
}

const files = await collect(process.argv[2]);
if (!files.length) {
    console.error("no test of that name");
    process.exit(2);
}
const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    headless: !process.env.HEADED,
    args: quietBrowser,
});
let number = 1, allGood = true;
for (const file of files) {
    const result = await runFile(file, browser, number);
    number = result.number;
    allGood = allGood && result.allGood;
}
console.log(`1..${number - 1}`);
await browser.close();
process.exitCode = allGood ? 0 : 1;
