/* build.mjs - bundles the style and the scripts for the browser into assets/dist/.
 * SPDX-License-Identifier: AGPL-3.0-or-later
 *
 * Usage: node assets/build.mjs
 *
 * Each file directly in assets/js/ and assets/css/ is an entry and keeps its name; what it imports (ours from folders
 * below, or a library from node_modules) goes into it, or into a shared chunk named by its content. The server adds the
 * hash of the content to each path, so the names of entries carry none. dist/manifest.txt lists the files, one a line,
 * sorted; Meson reads it and the C build puts them into the program.
 */
import { build } from "esbuild";
import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const dist = join(here, "dist");

function entries(folder, ending) {
    const dir = join(here, folder);
    return existsSync(dir)
        ? readdirSync(dir).filter((name) => name.endsWith(ending)).sort().map((name) => join(dir, name))
        : [];
}

const entryPoints = [...entries("css", ".css"), ...entries("js", ".js")];
rmSync(dist, { recursive: true, force: true });
mkdirSync(dist, { recursive: true });
await build({
    entryPoints,
    outdir: dist,
    entryNames: "[name]",
    chunkNames: "chunk-[hash]",
    assetNames: "file-[hash]",
    bundle: true,
    minify: true,
    format: "esm",
    splitting: true,
    target: ["es2022", "chrome110", "firefox115", "safari16"],
    charset: "utf8",
    legalComments: "inline",
    loader: { ".svg": "dataurl", ".woff2": "file" },
    external: ["/assets/*"],
    logLevel: "warning",
});
const names = readdirSync(dist).sort();
writeFileSync(join(dist, "manifest.txt"), names.join("\n") + "\n");
