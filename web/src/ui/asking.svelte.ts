/** From a prompt to a program: what was asked, what is being written, and where it goes when it is whole. */

import {
  afterEvent,
  ASKED,
  cancelled,
  isBeingWritten,
  isTooLong,
  linesOf,
  lost,
  refused,
  type Draft,
} from "../core/draft";
import { draftStatus, lineWords, TOO_LONG, worthSaying, type Arrival } from "../core/draft_words";
import { isSameProgram, UNCHANGED, type Repair } from "../core/repair";
import { conversation, type How, type NewStep, type Source, type Step } from "../core/versions";
import type { ProblemIn } from "../core/wire.gen";
import type { Status } from "../core/words";
import { generate, type Asked } from "../net/generation";
import { isProgram } from "./history.svelte";
import type { Page } from "./page.svelte";

/** A small model has a small memory; the server shows it what fits. */
const EARLIER_PROMPTS = 8;
/** How often a growing program is drawn for those who want little to move. */
const BLOCK_MS = 1000;
const HEARD_MS = 5000;

export interface Options extends Partial<How> {
  readonly repair?: Repair;
  readonly problem?: ProblemIn;
  /** As the history has it, where that is not what is sent. */
  readonly shown?: string;
}

/** What goes on, until its end. */
interface UnderWay {
  readonly prompt: string;
  readonly how: How;
  readonly repair: Repair | null;
  readonly arrival: Arrival;
  /** With the program, for what takes none as it seemed: a model that was connected since makes a change of it. */
  readonly sentAlone: boolean;
  /** The editor's text before. */
  readonly before: string;
  readonly hangUp: () => void;
}

export class Asking {
  prompt = $state("");
  draft: Draft | null = $state.raw(null);
  /** The prompt that it answers. */
  asked = $state("");
  /** All of a long one is shown, also by the step that it becomes. */
  isAskedWhole = $state(false);
  /** The person wants another program, not a change of this one. */
  wantsNew = $state(false);
  /** For the status line; null when it is about something else again. */
  status: Status | null = $state.raw(null);
  /** What a screen reader hears of it. */
  said = $state("");
  /** Whether the program grows in the editor right now. */
  isInEditor = $state(false);

  readonly isBusy = $derived(isBeingWritten(this.draft));
  readonly lines = $derived(this.draft === null ? 0 : linesOf(this.draft.code));

  readonly #page: Page;
  #underWay: UnderWay | null = null;
  /** Why nothing more was written. */
  #stopped = "";
  #drawn = 0;
  #isDrawing = false;
  #looked = false;
  #heard = { lines: 0, at: 0 };

  constructor(page: Page) {
    this.#page = page;
    // Closed or read anew: what was asked for is not lost with it.
    addEventListener("pagehide", () => {
      if (!this.isBusy) return;
      this.stop("The page was closed while it was written.");
      page.history.save();
    });
  }

  /** Why nothing can be asked now, in a sentence; or null. */
  get blocked(): string | null {
    if (this.isBusy) return "A program is being written: stop it first.";
    if (this.#page.proposal.isOpen) return "Accept or reject the change first.";
    return this.unreachable;
  }

  /** Why the server cannot be asked. */
  get unreachable(): string | null {
    switch (this.#page.places.server.kind) {
      case "gone":
        return "The server cannot be reached, and without it no program can be written for you. You can write one yourself and run it in this browser.";
      case "locked":
        return "The server wants its token first.";
      default:
        return null;
    }
  }

  /** Whether what is asked for is a change of the program that is there. */
  get changesProgram(): boolean {
    return !this.wantsNew && this.#canChange;
  }

  get #canChange(): boolean {
    const { models, program } = this.#page;
    return models.current !== null && program.hasAny;
  }

  /** What stands in the box. */
  send(): void {
    const prompt = this.prompt.trim();
    if (prompt === "" || this.blocked !== null) return;
    this.prompt = "";
    this.ask(prompt);
  }

  /** For the same as when nothing came of it. */
  askAgain({ prompt, how }: Step): void {
    if (prompt === null) return;
    if (this.prompt === prompt) {
      this.prompt = "";
      this.wantsNew = false;
    }
    this.ask(prompt, how);
  }

