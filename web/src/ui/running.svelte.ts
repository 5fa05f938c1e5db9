/** The run that goes on, or the last one: started, talked to, stopped, and run elsewhere when it cannot be run here. */

import { flushSync } from "svelte";
import { withoutEscapes } from "../core/escapes";
import { explain } from "../core/explain";
import { isUnderWay, ProgramRun, type RunState, type Stream } from "../core/run";
import { readFailure, type Failure } from "../core/traceback";
import { Transcript } from "../core/transcript";
import type { Start } from "../core/transport";
import type { DisplayEvent } from "../core/wire.gen";
import { LEFT, leftWords, raiseOf, statusOf, UNSTARTED, type Raise } from "../core/words";
import { isTouched } from "../terminal/touch";
import { recallInTab, rememberInTab } from "./memory";
import type { Page } from "./page.svelte";
import type { Place } from "./places.svelte";
import { RunFocus } from "./run_focus";

/** So soon after the start nobody asks for another run: the key was pressed twice. */
const BY_ACCIDENT_MS = 1000;
const REMINDER_MS = 6000;

export class Running {
  state: RunState = $state.raw({ kind: "idle" });
  /** Milliseconds that the run has taken so far. */
  elapsed = $state(0);
  /** What the program imports and the browser does not have; the run was not begun. */
  missing: readonly string[] = $state.raw([]);
  /** Of a program that nothing can run now: neither the server nor this browser. */
  explanation: readonly string[] = $state.raw([]);
  /** Where and why the last run failed, by its traceback. */
  failure: Failure | null = $state.raw(null);
  /** Something was run; and whether it has printed anything. */
  hasRun = $state(false);
  hasOutput = $state(false);
  /** Somebody wanted to run a program while one runs, and is told how to stop that. */
  isReminding = $state(false);
  /** For the next runs in the browser, as long as it is there: where a program cannot be asked while it runs, all of its input. */
  givenInput = $state("");

