/**
 * How a program waits for input where a browser cannot suspend it: its worker asks for an address, and the service worker is
 * slow to answer. A browser ends a service worker that has had nothing to do for half a minute, or has kept a request waiting
 * for some, and what it held is lost: so inputs have numbers, and the worker says which it waits for, and is given that anew.
 */

export const INPUT_PATH = "/ide/input/";

/** For the service worker. Null is the end of input; without data nobody waits for it any more. */
export interface InputForProgram {
  /** And which of its inputs, as `nameOfInput` has it. */
  readonly run: string;
  readonly data?: Uint8Array | null;
}

/** Taken before a program is run: it is not to have it. */
const Requester = globalThis.XMLHttpRequest;
/** What fails so often, each time sooner than a service worker is ended, has nobody who would ever answer. */
const MOST_TRIES = 5;
const SOON_MS = 5000;

/**
 * What the program is given under this name, as long as that takes; null at the end. Only in a worker may a request stop the
 * world. `waits` tells the page, each time that it is asked for.
 */
export function waitForInput(name: string, waits: () => void): Uint8Array | null {
  let tries = 0;
  while (tries < MOST_TRIES) {
    const begun = performance.now();
    waits();
    const answer = ask(INPUT_PATH + name);
    if (answer !== undefined) return answer;
    tries = performance.now() - begun < SOON_MS ? tries + 1 : 0;
  }
  return null;
}

/** Undefined is no answer: that of the service worker is 200, or 204 for the end. */
function ask(address: string): Uint8Array | null | undefined {
  const request = new Requester();
  request.open("GET", address, false);
  request.responseType = "arraybuffer";
  try {
    request.send();
  } catch {
    return undefined;
  }
  if (request.status === 200) return new Uint8Array(request.response as ArrayBuffer);
  return request.status === 204 ? null : undefined;
}
