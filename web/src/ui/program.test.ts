import { afterEach, describe, expect, it, vi } from "vitest";
import { WELCOME } from "./examples";
import { Browser, Tab } from "./testing";

const clipboard = vi.hoisted(() => ({ takes: true }));
vi.mock("../terminal/clipboard", () => ({ copyText: () => Promise.resolve(clipboard.takes) }));

afterEach(() => {
  clipboard.takes = true;
});

describe("a link", () => {
  it("that was copied does not put back the program of then", async () => {
    const browser = new Browser();
    const tab = await new Tab({ browser }).begin();
    tab.type("print('shared')");
    await tab.page.program.share();
    expect(tab.page.notice?.text).toContain("has been copied");
    tab.type("print('newer')");
    vi.runAllTimers();
    const again = await new Tab({ browser, hash: tab.location.hash }).begin();
    expect(again.text).toBe("print('newer')");
  });

  it("that cannot be copied is in the address, which opens it elsewhere and changes nothing here", async () => {
    clipboard.takes = false;
    const browser = new Browser();
    const tab = await new Tab({ browser }).begin();
    tab.page.program.name = "mine.py";
    tab.type("print('shared')");
    vi.runAllTimers();
    await tab.page.program.share();
    expect(tab.page.notice?.text).toContain("copy it from there");
    const stranger = await new Tab({ hash: tab.location.hash }).begin();
    expect([stranger.page.program.name, stranger.text]).toEqual(["main.py", "print('shared')"]);
    const again = await new Tab({ browser, hash: tab.location.hash }).begin();
    expect([again.page.program.name, again.text, again.location.hash]).toEqual(["mine.py", "print('shared')", ""]);
    expect(again.page.notice).toBeNull();
  });

  it("is in the address no longer than that is the program", async () => {
    clipboard.takes = false;
    const tab = await new Tab().begin();
    tab.type("print('shared')");
    await tab.page.program.share();
    expect(tab.location.hash).toMatch(/^#program=/);
    tab.type("print('newer')");
    expect(tab.location.hash).toBe("");
  });
});

describe("what is typed", () => {
  it.each(["leave", "hide"] as const)("is remembered at once when somebody does %s the page", async (how) => {
    const browser = new Browser();
    const tab = await new Tab({ browser }).begin();
    tab.type("print('just now')");
    tab[how]();
    expect(new Tab({ browser }).text).toBe("print('just now')");
  });

  it("is not overwritten by a tab in which nobody did anything", async () => {
    const browser = new Browser();
    const first = await new Tab({ browser }).begin();
    first.type("print('before')");
    vi.runAllTimers();
    const idle = await new Tab({ browser }).begin();
    const other = await new Tab({ browser }).begin();
    other.type("print('an hour of work')");
    other.page.history.keep(other.text);
    other.leave();
    const remembered = new Map(browser.kept);
    for (const tab of [idle, first]) {
      tab.hide();
      tab.leave();
    }
    expect(browser.kept).toEqual(remembered);
    expect(new Tab({ browser }).text).toBe("print('an hour of work')");
  });
});

describe("where nothing is remembered", () => {
  const WARNING = "This browser does not remember the program";

  it("it is said once, and again after it was remembered", async () => {
    const browser = new Browser();
    browser.remembers = false;
    const tab = await new Tab({ browser }).begin();
    const said = (text: string): string | undefined => {
      tab.closeNotice();
      tab.type(text);
      vi.runAllTimers();
      return tab.page.notice?.text;
    };
    expect(said("1")).toContain(WARNING);
    expect(said("2")).toBeUndefined();
    browser.remembers = true;
    expect(said("3")).toBeUndefined();
    browser.remembers = false;
    expect(said("4")).toContain(WARNING);
  });

  it("the way back to the earlier program stays", async () => {
    const browser = new Browser();
    browser.remembers = false;
    const tab = await new Tab({ browser }).begin();
    tab.page.program.startNew();
    vi.runAllTimers();
    tab.type("x = 1");
    vi.runAllTimers();
    expect(tab.page.notice?.action?.title).toBe("Bring the earlier one back");
    tab.page.actOnNotice();
    expect(tab.text).toBe(WELCOME);
    tab.closeNotice();
    tab.type("x = 2");
    vi.runAllTimers();
    expect(tab.page.notice?.text).toContain(WARNING);
  });
});
