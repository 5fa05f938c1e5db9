import { describe, expect, it, vi } from "vitest";
import type { GenerateRequest, ModelInfo } from "../core/wire.gen";
import { RECIPES } from "./models.svelte";
import { Browser, Tab } from "./testing";

const TINY = { id: "tiny", name: "tiny", available: true, local: true } as ModelInfo;

/** A page with a program and a model, whose server writes nothing; and what that was asked for. */
async function refused(browser = new Browser()): Promise<{ tab: Tab; asked: GenerateRequest[] }> {
  const tab = await new Tab({ browser, program: MINE }).begin();
  const asked: GenerateRequest[] = [];
  vi.stubGlobal("fetch", (_: string, { body }: { body: string }) => {
    asked.push(JSON.parse(body) as GenerateRequest);
    return Promise.resolve(Response.json({ error: "Not now.", code: "busy" }, { status: 429 }));
  });
  tab.page.models.list = [TINY];
  tab.page.models.choose("tiny");
  return { tab, asked };
}

const MINE = "print('mine')\n";

async function settled({ page: { asking } }: Tab): Promise<void> {
  await vi.waitFor(() => expect(asking.isBusy).toBe(false));
}

describe("what nothing came of is asked again", () => {
  it("for another program, where that was wanted", async () => {
    const { tab, asked } = await refused();
    const { asking, history } = tab.page;
    asking.prompt = "something new";
    asking.wantsNew = true;
    asking.send();
    await settled(tab);
    // The text stands in the box again, and so does what it was meant for.
    expect([asking.prompt, asking.wantsNew]).toEqual(["something new", true]);
    asking.askAgain(history.steps.at(-1)!);
    expect(asking.wantsNew).toBe(false);
    await settled(tab);
    asking.wantsNew = false;
    asking.askAgain(history.steps.at(-1)!);
    await settled(tab);
    expect(asked.map(({ prompt, code }) => [prompt, code ?? null])).toEqual(Array(3).fill(["something new", null]));
  });

  it("for a change, where that was, though the box has another wish by now", async () => {
    const { tab, asked } = await refused();
    const { asking, history } = tab.page;
    asking.ask("make it louder");
    await settled(tab);
    asking.prompt = "something new";
    asking.wantsNew = true;
    asking.askAgain(history.steps.at(-1)!);
    await settled(tab);
    expect(asked.map(({ code }) => code)).toEqual([MINE, MINE]);
    expect([asking.prompt, asking.wantsNew]).toEqual(["something new", true]);
  });

  it("of the recipes, where one was chosen of them, also after a reload", async () => {
    const browser = new Browser();
    const { tab, asked } = await refused(browser);
    tab.page.asking.ask("a times table", { model: RECIPES });
    await settled(tab);
    expect(asked).toEqual([{ prompt: "a times table", model: RECIPES }]);
    // Sent from the box it would be a model's.
    expect(tab.page.asking.prompt).toBe("");
    const again = await refused(browser);
    again.tab.page.asking.askAgain(again.tab.page.history.steps.at(-1)!);
    await settled(again.tab);
    expect(again.asked).toEqual(asked);
  });
});
