/**
 * What a traceback says about the program's own lines: where the links of a terminal row are, and where and why a run
 * failed. Everything here reads what a program wrote, so nothing trusts it: a program can print what looks like a
 * traceback, and the worst that follows is a mark at a line.
 */

import { withoutEscapes } from "./escapes";

/** A stretch of one row of text that names a line of the program. Columns count from 0, as in JavaScript strings. */
export interface SourceLink {
  readonly line: number;
  readonly start: number;
  readonly end: number;
}

/** Where the program failed, and what the exception says. */
export interface Failure {
  readonly line: number;
  readonly message: string;
}

const PROGRAM = "/workspace/main.py";
const PLACE = /File "([^"\n]{1,4096})", line (\d{1,9})/g;
/** A traceback is at the end of what a program wrote; more than this of it is not looked at. */
const LONGEST_TAIL = 64 * 1024;
const LONGEST_MESSAGE = 1000;
const TRACEBACK = "Traceback (most recent call last):";
/** Between a traceback and the one that came of it. */
const LEADS_ON = /(?:another exception occurred|was the direct cause of the following exception):$/;
/** Before it may stand what was printed last. Source, and what is within an exception group, is indented further. */
const HEADER = /^(?! {4}).*Traceback \(most recent call last\):$/;
/** An exception's own row: its dotted name, then nothing or its message. All other rows of a traceback are indented. */
const EXCEPTION = /^[^\W\d][\w.<>]*(?:: |:?$)/u;
/** What stands before the rows of an exception group; those of the exceptions inside it are indented further. */
const GROUP_MARGIN = /^ {2}[|+] /;

/** The places of one row that name a line of the program. */
export function findSourceLinks(row: string): SourceLink[] {
  const links: SourceLink[] = [];
  for (const match of row.matchAll(PLACE)) {
    const line = Number(match[2]);
    if (match[1] === PROGRAM && line > 0) links.push({ line, start: match.index, end: match.index + match[0].length });
  }
  return links;
}

/**
 * Where the error begins in what a program wrote: the last traceback, with those that led to it, or the place of a syntax
 * error, which has none; null where there is neither. The server's own command does the same (`codegen/repair.py`).
 */
export function whereErrorBegins(output: string): number | null {
  const starts: { at: number; before: string }[] = [];
  let bare: number | null = null;
  let before = "";
  let at = 0;
  for (const line of output.split(/(?<=\n|\r(?!\n))/)) {
    const row = withoutEscapes(line).replace(/[\r\n]+$/, "");
    // Those within an exception group are a part of it.
    if (row.includes(TRACEBACK) && !/^ {4,}\|/.test(row)) starts.push({ at, before });
    if (/^\s*File "[^"]*", line \d+(?:, in .*)?$/.test(row)) bare = at;
    if (row.trim() !== "") before = row.trimEnd();
    at += line.length;
  }
  let start = starts.pop();
  while (start !== undefined && LEADS_ON.test(start.before) && starts.length > 0) start = starts.pop();
  return start?.at ?? bare;
}

/** The last failure that a run's output tells of, or null: the innermost line of the program, and the exception. */
export function readFailure(output: string): Failure | null {
  let failure: Failure | null = null;
  let reading = false;
  let line: number | null = null;
  for (const wholeRow of withoutEscapes(output.slice(-LONGEST_TAIL)).split(/\r?\n|\r/)) {
    const row = wholeRow.replace(GROUP_MARGIN, "");
    const [link] = findSourceLinks(row);
    const ends = reading && EXCEPTION.test(row);
    if (ends && line !== null) {
      failure = { line, message: row.slice(0, LONGEST_MESSAGE) };
      reading = false;
      line = null;
    } else if (HEADER.test(row)) {
      reading = true;
      line = null;
    } else if (link !== undefined) {
      // The place of a syntax error stands without a header before it.
      reading ||= /^ +File "[^"]*", line \d+$/.test(row);
      line = link.line;
    } else if (ends) reading = false;
  }
  return failure;
}
