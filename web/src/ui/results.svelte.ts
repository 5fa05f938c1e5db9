/** What the last run has shown. */

import { EMPTY, itemsOf, withPrinted, withShown, type Feed } from "../core/feed";
import type { DisplayEvent } from "../core/wire.gen";

/** A program can show and print faster than anybody sees: so often is drawn anew, and no more. */
const DRAW_MS = 100;

export class Results {
  feed: Feed = $state.raw(EMPTY);
  readonly items = $derived(itemsOf(this.feed));

  #feed = EMPTY;
  #timer: ReturnType<typeof setTimeout> | undefined;

  begin(): void {
    this.#feed = EMPTY;
    this.#draw();
  }

  printed(text: string): void {
    this.#feed = withPrinted(this.#feed, text);
    // As long as nothing was shown the text is the terminal's alone.
    if (this.#feed.shown > 0) this.#drawSoon();
  }

  shown(event: DisplayEvent): void {
    this.#feed = withShown(this.#feed, event);
    this.#drawSoon();
  }

  end(): void {
    this.#draw();
  }

  /** At once when nothing was drawn just now. */
  #drawSoon(): void {
    if (this.#timer !== undefined) return;
    this.#draw();
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      if (this.feed !== this.#feed) this.#drawSoon();
    }, DRAW_MS);
  }

  #draw(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.feed = this.#feed;
  }
}