  ask(prompt: string, how: Options = {}): void {
    const { editor, history, models, places, program } = this.#page;
    if (editor === null || this.blocked !== null) return;
    const before = editor.text;
    const isNew = how.isNew ?? this.wantsNew;
    const change = how.problem !== undefined || (how.model === undefined && !isNew && this.#canChange);
    const tooLong = isTooLong(before);
    if (change && tooLong) {
      this.tell({ text: TOO_LONG, tone: "bad" });
      if (this.prompt === "" && how.shown === undefined) this.prompt = prompt;
      return;
    }
    const isUnchanged = !isProgram(before) || history.current?.code === before;
    history.keep(before);
    const model = how.model ?? models.wanted;
    // A recipe changes nothing; but with the program there, it can be said that a change needs a model.
    const sentAlone = !change && how.model === undefined && !isNew && program.hasAny && !tooLong;
    const asked: Asked = {
      prompt,
      model,
      ...(change
        ? { code: before, history: how.problem === undefined ? conversation(history.line, EARLIER_PROMPTS) : [] }
        : sentAlone
          ? { code: before }
          : {}),
      ...(how.problem === undefined ? {} : { problem: how.problem }),
    };
    this.#page.running.forgetUnrun();
    this.asked = how.shown ?? prompt;
    this.isAskedWhole = false;
    this.#heard = { lines: 0, at: performance.now() };
    this.#drawn = 0;
    this.#looked = false;
    this.#become(ASKED);
    const hangUp = generate(asked, places.token(), {
      event: (event) => this.#become(afterEvent(this.draft ?? ASKED, event)),
      refused: (refusal) => this.#become(refused(this.draft ?? ASKED, refusal)),
      lost: (message) => this.#become(lost(this.draft ?? ASKED, message)),
    });
    const arrival = !change && isUnchanged ? "program" : "change";
    const kept = how.model === undefined ? { isNew } : { isNew, model: how.model };
    this.#underWay = { prompt: this.asked, how: kept, repair: how.repair ?? null, arrival, sentAlone, before, hangUp };
    if (how.isNew === undefined) this.wantsNew = false;
    this.#page.keepFocus(() => this.#page.focusPrompt());
  }

  stop(why = "You stopped it."): void {
    if (!this.isBusy || this.draft === null) return;
    this.#underWay?.hangUp();
    this.#stopped = why;
    this.#become(cancelled(this.draft));
  }

  /** Before another program takes the place of what is there: nothing may be in the way. */
  leave(): void {
    this.stop();
    if (!this.#page.proposal.isOpen) return;
    this.#page.proposal.reject();
    this.status = null;
  }

  /** What became of what was written. */
  tell(status: Status): void {
    this.status = status;
    this.said = status.text;
  }

  /** What is to be remembered as the program: never one that is half written, or not accepted. */
  get program(): string | null {
    return this.isInEditor ? (this.#underWay?.before ?? null) : this.#page.proposal.before;
  }

  #become(draft: Draft): void {
    if (this.draft === draft) return;
    this.draft = draft;
    const { models } = this.#page;
    // One that was connected since.
    if (draft.source?.kind === "model" && models.current === null && !this.#looked) {
      this.#looked = true;
      void models.look();
    }
    if (draft.kind === "writing") this.#drawSoon();
    if (isBeingWritten(draft)) this.#tell(draft);
    else this.#end(draft);
  }

  #tell(draft: Draft): void {
    this.status = draftStatus(draft, "program");
    const lines = linesOf(draft.code);
    const now = performance.now();
    if (draft.kind === "asking") this.said = this.status.text;
    else if (worthSaying(lines, this.#heard.lines) && now - this.#heard.at > HEARD_MS) {
      this.#heard = { lines, at: now };
      this.said = `Writing code, ${lineWords(lines)}.`;
    }
  }

  /** At most once a frame, however fast it is written. */
  #drawSoon(): void {
    if (this.#underWay?.arrival === "change" || this.#isDrawing) return;
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches && this.isInEditor;
    this.#isDrawing = true;
    const draw = (): void => {
      this.#isDrawing = false;
      this.#draw();
    };
    if (calm) setTimeout(draw, BLOCK_MS);
    else requestAnimationFrame(draw);
  }

  #draw(): void {
    const { editor } = this.#page;
    const { draft } = this;
    if (editor === null || draft === null || !this.isBusy || draft.code === "") return;
    if (!this.isInEditor) {
      if (editor.text !== this.#underWay?.before) return;
      this.isInEditor = true;
      editor.beginWriting();
    }
    editor.write(draft.code.slice(this.#drawn));
    this.#drawn = draft.code.length;
  }

  #end(draft: Draft): void {
    const { editor, history, program, repairs } = this.#page;
    const underWay = this.#underWay;
    this.#underWay = null;
    if (underWay === null || editor === null) return;
    const { before, how, prompt, repair, sentAlone } = underWay;
    const wasInEditor = this.isInEditor;
    this.isInEditor = false;
    // The person may have gone on writing meanwhile.
    const now = wasInEditor ? before : editor.text;
    const isChange = now !== before || (sentAlone && draft.source?.kind === "model");
    const arrival = isChange ? "change" : underWay.arrival;
    history.keep(now);
    const arrives = draft.kind === "done" && draft.done.problem === null && draft.done.code !== null;
    const keepsPart = draft.kind === "cancelled" && draft.code.trim() !== "" && before.trim() === "";
    if (arrives && arrival === "program") editor.endWriting(draft.code);
    else if (wasInEditor) editor.endWriting(keepsPart ? draft.code : before);
    const step = history.add({ ...stepOf(draft, arrival, this.#stopped), prompt, how, repair });
    this.status = draftStatus(draft, arrival);
    if (draft.kind === "cancelled") this.status = { text: stopped(draft, keepsPart), tone: "neutral" };
    if (arrives && arrival === "change" && step.code !== null && isSameProgram(step.code, now)) {
      const note = repair === null ? "It is the program as it was." : UNCHANGED;
      history.change(step.id, { code: now, outcome: "kept", note });
      this.status = { text: repair === null ? "Nothing is changed." : note, tone: "neutral" };
    } else if (arrives && arrival === "change") {
      this.#page.proposal.open(step);
      // From where it was asked to be repaired.
      if (this.#page.view === "output") this.#page.view = "code";
    }
    this.said = this.status.text;
    // What was asked is a step now, and its button another one.
    this.#page.keepFocus(() => this.#page.focusPrompt());
    // Not one that was for another than the box would ask.
    if (!arrives && this.prompt === "" && repair === null && how.model === undefined) {
      this.prompt = prompt;
      this.wantsNew = how.isNew;
    }
    program.save();
    if (draft.kind === "refused" && draft.refusal.code === "unauthorized") this.#page.places.askServer();
    if (draft.kind === "lost") this.#page.places.askServer();
    repairs.drafted(step, { arrives, isAnswered: draft.kind === "done" });
  }
}

function stopped(draft: Draft, keepsPart: boolean): string {
  if (draft.code.trim() === "") return "Stopped before any code was written.";
  if (keepsPart) return "Stopped. What had been written is in the editor: it is not a whole program.";
  return "Stopped. What had been written is a draft in the history; your program is as it was.";
}

/** What the history has of it. */
function stepOf(draft: Draft, arrival: Arrival, why: string): NewStep {
  const source: Source =
    draft.source === null
      ? { kind: "model", title: "", words: [] }
      : { kind: draft.source.kind, title: draft.source.title, words: draft.source.words };
  const code = draft.code.trim() === "" ? null : draft.code;
  const step = { source, title: source.title, prose: draft.prose, code };
  switch (draft.kind) {
    case "done": {
      const { title, problem } = draft.done;
      const note = problem?.message ?? (code === null ? "The answer holds no program." : null);
      if (note !== null) return { ...step, title, outcome: code === null ? "refused" : "faulty", note };
      return { ...step, title, outcome: arrival === "change" ? "proposed" : "kept" };
    }
    case "refused":
      return {
        ...step,
        outcome: code === null ? "refused" : "unfinished",
        note: draft.refusal.error,
        refusal: draft.refusal.code,
      };
    case "lost":
      return { ...step, outcome: code === null ? "refused" : "unfinished", note: draft.message };
    default:
      return { ...step, outcome: code === null ? "refused" : "unfinished", note: why };
  }
}
