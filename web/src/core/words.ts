/** Every sentence about a run and about where it runs, in one place: what the status line, and so a screen reader, says. */

import { withoutEscapes } from "./escapes";
import type { RunState } from "./run";
import type { Failure } from "./traceback";
import type { FinishedEvent, Health, RunLimit, SkipReason } from "./wire.gen";

export type Tone = "neutral" | "busy" | "good" | "bad" | "warn";

export interface Status {
  readonly text: string;
  readonly tone: Tone;
}

/**
 * `elapsed` is in milliseconds, of a run that is under way; `shown` counts what is to be seen of it besides its text;
 * `failure` is what its traceback says.
 */
export function statusOf(state: RunState, elapsed: number, shown = 0, failure: Failure | null = null): Status {
  switch (state.kind) {
    case "idle":
      return { text: "Ready.", tone: "neutral" };
    case "starting":
      if (state.stopping) return STOPPING;
      return {
        text: state.where === "browser" ? "Starting Python in your browser…" : "Starting…",
        tone: "busy",
      };
    case "queued":
      if (state.stopping) return STOPPING;
      return { text: `Waiting for its turn: ${ordinal(state.position)} in the queue.`, tone: "busy" };
    case "running":
      if (state.stopping) return STOPPING;
      if (state.asking !== null) {
        const prompt = oneLine(state.asking);
        return { text: prompt === "" ? "Waiting for input." : `Waiting for input: ${prompt}`, tone: "warn" };
      }
      return { text: elapsed < 500 ? "Running." : `Running, ${clock(elapsed)}.`, tone: "busy" };
    case "finished":
      return {
        text: sentences(ending(state.result, failure), outcomeOf(state.result, shown), figures(state.result)),
        tone: toneOf(state.result),
      };
    case "refused":
      return { text: state.refusal.error, tone: "bad" };
    case "lost":
      return { text: state.lost.message, tone: state.lost.kind === "unstarted" ? "neutral" : "bad" };
  }
}

const STOPPING: Status = { text: "Stopping…", tone: "busy" };

/** Of what was stopped while it could not be run yet. */
export const UNSTARTED = "Stopped before it was started.";

/** Of a run that went on when the page was left: its connection ended with the page, and that ends a run. */
export const LEFT: Status = { text: "Ended when the page was left; how is not known.", tone: "neutral" };

/** The same when one has come back, for whether the program is known to have begun. */
export function leftWords(hasBegun: boolean): string {
  return hasBegun
    ? "The last run ended when the page was left; how it ended is not known."
    : "The page was left while a program was being started; whether it ran is not known.";
}

function toneOf(result: FinishedEvent): Tone {
  if (result.success) return "good";
  return result.status === "stopped" ? "neutral" : "bad";
}

function ending(result: FinishedEvent, failure: Failure | null): string {
  switch (result.status) {
    case "completed":
      if (result.return_code === 0) return "Finished.";
      // That of an exception that nothing caught; another is the program's own word.
      if (result.return_code === 1 && failure !== null)
        return `Failed on line ${failure.line}: ${asSentence(oneLine(failure.message))}`;
      if (result.signal !== null) return `Ended by ${result.signal}.`;
      return result.return_code === null ? "Ended." : `Ended with exit code ${result.return_code}.`;
    case "stopped":
      return "Stopped by you.";
    case "lost":
      return `The server lost the run, which is not the program's fault. ${result.error}`;
    default:
      return limitSentence(result.limit);
  }
}

/** What ended it; how to raise that is offered beside. */
function limitSentence(limit: RunLimit | null): string {
  switch (limit) {
    case "timeout":
      return "Ended by the limit on its time.";
    case "cpu_seconds":
      return "Ended by the limit on computing time.";
    case "memory_bytes":
      return "Ended by the limit on memory.";
    case "output_bytes":
      return "Ended by the limit on output.";
    case "idle_seconds":
      return "Ended because nothing was typed or printed for too long.";
    case "whole_seconds":
      return "Ended because it ran for as long as a program in a terminal may.";
    case null:
      return "Ended by a limit.";
  }
}

function sentences(...all: readonly string[]): string {
  return all.filter((one) => one !== "").join(" ");
}

export function counted(count: number, word: string): string {
  return `${count.toLocaleString("en")} ${count === 1 ? word : plural(word)}`;
}

function plural(word: string): string {
  return word
    .split(" or ")
    .map((one) => `${one}s`)
    .join(" or ");
}

