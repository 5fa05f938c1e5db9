import { expect, it } from "vitest";
import { finished } from "./testing";
import type { Failure } from "./traceback";
import { bytes, raiseOf, seconds, statusOf } from "./words";
import type { FinishedEvent, Health } from "./wire.gen";

function said(more: Partial<FinishedEvent>, failure: Failure | null = null): string {
  return statusOf({ kind: "finished", where: "sandbox", result: finished(more) }, 0, 0, failure).text;
}

it.each([
  [{}, "Finished. 0.84 s, 41 MiB."],
  [{ success: false, return_code: 3 }, "Ended with exit code 3. 0.84 s, 41 MiB."],
  [{ success: false, return_code: -11, signal: "SIGSEGV" }, "Ended by SIGSEGV. 0.84 s, 41 MiB."],
  [{ success: false, status: "stopped", return_code: -9 }, "Stopped by you. 0.84 s, 41 MiB."],
  [
    { success: false, status: "timeout", limit: "cpu_seconds" },
    "Ended by the limit on computing time. 0.84 s, 41 MiB.",
  ],
  [{ success: false, status: "memory_limit", limit: "memory_bytes" }, "Ended by the limit on memory. 0.84 s, 41 MiB."],
  [{ usage: { cpu_ms: null, peak_memory_bytes: null, whole: false } }, "Finished. 0.84 s."],
] as [Partial<FinishedEvent>, string][])("%o is told", (more, text) => {
  expect(said(more)).toBe(text);
});

it("tells of an exception what it is and where, and of an exit code of the program's own that", () => {
  const failed = { success: false, return_code: 1 };
  const failure = { line: 12, message: "ZeroDivisionError: division by zero" };
  expect(said(failed, failure)).toBe("Failed on line 12: ZeroDivisionError: division by zero. 0.84 s, 41 MiB.");
  expect(said(failed, { line: 1, message: `ValueError: ${"x".repeat(500)}` })).toMatch(
    /^Failed on line 1: ValueError: x{67}… 0.84 s/,
  );
  expect(said(failed, { line: 1, message: "ValueError: \x1b[31mNo." })).toContain("line 1: ValueError: No. 0");
  expect(said(failed)).toContain("Ended with exit code 1.");
  expect(said({ success: false, return_code: 3 }, failure)).toContain("Ended with exit code 3.");
});

it("counts whole seconds while it runs", () => {
  const running = {
    kind: "running",
    where: "sandbox",
    since: 0,
    asking: null,
    isTyping: false,
    stopping: false,
  } as const;
  expect([0, 1001, 59_001, 61_000].map((elapsed) => statusOf(running, elapsed).text)).toEqual([
    "Running.",
    "Running, 1 s.",
    "Running, 59 s.",
    "Running, 1 min 1 s.",
  ]);
});

it("shows a program's prompt as a line of text, however long and coloured it is", () => {
  const asking = `\x1b[31mName\x1b[0m\n${"x".repeat(200)}`;
  const { text } = statusOf(
    { kind: "running", where: "sandbox", since: 0, asking, isTyping: false, stopping: false },
    0,
  );
  expect(text).toMatch(/^Waiting for input: Name x+…$/);
  expect(text.length).toBeLessThan(110);
});

it.each([
  [1, "1st"],
  [2, "2nd"],
  [3, "3rd"],
  [11, "11th"],
  [22, "22nd"],
])("position %i is the %s", (position, text) => {
  expect(statusOf({ kind: "queued", where: "sandbox", position, stopping: false }, 0).text).toContain(`${text} in`);
});

const limits = {
  cpu_seconds: { default: 60, maximum: 60 },
  memory_bytes: { default: 512 << 20, maximum: 4 * 2 ** 30 },
  output_bytes: { default: 1 << 20, maximum: 64 << 20 },
} as Health["limits"];

it("offers to raise the limit that ended it, up to the operator's maximum", () => {
  const result = finished({ status: "memory_limit", limit: "memory_bytes" });
  expect(raiseOf(result, limits, undefined)).toMatchObject({
    value: 2 * 2 ** 30,
    text: "Run again with 2 GiB of memory",
  });
  expect(raiseOf(result, limits, 2 * 2 ** 30)?.value).toBe(4 * 2 ** 30);
  expect(raiseOf(result, limits, 4 * 2 ** 30)).toBeNull();
  expect(raiseOf(finished({ status: "timeout", limit: "cpu_seconds" }), limits, undefined)).toBeNull();
  expect(raiseOf(finished(), limits, undefined)).toBeNull();
});

it("writes figures as people read them", () => {
  expect([4, 840, 12_340, 61_000].map(seconds)).toEqual(["0.004 s", "0.84 s", "12.3 s", "1 min 1 s"]);
  expect([900, 1536, 41 << 20, 2 ** 30].map(bytes)).toEqual(["900 bytes", "1.5 KiB", "41 MiB", "1 GiB"]);
});
