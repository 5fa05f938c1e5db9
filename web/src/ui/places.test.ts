import { describe, expect, it, vi } from "vitest";
import { settled } from "../core/testing";
import { EXECUTE } from "../net/api";
import { pythonOf, Tab } from "./testing";

const READY = (): Response => Response.json({ status: "ok", python: "3.13.1" });
const LOCKED = (): Response => new Response(null, { status: 401 });
const UNAVAILABLE = (): Response => Response.json({ message: "It has no sandbox." }, { status: 503 });
const GONE = (): Response => {
  throw new TypeError("Failed to fetch");
};

/** When the page has asked a server that answers so. */
async function answered({ page }: Tab, answer: () => Response): Promise<void> {
  vi.stubGlobal("fetch", async (address: string) =>
    address === EXECUTE ? answer() : new Response(null, { status: 404 }),
  );
  page.places.askServer();
  await settled();
}

async function opened(): Promise<Tab> {
  const tab = new Tab({ program: "print(1)" });
  pythonOf(tab.page).come();
  await answered(tab, READY);
  return tab;
}

describe("a server that is busy", () => {
  it("is not said to be back, but why the browser runs the program, and that one can go back", async () => {
    const tab = await opened();
    const { page, server } = tab;
    await page.running.start();
    server.listener.event({ type: "refused", code: "busy", error: "You already have 4 programs running." } as never);
    await answered(tab, READY);
    const { places } = page;
    expect([places.place, places.fallback?.reason]).toEqual(["browser", "You already have 4 programs running."]);
    expect([places.serverIsBack, places.canGoBack]).toEqual([false, true]);
    await answered(tab, GONE);
    await answered(tab, READY);
    expect(places.serverIsBack).toBe(true);
  });
});

describe("a server that is away", () => {
  it("is said to be back when it is", async () => {
    const tab = await opened();
    const { places } = tab.page;
    await answered(tab, GONE);
    expect([places.place, places.serverIsBack, places.canGoBack]).toEqual(["browser", false, false]);
    await answered(tab, READY);
    expect(places.serverIsBack).toBe(true);
  });

  it("hides that behind nothing which was said of a program that was not run", async () => {
    const tab = await opened();
    const { page } = tab;
    page.places.loadBrowser = () => Promise.resolve(null);
    await answered(tab, GONE);
    await page.running.start();
    expect(page.running.explanation).toEqual(["It prints."]);
    await answered(tab, READY);
    expect([page.running.explanation, page.places.serverIsBack]).toEqual([[], true]);
  });

  it("is spoken of as it is now, and not as it was when the browser took over", async () => {
    const tab = await opened();
    const { places } = tab.page;
    const reasons = [];
    for (const answer of [GONE, LOCKED, UNAVAILABLE, GONE]) {
      await answered(tab, answer);
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
    const tab = await opened();
    const { places } = tab.page;
    places.useBrowser();
    await answered(tab, GONE);
    await answered(tab, READY);
    expect([places.fallback, places.serverIsBack, places.canGoBack]).toEqual([null, false, false]);
  });
});
