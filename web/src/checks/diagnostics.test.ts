import type { Diagnostic } from "@astral-sh/ruff-wasm-web";
import { describe, expect, it } from "vitest";
import { problemsOf } from "./diagnostics";

function useless(row: number, from: number, to: number, code = "B018"): Diagnostic {
  const place = { start_location: { row, column: from }, end_location: { row, column: to } };
  return { ...place, code, message: "", fix: null } as unknown as Diagnostic;
}

describe("an expression whose value goes nowhere", () => {
  it("is no problem as the last of a program, which is shown", () => {
    expect(problemsOf([useless(2, 1, 2)], "x = 1\nx")).toEqual([]);
    expect(problemsOf([useless(2, 1, 7, "B015")], "x = 1\nx == 1  # yes\n\n# the end\n")).toEqual([]);
  });

  it("is one anywhere else", () => {
    expect(problemsOf([useless(1, 1, 2)], "x\nx = 1")).toHaveLength(1);
    expect(problemsOf([useless(2, 5, 6)], "def f():\n    x")).toHaveLength(1);
    expect(problemsOf([useless(1, 1, 2)], "x;")).toHaveLength(1);
    expect(problemsOf([useless(1, 1, 2, "F821")], "x")).toHaveLength(1);
  });
});
