/**
 * The history of a program: each prompt and what came of it, each text that was kept, and how it ran. Steps are added and
 * never taken away but at the far end; going back is a step like any other.
 */

import type { Repair } from "./repair";
import type { Tone } from "./words";

export type Outcome =
  /** It is, or was, the program. */
  | "kept"
  /** It waits to be accepted. */
  | "proposed"
  | "rejected"
  /** Its writer was stopped, or was lost: it is no program. */
  | "unfinished"
  /** It may not replace a program; `note` says why. */
  | "faulty"
  /** Nothing came of the prompt; `note` says why. */
  | "refused";

export interface Source {
  readonly kind: "model" | "recipe" | "user";
  readonly title: string;
  /** Of a recipe: the words that it was found by. */
  readonly words: readonly string[];
}

/** What was asked for besides the words: to ask again is to ask for the same. */
export interface How {
  /** Another program, and not a change of the one that there is. */
  readonly isNew: boolean;
  /** The one that was named for this prompt, instead of the one that is chosen. */
  readonly model?: string;
}

/** How the last run of a version ended. */
export interface RunRecord {
  readonly text: string;
  readonly tone: Tone;
  readonly success: boolean;
  /** The end of what it wrote. */
  readonly output: string;
}

export interface Step {
  /** Grows; is nobody else's. */
  readonly id: number;
  /** What people call it by; null when there is no text that one could look at. */
  readonly version: number | null;
  readonly prompt: string | null;
  readonly how?: How;
  readonly source: Source;
  readonly title: string;
  readonly prose: string;
  readonly code: string | null;
  readonly outcome: Outcome;
  readonly note: string | null;
  /** The refusal's stable word, where it was refused. */
  readonly refusal: string | null;
  readonly run: RunRecord | null;
  readonly repair: Repair | null;
  /** The last try at a failure of it that did not take its place. */
  readonly tried?: Repair | null;
  /** It came of nothing before it: the person wrote or opened it. */
  readonly begins?: boolean;
}

export type NewStep = Pick<Step, "source" | "title" | "code" | "outcome"> & Partial<Step>;

const MOST_STEPS = 60;
/** Browsers keep about five million characters for a page, and the program needs its own part. */
const MOST_CHARACTERS = 1_000_000;
export const LONGEST_OUTPUT = 4000;
const LONGEST_PROSE = 4000;
/** What a request may hold of one program. */
const LONGEST_TOLD = 64 * 1024;

export const YOU: Source = { kind: "user", title: "You", words: [] };

/** What other tabs have used already: `id` and `version` are the least that may be given. */
export interface Floor {
  readonly id: number;
  readonly version: number;
}

export function added(steps: readonly Step[], given: NewStep, floor: Floor = { id: 1, version: 1 }): Step[] {
  const step: Step = {
    prompt: null,
    prose: "",
    note: null,
    refusal: null,
    run: null,
    repair: null,
    ...given,
    id: Math.max((steps.at(-1)?.id ?? 0) + 1, floor.id),
    version: given.code === null ? null : Math.max(lastVersion(steps) + 1, floor.version),
  };
  return bounded([...steps, { ...step, prose: step.prose.trim().slice(0, LONGEST_PROSE) }]);
}

/** What this tab has and what another has remembered meanwhile; `mine` are the steps that this one added or changed. */
export function merged(own: readonly Step[], stored: readonly Step[], mine: ReadonlySet<number>): Step[] {
  const all = new Map(own.map((step) => [step.id, step]));
  for (const step of stored) if (!mine.has(step.id) || !all.has(step.id)) all.set(step.id, step);
  return bounded([...all.values()].sort((one, other) => one.id - other.id));
}

export function lastVersion(steps: readonly Step[]): number {
  return steps.reduce((most, step) => Math.max(most, step.version ?? 0), 0);
}

/** Bounded too: what is seen is what will be remembered. */
export function changed(steps: readonly Step[], id: number, change: Partial<Step>): Step[] {
  return bounded(steps.map((step) => (step.id === id ? { ...step, ...change } : step)));
}

