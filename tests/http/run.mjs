/* run.mjs - runs the tests over plain HTTP, each file against a demo clinic of its own, and prints TAP.
 * SPDX-License-Identifier: AGPL-3.0-or-later
 *
 * Usage: node tests/http/run.mjs [PART]    only the tests whose file or name contains PART
 *        TSUBO=path   the program (./check sets it; else that of build-release)
 *        KILLS=n      how often the server is killed under load (100)
 *
 * Every tests/http/NAME.test.mjs exports `tests = [{ name, run({ clinic, program }) }]`; a name is a sentence about
 * behaviour, a test fails by throwing.
 */
import { readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { programPath, startClinic } from "../e2e/lib/clinic.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const part = process.argv[2];
const program = programPath();
let number = 0, isGood = true;

function report(name, fault) {
    console.log(`${fault ? "not ok" : "ok"} ${++number} - ${name}`);
    if (fault)
        console.log(String(fault.stack ?? fault).replace(/^/gm, "# "));
    isGood = isGood && !fault;
}

for (const file of readdirSync(here).filter((name) => name.endsWith(".test.mjs")).sort()) {
    const { tests } = await import(join(here, file));
    const wanted = tests.filter((test) => !part || file.includes(part) || test.name.includes(part));
    if (!wanted.length)
        continue;
    const clinic = await startClinic(program);
    for (const test of wanted)
        report(`${file.replace(".test.mjs", "")}: ${test.name}`, await test.run({ clinic, program }).then(() => null, (fault) => fault));
    const ending = await clinic.stop();
    if (ending)
        report(`${file}: the server ends in order`, ending);
}
console.log(`1..${number}`);
process.exitCode = isGood && number ? 0 : 1;
