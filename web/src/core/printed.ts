/** What a program printed, as plain text for beside what it showed: without what steers a terminal, and not without bound. */

import { withoutEscapesSoFar } from "./escapes";

/** One that is longer is no sequence of anything. */
const LONGEST_SEQUENCE = 4096;
/** Of what stands between two things that were shown: its beginning and its end. */
const MOST_OF_EACH = 8 * 1024;
/** The same, on the page: more would push what was shown out of sight. */
const MOST_LINES_OF_EACH = 60;

export interface Printed {
  readonly head: string;
  readonly tail: string;
  /** Characters between them that are not kept. */
  readonly leftOut: number;
  /** A sequence that has only begun. */
  readonly unfinished: string;
}

export const NOTHING_PRINTED: Printed = { head: "", tail: "", leftOut: 0, unfinished: "" };

export function afterPrinting(printed: Printed, chunk: string): Printed {
  const { plain: text, waiting: unfinished } = withoutEscapesSoFar(printed.unfinished + chunk, LONGEST_SEQUENCE);
  const room = MOST_OF_EACH - printed.head.length;
  const head = printed.tail === "" && room > 0 ? printed.head + text.slice(0, room) : printed.head;
  const rest = printed.tail + text.slice(head.length - printed.head.length);
  const tail = rest.slice(-MOST_OF_EACH);
  return { head, tail, leftOut: printed.leftOut + rest.length - tail.length, unfinished };
}

/** As it would stand on a screen, line by line: what a carriage return wrote over is not there any more. */
export function plain(printed: Printed): string {
  const gap = printed.leftOut > 0 ? `\n… ${printed.leftOut} characters, which the terminal has …\n` : "";
  const lines = (printed.head + gap + printed.tail)
    .replace(/\r+\n/g, "\n")
    .split("\n")
    .map((line) => line.replace(/\r+$/, "").replace(/^.*\r/s, "").replace(CONTROLS, ""));
  while (lines[0]?.trim() === "") lines.shift();
  while (lines.at(-1)?.trim() === "") lines.pop();
  const between = lines.length - 2 * MOST_LINES_OF_EACH;
  if (between > 0) lines.splice(MOST_LINES_OF_EACH, between, `… ${between} lines, which the terminal has …`);
  return lines.join("\n");
}

// eslint-disable-next-line no-control-regex -- that is what is taken out
const CONTROLS = /[\x00-\x08\x0b-\x1f\x7f-\x9f]/g;
