import { createHash } from "node:crypto";
import { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { svelte } from "@sveltejs/vite-plugin-svelte";
import type { Plugin } from "vite";
import { defineConfig } from "vitest/config";

const OUT = "../src/snakepen/static";
const SERVICE_WORKER = "service_worker.js";
const COMPRESSED = /\.(?:html|js|mjs|css|svg|json|wasm|zip|webmanifest)$/;
const TESTS = "src/**/*.test.ts";
const MOCKING_TESTS = ["src/checks/ruff.worker.test.ts", "src/ui/program.test.ts"];
/** Below this the saving is smaller than a packet. */
const WORTHWHILE_BYTES = 1400;

/** The service worker keeps every part of the page, by a name that changes with any of them. */
function precache(): Plugin {
  return {
    name: "precache",
    apply: "build",
    closeBundle() {
      const names = readdirSync(OUT, { recursive: true, encoding: "utf-8" }).sort();
      const parts = names.filter((name) => name.startsWith("assets/") && statSync(join(OUT, name)).isFile());
      const hash = createHash("sha256");
      for (const name of ["index.html", ...parts]) hash.update(name).update(readFileSync(join(OUT, name)));
      const manifest = {
        name: `snakepen-page-${hash.digest("hex").slice(0, 16)}`,
        addresses: ["/ide", ...parts.map((name) => `/ide/${name}`)],
      };
      const worker = join(OUT, SERVICE_WORKER);
      writeFileSync(worker, `const PRECACHE=${JSON.stringify(manifest)};\n${readFileSync(worker, "utf-8")}`);
    },
  };
}

/** Beside each file its compressed forms, made once here and never by the server. */
function compress(): Plugin {
  return {
    name: "compress",
    apply: "build",
    closeBundle() {
      for (const name of readdirSync(OUT, { recursive: true, encoding: "utf-8" })) {
        const path = join(OUT, name);
        if (!COMPRESSED.test(name) || statSync(path).size < WORTHWHILE_BYTES) continue;
        const content = readFileSync(path);
        // The last steps of Brotli take minutes for megabytes and save little.
        const quality = content.length > 1 << 20 ? 9 : 11;
        const params = {
          [constants.BROTLI_PARAM_QUALITY]: quality,
          [constants.BROTLI_PARAM_SIZE_HINT]: content.length,
        };
        writeFileSync(`${path}.br`, brotliCompressSync(content, { params }));
        writeFileSync(`${path}.gz`, gzipSync(content, { level: 9 }));
      }
    },
  };
}

export default defineConfig({
  base: "/ide/",
  plugins: [svelte(), precache(), compress()],
  build: {
    outDir: OUT,
    emptyOutDir: true,
    target: ["chrome111", "firefox114", "safari16.4"],
    rolldownOptions: {
      input: { page: "index.html", service_worker: "src/browser/service_worker.ts" },
      output: {
        // Its name is its identity: the browser looks for a newer one at the same address.
        entryFileNames: ({ name }) => (name === "service_worker" ? SERVICE_WORKER : "assets/[name]-[hash].js"),
      },
    },
    modulePreload: { polyfill: false }, // all of these browsers know it, and the content policy allows nothing inline
    assetsInlineLimit: 0, // the same: no data: addresses
    chunkSizeWarningLimit: 1000,
  },
  worker: { format: "es" },
  test: {
    environment: "node",
    pool: "threads", // there sooner than processes
    // Loading modules takes longer than the tests do: most files share what was loaded. Those that put others in the
    // place of modules do not.
    projects: [
      { extends: true, test: { name: "together", include: [TESTS], exclude: MOCKING_TESTS, isolate: false } },
      { extends: true, test: { name: "alone", include: MOCKING_TESTS } },
    ],
  },
});
