import { describe, expect, it } from "vitest";
import {
  added,
  changed,
  conversation,
  fromText,
  hasLost,
  lineOf,
  merged,
  toText,
  YOU,
  type NewStep,
  type Step,
} from "./versions";

const kept = (code: string | null, more: Partial<NewStep> = {}): NewStep => ({
  source: YOU,
  title: "",
  code,
  outcome: "kept",
  ...more,
});

function history(...steps: NewStep[]): Step[] {
  return steps.reduce<Step[]>((all, step) => added(all, step), []);
}

describe("a history", () => {
  it("numbers what has text, and nothing else", () => {
    const steps = history(kept("a"), kept(null, { outcome: "refused" }), kept("b"));
    expect(steps.map(({ id, version }) => [id, version])).toEqual([
      [1, 1],
      [2, null],
      [3, 2],
    ]);
  });

  it("does not use a number again when the oldest are gone", () => {
    let steps: Step[] = [];
    for (let count = 0; count < 100; count++) steps = added(steps, kept(`print(${count})`));
    expect(steps).toHaveLength(60);
    expect(steps.at(-1)).toMatchObject({ id: 100, version: 100 });
  });

  it("of two tabs is kept whole, and each step as whoever changed it has it", () => {
    const before = history(kept("a", { outcome: "proposed" }), kept("b"));
    const one = added(changed(before, 1, { outcome: "kept" }), kept("one"), { id: 1001, version: 3 });
    const stored = merged(one, before, new Set([1, 1001]));
    const other = added(before, kept("other"), { id: 1002, version: 4 });
    const both = merged(other, stored, new Set([1002]));
    expect(both.map(({ id, version, code, outcome }) => [id, version, code, outcome])).toEqual([
      [1, 1, "a", "kept"],
      [2, 2, "b", "kept"],
      [1001, 3, "one", "kept"],
      [1002, 4, "other", "kept"],
    ]);
    const many = Array.from({ length: 60 }, (_, at) => kept(`${at}`));
    expect(merged(history(...many), added([], kept("newest"), { id: 99, version: 99 }), new Set())).toHaveLength(60);
  });

  it("is bounded in size, and keeps the newest whatever that is", () => {
    const steps = history(kept("a".repeat(600_000)), kept("b".repeat(600_000)), kept("c".repeat(3_000_000)));
    expect(steps.map(({ version }) => version)).toEqual([3]);
    expect(toText(steps, 3)).toBeNull();
  });

  it("is the same after a reload, however much its runs wrote", () => {
    const run = { text: "Finished.", tone: "good", success: true, output: "x".repeat(4000) } as const;
    let steps: Step[] = [];
    for (let count = 1; count <= 9; count++) {
      steps = added(steps, kept(`${count}`.padEnd(107_000)));
      expect([count, hasLost(steps)]).toEqual([count, false]);
      steps = changed(steps, count, { run });
    }
    expect(steps.map(({ version }) => version)).toEqual([2, 3, 4, 5, 6, 7, 8, 9]);
    expect(hasLost(steps)).toBe(true);
    expect(merged(steps, [], new Set())).toEqual(steps);
    expect([[], history(kept(null, { outcome: "refused" }))].map(hasLost)).toEqual([false, false]);
  });

  it("is remembered, and forgotten when it cannot be read", () => {
    const run = { text: "Finished.", tone: "good", success: true, output: "1\n" } as const;
    const how = { isNew: true, model: "recipes" };
    const steps = changed(history(kept("a", { prompt: "an a", how })), 1, { run });
    expect(fromText(toText(steps, 1))).toEqual({ steps, current: 1 });
    expect(fromText(toText(steps, 7)).current).toBeNull();
    const whole = JSON.parse(toText(steps, 1) ?? "") as { steps: object[] };
    const broken = [
      null,
      "",
      "{",
      "[]",
      "null",
      '{"format": 2, "steps": []}',
      '{"format": 1, "steps": [null]}',
      JSON.stringify({ ...whole, steps: [{ ...whole.steps[0], code: 1 }] }),
      JSON.stringify({ ...whole, steps: [{ ...whole.steps[0], how: { isNew: "yes" } }] }),
      JSON.stringify({ ...whole, steps: [{ ...whole.steps[0], outcome: "other" }] }),
      JSON.stringify({ ...whole, steps: [{ ...whole.steps[0], run: { text: "x" } }] }),
      JSON.stringify({ ...whole, steps: [{ ...whole.steps[0], repair: { attempt: "1" } }] }),
    ];
    for (const text of broken) expect([text, fromText(text)]).toEqual([text, { steps: [], current: null }]);
  });

  it("tells a model what was asked for and came of it, and nothing that was not taken", () => {
    const repair = { attempt: 1, error: { type: "E", line: "" }, from: 1 };
    const steps = history(
      kept("a", { prompt: "an a" }),
      kept("mine"),
      kept("b", { prompt: "a b", outcome: "rejected" }),
      kept("c", { prompt: "Fix", repair }),
      kept("d", { prompt: "a d" }),
    );
    expect(conversation(steps, 8)).toEqual([
      { prompt: "an a", code: "a" },
      { prompt: "a d", code: "d" },
    ]);
    expect(conversation(steps, 1)).toEqual([{ prompt: "a d", code: "d" }]);
  });

  it("knows what a program came of: not what followed it, nor what was before a person began anew", () => {
    const steps = history(
      kept("a", { prompt: "an a" }),
      kept("b", { prompt: "a b" }),
      kept("a"),
      kept("mine", { begins: true }),
      kept("c", { prompt: "a c" }),
    );
    const line = (at: number | null): unknown[] =>
      lineOf(steps, at === null ? null : (steps[at] ?? null)).map(({ code }) => code);
    expect([0, 1, 2, 3, 4, null].map(line)).toEqual([["a"], ["a", "b"], ["a"], ["mine"], ["mine", "c"], []]);
  });
});
