/** The part of the page that is loaded when a program is to run in the browser, or will be some day. */

import { BrowserPython } from "./browser_python";
import { addressOfOperators, operators } from "./operators";
import { shipped } from "./shipped";

/** Whether there is an operator's own, perhaps on another server: it hears of nobody before they want it. */
export const hasOperators = (): boolean => addressOfOperators() !== null;

/** On the operator's own distribution where there is one and it answers, else on ours. */
export async function openBrowserPython(): Promise<BrowserPython> {
  const address = addressOfOperators();
  const own = address === null ? null : await operators(address).catch(() => null);
  return new BrowserPython(own ?? shipped);
}
