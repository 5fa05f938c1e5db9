/**
 * The browser's Back, for what lies over the page: it closes what is on top, where it would else leave the page. Each thing
 * that is open has an entry in the session's history, which is gone back from when it is closed by other means.
 */

/** As much of the browser's `history` as it takes. */
export interface Entries {
  readonly state: unknown;
  pushState(state: unknown, unused: string): void;
  go(by: number): void;
}

/** A frame may have gone somewhere meanwhile: then its step is undone instead of ours, and nobody hears of that. */
const PATIENCE_MS = 3000;

export class Back {
  readonly #entries: Entries;
  readonly #closeTop: () => void;
  #open = 0;
  /** Until we are where we went back to; nothing can be added meanwhile. */
  #going: Promise<void> | null = null;
  #arrive = (): void => undefined;

  constructor(entries: Entries, closeTop: () => void) {
    this.#entries = entries;
    this.#closeTop = closeTop;
  }

  /** So many things lie over the page now. After a reload it is none, whatever was open. */
  follow(open: number): void {
    this.#open = open;
    this.#settle();
  }

  /** The browser is at another entry: by our doing, or because somebody went back, or forward. */
  moved(): void {
    const isOurs = this.#going !== null;
    this.#arrive();
    if (isOurs || this.#depth >= this.#open) this.#settle();
    else for (let more = this.#open - this.#depth; more > 0; more--) this.#closeTop();
  }

  /** When the address is that of the page, and stays. */
  async settled(): Promise<void> {
    await this.#going;
  }

  /** How many things have an entry, up to this one. */
  get #depth(): number {
    const { state } = this.#entries;
    const over = typeof state === "object" && state !== null && "over" in state ? state.over : 0;
    return typeof over === "number" ? over : 0;
  }

  #settle(): void {
    if (this.#going !== null) return;
    const more = this.#open - this.#depth;
    if (more < 0) this.#goBack(-more);
    for (let over = this.#depth + 1; over <= this.#open; over++) {
      try {
        this.#entries.pushState({ over }, "");
      } catch {
        return; // too often in a short time, for some browsers: then Back leaves the page
      }
    }
  }

  #goBack(by: number): void {
    const timer = setTimeout(() => this.#arrive(), PATIENCE_MS);
    this.#going = new Promise((done) => {
      this.#arrive = () => {
        clearTimeout(timer);
        this.#going = null;
        this.#arrive = () => undefined;
        done();
      };
    });
    this.#entries.go(-by);
  }
}
