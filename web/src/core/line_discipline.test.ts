import { afterEach, expect, it, vi } from "vitest";
import { LineDiscipline } from "./line_discipline";

afterEach(() => {
  vi.unstubAllGlobals();
  vi.resetModules(); // what was loaded without a part of the browser is no other test's
});

function typed(...keys: string[]): { echoed: string; heard: unknown[] } {
  return typedInto(LineDiscipline, ...keys);
}

function typedInto(Discipline: typeof LineDiscipline, ...keys: string[]): { echoed: string; heard: unknown[] } {
  let echoed = "";
  const heard: unknown[] = [];
  const discipline = new Discipline({
    echo: (text) => (echoed += text),
    send: (text) => heard.push(text),
    endOfInput: () => heard.push("end"),
    interrupt: () => heard.push("interrupt"),
  });
  for (const key of keys) discipline.type(key);
  return { echoed, heard };
}

it.each([
  [["4", "2", "\r"], ["42\n"]],
  [["ab\x7fc\r"], ["ac\n"]],
  [["ab\x15c\r"], ["c\n"]],
  [["é👩‍👧\x7f\r"], ["é\n"]],
  [["one\r\ntwo\rthree"], ["one\n", "two\n"]],
  [["x\x03y\r"], ["interrupt", "y\n"]],
  [["\x04"], ["end"]],
  [
    ["rest\x04", "\x04"],
    ["rest", "end"],
  ],
  [["\x1b[Da\x1bOPb\r"], ["ab\n"]],
])("of %j the program gets %j", (keys, heard) => {
  expect(typed(...keys).heard).toEqual(heard);
});

it("echoes what can be seen, and takes back as many columns as it took", () => {
  expect(typed("a\x01b").echoed).toBe("ab");
  expect(typed("漢\x7f").echoed).toContain("\b \b\b \b");
});

it("works where the browser cannot tell what a person sees as a character", async () => {
  vi.stubGlobal("Intl", {});
  vi.resetModules();
  const { LineDiscipline: there } = await import("./line_discipline");
  expect(typedInto(there, "ab\x7f漢\x7fc\r").heard).toEqual(["ac\n"]);
  expect(typedInto(there, "e\u0301\x7f\r").heard).toEqual(["e\n"]);
});
