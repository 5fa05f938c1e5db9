import { afterEach, describe, expect, it, vi } from "vitest";
import { EXECUTE } from "../net/api";
import { browserOf, playedPage, type PlayedPage } from "./page_for_tests";

afterEach(() => {
  vi.unstubAllGlobals();
});

const READY = (): Response => Response.json({ status: "ok", python: "3.13.1" });
const LOCKED = (): Response => new Response(null, { status: 401 });
const UNAVAILABLE = (): Response => Response.json({ message: "It has no sandbox." }, { status: 503 });
const GONE = (): Response => {
  throw new TypeError("Failed to fetch");
};

/** When the page has asked a server that answers so. */
async function answered({ page }: PlayedPage, answer: () => Response): Promise<void> {
  vi.stubGlobal("fetch", async (address: string) =>
    address === EXECUTE ? answer() : new Response(null, { status: 404 }),
  );
  page.places.askServer();
  await new Promise((done) => setTimeout(done));
}

async function opened(): Promise<PlayedPage> {
  const played = playedPage("print(1)");
  browserOf(played.page).come();
  await answered(played, READY);
  return played;
}

describe("a server that is busy", () => {
  it("is not said to be back, but why the browser runs the program, and that one can go back", async () => {
    const played = await opened();
    const { page, server } = played;
    await page.running.start();
    server.listener.event({ type: "refused", code: "busy", error: "You already have 4 programs running." } as never);
    await answered(played, READY);
    const { places } = page;
    expect([places.place, places.fallback?.reason]).toEqual(["browser", "You already have 4 programs running."]);
    expect([places.serverIsBack, places.canGoBack]).toEqual([false, true]);
    await answered(played, GONE);
    await answered(played, READY);
    expect(places.serverIsBack).toBe(true);
  });
});

describe("a server that is away", () => {
  it("is said to be back when it is", async () => {
    const played = await opened();
    const { places } = played.page;
    await answered(played, GONE);
    expect([places.place, places.serverIsBack, places.canGoBack]).toEqual(["browser", false, false]);
    await answered(played, READY);
    expect(places.serverIsBack).toBe(true);
  });

  it("hides that behind nothing which was said of a program that was not run", async () => {
    const played = await opened();
    const { page } = played;
    page.places.loadBrowser = () => Promise.resolve(null);
    await answered(played, GONE);
    await page.running.start();
    expect(page.running.explanation).toEqual(["It prints."]);
    await answered(played, READY);
    expect([page.running.explanation, page.places.serverIsBack]).toEqual([[], true]);
  });

  it("is spoken of as it is now, and not as it was when the browser took over", async () => {
    const played = await opened();
    const { places } = played.page;
    const reasons = [];
    for (const answer of [GONE, LOCKED, UNAVAILABLE, GONE]) {
      await answered(played, answer);
      reasons.push(places.fallback?.reason);
    }
    expect(reasons).toEqual([
      "The server cannot be reached.",
      "The server wants its token.",
      "It has no sandbox.",
      "The server cannot be reached.",
    ]);
  });

  it("is nobody's affair who chose the browser", async () => {
    const played = await opened();
    const { places } = played.page;
    places.useBrowser();
    await answered(played, GONE);
    await answered(played, READY);
    expect([places.fallback, places.serverIsBack, places.canGoBack]).toEqual([null, false, false]);
  });
});
