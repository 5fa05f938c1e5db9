/**
 * What steers a terminal, taken out of a text. The server does the same to what a model is to see
 * (`_ESCAPE` in `codegen/repair.py`), and both are tested by one table (`tests/unit/codegen/escapes.json`).
 */

/**
 * The sequences of ECMA-48, whole: control sequences (colours); strings (titles, links, pictures), up to their end or to
 * the next sequence, which ends them as well; all others. A string that nothing ends is none, and what stands in it is
 * text: it could be all that the program said of an error.
 */
const SEQUENCE =
  // eslint-disable-next-line no-control-regex -- that is what is taken out
  /\x1b(?:\[[0-?]*[ -/]*[@-~]|[\]PX^_][^\x07\x1b\x9c]*(?:\x07|\x1b\\|\x9c|(?=\x1b))|[ -/]*[0-~])/g;
/** The beginning of one, at the end of what has come so far. */
// eslint-disable-next-line no-control-regex -- the same
const UNFINISHED = /\x1b(?:\[[0-?]*[ -/]*|[\]PX^_][^\x07\x1b\x9c]*\x1b?|[ -/]*)?$/;

/** What is seen of a text that steers a terminal. */
export function withoutEscapes(text: string): string {
  return text.replace(SEQUENCE, "");
}

/** The same of a text that goes on: what may be the beginning of a sequence waits for the rest, if it is not too long. */
export function withoutEscapesSoFar(text: string, mostWaiting: number): { plain: string; waiting: string } {
  const waiting = UNFINISHED.exec(text)?.[0] ?? "";
  if (waiting === "" || waiting.length > mostWaiting) return { plain: withoutEscapes(text), waiting: "" };
  // With the first character of what waits, as it may end what is before it.
  const before = text.slice(0, text.length - waiting.length + 1);
  return { plain: withoutEscapes(before).slice(0, -1), waiting };
}
