/**
 * Checks a program while it is typed, and formats it. All work is done in a worker, which starts with the first question;
 * an answer about a text that is not the newest is thrown away. A worker that fails is started anew with the next question;
 * after some failures in a row, as when it cannot be loaded, there are no checks: that is said once, and stops nothing else.
 */
import type { Problem } from "../core/problems";
import type { Answer, Question } from "./messages";

/** As much of a worker as is needed here. */
export interface CheckWorker {
  onmessage: ((event: MessageEvent<Answer>) => void) | null;
  onerror: ((event: ErrorEvent) => void) | null;
  postMessage(question: Question): void;
  terminate(): void;
}

export type Formatted =
  | { readonly outcome: "formatted"; readonly text: string }
  | { readonly outcome: "refused" | "unavailable"; readonly reason: string };

export interface CheckerOptions {
  startWorker(): CheckWorker;
  /** The problems of `text`; called for the newest text only. */
  onProblems(text: string, problems: readonly Problem[]): void;
  /** The checks cannot work in this page any more; the sentence says what that means. */
  onUnavailable(reason: string): void;
}

/** Long enough for a word to be finished, short enough to be there when one looks up. */
const QUIET_MS = 250;
/** What is longer is no program that is being typed, and its problems would be a wall. */
const LONGEST_TEXT = 512 * 1024;
const MOST_PROBLEMS = 500;
const MOST_FAILURES = 3;
const UNAVAILABLE = "Problems cannot be found and programs cannot be formatted here: the checker did not start.";

export class Checker {
  readonly #options: CheckerOptions;
  #worker: CheckWorker | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** As long as it is not known, the newest: what is wrong there is wrong in all. */
  #python = "py314";
  #number = 0;
  #checking: Question | null = null;
  #newest: string | null = null;
  readonly #formatting = new Map<number, (formatted: Formatted) => void>();
  #failures = 0;
  #disposed = false;

  constructor(options: CheckerOptions) {
    this.#options = options;
  }

  get available(): boolean {
    return this.#failures < MOST_FAILURES && !this.#disposed;
  }

  /** The version that programs run on, as `sys.version` begins: what is right syntax depends on it. */
  setPython(version: string): void {
    const match = /^3\.(\d{1,2})/.exec(version);
    if (match === null) return;
    const before = this.#python;
    this.#python = `py3${match[1] ?? ""}`;
    if (this.#python !== before && this.#newest !== null) this.check(this.#newest);
  }

  /** Check this text when nothing newer comes for a moment. */
  check(text: string): void {
    this.#newest = text;
    clearTimeout(this.#timer);
    if (this.available)
      this.#timer = setTimeout(() => {
        this.#checkNewest();
      }, QUIET_MS);
  }

  format(text: string): Promise<Formatted> {
    if (!this.available) return Promise.resolve({ outcome: "unavailable", reason: UNAVAILABLE });
    if (text.length > LONGEST_TEXT)
      return Promise.resolve({ outcome: "refused", reason: "The program is too long to be formatted here." });
    return new Promise((settle) => {
      const question: Question = { kind: "format", number: ++this.#number, text, python: this.#python };
      this.#formatting.set(question.number, settle);
      this.#running().postMessage(question);
    });
  }

  dispose(): void {
    this.#disposed = true;
    clearTimeout(this.#timer);
    this.#stopWorker();
    this.#giveUpFormatting();
  }

  #running(): CheckWorker {
    if (this.#worker === null) {
      const worker = this.#options.startWorker();
      worker.onmessage = (event) => {
        this.#hear(event.data);
      };
      worker.onerror = (event) => {
        event.preventDefault();
        this.#fail();
      };
      this.#worker = worker;
    }
    return this.#worker;
  }

  #checkNewest(): void {
    const text = this.#newest;
    // One question at a time: a slow machine must not fall behind its typist.
    if (text === null || this.#checking !== null || !this.available) return;
    if (text.length > LONGEST_TEXT) {
      this.#options.onProblems(text, []);
      return;
    }
    this.#checking = { kind: "check", number: ++this.#number, text, python: this.#python };
    this.#running().postMessage(this.#checking);
  }

  #hear(answer: Answer): void {
    this.#failures = 0;
    if (answer.kind !== "problems") {
      const settle = this.#formatting.get(answer.number);
      this.#formatting.delete(answer.number);
      settle?.(
        answer.kind === "formatted"
          ? { outcome: "formatted", text: answer.text }
          : { outcome: "refused", reason: answer.reason },
      );
      return;
    }
    if (this.#checking?.number !== answer.number) return;
    const { text, python } = this.#checking;
    this.#checking = null;
    if (text === this.#newest && python === this.#python)
      this.#options.onProblems(text, answer.problems.slice(0, MOST_PROBLEMS));
    else this.check(this.#newest ?? text);
  }

  #fail(): void {
    const failedOn = this.#checking?.text;
    this.#stopWorker();
    this.#giveUpFormatting();
    this.#failures++;
    if (!this.available) this.#options.onUnavailable(UNAVAILABLE);
    // What was typed meanwhile has not been asked about; what it failed on is not asked about again.
    else if (this.#newest !== null && this.#newest !== failedOn) this.check(this.#newest);
  }

  #stopWorker(): void {
    this.#worker?.terminate();
    this.#worker = null;
    this.#checking = null;
  }

  #giveUpFormatting(): void {
    for (const settle of this.#formatting.values()) settle({ outcome: "unavailable", reason: UNAVAILABLE });
    this.#formatting.clear();
  }
}
