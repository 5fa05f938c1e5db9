import { describe, expect, it } from "vitest";
import { afterPrinting, NOTHING_PRINTED, plain } from "./printed";

function printed(...chunks: string[]): string {
  return plain(chunks.reduce(afterPrinting, NOTHING_PRINTED));
}

const LINK = "\x1b]8;;javascript:alert(1)\x1b\\here\x1b]8;;\x1b\\";

describe("what was printed", () => {
  it("is text without what steers a terminal", () => {
    expect(printed("\x1b[1;31mred\x1b[0m and \x1b]0;title\x07plain\x1b(B")).toBe("red and plain");
    expect(printed(LINK)).toBe("here");
    expect(printed("\x1bPq#0;2;0;0;0\x1b\\a\x00\x08b\x9bc\x7f")).toBe("abc");
  });

  it("is the same wherever it was cut", () => {
    const whole = `a\x1b[1;31mb\x1b[0mc${LINK}d\r\ne`;
    for (let at = 0; at <= whole.length; at++) expect(printed(whole.slice(0, at), whole.slice(at))).toBe("abchered\ne");
    expect(printed(...whole)).toBe("abchered\ne");
  });

  it("is what a screen would have: a progress bar only as it was last", () => {
    expect(printed("10 %\r", "50 %\r", "100 %\r\n", "done\r\n")).toBe("100 %\ndone");
    expect(printed("working\r")).toBe("working");
  });

  it("keeps beginning and end, and says how much is not there", () => {
    const text = printed(...Array.from({ length: 10_000 }, (_, line) => `line ${line}\n`));
    expect(text.length).toBeLessThan(17_000);
    expect(text.startsWith("line 0\nline 1\n")).toBe(true);
    expect(text.endsWith("line 9999")).toBe(true);
    expect(text).toMatch(/\n… \d+ lines, which the terminal has …\n/);
    expect(text.split("\n")).toHaveLength(121);
    expect(printed("x".repeat(100_000))).toMatch(/x\n… 83616 characters, which the terminal has …\nx/);
  });

  it("has no sequence without an end, however long it waits for one", () => {
    const flood = Array.from({ length: 100 }, () => "x".repeat(1000));
    const state = ["\x1b]0;", ...flood].reduce(afterPrinting, NOTHING_PRINTED);
    expect(state.unfinished.length + state.head.length + state.tail.length).toBeLessThan(30_000);
  });
});
