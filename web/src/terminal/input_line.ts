/**
 * A line of input below the terminal, for touch screens: their keyboards do not work well in a terminal, and do in a
 * field. Not shown where there is a real keyboard.
 */
export interface InputLineOptions {
  readonly parent: HTMLElement;
  send(line: string): void;
  endOfInput(): void;
}

export class InputLine {
  readonly #form: HTMLFormElement;
  readonly #field: HTMLInputElement;
  readonly #buttons: HTMLButtonElement[];

  constructor({ parent, send, endOfInput }: InputLineOptions) {
    const document = parent.ownerDocument;
    this.#form = document.createElement("form");
    this.#form.className = "input-line";
    this.#field = document.createElement("input");
    this.#field.type = "text";
    this.#field.setAttribute("aria-label", "Input for the program");
    this.#field.placeholder = "Your answer";
    this.#field.autocomplete = "off";
    this.#field.spellcheck = false;
    this.#field.setAttribute("autocapitalize", "off");
    this.#field.setAttribute("autocorrect", "off");
    this.#field.enterKeyHint = "send";
    const button = (label: string, type: "submit" | "button"): HTMLButtonElement => {
      const element = document.createElement("button");
      element.type = type;
      element.textContent = label;
      return element;
    };
    const end = button("End input", "button");
    end.addEventListener("click", endOfInput);
    this.#buttons = [button("Send", "submit"), end];
    this.#form.append(this.#field, ...this.#buttons);
    this.#form.addEventListener("submit", (event) => {
      event.preventDefault();
      const line = this.#field.value;
      this.#field.value = "";
      send(line);
    });
    parent.append(this.#form);
    this.setEnabled(false);
  }

  /** While no program runs nobody would hear what is sent. */
  setEnabled(enabled: boolean): void {
    for (const control of [this.#field, ...this.#buttons]) control.disabled = !enabled;
  }

  focus(): void {
    this.#field.focus();
  }

  dispose(): void {
    this.#form.remove();
  }
}
