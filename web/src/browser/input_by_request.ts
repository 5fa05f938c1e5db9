/** How a program waits for input where a browser cannot suspend it: its worker asks for an address, and the service worker is slow to answer. */

export const INPUT_PATH = "/ide/input/";

/** For the service worker. Null is the end of input; without data the run is over. */
export interface InputForProgram {
  readonly run: string;
  readonly data?: Uint8Array | null;
}

/** Taken before a program is run: it is not to have it. */
const Requester = globalThis.XMLHttpRequest;

/** What the program is given next, as long as that takes; null at the end. Only in a worker may a request stop the world. */
export function waitForInput(run: string): Uint8Array | null {
  const request = new Requester();
  request.open("GET", INPUT_PATH + run, false);
  request.responseType = "arraybuffer";
  request.send();
  return request.status === 200 ? new Uint8Array(request.response as ArrayBuffer) : null;
}
