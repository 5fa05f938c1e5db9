import { afterEach, expect, it, vi } from "vitest";
import { copyText } from "./clipboard";

afterEach(() => {
  vi.unstubAllGlobals();
});

/** A page over plain HTTP, which has no clipboard object; where it puts the field that is copied from. */
function withoutClipboard(takes: boolean, dialog: { append(field: unknown): void } | null): string[] {
  const happened: string[] = [];
  const field = {
    setAttribute: () => undefined,
    style: {},
    select: () => happened.push("selected"),
    remove: () => happened.push("gone"),
  };
  vi.stubGlobal("HTMLElement", class {});
  vi.stubGlobal("navigator", {});
  vi.stubGlobal("document", {
    activeElement: null,
    createElement: () => field,
    querySelector: () => dialog,
    body: { append: () => happened.push("in the page") },
    execCommand: () => takes,
  });
  return happened;
}

it("copies by the clipboard where there is one", async () => {
  const writeText = vi.fn(() => Promise.resolve());
  vi.stubGlobal("navigator", { clipboard: { writeText } });
  expect(await copyText("text")).toBe(true);
  expect(writeText).toHaveBeenCalledWith("text");
});

it.each([true, false])("without one says whether the old way worked: %j", async (takes) => {
  const happened = withoutClipboard(takes, null);
  expect(await copyText("text")).toBe(takes);
  expect(happened).toEqual(["in the page", "selected", "gone"]);
});

it("copies from within an open dialog, behind which nothing can be selected", async () => {
  const append = vi.fn();
  expect(withoutClipboard(true, { append })).toEqual([]);
  await copyText("text");
  expect(append).toHaveBeenCalledOnce();
});
