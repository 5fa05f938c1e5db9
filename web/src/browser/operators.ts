/** A Pyodide distribution of the operator's own, which the page is told the address of. */

import type { Distribution } from "./distribution";
import { STANDARD } from "./shipped";

/** As much as is read here of what Pyodide calls its lock file. */
interface Lock {
  readonly info: { readonly python: string };
  readonly packages: Readonly<Record<string, { readonly name: string; readonly imports?: readonly string[] }>>;
}

/** Of an operator's server that takes the request and says nothing; ours is used then. */
const PATIENCE_MS = 10_000;

export function addressOfOperators(): string | null {
  return document.querySelector<HTMLMetaElement>('meta[name="snakepen-python"]')?.content ?? null;
}

/** Fails when there is none at that address, or when its server does not let this page read it. */
export async function operators(base: string): Promise<Distribution> {
  const answer = await fetch(new URL("pyodide-lock.json", base), { signal: AbortSignal.timeout(PATIENCE_MS) });
  if (!answer.ok) throw new Error(`there is no Pyodide at ${base}`);
  const { info, packages } = (await answer.json()) as Lock;
  const all = Object.values(packages);
  const modules = new Set(all.flatMap((one) => (one.imports ?? []).map((name) => name.split(".")[0] ?? name)));
  return {
    python: info.python,
    base,
    build: null,
    packages: all.map((one) => one.name),
    has: (module) => STANDARD.has(module) || modules.has(module),
    archivesFor: null,
  };
}
