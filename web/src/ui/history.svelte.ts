/** What was asked for, what came of it and how it ran: kept in this browser, so that nothing is lost and all can be had back. */

import {
  added,
  changed,
  fromText,
  lastVersion,
  lineOf,
  LONGEST_OUTPUT,
  merged,
  toText,
  YOU,
  type NewStep,
  type Step,
} from "../core/versions";
import type { Status } from "../core/words";
import { WELCOME } from "./examples";
import { recall, remember } from "./memory";
import type { Page } from "./page.svelte";

const SAVE_MS = 300;
/** By which no two tabs give one number to two steps: those of a tab end alike. */
const TABS = 1000;

export class History {
  steps: readonly Step[] = $state.raw([]);
  /** The step whose code the program is, or was before the person changed it. */
  #current: number | null = $state(null);
  /** What is seen by itself. */
  shown: number | null = $state(null);

  readonly current: Step | null = $derived(this.find(this.#current));

  readonly #page: Page;
  readonly #tab = Math.floor(Math.random() * TABS);
  /** The steps that this tab added or changed: of the others, another tab may know better. */
  readonly #mine = new Set<number>();
  #running: number | null = null;
  #warned = false;
  #saving: ReturnType<typeof setTimeout> | undefined;

  constructor(page: Page) {
    this.#page = page;
    const { steps, current } = fromText(recall("history"));
    this.steps = steps;
    this.#current = current;
  }

  get line(): readonly Step[] {
    return lineOf(this.steps, this.current);
  }

  find(id: number | null): Step | null {
    return this.steps.find((one) => one.id === id) ?? null;
  }

  /** The newest that was the program and ran well, but not `but`. */
  lastGood(but: Step | null): Step | null {
    const good = this.steps.filter((one) => one.outcome === "kept" && one.run?.success === true && one !== but);
    return good.at(-1) ?? null;
  }

  /** The newest program before the one there is. */
  get previous(): Step | null {
    const now = this.current;
    return (
      this.steps.findLast(
        (one) => one.outcome === "kept" && one.id < (now?.id ?? Infinity) && one.code !== now?.code,
      ) ?? null
    );
  }

  back(): void {
    if (this.previous !== null) this.backTo(this.previous);
  }

  byVersion(version: number | null): Step | null {
    return version === null ? null : (this.steps.find((one) => one.version === version) ?? null);
  }

  add(step: NewStep): Step {
    const stored = fromText(recall("history")).steps;
    const floor = { id: Date.now() * TABS + this.#tab, version: lastVersion(stored) + 1 };
    this.steps = added(this.steps, step, floor);
    const made = this.steps.at(-1) as Step;
    this.#mine.add(made.id);
    if (made.outcome === "kept") this.#current = made.id;
    this.save(); // at once: another tab counts on from what is remembered
    return made;
  }

  change(id: number, change: Partial<Step>): void {
    this.steps = changed(this.steps, id, change);
    this.#mine.add(id);
    if (change.outcome === "kept") this.#current = id;
    this.#saveSoon();
  }

  /** Before something takes its place: what the person wrote becomes a version, unless it is one already. */
  keep(text: string): void {
    if (!isProgram(text) || this.current?.code === text) return;
    const begins = this.current === null;
    this.add({ source: YOU, title: begins ? "Your program" : "Your changes", code: text, outcome: "kept", begins });
  }

  /** Another program is in its place: it came of none of this, unless it is a version. */
  opened(text: string): void {
    const step = this.steps.findLast((one) => one.outcome === "kept" && one.code === text);
    this.#current = step?.id ?? null;
    this.#saveSoon();
  }

  /** A program that was there before is the program again: as a step of its own. */
  backTo(step: Step): void {
    const { editor, program } = this.#page;
    if (editor === null || step.code === null) return;
    this.#page.asking.leave();
    this.keep(editor.text);
    this.shown = null;
    if (editor.text !== step.code) editor.open(step.code);
    this.add({ source: step.source, title: `Back to version ${step.version}`, code: step.code, outcome: "kept" });
    this.#page.asking.tell({ text: `Version ${step.version} is in the editor again.`, tone: "neutral" });
    program.save();
    this.#page.keepFocus(() => editor.focus());
  }

  runBegins(text: string): void {
    this.keep(text);
    this.#running = this.current?.code === text ? this.#current : null;
  }

  runEnds({ text, tone }: Status, success: boolean, output: string): Step | null {
    const step = this.find(this.#running);
    this.#running = null;
    if (step === null) return null;
    this.change(step.id, { run: { text, tone, success, output: output.slice(-LONGEST_OUTPUT) } });
    return this.find(step.id);
  }

  /** The page is left, and hears no more of it; if it comes back to life, the end takes the place of this. */
  runLeft({ text, tone }: Status, output: string): void {
    if (this.#running === null) return;
    this.change(this.#running, { run: { text, tone, success: false, output: output.slice(-LONGEST_OUTPUT) } });
    this.save();
  }

  #saveSoon(): void {
    clearTimeout(this.#saving);
    this.#saving = setTimeout(() => this.save(), SAVE_MS);
  }

  saveChanges(): void {
    if (this.#saving !== undefined) this.save();
  }

  /** Beside what other tabs have remembered, which are seen here after a reload. */
  save(): void {
    clearTimeout(this.#saving);
    this.#saving = undefined;
    const text = toText(merged(this.steps, fromText(recall("history")).steps, this.#mine), this.#current);
    if (text !== null && remember("history", text)) this.#warned = false;
    else if (!this.#warned)
      this.#warned = this.#page.mention(
        "This browser does not remember all of the history: download what you want to keep.",
      );
  }
}

/** Something that somebody would miss. */
export function isProgram(text: string): boolean {
  return text.trim() !== "" && text !== WELCOME;
}
