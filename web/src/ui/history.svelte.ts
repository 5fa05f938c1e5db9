/** What was asked for, what came of it and how it ran: kept in this browser, so that nothing is lost and all can be had back. */

import { added, changed, fromText, LONGEST_OUTPUT, toText, YOU, type NewStep, type Step } from "../core/versions";
import type { Status } from "../core/words";
import { WELCOME } from "./examples";
import { recall, remember } from "./memory";
import type { Page } from "./page.svelte";

const SAVE_MS = 300;

export class History {
  steps: readonly Step[] = $state.raw([]);
  /** The step whose code the program is, or was before the person changed it. */
  #current: number | null = $state(null);
  /** What is seen by itself. */
  shown: number | null = $state(null);

  readonly current: Step | null = $derived(this.find(this.#current));

  readonly #page: Page;
  #running: number | null = null;
  #warned = false;
  #saving: ReturnType<typeof setTimeout> | undefined;

  constructor(page: Page) {
    this.#page = page;
    const { steps, current } = fromText(recall("history"));
    this.steps = steps;
    this.#current = current;
    addEventListener("beforeunload", () => this.#save());
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
      this.steps.findLast((one) => one.outcome === "kept" && one.id < (now?.id ?? 0) && one.code !== now?.code) ?? null
    );
  }

  back(): void {
    if (this.previous !== null) this.backTo(this.previous);
  }

  byVersion(version: number | null): Step | null {
    return version === null ? null : (this.steps.find((one) => one.version === version) ?? null);
  }

  add(step: NewStep): Step {
    this.steps = added(this.steps, step);
    const made = this.steps.at(-1) as Step;
    if (made.outcome === "kept") this.#current = made.id;
    this.#saveSoon();
    return made;
  }

  change(id: number, change: Partial<Step>): void {
    this.steps = changed(this.steps, id, change);
    if (change.outcome === "kept") this.#current = id;
    this.#saveSoon();
  }

  /** Before something takes its place: what the person wrote becomes a version, unless it is one already. */
  keep(text: string): void {
    if (!isProgram(text) || this.current?.code === text) return;
    const title = this.current === null ? "Your program" : "Your changes";
    this.add({ source: YOU, title, code: text, outcome: "kept" });
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

  #saveSoon(): void {
    clearTimeout(this.#saving);
    this.#saving = setTimeout(() => this.#save(), SAVE_MS);
  }

  #save(): void {
    clearTimeout(this.#saving);
    const text = toText(this.steps, this.#current);
    if (text !== null && remember("history", text)) this.#warned = false;
    else if (!this.#warned) {
      this.#warned = true;
      this.#page.say("This browser does not remember all of the history: download what you want to keep.");
    }
  }
}

/** Something that somebody would miss. */
export function isProgram(text: string): boolean {
  return text.trim() !== "" && text !== WELCOME;
}
