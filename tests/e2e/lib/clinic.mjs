/* clinic.mjs - starts and stops `tsubo demo` for the tests.
 * SPDX-License-Identifier: AGPL-3.0-or-later
 */
import { execFileSync, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const top = join(dirname(fileURLToPath(import.meta.url)), "../../..");
const START_SECONDS = 30;
const STOP_SECONDS = 10;

export function programPath() {
    const path = process.env.TSUBO || execFileSync(join(top, "tools/build"), ["program", "release"]).toString().trim();
    if (!path)
        throw new Error("there is no program: tools/build release makes it");
    return path;
}

/* Resolves with what the server printed once it listens and has said who may log in. */
function whenOpen(server, output) {
    return new Promise((resolve, reject) => {
        const timer = setTimeout(() => reject(new Error(`no address after ${START_SECONDS} s:\n${output.text}`)),
            START_SECONDS * 1000);
        const look = () => {
            if (/^listening on http:\S+$/m.test(output.text)) {
                clearTimeout(timer);
                setTimeout(resolve, 50); // the log-ins come with the same write or just after
            }
        };
        server.stdout.on("data", look);
        server.on("error", reject);
        server.on("exit", (code) => {
            clearTimeout(timer);
            reject(new Error(`the server ended with ${code}:\n${output.text}`));
        });
    });
}

/* A fresh demo clinic, or the one in the folder `kept`: { url, dir, logins: { name: password }, stop(), kill() }.
 * stop() returns null, or what was wrong at the end: an exit status other than 0, a fault of a sanitizer. kill() ends it
 * with SIGKILL. A folder that was kept stays. */
export async function startClinic(program, args = [], kept = null) {
    const dir = kept ?? mkdtempSync(join(tmpdir(), "tsubo-e2e-"));
    const server = spawn(program, ["demo", "--port", "0", "--dir", dir, ...args], { stdio: ["ignore", "pipe", "pipe"] });
    const output = { text: "" };
    const gone = new Promise((resolve) => server.on("exit", (code, signal) => resolve({ code, signal })));
    for (const stream of [server.stdout, server.stderr])
        stream.on("data", (bytes) => { output.text += bytes; });
    const endWithUs = () => server.kill("SIGKILL");
    process.on("exit", endWithUs);
    const removeAll = () => {
        process.off("exit", endWithUs);
        if (!kept)
            rmSync(dir, { recursive: true, force: true });
    };
    try {
        await whenOpen(server, output);
    } catch (fault) {
        server.kill("SIGKILL");
        removeAll();
        throw fault;
    }
    const logins = {};
    for (const [, name, password] of output.text.matchAll(/^\s*log-in\s+(\S+)\s+password\s+(\S+)$/gm))
        logins[name] = password;
    return {
        url: output.text.match(/^listening on (http:\S+)$/m)[1],
        dir,
        logins,
        async kill() {
            server.kill("SIGKILL");
            await gone;
            removeAll();
        },
        async stop() {
            server.kill("SIGTERM");
            const timer = setTimeout(() => server.kill("SIGKILL"), STOP_SECONDS * 1000);
            const { code, signal } = await gone;
            clearTimeout(timer);
            removeAll();
            return code === 0 ? null : `exit status ${code}, signal ${signal}\n${output.text}`;
        },
    };
}
