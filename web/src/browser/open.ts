/** The part of the page that is loaded when a program is to run in the browser. */

import { BrowserPython } from "./browser_python";
import { addressOfOperators, operators } from "./operators";
import { shipped } from "./shipped";

/** On the operator's own distribution where there is one and it answers, else on ours. */
export async function openBrowserPython(): Promise<BrowserPython> {
  const address = addressOfOperators();
  const own = address === null ? null : await operators(address).catch(() => null);
  return new BrowserPython(own ?? shipped);
}

/** An operator's own may be on another server, which hears of nobody before they want it. */
export const isShipped = (): boolean => addressOfOperators() === null;
