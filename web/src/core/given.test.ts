import { describe, expect, it } from "vitest";
import { givingProblem, pathProblem } from "./given";

const others = [
  { path: "data.csv", size: 9 << 20 },
  { path: "more/x.txt", size: 1 },
];

describe("a file for the run", () => {
  it("may have any name that the server takes", () => {
    for (const path of [
      "a.csv",
      "folder/b.csv",
      "é🐍 .txt",
      "more/y.txt",
      ".hidden",
      "Data.csv",
      "x/".repeat(31) + "y",
    ])
      expect(pathProblem(path, others)).toBe(null);
  });

  it.each([
    ...["", "/etc/passwd", "../x", "a/../b", "a//b", "a/", "C:\\x", "a\0b", "a\nb", "\ud800", "main.py", "main.py/x"],
    ...["data.csv", "data.csv/x", "more", "x".repeat(256), "x/".repeat(600) + "x", "x/".repeat(32) + "x"],
  ])("may not be called %j", (path) => {
    expect(pathProblem(path, others)).not.toBe(null);
  });

  it("has a bound in size, alone and with the others, and in number", () => {
    expect(givingProblem({ path: "a", size: 10 << 20 }, [])).toBe(null);
    expect(givingProblem({ path: "a", size: (10 << 20) + 1 }, [])).toMatch(/over 10 MiB/);
    expect(givingProblem({ path: "a", size: 8 << 20 }, others)).toMatch(/over 16 MiB together/);
    const many = Array.from({ length: 100 }, (_, n) => ({ path: String(n), size: 1 }));
    expect(givingProblem({ path: "a", size: 1 }, many)).toMatch(/at most 100 files/);
  });
});
