/** How much of the code's width is seen, told to style sheets: for what is to be seen whole, however long the lines are. */
import { ViewPlugin } from "@codemirror/view";
import type { EditorView, ViewUpdate } from "@codemirror/view";

interface Seen {
  /** Where the code begins: what is left of it covers what is scrolled there. */
  readonly start: number;
  readonly width: number;
}

class Sight {
  #told: Seen = { start: 0, width: 0 };

  readonly #measure = {
    read: ({ contentDOM, scrollDOM }: EditorView): Seen => {
      const { left } = scrollDOM.getBoundingClientRect();
      const start = Math.ceil(contentDOM.getBoundingClientRect().left - left + scrollDOM.scrollLeft);
      return { start, width: Math.max(scrollDOM.clientWidth - start, 0) };
    },
    write: (seen: Seen, view: EditorView): void => {
      if (seen.start === this.#told.start && seen.width === this.#told.width) return;
      this.#told = seen;
      view.scrollDOM.style.setProperty("--code-start", `${seen.start}px`);
      view.scrollDOM.style.setProperty("--code-seen", `${seen.width}px`);
      view.requestMeasure(this.#measure); // what is as wide as that may be higher now, or lower
    },
  };

  constructor(view: EditorView) {
    view.requestMeasure(this.#measure);
  }

  update({ geometryChanged, view }: ViewUpdate): void {
    if (geometryChanged) view.requestMeasure(this.#measure);
  }
}

export const sight = ViewPlugin.fromClass(Sight);
