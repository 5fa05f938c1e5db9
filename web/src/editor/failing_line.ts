/** The line at which the last run failed: marked, with what the exception says below it, until the program is changed. */
import { StateEffect, StateField } from "@codemirror/state";
import type { EditorState, Extension, Range } from "@codemirror/state";
import { Decoration, EditorView, WidgetType } from "@codemirror/view";
import type { DecorationSet } from "@codemirror/view";

import type { Failure } from "../core/traceback";

export const setFailure = StateEffect.define<Failure | null>();

class Message extends WidgetType {
  readonly text: string;

  constructor(text: string) {
    super();
    this.text = text;
  }

  override eq(other: Message): boolean {
    return other.text === this.text;
  }

  override toDOM(view: EditorView): HTMLElement {
    const element = view.dom.ownerDocument.createElement("div");
    element.className = "cm-failure";
    element.textContent = this.text;
    return element;
  }

  override ignoreEvent(): boolean {
    return true;
  }
}

function marks(state: EditorState, failure: Failure): DecorationSet {
  // What a traceback says is the program's word: its line may not be there, or not be there any more.
  if (failure.line < 1 || failure.line > state.doc.lines) return Decoration.none;
  const line = state.doc.line(failure.line);
  const ranges: Range<Decoration>[] = [
    Decoration.line({ class: "cm-failing-line" }).range(line.from),
    Decoration.widget({ widget: new Message(failure.message), block: true, side: 1 }).range(line.to),
  ];
  return Decoration.set(ranges);
}

const field = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(value, transaction) {
    for (const effect of transaction.effects)
      if (effect.is(setFailure))
        return effect.value === null ? Decoration.none : marks(transaction.state, effect.value);
    return transaction.docChanged ? Decoration.none : value;
  },
  provide: (value) => EditorView.decorations.from(value),
});

export function failingLine(): Extension {
  return field;
}
