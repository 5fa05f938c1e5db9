/** The seam of the page: one way to run programs. A change of transport is all that the fallback is. */

import type {
  Artifact,
  Event,
  ResizeMessage,
  SignalMessage,
  StartMessage,
  StdinEofMessage,
  StdinMessage,
  StopMessage,
} from "./wire.gen";

/** A run to start: what is left out has the request's defaults. */
export type Start = Pick<StartMessage, "type" | "code"> & Partial<StartMessage>;

/** What may be said to a program that has been started. */
export type InputMessage = StdinMessage | StdinEofMessage | ResizeMessage | SignalMessage | StopMessage;

/** Why no last event will come: never the program's fault. */
export interface Lost {
  /**
   * `unreachable`: it was not started. `broken`: it may have run, and how it ended is not known. `unstarted`: it was
   * stopped before it was started.
   */
  readonly kind: "unreachable" | "broken" | "unstarted";
  /** One sentence that says what to do. */
  readonly message: string;
}

export interface Listener {
  /** In the order of the contract; the last is `finished` or `refused`. */
  event(event: Event): void;
  /** Instead of a last event, once. */
  lost(lost: Lost): void;
}

export interface Transport {
  readonly where: "sandbox" | "browser";
  /** Never throws; the listener is called later, never from within. */
  start(start: Start, listener: Listener): Conversation;
  /** What is in a file that a run on it made. Never throws. */
  content(artifact: Artifact): Promise<Content>;
}

/** The bytes, or one sentence that says why they cannot be had. */
export type Content = { readonly bytes: Uint8Array<ArrayBuffer> } | { readonly problem: string };

/** One run. What is sent after its end goes nowhere. */
export interface Conversation {
  send(message: InputMessage): void;
}
