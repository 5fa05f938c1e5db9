/**
 * Output on its way to the screen. A program can write faster than a screen can be drawn: only a small part is handed over at
 * a time, the next when that is drawn, so that the page stays awake and what waits can still be thrown away. How much
 * can wait is bounded by the output limit of the run.
 */
export class OutputQueue {
  readonly #draw: (text: string, drawn: () => void) => void;
  #waiting: string[] = [];
  #drawing = false;
  #settlers: (() => void)[] = [];

  /** As much as is drawn in about one frame. */
  static readonly PART = 64 * 1024;

  constructor(draw: (text: string, drawn: () => void) => void) {
    this.#draw = draw;
  }

  push(text: string): void {
    if (text !== "") this.#waiting.push(text);
    if (!this.#drawing) this.#next();
  }

  /** Throw away what waits. */
  discard(): void {
    this.#waiting = [];
  }

  /** When nothing waits any more: all is on the screen, or thrown away. */
  settled(): Promise<void> {
    if (!this.#drawing) return Promise.resolve();
    return new Promise((settle) => this.#settlers.push(settle));
  }

  #next(): void {
    const part = this.#take();
    this.#drawing = part !== "";
    if (this.#drawing) {
      this.#draw(part, () => {
        this.#next();
      });
      return;
    }
    const settlers = this.#settlers;
    this.#settlers = [];
    for (const settle of settlers) settle();
  }

  /** Small texts together, and a part of one that is large: never half of a surrogate pair. */
  #take(): string {
    let length = 0;
    let count = 0;
    for (const text of this.#waiting) {
      if (count > 0 && length + text.length > OutputQueue.PART) break;
      length += text.length;
      count++;
    }
    const text = this.#waiting.splice(0, count).join("");
    if (text.length <= OutputQueue.PART) return text;
    const last = text.charCodeAt(OutputQueue.PART - 1);
    const end = last >= 0xd800 && last < 0xdc00 ? OutputQueue.PART - 1 : OutputQueue.PART;
    this.#waiting.unshift(text.slice(end));
    return text.slice(0, end);
  }
}
