/** Knows whether the server can run programs now, and says so when that changes. */

import type { Health } from "../core/wire.gen";
import { bearer, EXECUTE } from "./api";

export type ServerState =
  | { readonly kind: "unknown" }
  | { readonly kind: "ready"; readonly health: Health }
  /** It answers, and can run nothing now; the message is its own. */
  | { readonly kind: "unavailable"; readonly message: string }
  /** It wants a token, and has none or a wrong one. */
  | { readonly kind: "locked"; readonly refused: boolean }
  | { readonly kind: "gone" };

const QUIET_MS = 15_000;
const ANXIOUS_MS = 2_000;
/** The contract has it answer within 100 ms. It is gone when it was late twice in a row. */
const PATIENCE_MS = 4_000;

export class ServerWatch {
  readonly #token: () => string | null;
  readonly #changed: (state: ServerState) => void;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #asking: Promise<void> | null = null;
  #state: ServerState = { kind: "unknown" };

  constructor(token: () => string | null, changed: (state: ServerState) => void) {
    this.#token = token;
    this.#changed = changed;
  }

  start(): void {
    addEventListener("online", this.#look);
    addEventListener("offline", this.#look);
    document.addEventListener("visibilitychange", this.#look);
    this.#look();
  }

  /** Ask now, because something has failed or somebody waits. */
  ask(): Promise<void> {
    this.#asking ??= this.#ask().finally(() => {
      this.#asking = null;
    });
    return this.#asking;
  }

  readonly #look = (): void => {
    void this.ask();
  };

  async #ask(): Promise<void> {
    clearTimeout(this.#timer);
    this.#state = await this.#found();
    this.#changed(this.#state);
    // A page that nobody looks at asks when it is looked at again.
    if (document.visibilityState === "visible")
      this.#timer = setTimeout(this.#look, this.#state.kind === "ready" ? QUIET_MS : ANXIOUS_MS);
  }

  async #found(): Promise<ServerState> {
    try {
      return await this.#answer();
    } catch (failure) {
      // Who is busy with other work may be late once; who refuses, or was gone before, is not asked twice.
      const isLate = failure instanceof DOMException && failure.name === "TimeoutError";
      if (!isLate || this.#state.kind === "gone") return { kind: "gone" };
    }
    return this.#answer().catch(() => ({ kind: "gone" }));
  }

  async #answer(): Promise<ServerState> {
    const token = this.#token();
    const response = await fetch(EXECUTE, {
      headers: bearer(token),
      cache: "no-store",
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    if (response.status === 401) return { kind: "locked", refused: token !== null };
    const said = (await response.json()) as Partial<Health>;
    if (response.ok && said.status === "ok") return { kind: "ready", health: said as Health };
    return { kind: "unavailable", message: said.message ?? "The server cannot run programs now." };
  }
}
