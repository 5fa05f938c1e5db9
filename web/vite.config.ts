import { svelte } from "@sveltejs/vite-plugin-svelte";
import { defineConfig } from "vitest/config";

export default defineConfig({
  base: "/ide/",
  plugins: [svelte()],
  build: {
    outDir: "../src/snakepen/static",
    emptyOutDir: true,
    target: ["chrome111", "firefox114", "safari16.4"],
    modulePreload: { polyfill: false }, // all of these browsers know it, and the content policy allows nothing inline
    assetsInlineLimit: 0, // the same: no data: addresses
    chunkSizeWarningLimit: 700,
  },
  worker: { format: "es" },
  test: { include: ["src/**/*.test.ts"], environment: "node" },
});