  readonly isBusy = $derived(isUnderWay(this.state));
  readonly raise: Raise | null = $derived.by(() => {
    const { health } = this.#page.places;
    if (this.state.kind !== "finished" || this.state.where !== "sandbox" || health === null) return null;
    return raiseOf(this.state.result, health.limits, this.#limits[this.state.result.limit as Raise["limit"]]);
  });

  readonly #page: Page;
  readonly #focus = new RunFocus(() => this.#page.editor?.text ?? "");
  #limits: Partial<Record<Raise["limit"], number>> = {};
  /** What is run, or was: the program as it was when somebody wanted that. */
  #code = "";
  #program: ProgramRun | null = null;
  #transcript = new Transcript();
  #clock: ReturnType<typeof setInterval> | undefined;
  #startedAt = 0;
  #reminder: ReturnType<typeof setTimeout> | undefined;

  constructor(page: Page) {
    this.#page = page;
  }

  /** When the components are there: of what went on when the page was left. */
  begin(): void {
    // After that of `Asking`: between two such, what was being fetched fails, and it has to know first why.
    addEventListener("pagehide", () => this.#left());
    addEventListener("pageshow", (event) => event.persisted && rememberInTab("left-run", null));
    const left = recallInTab("left-run");
    if (left === null) return;
    rememberInTab("left-run", null);
    this.#page.asking.tell({ text: leftWords(left === "begun"), tone: "neutral" });
  }

  /** Closed or read anew: what it runs ends with the page, which will not hear how. */
  #left(): void {
    if (!this.isBusy) return;
    const hasBegun = this.state.kind === "running";
    if (hasBegun) this.#page.history.runLeft(LEFT, withoutEscapes(this.#transcript.output));
    rememberInTab("left-run", hasBegun ? "begun" : "starting");
  }

  remind(): void {
    const isStopping = isUnderWay(this.state) && this.state.stopping;
    if (isStopping || performance.now() - this.#startedAt < BY_ACCIDENT_MS) return;
    this.isReminding = true;
    clearTimeout(this.#reminder);
    this.#reminder = setTimeout(() => (this.isReminding = false), REMINDER_MS);
  }

  /** `byItself`: nobody pressed anything. */
  async start({ byItself = false } = {}): Promise<void> {
    const { asking, editor, history, proposal, repairs, terminal } = this.#page;
    if (this.isBusy || asking.isInEditor || editor === null || terminal === null) return;
    this.#startedAt = performance.now();
    this.#focus.begin(byItself);
    editor.closeOffers();
    // What is run is the program: a change that is only proposed is accepted by it.
    proposal.accept();
    this.forgetUnrun();
    this.#page.results.begin(); // what is not run either shows nothing, and what the last run did would seem its own
    asking.status = null;
    repairs.left(null);
    history.runBegins(editor.text);
    this.#page.program.save();
    this.#code = editor.text;
    await this.#startAt(this.#page.places.place);
  }

  /** What was said of a program that was not run: by now something else is to be said. */
  forgetUnrun(): void {
    this.missing = [];
    this.explanation = [];
  }

  againWith(raise: Raise): void {
    this.#limits = { ...this.#limits, [raise.limit]: raise.value };
    void this.start();
  }

  stop(): void {
    this.isReminding = false;
    this.#page.terminal?.discardWaiting();
    if (this.#program !== null) this.#program.stop();
    else if (this.isBusy) {
      // Python is still being loaded, or its files are being read.
      this.#giveUp();
      this.#page.asking.tell({ text: UNSTARTED, tone: "neutral" });
    }
  }

  type(text: string): void {
    this.#transcript.typed(text);
    this.#program?.send({ type: "stdin", text });
  }

  endInput(): void {
    this.#program?.send({ type: "stdin_eof" });
  }

  interrupt(): void {
    this.#program?.send({ type: "signal", name: "SIGINT" });
  }

  resized(size: { columns: number; rows: number }): void {
    this.#program?.send({ type: "resize", ...size });
  }

  async #startAt(place: Place): Promise<void> {
    const { editor, files, places, terminal } = this.#page;
    if (editor === null || terminal === null) return;
    editor.showFailure(null);
    this.#program = null;
    this.failure = null;
    this.#transcript = new Transcript();
    this.hasRun = true;
    this.hasOutput = false;
    this.#page.view = "output";
    this.#page.tabs.begin();
    this.#page.results.begin();
    terminal.clear();
    const starting: RunState = { kind: "starting", where: place === "server" ? "sandbox" : "browser", stopping: false };
    this.state = starting;
    const transport = place === "server" ? places.onServer : await places.loadBrowser();
    if (this.state !== starting) return; // it was stopped, and perhaps started again
    const given = await files.forRun();
    if (this.state !== starting) return;
    if (transport === null || "problem" in given) {
      this.#giveUp();
      if (transport === null) this.#explain();
      else if ("problem" in given) this.#page.say(given.problem);
      return;
    }
    const missing = "missing" in transport ? transport.missing(this.#code, given.files) : [];
    if (missing.length > 0) {
      this.#giveUp();
      this.missing = missing;
      return;
    }
    const connection = place === "browser" ? "pipes" : "terminal";
    files.runBegins(transport);
    terminal.begin(connection);
    flushSync(); // what is hidden takes no focus, and the last run may have brought its results forward
    // A finger's keyboard would cover what the program says: it comes when that asks.
    if (!isTouched() && this.#focus.mayMove()) terminal.focus();
    const start: Start = {
      type: "start",
      code: this.#code,
      terminal: connection === "terminal" ? terminal.size : null,
      limits: this.#limits,
      files: given.files,
      display: true,
      ...(connection === "pipes" ? { stdin: this.givenInput } : {}),
    };
    this.#program = new ProgramRun(
      transport,
      start,
      {
        state: (state) => this.#became(state),
        output: (text, stream) => this.#wrote(text, stream),
        shown: (event) => this.#showed(event),
        made: (artifact) => files.runMade(artifact),
      },
      () => performance.now(),
    );
  }

  /** Before there is a program. */
  #giveUp(): void {
    this.#page.terminal?.end();
    this.hasRun = false;
    this.state = { kind: "idle" };
  }

  #wrote(text: string, stream: Stream): void {
    this.hasOutput = true;
    this.#page.terminal?.write(text, stream);
    this.#page.results.printed(text);
    this.#transcript.wrote(text, stream);
  }

  #showed(event: DisplayEvent): void {
    this.#page.results.shown(event);
    this.#page.tabs.shown();
  }

  #became(state: RunState): void {
    const wasAsking = this.state.kind === "running" && this.state.asking !== null;
    this.state = state;
    clearInterval(this.#clock);
    if (state.kind === "running") {
      this.elapsed = performance.now() - state.since;
      this.#clock = setInterval(() => {
        this.elapsed = performance.now() - state.since;
      }, 1000);
    }
    const { results, tabs, terminal } = this.#page;
    const isAsking = state.kind === "running" && state.asking !== null;
    const comesBack = tabs.asks(isAsking);
    // When it is seen: what is hidden takes no focus.
    if ((comesBack || (isAsking && !wasAsking && isTouched())) && this.#focus.mayMove())
      requestAnimationFrame(() => this.#page.terminal?.focus());
    if (isUnderWay(state)) return;
    terminal?.end();
    results.end();
    tabs.end(results.feed.shown > 0, state.kind === "finished" && state.result.success);
    if (state.kind === "finished") this.#page.files.runSkipped(state.result.artifacts_skipped);
    if (state.kind === "finished" && !state.result.success && state.result.status === "completed") {
      this.failure = readFailure(this.#transcript.errors);
      // Which line that is in another text, nobody knows.
      if (this.#page.editor?.text === this.#code) this.#page.editor.showFailure(this.failure);
    }
    if (state.kind === "finished") this.#ended(state);
    if (state.kind === "lost") {
      this.#page.places.askServer();
      if (state.started || state.stopped) return;
      if (state.where === "browser") this.#explain();
      else void this.#fallBack(state.lost.message);
    }
    if (state.kind === "refused") {
      if (state.refusal.code === "unauthorized") this.#page.places.askServer();
      const cannot = ["busy", "unavailable", "internal"].includes(state.refusal.code);
      if (state.where === "sandbox" && cannot && !state.stopped) void this.#fallBack(state.refusal.error);
    }
  }

  /** For the history, and for who may repair it. */
  #ended(state: Extract<RunState, { kind: "finished" }>): void {
    const { history, repairs } = this.#page;
    const said = statusOf(state, 0, this.#page.results.feed.shown, this.failure);
    const step = history.runEnds(said, state.result.success, withoutEscapes(this.#transcript.output));
    repairs.ran(step, state.result, said.text, this.#transcript);
  }

  /** The server would not run it: it is run here instead, for real, and that is said first. */
  async #fallBack(reason: string): Promise<void> {
    this.#page.places.useBrowser(reason);
    await this.#startAt("browser");
  }

  /** Nothing can run it: then what can be said of it, and that it was not run. */
  #explain(): void {
    this.explanation = explain(this.#code);
  }
}
