import { expect, it } from "vitest";
import { sharedProgram, shareLink } from "./share";

const PAGE = "http://127.0.0.1:3001/ide";

it.each(["", "print('hello')\n", "naïve = '🐍'\n".repeat(50)])("a link brings back %j", async (program) => {
  const shared = await shareLink(PAGE, program);
  expect("link" in shared).toBe(true);
  if ("link" in shared) expect(await sharedProgram(new URL(shared.link).hash)).toBe(program);
});

it("says by how much a program is too long", async () => {
  const noise = Array.from({ length: 9000 }, (_, place) => ((place * 7919) % 9973).toString(36)).join("");
  expect(await shareLink(PAGE, noise)).toMatchObject({ tooLong: expect.any(Number) });
});

it("knows an address without a program from one whose program is broken", async () => {
  expect(await sharedProgram("")).toBeNull();
  expect(await sharedProgram("#editor-pane")).toBeNull();
  for (const broken of ["#program=", "#program=!!", "#program=AAAA", "#program=abcdefgh"])
    expect(await sharedProgram(broken)).toBeUndefined();
});

it("does not unpack more than a program may have", async () => {
  const shared = await shareLink(PAGE, " ".repeat(3 << 20));
  expect("link" in shared).toBe(true);
  if ("link" in shared) expect(await sharedProgram(new URL(shared.link).hash)).toBeUndefined();
});
