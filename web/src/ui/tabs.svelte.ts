/** Which tab of the output is seen: the person's choice, and between choices what the run has to say. */

export type OutputTab = "terminal" | "results" | "files" | "problems";

/** A program that shows something and then asks is better answered than looked at. */
const ASKS_AFTER_MS = 150;

export class Tabs {
  current: OutputTab = $state("terminal");

  /** Results are to come forward, which they do once in a run. */
  #due = false;
  #isAsking = false;
  #brought = false;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** The person chose one, and keeps it until the next run. */
  choose(tab: OutputTab): void {
    this.#due = false;
    this.#brought = false;
    this.current = tab;
  }

  /** A run begins. */
  begin(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.current = "terminal";
    this.#due = true;
    this.#brought = false;
    this.#isAsking = false;
  }

  shown(): void {
    if (!this.#due || this.#timer !== undefined) return;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      if (!this.#isAsking) this.#bringResults();
    }, ASKS_AFTER_MS);
  }

  /** Whether the terminal came back for it, and wants the focus. */
  asks(isAsking: boolean): boolean {
    const isNew = isAsking && !this.#isAsking;
    this.#isAsking = isAsking;
    if (!isNew || !this.#brought) return false;
    this.#brought = false;
    this.#show("terminal");
    return true;
  }

  /** The run is over: what came while it asked comes forward now, unless the terminal says why it failed. */
  end(hasShown: boolean, success: boolean): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#isAsking = false;
    if (hasShown && success) this.#bringResults();
    this.#due = false;
  }

  #bringResults(): void {
    if (!this.#due) return;
    this.#due = false;
    this.#brought = true;
    this.#show("results");
  }

  #show(tab: OutputTab): void {
    // What is hidden loses the focus, and nobody would know where to.
    const isWithin = document.getElementById(`panel-${this.current}`)?.contains(document.activeElement) === true;
    this.current = tab;
    if (isWithin) document.getElementById(`tab-${tab}`)?.focus();
  }
}
