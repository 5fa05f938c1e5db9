import { expect, it } from "vitest";
import { keyOf, matching, shownKey, type Command } from "./commands";

const plain = { key: "", ctrlKey: false, metaKey: false, altKey: false, shiftKey: false };

it("names keys alike, whoever's keyboard it is", () => {
  expect(keyOf({ ...plain, key: "Enter", ctrlKey: true }, false)).toBe("Mod+Enter");
  expect(keyOf({ ...plain, key: "Enter", metaKey: true }, true)).toBe("Mod+Enter");
  expect(keyOf({ ...plain, key: "k", ctrlKey: true }, true)).toBe("Other+K");
  expect(keyOf({ ...plain, key: "F", altKey: true, shiftKey: true }, false)).toBe("Alt+Shift+F");
});

it("shows them as the keyboard does", () => {
  expect(shownKey("Mod+Enter", false)).toBe("Ctrl+Enter");
  expect(shownKey("Mod+Enter", true)).toBe("⌘↩");
});

it("finds commands by words of their titles, best first", () => {
  const titles = ["Copy the output", "Find in the output", "Open a file"];
  const commands = titles.map((title): Command => ({ id: title, title, run: () => undefined }));
  expect(matching(commands, "out").map((one) => one.title)).toEqual(["Copy the output", "Find in the output"]);
  expect(matching(commands, "OUT copy").map((one) => one.title)).toEqual(["Copy the output"]);
  expect(matching(commands, "o").map((one) => one.title)).toEqual([
    "Open a file",
    "Copy the output",
    "Find in the output",
  ]);
  expect(matching(commands, "zzz")).toEqual([]);
  expect(matching(commands, "")).toHaveLength(3);
});
