/**
 * Whether a program may have the keyboard: what is typed for something else must not become its input. It is given to who
 * pressed Run and has neither gone elsewhere nor typed since, and to who is at the output already.
 */

interface Spot {
  readonly element: Element | null;
  /** What is written there. */
  readonly text: string;
}

export class RunFocus {
  readonly #program: () => string;
  #pressed: Spot | null = null;

  /** `program` is the text in the editor. */
  constructor(program: () => string) {
    this.#program = program;
  }

  /** Somebody wants a program to run; or, when `byItself`, nobody does. */
  begin(byItself: boolean): void {
    this.#pressed = byItself ? null : this.#spot();
  }

  /** Once: who comes back to where they were has other things to do there. */
  mayMove(): boolean {
    const { element, text } = this.#spot();
    const pressed = this.#pressed;
    this.#pressed = null;
    // What had the focus and is gone leaves it to nobody: so does the button, in whose place Stop is.
    if (element === null || element === document.body || element.closest("#output-pane") !== null) return true;
    return pressed !== null && element === pressed.element && text === pressed.text;
  }

  #spot(): Spot {
    const element = document.activeElement;
    const text = element !== null && "value" in element ? String(element.value) : this.#program();
    return { element, text };
  }
}
