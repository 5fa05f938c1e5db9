/** The life of one draft, from the prompt to its end, whoever writes it. */

import type { DoneEvent, GenerateEvent, SourceEvent } from "./wire.gen";

/** Why nothing came of it, in the words of whoever refused. */
export interface Refused {
  readonly code: string;
  readonly error: string;
}

export interface Written {
  /** Who writes; null until that is known. */
  readonly source: SourceEvent | null;
  readonly prose: string;
  /** The program so far. Only that of `done` is one. */
  readonly code: string;
}

export type Draft = Written &
  (
    | { readonly kind: "asking" | "writing" | "cancelled" }
    | { readonly kind: "done"; readonly done: DoneEvent }
    | { readonly kind: "refused"; readonly refusal: Refused }
    | { readonly kind: "lost"; readonly message: string }
  );

export const ASKED: Draft = { kind: "asking", source: null, prose: "", code: "" };

/** Whether more may come. */
export function isBeingWritten(draft: Draft | null): boolean {
  return draft?.kind === "asking" || draft?.kind === "writing";
}

/** What a draft becomes when its writer says something. What comes after its end changes nothing. */
export function afterEvent(draft: Draft, event: GenerateEvent): Draft {
  if (!isBeingWritten(draft)) return draft;
  const { source, prose, code } = draft;
  switch (event.type) {
    case "source":
      return { kind: "asking", source: event, prose, code };
    case "text":
      return { kind: "writing", source, prose: prose + event.delta, code };
    case "code":
      return { kind: "writing", source, prose, code: code + event.delta };
    case "done":
      return { kind: "done", source, prose, code: event.code ?? code, done: event };
    case "refused":
      return { kind: "refused", source, prose, code, refusal: event };
  }
}

export function cancelled({ source, prose, code }: Draft): Draft {
  return { kind: "cancelled", source, prose, code };
}

export function refused({ source, prose, code }: Draft, refusal: Refused): Draft {
  return { kind: "refused", source, prose, code, refusal };
}

export function lost({ source, prose, code }: Draft, message: string): Draft {
  return { kind: "lost", source, prose, code, message };
}

/** As many characters of a program as a model is given to change (`limits.py`); counted as the server does. */
const MOST_CHARACTERS = 64 * 1024;

export function isTooLong(code: string): boolean {
  return code.length > MOST_CHARACTERS && [...code].length > MOST_CHARACTERS;
}

export function linesOf(code: string): number {
  let count = 0;
  for (let at = code.indexOf("\n"); at !== -1; at = code.indexOf("\n", at + 1)) count += 1;
  return code === "" || code.endsWith("\n") ? count : count + 1;
}
