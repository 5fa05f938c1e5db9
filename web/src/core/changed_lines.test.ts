import { describe, expect, it } from "vitest";
import { changedLines } from "./changed_lines";

describe("changed lines", () => {
  it("are those that are no longer there, and those that are new", () => {
    const cases: [string, string, number, number][] = [
      ["a b c", "a b c", 0, 0],
      ["a b c", "a x c", 1, 1],
      ["a b c", "a c", 0, 1],
      ["a b c", "z a b y c", 2, 0],
      ["a . . b", "x . . y b", 2, 1],
    ];
    for (const [before, after, added, removed] of cases)
      expect(changedLines(before.split(" "), after.split(" "))).toEqual({ added, removed });
    expect(changedLines([], ["a"])).toEqual({ added: 1, removed: 0 });
  });

  it("are all lines where there are too many to compare", () => {
    const many = Array.from({ length: 1100 }, (_, line) => String(line));
    expect(changedLines(many, many)).toEqual({ added: 1100, removed: 1100 });
  });
});