/** What it showed and made: "3 results, 2 files." */
function outcomeOf(result: FinishedEvent, shown: number): string {
  const parts = [];
  if (shown > 0) parts.push(counted(shown, "result"));
  if (result.artifacts.length > 0) parts.push(counted(result.artifacts.length, "file"));
  return parts.length === 0 ? "" : `${parts.join(", ")}.`;
}

/** Why something that lay in the program's folder is not among what it made: a sentence for each reason. */
export function skippedSentences(skipped: Readonly<Record<string, number>>): string[] {
  return Object.entries(skipped ?? {})
    .filter(([, count]) => Number.isSafeInteger(count) && count > 0)
    .map(([reason, count]) => {
      const [word, why] = SKIPPED[reason as SkipReason] ?? ["file", "not kept"];
      return `${counted(count, word)} left out: ${why}.`;
    });
}

const SKIPPED: Readonly<Record<SkipReason | "no_room", readonly [word: string, why: string]>> = {
  not_a_file: ["thing", "links, pipes and devices are not kept"],
  bad_name: ["file", "the name cannot be shown"],
  too_large: ["file", "too large"],
  too_many: ["file", "a run may make only so many, and so much in all"],
  too_deep: ["folder", "too deep inside others"],
  unreadable: ["file", "not readable"],
  no_room: ["file", "the server could keep no more just then"],
  out_of_time: ["file or folder", "looking through all of them took too long"],
};

/** Time and memory, as far as they are known. */
function figures(result: FinishedEvent): string {
  const parts = [seconds(result.duration_ms)];
  const peak = result.usage.peak_memory_bytes;
  if (peak !== null && peak > 0) parts.push(bytes(peak));
  return `${parts.join(", ")}.`;
}

/** A limit that can be raised, to what, and how that is said; null where nothing more can be had. */
export interface Raise {
  readonly limit: "cpu_seconds" | "memory_bytes" | "output_bytes";
  readonly value: number;
  readonly text: string;
}

export function raiseOf(result: FinishedEvent, limits: Health["limits"], used: number | undefined): Raise | null {
  const { limit } = result;
  if (limit !== "cpu_seconds" && limit !== "memory_bytes" && limit !== "output_bytes") return null;
  const { default: normal, maximum } = limits[limit];
  const now = used ?? normal;
  if (now >= maximum) return null;
  const value = Math.min(maximum, now * 4);
  const shown =
    limit === "cpu_seconds"
      ? `${value} s of computing`
      : `${bytes(value)} of ${limit === "memory_bytes" ? "memory" : "output"}`;
  return { limit, value, text: `Run again with ${shown}` };
}

/** Of what goes on: it is looked at once a second. */
function clock(milliseconds: number): string {
  return milliseconds < 60_000 ? `${Math.round(milliseconds / 1000)} s` : seconds(milliseconds);
}

export function seconds(milliseconds: number): string {
  const value = milliseconds / 1000;
  if (value < 0.1) return `${value.toFixed(3)} s`;
  if (value < 10) return `${value.toFixed(2)} s`;
  if (value < 60) return `${value.toFixed(1)} s`;
  const whole = Math.floor(value);
  return `${Math.floor(whole / 60)} min ${whole % 60} s`;
}

export function bytes(count: number): string {
  const units = ["bytes", "KiB", "MiB", "GiB"];
  let value = count;
  let unit = 0;
  while (value >= 1024 && unit < units.length - 1) {
    value /= 1024;
    unit += 1;
  }
  if (count === 1) return "1 byte";
  return `${value >= 10 || Number.isInteger(value) ? Math.round(value) : value.toFixed(1)} ${units[unit]}`;
}

function ordinal(position: number): string {
  const last = position % 10;
  const teen = position % 100 >= 11 && position % 100 <= 13;
  return `${position}${teen ? "th" : last === 1 ? "st" : last === 2 ? "nd" : last === 3 ? "rd" : "th"}`;
}

function asSentence(text: string): string {
  return /[.!?…]$/u.test(text) ? text : `${text.replace(/:$/, "")}.`;
}

/** A program's own words, short enough for one line and without what steers a terminal. */
function oneLine(text: string): string {
  // eslint-disable-next-line no-control-regex -- that is what is taken out
  const plain = withoutEscapes(text).replace(/[\x00-\x1f\x7f]+/g, " ");
  const cut = plain.trim();
  return cut.length > 80 ? `${cut.slice(0, 79)}…` : cut;
}
