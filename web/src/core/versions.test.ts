import { describe, expect, it } from "vitest";
import { added, changed, conversation, fromText, toText, YOU, type NewStep, type Step } from "./versions";

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

  it("is bounded in size, and keeps the newest whatever that is", () => {
    const steps = history(kept("a".repeat(600_000)), kept("b".repeat(600_000)), kept("c".repeat(3_000_000)));
    expect(steps.map(({ version }) => version)).toEqual([3]);
    expect(toText(steps, 3)).toBeNull();
  });

  it("is remembered, and forgotten when it cannot be read", () => {
    const run = { text: "Finished.", tone: "good", success: true, output: "1\n" } as const;
    const steps = changed(history(kept("a", { prompt: "an a" })), 1, { run });
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
});
