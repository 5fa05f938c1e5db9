/** What Python in the browser has, found out when the page was built. */

import facts from "../../python/facts.json";

export interface Package {
  readonly name: string;
  readonly version: string;
  /** What can be imported of it. */
  readonly modules: readonly string[];
  readonly archive: string;
  /** Names of packages that it needs. */
  readonly needs: readonly string[];
}

export const PYTHON: string = facts.python;
/** Of this build of Python; a snapshot or a cached part of another is of no use. */
export const BUILD: string = facts.build;
export const PACKAGES: readonly Package[] = facts.packages;
const STANDARD: ReadonlySet<string> = new Set(facts.modules);

/** The packages that provide these modules, with all that they need. */
export function packagesFor(modules: Iterable<string>): Package[] {
  const chosen = new Map<string, Package>();
  const add = (one: Package | undefined): void => {
    if (one === undefined || chosen.has(one.name)) return;
    chosen.set(one.name, one);
    for (const name of one.needs) add(PACKAGES.find((other) => other.name === name));
  };
  for (const module of modules) add(PACKAGES.find((one) => one.modules.includes(module)));
  return [...chosen.values()];
}

export function isShipped(module: string): boolean {
  return STANDARD.has(module) || PACKAGES.some((one) => one.modules.includes(module));
}
