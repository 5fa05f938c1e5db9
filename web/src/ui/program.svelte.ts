/** The program that is being written: its text and its name, opened, kept, formatted, shared. */

import { MOST_PROGRAM_BYTES } from "../core/given";
import { sharedProgram, shareLink } from "../core/share";
import { copyText } from "../terminal/clipboard";
import { saveAs } from "./download";
import { WELCOME } from "./examples";
import { isProgram } from "./history.svelte";
import { recall, remember, whenLeft } from "./memory";
import type { Page } from "./page.svelte";

const SAVE_MS = 300;
const NAME = "main.py";

export class Program {
  name = $state(recall("name") ?? NAME);
  /** Whether there is a program that somebody asked for or wrote. */
  hasAny = $state(isProgram(recall("program") ?? ""));

  readonly #page: Page;
  #saving: ReturnType<typeof setTimeout> | undefined;
  #warned = false;
  /** Whether a reload would open it from there. */
  #isInAddress = false;
  /** Kept, because the browser forgets a dialog whose field is gone. */
  readonly #picker = document.createElement("input");

  constructor(page: Page) {
    this.#page = page;
    this.#picker.type = "file";
    this.#picker.accept = ".py,text/x-python,text/plain";
    this.#picker.onchange = () => {
      const file = this.#picker.files?.[0];
      if (file !== undefined) void this.open(file);
    };
  }

  /** When the components are there. */
  async begin(): Promise<void> {
    whenLeft(() => this.#saveChanges());
    addEventListener("hashchange", () => void this.#openShared());
    await this.#openShared();
  }

  get first(): string {
    return recall("program") ?? WELCOME;
  }

  /** As it is: nothing that is half written, or not accepted. */
  get text(): string | null {
    return this.#page.asking.program ?? this.#page.editor?.text ?? null;
  }

  changed(): void {
    const { asking, checker, editor, repairs, running } = this.#page;
    running.forgetUnrun();
    // What is half written has nothing but problems.
    if (editor !== null && !asking.isInEditor) checker?.check(editor.text);
    if (editor !== null) this.hasAny = isProgram(editor.text);
    repairs.left(this.text);
    if (this.#isInAddress) history.replaceState(history.state, "", location.pathname);
    this.#isInAddress = false;
    clearTimeout(this.#saving);
    this.#saving = setTimeout(() => this.save(), SAVE_MS);
  }

  save(): void {
    clearTimeout(this.#saving);
    this.#saving = undefined;
    const { editor } = this.#page;
    if (editor === null) return;
    const { asking, proposal } = this.#page;
    proposal.keep();
    remember("name", this.name);
    if (remember("program", asking.program ?? editor.text)) this.#warned = false;
    else if (!this.#warned)
      this.#warned = this.#page.mention(
        "This browser does not remember the program: download it before you close the page.",
      );
  }

  /** What was changed in this tab, and no more: another one may have saved since. */
  #saveChanges(): void {
    if (this.#saving !== undefined) this.save();
    this.#page.history.saveChanges(); // what became of a proposal is among them
  }

  /** Another program in its place; the one before can be had back. */
  replace(name: string, text: string, said: string): void {
    const { editor, checker } = this.#page;
    if (editor === null) return;
    this.#page.asking.leave();
    const before = { name: this.name, text: editor.text };
    this.#page.history.keep(before.text);
    this.name = name;
    this.#page.files.unsay();
    editor.open(text);
    this.#page.history.opened(text);
    checker?.check(text);
    if (before.text.trim() !== "" && before.text !== text)
      this.#page.say(said, {
        title: "Bring the earlier one back",
        run: () => this.replace(before.name, before.text, said),
      });
    this.save();
  }

  startNew(): void {
    this.replace(NAME, "", "A new program. The earlier one is still at hand.");
    this.#page.view = "code";
    this.#page.editor?.focus();
  }

  async format(): Promise<void> {
    const { editor, checker } = this.#page;
    if (editor === null || checker === null || this.#page.asking.isInEditor) return;
    const text = editor.text;
    const formatted = await checker.format(text);
    if (editor.text !== text) return;
    if (formatted.outcome === "formatted") editor.replace(formatted.text);
    else this.#page.say(formatted.reason);
  }

  pickFile(): void {
    this.#picker.value = ""; // the same file may be opened twice
    this.#picker.click();
  }

  /** Whether it is the program now. */
  async open(file: File): Promise<boolean> {
    if (file.size > MOST_PROGRAM_BYTES) {
      this.#page.say(`${file.name} is over 1 MiB, which is the most that a program may be.`);
      return false;
    }
    try {
      const text = new TextDecoder("utf-8", { fatal: true }).decode(await file.arrayBuffer());
      this.replace(file.name, text.replaceAll("\r\n", "\n"), `${file.name} is open.`);
      return true;
    } catch {
      this.#page.say(`${file.name} is not UTF-8 text, so it is no Python program.`);
      return false;
    }
  }

  download(): void {
    const { editor } = this.#page;
    if (editor === null) return;
    const name = this.name.endsWith(".py") ? this.name : `${this.name}.py`;
    saveAs(name, new Blob([editor.text], { type: "text/x-python" }));
  }

  async share(): Promise<void> {
    const { editor } = this.#page;
    if (editor === null) return;
    const link = await shareLink(location.origin + location.pathname, editor.text);
    if (link === null) {
      this.#page.say("The program is too long for a link: download it and send the file.");
      return;
    }
    if (await copyText(link)) {
      this.#page.say("A link that carries the program has been copied.");
      return;
    }
    await this.#page.back.settled(); // chosen from the palette, whose entry is being gone back from
    history.replaceState(history.state, "", link);
    this.#isInAddress = true;
    this.#page.say("The address of this page carries the program until it is changed: copy it from there.");
  }

  async #openShared(): Promise<void> {
    const text = await sharedProgram(location.hash);
    if (text === null) return;
    history.replaceState(history.state, "", location.pathname);
    this.#page.view = "code";
    if (text === undefined) this.#page.say("The program in that link cannot be read: part of it is missing.");
    else if (text !== this.#page.editor?.text)
      this.replace(NAME, text, "The program from the link is open. Read it before you run it.");
  }
}
