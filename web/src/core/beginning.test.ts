import { describe, expect, it } from "vitest";
import { beginningOf } from "./beginning";

describe("the beginning of a text", () => {
  it("is not cut from one that is short, or hardly longer", () => {
    for (const text of ["", "a calculator", "x ".repeat(250), "line\n".repeat(8)]) expect(beginningOf(text)).toBeNull();
  });

  it("is its first lines", () => {
    const text = Array.from({ length: 20 }, (_, number) => `line ${number}`).join("\n");
    expect(beginningOf(text)).toBe("line 0\nline 1\nline 2\nline 3\nline 4\nline 5");
    expect(beginningOf(`one\n${"\n".repeat(5000)}two`)).toBe("one");
  });

  it("ends between two words, and nowhere in a character", () => {
    const words = beginningOf("seven words that go on and on ".repeat(500)) ?? "";
    expect(words.length).toBeGreaterThan(380);
    expect(words.length).toBeLessThanOrEqual(400);
    expect(words.split(" ").at(-1)).toMatch(/^(seven|words|that|go|on|and)$/);
    expect(beginningOf("x".repeat(16_384))).toBe("x".repeat(400));
    expect(beginningOf(`x${"😀".repeat(5000)}`)).toBe(`x${"😀".repeat(199)}`);
  });
});
