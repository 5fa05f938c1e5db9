import { afterEach, beforeEach, expect, it, vi } from "vitest";

/** What a service worker answers, one request after the other; or how the browser fails it, and how long it took. */
type Answer = { readonly status: number; readonly bytes?: number[] } | { readonly failsAfter: number };

let answers: Answer[];
let asked: string[];

class FakeRequest {
  status = 0;
  response: ArrayBuffer | null = null;
  responseType = "";
  #address = "";

  open(_: string, address: string, isLater: boolean): void {
    expect(isLater).toBe(false);
    this.#address = address;
  }

  send(): void {
    asked.push(this.#address);
    const answer = answers.shift();
    if (answer === undefined) throw new Error("it asked once too often");
    if ("failsAfter" in answer) {
      vi.advanceTimersByTime(answer.failsAfter);
      throw new DOMException("the service worker was ended", "NetworkError");
    }
    this.status = answer.status;
    this.response = Uint8Array.from(answer.bytes ?? []).buffer;
  }
}

let waited: number;
let waitForInput: typeof import("./input_by_request").waitForInput;

beforeEach(async () => {
  vi.useFakeTimers();
  vi.stubGlobal("XMLHttpRequest", FakeRequest);
  vi.resetModules();
  ({ waitForInput } = await import("./input_by_request"));
  asked = [];
  waited = 0;
});

afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

function given(...all: Answer[]): Uint8Array | null {
  answers = all;
  const data = waitForInput("run_1/3", () => (waited += 1));
  expect([answers, waited]).toEqual([[], asked.length]);
  return data;
}

const MINUTES = { failsAfter: 300_000 };
const AT_ONCE = { failsAfter: 10 };

it("takes what is given under the number, or its end", () => {
  expect(given({ status: 200, bytes: [65, 10] })).toEqual(Uint8Array.of(65, 10));
  expect(given({ status: 204 })).toBeNull();
  expect(asked).toEqual(["/ide/input/run_1/3", "/ide/input/run_1/3"]);
});

it("asks again, and tells the page, as often as the browser ends the service worker that it waits for", () => {
  const all = Array.from({ length: 20 }, () => MINUTES);
  expect(given(...all, AT_ONCE, { status: 200, bytes: [65] })).toEqual(Uint8Array.of(65));
});

it("asks again where something else answered", () => {
  expect(given({ status: 404 }, { status: 200, bytes: [65] })).toEqual(Uint8Array.of(65));
});

it("is at the end where nobody answers", () => {
  expect(given(MINUTES, AT_ONCE, AT_ONCE, AT_ONCE, AT_ONCE, AT_ONCE)).toBeNull();
});
