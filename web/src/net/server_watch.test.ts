import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { ServerWatch, type ServerState } from "./server_watch";

const health = { status: "ok", python: "3.13.1" };
const answers = () => Promise.resolve(Response.json(health));
const isLate = () => Promise.reject(new DOMException("signal timed out", "TimeoutError"));
const refuses = () => Promise.reject(new TypeError("Failed to fetch"));

beforeEach(() => {
  // Nobody looks at it: it asks when it is told to, and not again by the clock.
  vi.stubGlobal("document", { visibilityState: "hidden" });
});

afterEach(() => {
  vi.unstubAllGlobals();
});

/** What it says of a server that does these, one for each time that it is asked, and how often it was. */
async function heard(
  ...each: (() => Promise<Response>)[][]
): Promise<{ kinds: ServerState["kind"][]; asked: number[] }> {
  const kinds: ServerState["kind"][] = [];
  const asked: number[] = [];
  const watch = new ServerWatch(
    () => null,
    (state) => kinds.push(state.kind),
  );
  for (const does of each) {
    const left = [...does];
    vi.stubGlobal("fetch", () => (left.shift() ?? refuses)());
    await watch.ask();
    asked.push(does.length - left.length);
  }
  return { kinds, asked };
}

it("asks once more before a server that is late counts as gone", async () => {
  expect(await heard([answers], [isLate, answers])).toEqual({ kinds: ["ready", "ready"], asked: [1, 2] });
  expect(await heard([answers], [isLate, isLate, answers])).toEqual({ kinds: ["ready", "gone"], asked: [1, 2] });
  expect(await heard([isLate, refuses, answers])).toEqual({ kinds: ["gone"], asked: [2] });
});

it("takes a server that refuses for gone at once", async () => {
  expect(await heard([answers], [refuses, answers])).toEqual({ kinds: ["ready", "gone"], asked: [1, 1] });
});

it("asks one that is gone only once at a time", async () => {
  expect(await heard([refuses], [isLate, answers])).toEqual({ kinds: ["gone", "gone"], asked: [1, 1] });
});

it.each(["wrong", "pasted…", "O’Neill", "zero\u200bwidth", "two words"])(
  "says of the token %j that it is not the server's, and not that the server is gone",
  async (token) => {
    vi.stubGlobal("fetch", async (_: string, { headers }: RequestInit) => {
      void new Headers(headers); // throws for what no header can carry
      return new Response(null, { status: 401 });
    });
    const states: ServerState[] = [];
    const watch = new ServerWatch(
      () => token,
      (state) => states.push(state),
    );
    await watch.ask();
    expect(states).toEqual([{ kind: "locked", refused: true }]);
  },
);
