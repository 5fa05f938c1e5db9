import { describe, expect, it } from "vitest";
import { afterEvent, ASKED, cancelled, isBeingWritten, isTooLong, linesOf, lost, refused, type Draft } from "./draft";
import { changeWords, draftStatus, sourceWords, worthSaying } from "./draft_words";
import type { DoneEvent, GenerateEvent, SourceEvent } from "./wire.gen";

const source: SourceEvent = { type: "source", kind: "model", name: "m:tiny", title: "tiny (M)", words: [] };
const done: DoneEvent = { type: "done", code: "print(1)\n", title: "One", usage: null, problem: null };
const told: GenerateEvent[] = [
  source,
  { type: "text", delta: "Here " },
  { type: "text", delta: "it is." },
  { type: "code", delta: "print" },
  { type: "code", delta: "(1" },
];

function after(...events: GenerateEvent[]): Draft {
  return events.reduce(afterEvent, ASKED);
}

describe("a draft", () => {
  it("grows, and its end counts and not the pieces", () => {
    const growing = after(...told);
    expect(growing).toEqual({ kind: "writing", source, prose: "Here it is.", code: "print(1" });
    expect(afterEvent(growing, done)).toEqual({ ...growing, kind: "done", code: "print(1)\n", done });
  });

  it("keeps what was written when there is no end", () => {
    const growing = after(...told);
    for (const draft of [cancelled(growing), lost(growing, "gone"), refused(growing, { code: "busy", error: "no" })]) {
      expect(draft).toMatchObject({ source, prose: "Here it is.", code: "print(1" });
      expect(isBeingWritten(draft)).toBe(false);
      expect(afterEvent(draft, { type: "code", delta: "late" })).toBe(draft);
    }
  });

  it("counts lines as an editor does", () => {
    expect(["", "a", "a\n", "a\nb", "a\nb\n", "\n"].map(linesOf)).toEqual([0, 1, 1, 2, 2, 1]);
  });
});

describe("what is said of a draft", () => {
  it("is of a program that is not too long, by the characters that the server counts", () => {
    expect(["x".repeat(65_536), "x".repeat(65_537), "🐍".repeat(65_536)].map(isTooLong)).toEqual([false, true, false]);
  });

  it("is a sentence in each state", () => {
    const problem = { kind: "syntax", message: "It is not valid Python.", line: 1 } as const;
    const said = [ASKED, after(source), after(...told), after(...told, done)].map(
      (draft) => draftStatus(draft, "program").text,
    );
    expect(said).toEqual([
      "Asking…",
      "Asking tiny (M)…",
      "Writing code, 1 line.",
      "Written: 1 line. Press Run to try it.",
    ]);
    expect(draftStatus(after(done), "change").text).toBe("Written: a change to accept or reject.");
    expect(draftStatus(after({ ...done, problem }), "program").text).toBe("Not taken. It is not valid Python.");
    expect(draftStatus(refused(ASKED, { code: "no_model", error: "None fits: do this." }), "program").text).toBe(
      "None fits.",
    );
  });

  it("names who wrote it, and never a recipe a model", () => {
    expect(sourceWords(source)).toBe("Written by tiny (M).");
    expect(sourceWords({ kind: "recipe", title: "Times table", words: ["times", "table"] })).toBe(
      "Built-in recipe, not AI. Found by: times, table.",
    );
    expect(sourceWords({ kind: "recipe", title: "Times table", words: [] })).toBe("Built-in recipe, not AI.");
  });

  it("counts changed lines in words", () => {
    expect([changeWords(3, 1), changeWords(1, 0), changeWords(0, 2), changeWords(0, 0)]).toEqual([
      "3 lines added, 1 removed",
      "1 line added",
      "2 lines removed",
      "No line is changed",
    ]);
  });

  it("is not said for each line", () => {
    expect([worthSaying(5, 0), worthSaying(20, 0), worthSaying(30, 20)]).toEqual([false, true, false]);
  });
});
