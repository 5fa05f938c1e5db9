/** The worker of the checks, as the bundler knows it: an address of our own that it gives its name. */
import type { CheckWorker } from "./checker";

export function startRuff(): CheckWorker {
  return new Worker(new URL("./ruff.worker.ts", import.meta.url), { type: "module", name: "checks" });
}
