import { expect, it } from "vitest";
import { sharedProgram, shareLink } from "./share";

const PAGE = "http://127.0.0.1:3001/ide";

it.each(["", "print('hello')\n", "naïve = '🐍'\n".repeat(50)])("a link brings back %j", async (program) => {
  const link = (await shareLink(PAGE, program)) ?? "";
  expect(await sharedProgram(new URL(link).hash)).toBe(program);
});

it("makes none of a program that is too long", async () => {
  const noise = Array.from({ length: 9000 }, (_, place) => ((place * 7919) % 9973).toString(36)).join("");
  expect(await shareLink(PAGE, noise)).toBeNull();
});

it("knows an address without a program from one whose program is broken", async () => {
  expect(await sharedProgram("")).toBeNull();
  expect(await sharedProgram("#editor-pane")).toBeNull();
  for (const broken of ["#program=", "#program=!!", "#program=AAAA", "#program=abcdefgh"])
    expect(await sharedProgram(broken)).toBeUndefined();
});

it("does not unpack more than a program may have", async () => {
  const link = (await shareLink(PAGE, " ".repeat(3 << 20))) ?? "";
  expect(await sharedProgram(new URL(link).hash)).toBeUndefined();
});
