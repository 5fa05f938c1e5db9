import { expect, it } from "vitest";
import { isOfInputMethod, keyOf, keyShortcuts, matching, shownKey, type Command } from "./commands";

const plain = { key: "", code: "", ctrlKey: false, metaKey: false, altKey: false, shiftKey: false };

it("names keys alike, whoever's keyboard it is", () => {
  expect(keyOf({ ...plain, key: "Enter", ctrlKey: true }, false)).toBe("Mod+Enter");
  expect(keyOf({ ...plain, key: "Enter", metaKey: true }, true)).toBe("Mod+Enter");
  expect(keyOf({ ...plain, key: "k", ctrlKey: true }, true)).toBe("Other+K");
  expect(keyOf({ ...plain, key: "F", altKey: true, shiftKey: true }, false)).toBe("Alt+Shift+F");
});

it("names them by what they type, and by their place where that is in another script", () => {
  const ctrl = { ...plain, ctrlKey: true };
  expect(keyOf({ ...ctrl, key: "ы", code: "KeyS" }, false)).toBe("Mod+S");
  expect(keyOf({ ...ctrl, key: "ю", code: "Period" }, false)).toBe("Mod+.");
  expect(keyOf({ ...ctrl, key: "А", code: "KeyF", shiftKey: true }, false)).toBe("Mod+Shift+F");
  expect(keyOf({ ...ctrl, key: "o", code: "KeyS" }, false)).toBe("Mod+O"); // Dvorak
});

it("knows them in what Option types on a Mac", () => {
  const option = { ...plain, altKey: true, shiftKey: true, code: "KeyF" };
  for (const key of ["Ï", "Dead", "@"]) expect(keyOf({ ...option, key }, true)).toBe("Alt+Shift+F");
  expect(keyOf({ ...option, key: "@" }, false)).toBe("Alt+@");
});

it("does not ask whether a keyboard needs Shift for a sign", () => {
  const azerty = { ...plain, key: ".", code: "Comma", shiftKey: true, ctrlKey: true };
  expect(keyOf(azerty, false)).toBe("Mod+.");
  expect(keyOf({ ...plain, key: "F6", shiftKey: true }, false)).toBe("Shift+F6");
});

it("leaves the Enter that confirms what an input method has made to the input method", () => {
  expect(isOfInputMethod({ isComposing: false, keyCode: 13 })).toBe(false);
  expect(isOfInputMethod({ isComposing: true, keyCode: 229 })).toBe(true);
  expect(isOfInputMethod({ isComposing: true, keyCode: 13 })).toBe(true);
  expect(isOfInputMethod({ isComposing: false, keyCode: 229 })).toBe(true); // Safari
});

it("tells them to a screen reader", () => {
  const command: Command = { id: "", title: "", keys: ["Mod+Enter", "F1"], run: () => undefined };
  expect(keyShortcuts(command, false)).toBe("Control+Enter F1");
  expect(keyShortcuts(command, true)).toBe("Meta+Enter F1");
  expect(keyShortcuts({ id: "", title: "", run: command.run }, true)).toBeUndefined();
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
