/** The life of one run, from Run to its end, whoever runs it. */

import type { Conversation, InputMessage, Lost, Start, Transport } from "./transport";
import type { ArtifactEvent, DisplayEvent, Event, FinishedEvent, RefusedEvent } from "./wire.gen";

export type Where = Transport["where"];
export type Stream = "terminal" | "stdout" | "stderr";

/** `stopping`: somebody asked for its end; `stopped`: they had, before it was known how it ended. */
export type RunState =
  | { readonly kind: "idle" }
  | UnderWay
  | { readonly kind: "finished"; readonly where: Where; readonly result: FinishedEvent }
  | { readonly kind: "refused"; readonly where: Where; readonly refusal: RefusedEvent; readonly stopped: boolean }
  | {
      readonly kind: "lost";
      readonly where: Where;
      readonly lost: Lost;
      readonly started: boolean;
      readonly stopped: boolean;
    };

export type UnderWay =
  | { readonly kind: "starting"; readonly where: Where; readonly stopping: boolean }
  | { readonly kind: "queued"; readonly where: Where; readonly position: number; readonly stopping: boolean }
  | Running;

/** Of a prompt that comes in pieces, so much of the first is looked for at the end of an output. */
const LONGEST_CUT = 200;
/** What sends a line that is typed, interrupts the program, or ends its input: on a real terminal each key is a message. */
const ENDS_ANSWER = /[\r\n\x03\x04]/;

export interface Running {
  readonly kind: "running";
  readonly where: Where;
  /** By the clock that `now` reads. */
  readonly since: number;
  /** The prompt of the `input()` that it waits in, as far as it said so. */
  readonly asking: string | null;
  /** Whether an answer is begun: its terminal then says what is typed, which is no word of the program's. */
  readonly isTyping: boolean;
  readonly stopping: boolean;
}

export interface RunListener {
  state(state: RunState): void;
  output(text: string, stream: Stream): void;
  shown(event: DisplayEvent): void;
  made(event: ArtifactEvent): void;
}

/** Whether a program may be going on. */
export function isUnderWay(state: RunState): state is UnderWay {
  return state.kind === "starting" || state.kind === "queued" || state.kind === "running";
}

/** What a state becomes when the run says something; output changes it only in that nothing is asked any more. */
export function after(state: RunState, event: Event, now: number): RunState {
  if (!isUnderWay(state)) return state;
  const { where, stopping } = state;
  switch (event.type) {
    case "queued":
      return state.kind === "running" ? state : { kind: "queued", where, position: event.position, stopping };
    case "started":
      return { kind: "running", where, since: now, asking: null, isTyping: false, stopping };
    case "input_requested":
      return state.kind === "running" ? { ...state, asking: event.prompt, isTyping: false } : state;
    case "stdout":
    case "stderr":
    case "terminal":
      if (state.kind !== "running" || state.asking === null || belongsTo(event.text, state.asking)) return state;
      // An echo has no end of a row before the answer has its own.
      return state.isTyping && !event.text.includes("\n") ? state : { ...state, asking: null };
    case "display":
    case "artifact":
      return state;
    case "finished":
      return { kind: "finished", where, result: event };
    case "refused":
      return { kind: "refused", where, refusal: event, stopped: stopping };
  }
}

/**
 * Whether an output is the prompt, or a piece of it: a program says that it asks before it writes what it asks, and where
 * the machine is busy that comes later than the word of it.
 */
function belongsTo(output: string, prompt: string): boolean {
  const said = output.replaceAll("\r\n", "\n");
  if (prompt.includes(said) || (prompt !== "" && said.endsWith(prompt))) return true;
  for (let length = Math.min(said.length, prompt.length, LONGEST_CUT); length > 0; length--)
    if (prompt.startsWith(said.slice(-length))) return true;
  return false;
}

export class ProgramRun {
  readonly #listener: RunListener;
  readonly #now: () => number;
  #conversation: Conversation;
  #state: RunState;

  constructor(transport: Transport, start: Start, listener: RunListener, now: () => number) {
    this.#listener = listener;
    this.#now = now;
    this.#state = { kind: "starting", where: transport.where, stopping: false };
    listener.state(this.#state);
    this.#conversation = transport.start(start, {
      event: (event) => this.#hear(event),
      lost: (lost) => this.#lose(lost),
    });
  }

  get state(): RunState {
    return this.#state;
  }

  send(message: InputMessage): void {
    if (!isUnderWay(this.#state)) return;
    if (this.#state.kind === "running" && this.#state.asking !== null) {
      if (message.type === "stdin_eof" || (message.type === "stdin" && ENDS_ANSWER.test(message.text)))
        this.#become({ ...this.#state, asking: null });
      else if (message.type === "stdin" && !this.#state.isTyping) this.#become({ ...this.#state, isTyping: true });
    }
    this.#conversation.send(message);
  }

  /** With an interrupt first, which a program may use to tidy up; asked again, at once. */
  stop(): void {
    if (!isUnderWay(this.#state)) return;
    this.#become({ ...this.#state, stopping: true });
    this.#conversation.send({ type: "stop" });
  }

  #hear(event: Event): void {
    if (event.type === "stdout" || event.type === "stderr" || event.type === "terminal")
      this.#listener.output(event.text, event.type);
    else if (event.type === "display") this.#listener.shown(event);
    else if (event.type === "artifact") this.#listener.made(event);
    this.#become(after(this.#state, event, this.#now()));
  }

  #lose(lost: Lost): void {
    if (!isUnderWay(this.#state)) return;
    const { kind, where, stopping } = this.#state;
    this.#become({ kind: "lost", where, lost, started: kind === "running", stopped: stopping });
  }

  #become(state: RunState): void {
    if (state === this.#state) return;
    this.#state = state;
    this.#listener.state(state);
  }
}