/** Whether there were more, by the numbers that are left. */
export function hasLost(steps: readonly Step[]): boolean {
  return Math.min(...steps.map(({ version }) => version ?? Infinity)) > 1 && lastVersion(steps) > 0;
}

function sizeOf({ code, prompt, prose, run }: Step): number {
  return (code?.length ?? 0) + (prompt?.length ?? 0) + prose.length + (run?.output.length ?? 0) + 300;
}

/** Without the oldest, where there are too many; the newest stays, whatever its size. */
function bounded(steps: readonly Step[]): Step[] {
  let size = 0;
  const kept: Step[] = [];
  for (const step of [...steps].reverse()) {
    size += sizeOf(step);
    if (kept.length > 0 && (kept.length >= MOST_STEPS || size > MOST_CHARACTERS)) break;
    kept.unshift(step);
  }
  return kept;
}

/** What the program came of, itself the last; without what followed, when it is one that was gone back to. */
export function lineOf(steps: readonly Step[], current: Step | null): readonly Step[] {
  const first = steps.findIndex((one) => one.outcome === "kept" && one.code === current?.code);
  const line = steps.slice(0, first + 1);
  return line.slice(
    Math.max(
      0,
      line.findLastIndex((one) => one.begins === true),
    ),
  );
}

/** The earlier prompts and their programs, for a model that is to change the last. */
export function conversation(steps: readonly Step[], most: number): { prompt: string; code: string }[] {
  return steps
    .flatMap(({ outcome, prompt, code, repair }) =>
      outcome === "kept" && prompt !== null && code !== null && code.length <= LONGEST_TOLD && repair === null
        ? [{ prompt, code }]
        : [],
    )
    .slice(-most);
}

/** What is remembered of it; null for what is too large to be. */
export function toText(steps: readonly Step[], current: number | null): string | null {
  const text = JSON.stringify({ format: 1, current, steps });
  return text.length > 2 * MOST_CHARACTERS ? null : text;
}

/** What was remembered: nothing, when it cannot be read. */
export function fromText(text: string | null): { steps: Step[]; current: number | null } {
  const nothing = { steps: [], current: null };
  if (text === null) return nothing;
  try {
    const said = JSON.parse(text) as { format?: unknown; current?: unknown; steps?: unknown };
    if (said.format !== 1 || !Array.isArray(said.steps) || !said.steps.every(isStep)) return nothing;
    const current = said.steps.some(({ id }) => id === said.current) ? (said.current as number) : null;
    return { steps: said.steps, current };
  } catch {
    return nothing;
  }
}

const OUTCOMES: readonly unknown[] = ["kept", "proposed", "rejected", "unfinished", "faulty", "refused"];

function isStep(value: unknown): value is Step {
  if (typeof value !== "object" || value === null) return false;
  const { id, version, prompt, how, source, title, prose, code, outcome, note, refusal, run, repair, tried } =
    value as Record<keyof Step, unknown>;
  return (
    typeof id === "number" &&
    (version === null || typeof version === "number") &&
    isTextOrNull(prompt) &&
    (how == null || isHow(how)) &&
    isTextOrNull(code) &&
    isTextOrNull(note) &&
    isTextOrNull(refusal) &&
    typeof title === "string" &&
    typeof prose === "string" &&
    OUTCOMES.includes(outcome) &&
    typeof source === "object" &&
    source !== null &&
    Array.isArray((source as Partial<Source>).words) &&
    (run === null || isRun(run)) &&
    (repair === null || isRepair(repair)) &&
    (tried == null || isRepair(tried))
  );
}

function isHow(value: unknown): boolean {
  const { isNew, model } = value as Partial<How>;
  return typeof isNew === "boolean" && (model === undefined || typeof model === "string");
}

function isRun(value: unknown): boolean {
  const { text, tone, output } = value as Partial<RunRecord>;
  return typeof text === "string" && typeof tone === "string" && typeof output === "string";
}

function isRepair(value: unknown): boolean {
  const { attempt, error, from } = value as Partial<Repair>;
  return typeof attempt === "number" && typeof error?.type === "string" && (from === null || typeof from === "number");
}

function isTextOrNull(value: unknown): boolean {
  return value === null || typeof value === "string";
}
