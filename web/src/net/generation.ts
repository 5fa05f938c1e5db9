/** From a prompt to a program, by the server: one request, its events as they come. */

import type { Refused } from "../core/draft";
import { EventReader } from "../core/server_sent_events";
import type { GenerateEvent, GenerateRequest, RefusalBody } from "../core/wire.gen";
import { bearer, GENERATE } from "./api";

export interface DraftListener {
  /** In the order of the contract; the last is `done` or `refused`. */
  event(event: GenerateEvent): void;
  /** Instead of any event. */
  refused(refusal: Refused): void;
  /** Instead of a last event: one sentence. */
  lost(message: string): void;
}

/** What is left out has the request's defaults. */
export type Asked = Pick<GenerateRequest, "prompt"> & Partial<GenerateRequest>;

const GONE = "The server cannot be reached: nothing was written. It may have been stopped, or the network is down.";
const BROKEN = "The connection to the server broke before the program was whole.";
const SILENT = "The server has not said anything for a minute, so I stopped waiting.";
/** It says something every 15 seconds, if only that it is there. */
const PATIENCE_MS = 60_000;

/**
 * Never throws; the listener is called later, never from within, and its own faults are reported as such. What is returned
 * hangs up, and then it is not called.
 */
export function generate(asked: Asked, token: string | null, listener: DraftListener): () => void {
  const request = new Generation(asked, token, listener);
  void request.go();
  return () => request.hangUp();
}

class Generation {
  readonly #asked: Asked;
  readonly #token: string | null;
  readonly #listener: DraftListener;
  readonly #abort = new AbortController();
  #over = false;
  #begun = false;
  #silence: ReturnType<typeof setTimeout> | undefined;

  constructor(asked: Asked, token: string | null, listener: DraftListener) {
    this.#asked = asked;
    this.#token = token;
    this.#listener = listener;
  }

  async go(): Promise<void> {
    try {
      this.#heard();
      const response = await fetch(GENERATE, {
        method: "POST",
        headers: { ...bearer(this.#token), "Content-Type": "application/json", Accept: "text/event-stream" },
        body: JSON.stringify(this.#asked),
        cache: "no-store",
        signal: this.#abort.signal,
      });
      if (response.ok && response.body !== null) await this.#read(response.body);
      else this.#refuse((await response.json()) as RefusalBody);
    } catch {
      // What went wrong is said below; a person who hung up hears nothing.
    }
    if (!this.#over) this.#lose(this.#begun ? BROKEN : GONE);
    clearTimeout(this.#silence);
  }

  hangUp(): void {
    this.#over = true;
    clearTimeout(this.#silence);
    this.#abort.abort();
  }

  async #read(body: ReadableStream<Uint8Array>): Promise<void> {
    const reader = body.getReader();
    const decoder = new TextDecoder();
    const events = new EventReader();
    for (let piece = await reader.read(); !piece.done && !this.#over; piece = await reader.read()) {
      this.#heard();
      for (const { data } of events.feed(decoder.decode(piece.value, { stream: true })))
        this.#tell(JSON.parse(data) as GenerateEvent);
    }
  }

  #tell(event: GenerateEvent): void {
    if (this.#over) return;
    this.#begun = true;
    this.#over = event.type === "done" || event.type === "refused";
    this.#call(() => this.#listener.event(event));
  }

  #refuse(refusal: RefusalBody): void {
    if (this.#over) return;
    this.#over = true;
    this.#call(() => this.#listener.refused(refusal));
  }

  /** The server need not go on either. */
  #lose(message: string): void {
    this.#over = true;
    this.#abort.abort();
    this.#call(() => this.#listener.lost(message));
  }

  /** What goes wrong there is neither the server's nor the network's: the rest is told all the same. */
  #call(tell: () => void): void {
    try {
      tell();
    } catch (error) {
      reportError(error);
    }
  }

  #heard(): void {
    clearTimeout(this.#silence);
    this.#silence = setTimeout(() => {
      if (!this.#over) this.#lose(SILENT);
    }, PATIENCE_MS);
  }
}
