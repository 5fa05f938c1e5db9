/**
 * When a program failed: what whoever repairs it is told, and when to stop trying. The server's own command does the same
 * (`codegen/repair.py`): what holds here has to hold there.
 */

import { withoutEscapes } from "./escapes";
import { readFailure, whereErrorBegins } from "./traceback";
import type { ProblemIn } from "./wire.gen";

export const MOST_TRIES = 3;
export const UNCHANGED = "The program came back unchanged and would fail in the same way, so I stopped.";
/** So that there is room for how it ended. */
const LONGEST_ERRORS = 60 * 1024;
const SHOWN_OUTPUT_LINES = 40;
const SHOWN_ERROR_LINES = 80;
const LONGEST_SHOWN_LINE = 500;

/** What tells one error from another: its type and the text of the line; not its number, which a repair moves. */
export interface ErrorKey {
  readonly type: string;
  readonly line: string;
}

/** A try at a failure: it is the program's that came of it, until that ran well, was changed or was gone back to. */
export interface Repair {
  /** Counted from 1. */
  readonly attempt: number;
  /** What it was to repair. */
  readonly error: ErrorKey;
  /** The version that failed first: the way back. */
  readonly from: number | null;
  /** The program ran well since: what fails now is another failure. */
  readonly isOver?: boolean;
  /** It is not the program's that came of it: that one was rejected, not taken, or the same again. */
  readonly left?: "another" | "same";
}

/** Whether it is the same to whoever runs it: line feeds at the ends are no change. */
export function isSameProgram(one: string, other: string): boolean {
  const bare = (text: string): string => text.replace(/^\n+|\n+$/gu, "");
  return bare(one) === bare(other);
}

/** The error in what a program wrote; one that is no exception is told by its last line. */
export function errorOf(code: string, errors: string): ErrorKey {
  const failure = readFailure(errors);
  if (failure === null) {
    const lines = withoutEscapes(errors).trimEnd().split(/\r?\n/);
    return { type: lines.at(-1)?.trim() ?? "", line: "" };
  }
  return {
    type: /^[\w.<>]*/u.exec(failure.message)?.[0].split(".").at(-1) ?? "",
    line: code.split("\n")[failure.line - 1]?.trim() ?? "",
  };
}

/**
 * Why another try is not worth it, as a sentence; null when it is. `last` is the try that the failed program came of, or
 * that came to nothing since.
 */
export function stopReason(last: Repair | null, error: ErrorKey): string | null {
  if (last === null || last.isOver === true) return null;
  const isSame = last.error.type === error.type && last.error.line === error.line;
  if (isSame && last.left === "same") return UNCHANGED;
  if (isSame && last.left === undefined) return "The same error came twice, so I stopped.";
  if (last.attempt >= MOST_TRIES) return `${MOST_TRIES} tries did not repair it, so I stopped.`;
  return null;
}

export function nextTry(last: Repair | null, error: ErrorKey, failed: number | null): Repair {
  if (last === null || last.isOver === true) return { attempt: 1, error, from: failed };
  return { attempt: last.attempt + 1, error, from: last.from };
}

/**
 * What is sent. In a terminal errors and output are one: what stands before the traceback is output, and of a program
 * that something else ended all is.
 */
export function problemOf(ending: string | null, errors: string, output: string, input: string): ProblemIn {
  const start = whereErrorBegins(output);
  const beside = errors === output ? "" : errors.slice(-LONGEST_ERRORS);
  return {
    error: wellFormed(ending === null ? errors : `${ending}\n${beside}`),
    output: wellFormed(ending === null && start !== null ? output.slice(0, start) : output),
    input: wellFormed(input),
  };
}

/** Of a problem what a model is shown, as the server cuts it (`codegen/repair.py`). */
export function shownOf({ error = "", output = "", input = "" }: Partial<ProblemIn>): string[] {
  const told = linesOf(error.slice(whereErrorBegins(error) ?? 0));
  const most = SHOWN_ERROR_LINES;
  const kept = told.length <= most ? told : [...told.slice(0, most / 4), "[...]", ...told.slice(-(most * 3) / 4)];
  return [kept.join("\n").trim(), linesOf(output).slice(-SHOWN_OUTPUT_LINES).join("\n"), input.trim()];
}

function linesOf(text: string): string[] {
  const lines = withoutEscapes(text)
    .trimEnd()
    .split(/\r\n?|\n/);
  return lines.map((line) => line.slice(0, LONGEST_SHOWN_LINE));
}

/** Without halves of characters, which a cut leaves and no server takes. */
function wellFormed(text: string): string {
  return text.replace(/\p{Surrogate}/gu, "\ufffd");
}

/** Roughly: a model counts otherwise. */
export function tokensOf(...texts: readonly string[]): number {
  const characters = texts.reduce((sum, text) => sum + text.length, 0);
  return Math.max(50, Math.round(characters / 4 / 50) * 50);
}
