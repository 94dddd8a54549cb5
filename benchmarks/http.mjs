/* http.mjs - pages a second of tsubo against nginx serving a static file of the same size, interleaved in one run.
 * SPDX-License-Identifier: AGPL-3.0-or-later
 *
 * Usage: node benchmarks/http.mjs TSUBO FOLDER [SECONDS]
 * Needs wrk and nginx. Each line: name value unit reference ratio. Also: start time, resident memory idle and after many requests.
 */
import { execFileSync, spawn } from "node:child_process";
import { mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const [tsubo, dir, seconds = "2"] = process.argv.slice(2);
const ROUNDS = 3;
const median = (v) => [...v].sort((a, b) => a - b)[Math.floor(v.length / 2)];
const say = (name, value, unit, reference, ratio) => console.log([name, value, unit, reference, ratio].join(" "));
const rssMb = (pid) => Number(readFileSync(`/proc/${pid}/status`, "utf8").match(/VmRSS:\s+(\d+)/)[1]) / 1024;

async function startTsubo(isNew) {
    const from = process.hrtime.bigint();
    const args = ["demo", "--port", "0", "--workers", "2", "--dir", join(dir, "clinic"), ...(isNew ? ["--new"] : [])];
    const server = spawn(tsubo, args, { stdio: ["ignore", "pipe", "inherit"] });
    const url = await new Promise((resolve, reject) => {
        let text = "";
        server.stdout.on("data", (bytes) => {
            text += bytes;
            const at = text.match(/^listening on (http:\S+)$/m);
            if (at)
                resolve(at[1]);
        });
        server.on("exit", (code) => reject(new Error(`tsubo ended with ${code}`)));
    });
    return { server, url, ms: Number(process.hrtime.bigint() - from) / 1e6 };
}

async function startNginx(sizes) {
    mkdirSync(join(dir, "www"), { recursive: true });
    for (const [name, size] of Object.entries(sizes))
        writeFileSync(join(dir, "www", name), Buffer.alloc(size, "x"));
    writeFileSync(join(dir, "nginx.conf"), `
daemon off; worker_processes 2; pid ${dir}/nginx.pid; error_log ${dir}/nginx.err;
events { worker_connections 2000; }
http { access_log off; sendfile on; keepalive_requests 1000000; default_type text/html;
  client_body_temp_path ${dir}/b; proxy_temp_path ${dir}/p; fastcgi_temp_path ${dir}/f; uwsgi_temp_path ${dir}/u; scgi_temp_path ${dir}/s;
  server { listen 127.0.0.1:18099; root ${dir}/www; } }
`);
    const server = spawn("nginx", ["-c", join(dir, "nginx.conf"), "-e", join(dir, "nginx.err"), "-p", dir], { stdio: "inherit" });
    await new Promise((resolve) => setTimeout(resolve, 500));
    return server;
}

function wrk(url, connections, cookie) {
    const out = execFileSync("wrk", ["-t1", `-c${connections}`, `-d${seconds}s`, ...(cookie ? ["-H", `Cookie: ${cookie}`] : []), url],
        { encoding: "utf8" });
    if (/Non-2xx/.test(out))
        throw new Error(`${url}: ${out}`);
    return Number(out.match(/Requests\/sec:\s+([\d.]+)/)[1]);
}

/* A person's answers as the cookie that the self-check gives, by sending its pages. */
async function draft(url) {
    const jar = new Map();
    const keep = (answer) => {
        for (const line of answer.headers.getSetCookie())
            jar.set(...line.split(";")[0].split(/=(.*)/s).slice(0, 2));
    };
    const cookie = () => [...jar].map(([k, v]) => `${k}=${v}`).join("; ");
    const said = { birth_date: "1980-02-01", onset_date: "2026-05-01", sex: "male", nrs_average: "6" };
    let path = "/en/check/about";
    while (/\/check\/\w+$/.test(path)) {
        const page = await fetch(url + path, { headers: { cookie: cookie() } });
        keep(page);
        const html = await page.text();
        const form = new URLSearchParams({ token: html.match(/name="token" value="([^"]+)"/)[1] });
        for (const [, id] of html.matchAll(/class="field radios yes-no" id="(\w+)"/g))
            form.set(id, "no");
        for (const [id, value] of Object.entries(said))
            if (html.includes(`name="${id}"`))
                form.set(id, value);
        if (/where$/.test(path))
            form.set("pain", "low_back_r");
        const sent = await fetch(url + path, { method: "POST", redirect: "manual", body: form, headers: { cookie: cookie() } });
        keep(sent);
        if (sent.status !== 303)
            throw new Error(`${path}: ${sent.status}`);
        path = sent.headers.get("location");
    }
    return cookie();
}

async function main() {
    let { server, url } = await startTsubo(true);
    const cookie = await draft(url);
    const pages = { home: "/en/", slots: "/en/book/choose?visits=4", plan: "/en/plan" };
    const sizes = {};
    for (const [name, path] of Object.entries(pages))
        sizes[name] = (await (await fetch(url + path, { headers: { cookie } })).arrayBuffer()).byteLength;
    say("resident_idle", rssMb(server.pid).toFixed(1), "MB", "12 (goal)", (rssMb(server.pid) / 12).toFixed(2));
    const nginx = await startNginx(sizes);
    try {
        for (const connections of [16, 128])
            for (const [name, path] of Object.entries(pages)) {
                const ours = [], theirs = [];
                for (let i = 0; i < ROUNDS; i++) {
                    theirs.push(wrk(`http://127.0.0.1:18099/${name}`, connections));
                    ours.push(wrk(url + path, connections, cookie));
                }
                say(`page_${name}_${(sizes[name] / 1024).toFixed(1)}KB_${connections}`, median(ours).toFixed(0), "/s",
                    `${median(theirs).toFixed(0)} (nginx, a static file of that size)`, (median(ours) / median(theirs)).toFixed(2));
            }
        const before = rssMb(server.pid);
        for (let sent = 0; sent < (Number(process.env.TSUBO_BENCH_REQUESTS) || 1_000_000);)
            sent += wrk(`${url}/en/`, 64) * Number(seconds);
        say("resident_after_a_million", rssMb(server.pid).toFixed(1), "MB", `${before.toFixed(1)} (before)`,
            (rssMb(server.pid) / before).toFixed(2));
    } finally {
        nginx.kill();
        server.kill("SIGTERM");
        await new Promise((resolve) => server.on("exit", resolve));
    }
    const starts = [];
    for (let i = 0; i < 5; i++) {
        const again = await startTsubo(false);
        starts.push(again.ms);
        again.server.removeAllListeners("exit");
        again.server.kill("SIGTERM");
        await new Promise((resolve) => again.server.on("exit", resolve));
    }
    say("start", median(starts).toFixed(0), "ms", "50 (goal)", (median(starts) / 50).toFixed(2));
    say("binary", (statSync(tsubo).size / 2 ** 20).toFixed(1), "MB", "10 (goal)", (statSync(tsubo).size / 2 ** 20 / 10).toFixed(2));
}

await main();
