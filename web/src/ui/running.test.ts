import { describe, expect, it, vi } from "vitest";
import { finished, settled } from "../core/testing";
import type { ModelInfo } from "../core/wire.gen";
import { pythonOf, Tab } from "./testing";

describe("a run in the browser, whose Python has to be loaded first", () => {
  it("is starting meanwhile, and runs the program as it was when somebody wanted that", async () => {
    const tab = new Tab({ program: "print(1)" });
    const { page, server } = tab;
    const { python, come } = pythonOf(page);
    page.places.place = "browser";
    void page.running.start();
    expect(page.running.state).toMatchObject({ kind: "starting", where: "browser" });
    tab.type("print(1");
    come();
    await settled();
    expect([python.starts, server.starts]).toMatchObject([[{ code: "print(1)" }], []]);
  });

  it("can be stopped meanwhile, and is not begun then", async () => {
    const { page } = new Tab({ program: "print(1)" });
    const { python, come } = pythonOf(page);
    page.places.place = "browser";
    void page.running.start();
    page.running.stop();
    expect([page.running.isBusy, page.asking.status?.text]).toEqual([false, "Stopped before it was started."]);
    come();
    await settled();
    expect(python.starts).toEqual([]);
  });

  it("is not begun without what it imports, or without Python, which is said", async () => {
    const { page } = new Tab({ program: "import numpy" });
    page.places.place = "browser";
    pythonOf(page, () => ["numpy"]).come();
    await page.running.start();
    expect([page.running.isBusy, page.running.missing]).toEqual([false, ["numpy"]]);
    page.places.loadBrowser = () => Promise.resolve(null);
    await page.running.start();
    expect([page.running.isBusy, page.running.missing]).toEqual([false, []]);
    expect(page.running.explanation).toEqual(["It imports numpy."]);
  });

  it("is not spoken of any more when the program is another, or another is asked for", async () => {
    const tab = new Tab({ program: "import numpy" });
    const { page } = tab;
    page.places.place = "browser";
    pythonOf(page, () => ["numpy"]).come();
    vi.stubGlobal("fetch", () => new Promise(() => undefined));
    for (const comes of [() => tab.type("import numpy # soon"), () => page.asking.ask("without numpy")]) {
      await page.running.start();
      expect(page.running.missing).toEqual(["numpy"]);
      comes();
      expect(page.running.missing).toEqual([]);
    }
  });

  it("has what its files have", async () => {
    const { page } = new Tab({ program: "import helper" });
    page.places.place = "browser";
    const files = [{ path: "helper.py", content: "import os", content_base64: null }];
    page.files.forRun = () => Promise.resolve({ files });
    const { python, come } = pythonOf(page, (_, given) => (given === files ? [] : ["helper"]));
    come();
    await page.running.start();
    expect([page.running.missing, python.starts]).toMatchObject([[], [{ files }]]);
  });

  it("is of the program that the server could not run, whatever was made of that meanwhile", async () => {
    const tab = new Tab({ program: "print(1)" });
    const { page, server } = tab;
    const { python, come } = pythonOf(page);
    come();
    await page.running.start();
    tab.type("print(");
    server.listener.lost({ kind: "unreachable", message: "gone" });
    await settled();
    expect(python.starts).toMatchObject([{ code: "print(1)" }]);
  });

  it("does not come of one on the server that was stopped", async () => {
    for (const ends of ["lost", "refused"]) {
      const { page, server } = new Tab({ program: "print(1)" });
      const { python, come } = pythonOf(page);
      come();
      await page.running.start();
      page.running.stop();
      if (ends === "lost") server.listener.lost({ kind: "unreachable", message: "gone" });
      else server.listener.event({ type: "refused", code: "busy", error: "Too many." } as never);
      await settled();
      expect([python.starts, page.running.isBusy]).toEqual([[], false]);
    }
  });
});

const TRACEBACK = `Traceback (most recent call last):
  File "/workspace/main.py", line 2, in <module>
    1 / 0
ZeroDivisionError: division by zero
`;

/** It has run, and has failed by an exception on line 2; `change` is what the person did meanwhile. */
async function failed({ page, server }: Tab, change: () => void = () => undefined): Promise<void> {
  await page.running.start();
  server.listener.event({ type: "started", id: "run_1", environment: "standard", where: "sandbox" });
  server.listener.event({ type: "terminal", text: TRACEBACK });
  change();
  server.listener.event(finished({ success: false, return_code: 1 }));
}

