/** What Python in the browser has, found out when the page was built. */

import facts from "../../python/facts.json";
import type { Distribution } from "./distribution";

interface Package {
  readonly name: string;
  readonly version: string;
  /** What can be imported of it. */
  readonly modules: readonly string[];
  readonly archive: string;
  /** Names of packages that it needs. */
  readonly needs: readonly string[];
}

const PACKAGES: readonly Package[] = facts.packages;
export const STANDARD: ReadonlySet<string> = new Set(facts.modules);

export const shipped: Distribution = {
  python: facts.python,
  base: new URL(`/ide/assets/python-${facts.build}/`, location.href).href,
  build: facts.build,
  packages: PACKAGES.map((one) => one.name),
  has: (module) => STANDARD.has(module) || PACKAGES.some((one) => one.modules.includes(module)),
  archivesFor,
};

/** Of the packages that provide these modules, with all that they need. */
function archivesFor(modules: readonly string[]): string[] {
  const chosen = new Map<string, Package>();
  const add = (one: Package | undefined): void => {
    if (one === undefined || chosen.has(one.name)) return;
    chosen.set(one.name, one);
    for (const name of one.needs) add(PACKAGES.find((other) => other.name === name));
  };
  // It reads its data from where the system has it, or from the package.
  const wanted = modules.includes("zoneinfo") ? [...modules, "tzdata"] : modules;
  for (const module of wanted) add(PACKAGES.find((one) => one.modules.includes(module)));
  return [...chosen.values()].map((one) => one.archive);
}
