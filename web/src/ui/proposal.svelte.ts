/** A change that waits to be accepted or rejected; the program before it is a version. */

import { changeWords } from "../core/draft_words";
import { YOU, type Step } from "../core/versions";
import type { Changes } from "../editor/proposal";
import type { Page } from "./page.svelte";

export class Proposal {
  #step: number | null = $state(null);
  #changes: Changes = $state.raw({ parts: 0, added: 0, removed: 0 });
  /** The program as it was, and as it was proposed to be. */
  #before = "";
  #proposed = "";

  readonly isOpen = $derived(this.#step !== null);
  readonly parts = $derived(this.#changes.parts);
  readonly words = $derived(changeWords(this.#changes.added, this.#changes.removed));

  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  get step(): Step | null {
    return this.#page.history.find(this.#step);
  }

  /** What is the program, as long as nothing is decided. */
  get before(): string | null {
    return this.isOpen ? this.#before : null;
  }

  open(step: Step): void {
    const { editor } = this.#page;
    if (editor === null || step.code === null) return;
    this.#before = editor.text;
    this.#proposed = step.code;
    this.#step = step.id;
    this.#changes = editor.propose(step.code, (changes) => this.#changed(changes));
    this.#page.keepFocus(() => {
      // While a program runs, no other can be; and on a phone that button is elsewhere.
      const runs = document.getElementById("accept-and-run");
      const decides = (runs?.getClientRects().length ?? 0) > 0 ? runs : document.getElementById("accept");
      decides?.focus();
    });
  }

  /** One that was left undecided, or rejected. */
  reopen(step: Step): void {
    const { asking, editor, history } = this.#page;
    if (editor === null || asking.isBusy || this.isOpen) return;
    history.keep(editor.text);
    history.change(step.id, { outcome: "proposed" });
    if (editor.text !== step.code) {
      this.open(step);
      asking.tell({ text: "A change to accept or reject.", tone: "neutral" });
    } else history.change(step.id, { outcome: "kept" });
    this.#page.view = "code";
  }

  /** The text as it is in the editor: as it came, or as the person has made it. */
  accept(): void {
    const { asking, editor, history, program } = this.#page;
    if (editor === null || this.#step === null) return;
    const step = this.#step;
    this.#close();
    const code = editor.text;
    const note = code === this.#proposed ? null : "You edited it, or left parts of it out.";
    history.change(step, { code, outcome: "kept", note });
    asking.tell({ text: note === null ? "Accepted." : "Accepted, as you edited it.", tone: "good" });
    program.changed();
    program.save();
  }

  /** `byItself`: nobody pressed anything. */
  acceptAndRun({ byItself = false } = {}): void {
    this.accept();
    void this.#page.running.start({ byItself });
  }

  reject(): void {
    const { asking, editor, history, program } = this.#page;
    if (editor === null || this.#step === null) return;
    const step = this.#step;
    const edited = editor.text;
    this.#close();
    editor.replace(this.#before);
    history.change(step, { code: this.#proposed, outcome: "rejected" });
    asking.tell({ text: "Rejected: the program is as it was.", tone: "neutral" });
    if (edited !== this.#proposed && edited !== this.#before)
      history.add({ source: YOU, title: "That change, as you had edited it", code: edited, outcome: "rejected" });
    program.save();
  }

  /** What the person made of it so far: the page may be closed. */
  keep(): void {
    const { editor, history } = this.#page;
    const text = editor?.text;
    if (this.#step !== null && text !== undefined && text !== this.step?.code)
      history.change(this.#step, { code: text });
  }

  #close(): void {
    this.#step = null;
    this.#page.editor?.endProposal();
    this.#page.keepFocus(() => this.#page.editor?.focus());
  }

  #changed(changes: Changes): void {
    if (this.#step === null) return;
    this.#changes = changes;
    if (changes.parts > 0) return;
    // Each part has been decided on.
    if (this.#page.editor?.text === this.#before) this.reject();
    else this.accept();
  }
}
