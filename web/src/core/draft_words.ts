/** Every sentence about a draft, in one place. */

import { linesOf, type Draft, type Refused } from "./draft";
import type { Source } from "./versions";
import type { Status } from "./words";

export function lineWords(count: number): string {
  return `${count} ${count === 1 ? "line" : "lines"}`;
}

/** "3 lines added, 1 removed". */
export function changeWords(added: number, removed: number): string {
  if (added === 0 && removed === 0) return "No line is changed";
  if (removed === 0) return `${lineWords(added)} added`;
  if (added === 0) return `${lineWords(removed)} removed`;
  return `${lineWords(added)} added, ${removed} removed`;
}

export const TOO_LONG =
  "The program is too long for a model to change: over 65,536 characters. Ask for a new program, or change it yourself.";

export type Arrival = "program" | "change";

/** For the status line. What is said of a whole draft depends on where it went. */
export function draftStatus(draft: Draft, arrival: Arrival): Status {
  switch (draft.kind) {
    case "asking":
      return { text: draft.source === null ? "Asking…" : `Asking ${draft.source.title}…`, tone: "busy" };
    case "writing": {
      const lines = linesOf(draft.code);
      return { text: lines === 0 ? "Writing…" : `Writing code, ${lineWords(lines)}.`, tone: "busy" };
    }
    case "done":
      if (draft.done.problem !== null) return { text: `Not taken. ${draft.done.problem.message}`, tone: "bad" };
      if (arrival === "change") return { text: "Written: a change to accept or reject.", tone: "good" };
      return { text: `Written: ${lineWords(linesOf(draft.code))}. Press Run to try it.`, tone: "good" };
    case "refused":
      return { text: refusalWords(draft.refusal), tone: "bad" };
    case "lost":
      return { text: draft.message, tone: "bad" };
    case "cancelled":
      return { text: "Stopped writing.", tone: "neutral" };
  }
}

/** What can be done about it is offered in the history. */
function refusalWords({ code, error }: Refused): string {
  return code === "no_model" ? `${error.split(":")[0] ?? error}.` : error;
}

/** What a screen reader hears of a growing program: seldom, and only lines. `heard` is how many it knows of. */
export function worthSaying(lines: number, heard: number): boolean {
  return lines - heard >= 20;
}

/** Who wrote it, so that nobody takes a recipe for a model's work. */
export function sourceWords(source: Source): string {
  if (source.kind === "user") return "Written by you.";
  if (source.kind === "model") return `Written by ${source.title}.`;
  const found = source.words.length === 0 ? "" : ` Found by: ${source.words.join(", ")}.`;
  return `Built-in recipe, not AI.${found}`;
}