describe("what a run says of the program", () => {
  it("is for the program that was run, and not for what was made of it meanwhile", async () => {
    const tab = new Tab({ program: "x = 1\n1 / 0" });
    await failed(tab);
    expect([tab.editor.failing?.line, tab.page.repairs.isOffered]).toEqual([2, true]);
    await failed(tab, () => tab.type("x = 1\n\n1 / 0"));
    expect([tab.page.running.failure?.line, tab.editor.failing, tab.page.repairs.isOffered]).toEqual([2, null, false]);
  });

  it("has a model repair it by itself, if that is wanted, until the program is changed", async () => {
    const tab = new Tab({ program: "x = 1\n1 / 0" });
    const { page, server } = tab;
    vi.stubGlobal("fetch", () => new Promise(() => undefined));
    page.models.list = [{ id: "tiny", name: "tiny", available: true } as ModelInfo];
    page.models.choose("tiny");
    page.repairs.setAutomatic(true);
    await failed(tab, () => tab.type("x = 2"));
    expect(page.asking.isBusy).toBe(false);
    await failed(tab, () => undefined);
    expect(page.asking.isBusy).toBe(true);
    tab.type("x = 2\n2 / 0");
    expect(page.asking.isBusy).toBe(false);
    expect([page.history.steps.at(-1)?.note, server.starts.length]).toEqual(["The program was changed meanwhile.", 2]);
  });
});

describe("the keyboard", () => {
  const elsewhere = { closest: () => null };
  const atOutput = { closest: (place: string) => (place === "#output-pane" ? {} : null) };
  const asks = { type: "input_requested", prompt: "Name? " } as const;
  const begins = { type: "started", id: "run_1", environment: "standard", where: "sandbox" } as const;

  /** How often a program got it, which begins late and asks after its results came forward; at both, this was done before. */
  async function taken(
    beforeStart: (tab: Tab) => void,
    beforeAsking: (tab: Tab) => void,
    { isTouched = false, byItself = false } = {},
  ): Promise<number[]> {
    const tab = new Tab({ program: "print(input())", isTouched });
    const { page, document, terminal } = tab;
    const { python, come } = pythonOf(page);
    page.places.place = "browser";
    document.activeElement = { ...elsewhere };
    const running = page.running.start({ byItself });
    beforeStart(tab);
    come();
    await running;
    const atStart = terminal.focused;
    python.listener.event(begins);
    page.tabs.asks = () => !isTouched; // a tab is chosen by no finger
    beforeAsking(tab);
    python.listener.event(asks);
    await settled();
    return [atStart, terminal.focused - atStart];
  }
  const nothing = (): void => undefined;
  const types = (tab: Tab): void => tab.type("print(input()) # more");
  const goes =
    (to: object) =>
    ({ document }: Tab): void =>
      void (document.activeElement = to);

  it("is the program's if who pressed Run is still there and has typed nothing", async () => {
    expect(await taken(nothing, goes(atOutput))).toEqual([1, 1]);
    expect(await taken(types, nothing)).toEqual([0, 0]);
    expect(await taken(goes({ ...elsewhere }), goes(atOutput))).toEqual([0, 1]);
  });

  it("is nobody's by a run that nobody pressed", async () => {
    expect(await taken(nothing, nothing, { byItself: true })).toEqual([0, 0]);
    expect(await taken(goes(atOutput), nothing, { byItself: true })).toEqual([1, 1]);
  });

  it("stays where somebody has gone or come back to when the program asks", async () => {
    const spots: object[] = [];
    const pressed = ({ document }: Tab): void => void spots.push(document.activeElement);
    expect(await taken(pressed, ({ document }) => (document.activeElement = spots[0] ?? {}))).toEqual([1, 0]);
  });

  it("comes up under a finger when the program asks, and not before", async () => {
    const isTouched = true;
    expect(await taken(nothing, nothing, { isTouched })).toEqual([0, 1]);
    expect(await taken(({ document }) => (document.activeElement = document.body), nothing, { isTouched })).toEqual([
      0, 1,
    ]);
    expect(await taken(nothing, goes({ ...elsewhere }), { isTouched })).toEqual([0, 0]);
  });
});
