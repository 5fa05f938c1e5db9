import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { withoutEscapes, withoutEscapesSoFar } from "./escapes";

interface Case {
  readonly name: string;
  readonly text: string;
  readonly plain: string;
}

/** What the server takes out is tested by the same table. */
const CASES = JSON.parse(
  readFileSync(new URL("../../../tests/unit/codegen/escapes.json", import.meta.url), "utf-8"),
) as Case[];

describe("what is seen of a text that steers a terminal", () => {
  for (const { name, text, plain } of CASES)
    it(name, () => {
      expect(withoutEscapes(text)).toBe(plain);
    });

  it("waits for no more than it may", () => {
    expect(withoutEscapesSoFar("a\x1b]0;title", 100)).toEqual({ plain: "a", waiting: "\x1b]0;title" });
    expect(withoutEscapesSoFar("a\x1b]0;title", 5)).toEqual({ plain: "a0;title", waiting: "" });
  });

  it("is the same when what may be the beginning of a sequence waits for the rest of it", () => {
    for (const { text, plain } of CASES) {
      for (let at = 0; at <= text.length; at++) {
        const first = withoutEscapesSoFar(text.slice(0, at), 100);
        expect(first.plain + withoutEscapes(first.waiting + text.slice(at))).toBe(plain);
      }
    }
  });
});
