/** The page's state, put together: components show it and call it; they keep none of their own that lasts. */

import type { Command } from "../core/commands";
import type { Problem } from "../core/problems";
import type { Checker } from "../checks/checker";
import type { Editor } from "../editor/editor";
import type { Terminal } from "../terminal/terminal";
import { commandsOf } from "./commands";
import { Looks } from "./looks.svelte";
import { Places } from "./places.svelte";
import { Program } from "./program.svelte";
import { Running } from "./running.svelte";

export type View = "code" | "output";
export type OutputTab = "terminal" | "problems";

/** A sentence that goes away by itself or by a button. */
export interface Notice {
  readonly text: string;
  readonly action?: { readonly title: string; run(): void } | undefined;
}

export class Page {
  readonly isMac = /Mac|iP(hone|ad|od)/.test(navigator.platform);

  notice: Notice | null = $state.raw(null);
  problems: readonly Problem[] = $state.raw([]);
  view: View = $state("code");
  tab: OutputTab = $state("terminal");
  paletteOpen = $state(false);
  whereOpen = $state(false);

  editor: Editor | null = null;
  terminal: Terminal | null = null;
  checker: Checker | null = null;

  readonly looks = new Looks((theme) => {
    this.editor?.setTheme(theme);
    this.terminal?.setTheme(theme);
  });
  readonly places = new Places(this);
  readonly program = new Program(this);
  readonly running = new Running(this);
  readonly commands: readonly Command[] = commandsOf(this);

  /** When the components are there. */
  async begin(): Promise<void> {
    this.places.begin();
    await this.program.begin();
    whenIdle(() => void this.#keepForLater());
  }

  /** All that the page needs without the server, fetched while nobody waits. */
  async #keepForLater(): Promise<void> {
    try {
      await navigator.serviceWorker?.register("/ide/service_worker.js", { scope: "/ide", type: "classic" });
    } catch {
      // Then the page works as long as it is open, and not from a reload without the server.
    }
  }

  command(id: string): Command {
    const found = this.commands.find((one) => one.id === id);
    if (found === undefined) throw new Error(`there is no command ${id}`);
    return found;
  }

  openPalette(): void {
    this.paletteOpen = true;
  }

  say(text: string, action?: Notice["action"]): void {
    this.notice = { text, action };
  }

  actOnNotice(): void {
    const action = this.notice?.action;
    this.notice = null;
    action?.run();
  }

  goToLine(line: number, column = 1): void {
    this.view = "code";
    // After the view is shown: what is hidden cannot take the focus.
    requestAnimationFrame(() => this.editor?.goTo(line, column));
  }

  /** The next of editor and output, for those who have no mouse. */
  nextPane(): void {
    const inEditor = document.activeElement?.closest("#editor-pane") !== null;
    this.view = inEditor ? "output" : "code";
    requestAnimationFrame(() => (inEditor ? this.terminal?.focus() : this.editor?.focus()));
    if (inEditor) this.tab = "terminal";
  }

  showTab(tab: OutputTab): void {
    this.view = "output";
    this.tab = tab;
    requestAnimationFrame(() => document.getElementById(`tab-${tab}`)?.focus());
  }

  async copyOutput(): Promise<void> {
    await this.terminal?.settled();
    try {
      await navigator.clipboard.writeText(this.terminal?.text() ?? "");
      this.say("The output has been copied.");
    } catch {
      this.say("This browser does not let the page copy: select the output and copy it by hand.");
    }
  }
}

/** After what the person waits for; Safari has no word for that. */
export function whenIdle(work: () => void): void {
  if ("requestIdleCallback" in window) requestIdleCallback(work, { timeout: 5000 });
  else setTimeout(work, 500);
}
