import { expect, it } from "vitest";
import { LineDiscipline } from "./line_discipline";

function typed(...keys: string[]): { echoed: string; heard: unknown[] } {
  let echoed = "";
  const heard: unknown[] = [];
  const discipline = new LineDiscipline({
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
