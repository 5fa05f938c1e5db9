/**
 * When a program failed: what whoever mends it is told, and when to stop trying. The server's own command does the same
 * (`codegen/repair.py`): what holds here has to hold there.
 */

import { readFailure, withoutEscapes } from "./traceback";
import type { ProblemIn } from "./wire.gen";

export const MOST_TRIES = 3;
/** So that there is room for how it ended. */
const LONGEST_ERRORS = 60 * 1024;

const HEADER = "Traceback (most recent call last):";

/** What tells one error from another: its type and the text of the line; not its number, which a repair moves. */
export interface ErrorKey {
  readonly type: string;
  readonly line: string;
}

/** A try at a failure. */
export interface Repair {
  /** Counted from 1. */
  readonly attempt: number;
  /** What it was to mend. */
  readonly error: ErrorKey;
  /** The version that failed first: the way back. */
  readonly from: number | null;
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

/** Why another try is not worth it, as a sentence; null when it is. `last` is the try that the failed program came of. */
export function stopReason(last: Repair | null, error: ErrorKey): string | null {
  if (last === null) return null;
  if (last.error.type === error.type && last.error.line === error.line)
    return "The same error came twice, so I stopped.";
  if (last.attempt >= MOST_TRIES) return `${MOST_TRIES} tries did not mend it, so I stopped.`;
  return null;
}

export function nextTry(last: Repair | null, error: ErrorKey, failed: number | null): Repair {
  return { attempt: (last?.attempt ?? 0) + 1, error, from: last === null ? failed : last.from };
}

/** What is sent. In a terminal errors and output are one: what stands before the traceback is output. */
export function problemOf(ending: string | null, errors: string, output: string, input: string): ProblemIn {
  const start = output.lastIndexOf(HEADER);
  return {
    error: wellFormed(ending === null ? errors : `${ending}\n${errors.slice(-LONGEST_ERRORS)}`),
    output: wellFormed(ending === null && start >= 0 ? output.slice(0, start) : output),
    input: wellFormed(input),
  };
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
