/** After a failed run: a try at repairing it, for whoever asks; by itself only when that is switched on; never for ever. */

import { readFailure } from "../core/traceback";
import {
  errorOf,
  isSameProgram,
  MOST_TRIES,
  nextTry,
  problemOf,
  shownOf,
  stopReason,
  tokensOf,
  type ErrorKey,
  type Repair,
} from "../core/repair";
import type { Transcript } from "../core/transcript";
import type { Step } from "../core/versions";
import type { FinishedEvent, ProblemIn } from "../core/wire.gen";
import { recall, remember } from "./memory";
import type { Page } from "./page.svelte";

/** A run that failed, and what is known of it. */
interface Failed {
  readonly step: Step;
  readonly code: string;
  readonly error: ErrorKey;
  readonly problem: ProblemIn;
  /** The exception in one line, or how it ended. */
  readonly words: string;
}

const LONGEST_WORDS = 120;
const NO_WISH = "It should run without this error.";

export class Repairs {
  #failed: Failed | null = $state.raw(null);
  isAutomatic = $state(recall("automatic-repair") === "yes");
  /** A program that came of a try is accepted and run without being asked. */
  #runs = false;

  readonly isOffered = $derived(this.#failed !== null);
  /** Counted from 1. */
  readonly attempt = $derived(this.#failed === null ? 1 : this.#next(this.#failed).attempt);
  /** Why no other try is made. */
  readonly stopReason = $derived(
    this.#failed === null ? null : stopReason(lastTry(this.#failed.step), this.#failed.error),
  );
  readonly problem = $derived(this.#failed?.problem ?? null);
  /** What is sent besides the program, for the person to read. */
  get shown(): string {
    const parts = [this.#wish, ...shownOf(this.problem ?? {})];
    return parts.filter((part) => part !== "").join("\n\n");
  }
  /** About what a model is given to read of it; earlier programs are not sent. */
  readonly tokens = $derived.by(() => (this.#failed === null ? 0 : tokensOf(this.#failed.code, this.shown)));
  /** The way back: to where the tries began, or to what ran well. */
  readonly wayBack: Step | null = $derived.by(() => {
    if (this.#failed === null) return null;
    const { history } = this.#page;
    return history.lastGood(this.#failed.step) ?? history.byVersion(this.#failed.step.repair?.from ?? null);
  });

  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  setAutomatic(on: boolean): void {
    this.isAutomatic = on;
    remember("automatic-repair", on ? "yes" : null);
  }

  /** A run has ended. */
  ran(step: Step | null, result: FinishedEvent, said: string, transcript: Transcript): void {
    this.#failed = null;
    const { history, models } = this.#page;
    if (step !== null && lastTry(step) !== null && result.success)
      history.change(step.id, { repair: step.repair && { ...step.repair, isOver: true }, tried: null });
    // What is said of a program is of no use for another.
    if (step?.code == null || step.code !== this.#page.program.text) return;
    if (result.success || ["stopped", "lost", "error"].includes(result.status)) return;
    const { errors, input, output } = transcript;
    const isCompleted = result.status === "completed";
    const failure = isCompleted ? readFailure(errors) : null;
    const error = isCompleted ? errorOf(step.code, errors) : { type: said.split(".")[0] ?? said, line: "" };
    // Who interrupts a program does not want it repaired; and what a limit ended may be a fine program.
    if (error.type === "KeyboardInterrupt" || (failure === null && models.current === null)) return;
    this.#failed = {
      step,
      code: step.code,
      error,
      problem: problemOf(isCompleted ? null : said, errors, output, input),
      words: (failure?.message ?? error.type).slice(0, LONGEST_WORDS),
    };
    if (this.isAutomatic && failure !== null && models.current !== null && this.stopReason === null) this.#fix(true);
  }

  /** The program is another by now, or something else is going on. */
  left(text: string | null): void {
    if (this.#failed === null || this.#failed.code === text) return;
    this.#failed = null;
    if (!this.#runs) return;
    this.#runs = false;
    this.#page.asking.stop("The program was changed meanwhile.");
  }

  /** Why nothing can be repaired now, in a sentence; or null. */
  get blocked(): string | null {
    if (this.#failed === null) return "No run has failed.";
    if (this.#page.models.current === null) return "A model can repair a program, and none is chosen.";
    return this.stopReason ?? this.#page.asking.blocked;
  }

  fix(): void {
    this.#fix(false);
  }

  /** What the program is to do. */
  get #wish(): string {
    const { line } = this.#page.history;
    const wish = line.findLast((one) => one.prompt !== null && one.repair === null && one.outcome === "kept");
    return wish?.prompt ?? NO_WISH;
  }

  #next({ step, error }: Failed): Repair {
    return nextTry(lastTry(step), error, step.version);
  }

  #fix(runs: boolean): void {
    const failed = this.#failed;
    const { asking } = this.#page;
    if (failed === null || this.blocked !== null) return;
    const repair = this.#next(failed);
    this.#runs = runs;
    asking.ask(this.#wish, {
      problem: failed.problem,
      repair,
      shown: `Fix, attempt ${repair.attempt} of ${MOST_TRIES}: ${failed.words}`,
    });
  }

  /** Something was written, perhaps a try. One that was answered counts, whatever becomes of the answer. */
  drafted(step: Step, { arrives, isAnswered }: { arrives: boolean; isAnswered: boolean }): void {
    const runs = this.#runs && step.repair !== null && arrives;
    this.#runs = false;
    const { history } = this.#page;
    const failed = this.#failed;
    if (failed !== null && step.repair !== null && isAnswered) {
      const isSame = step.code !== null && isSameProgram(step.code, failed.code);
      history.change(failed.step.id, { tried: { ...step.repair, left: isSame ? "same" : "another" } });
      this.#failed = { ...failed, step: history.find(failed.step.id) ?? failed.step };
    }
    if (runs && this.#page.proposal.isOpen) this.#page.proposal.acceptAndRun({ byItself: true });
  }

  goBack(): void {
    const { wayBack } = this;
    if (wayBack !== null) this.#page.history.backTo(wayBack);
  }
}

/** What the next try at it comes after. */
function lastTry({ repair, tried }: Step): Repair | null {
  return tried ?? repair;
}
