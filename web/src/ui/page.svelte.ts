/** The page's state, put together: components show it and call it; they keep none of their own that lasts. */

import frameAddress from "../frame/frame.html?url";
import { Back } from "../core/back";
import type { Command } from "../core/commands";
import type { Problem } from "../core/problems";
import type { Checker } from "../checks/checker";
import type { Editor } from "../editor/editor";
import { copyText } from "../terminal/clipboard";
import type { Terminal } from "../terminal/terminal";
import { isTouched } from "../terminal/touch";
import { Asking } from "./asking.svelte";
import { commandsOf } from "./commands";
import { Files, type MadeFile } from "./files.svelte";
import { History, isProgram } from "./history.svelte";
import { Looks } from "./looks.svelte";
import { Models } from "./models.svelte";
import { recall } from "./memory";
import { Places } from "./places.svelte";
import { Program } from "./program.svelte";
import { Results } from "./results.svelte";
import { Proposal } from "./proposal.svelte";
import { Repairs } from "./repairs.svelte";
import { Running } from "./running.svelte";
import { Tabs, type OutputTab } from "./tabs.svelte";

export type View = "ask" | "code" | "output";

/** A sentence that stays until somebody closes it, or another takes its place. */
export interface Notice {
  readonly text: string;
  readonly action?: { readonly title: string; run(): void } | undefined;
}

/** A picture in full, or what is in a file. */
export type Viewing =
  | { readonly kind: "image"; readonly title: string | null; readonly name: string; readonly address: string }
  | { readonly kind: "file"; readonly file: MadeFile };

/** Who stays for so long works here: their processor may start Python once. Who only looks in does not pay for that. */
const STAYS_MS = 60_000;

export class Page {
  readonly isMac = /Mac|iP(hone|ad|od)/.test(navigator.platform);

  notice: Notice | null = $state.raw(null);
  problems: readonly Problem[] = $state.raw([]);
  view: View = $state(isProgram(recall("program") ?? "") ? "code" : "ask");
  paletteOpen = $state(false);
  whereOpen = $state(false);
  /** What is seen by itself, over the page. */
  viewing: Viewing | null = $state.raw(null);

  editor: Editor | null = null;
  terminal: Terminal | null = null;
  checker: Checker | null = null;

  readonly looks = new Looks((theme) => {
    this.editor?.setTheme(theme);
    this.terminal?.setTheme(theme);
  });
  readonly places = new Places(this);
  readonly program = new Program(this);
  readonly files = new Files(this);
  readonly results = new Results();
  readonly tabs = new Tabs();
  readonly running = new Running(this);
  readonly models = new Models(this);
  readonly history = new History(this);
  readonly proposal = new Proposal(this);
  readonly asking = new Asking(this);
  readonly repairs = new Repairs(this);
  readonly commands: readonly Command[] = commandsOf(this);
  readonly back = new Back(globalThis.history, () => this.closeTop());

  /** When the components are there. */
  async begin(): Promise<void> {
    this.places.begin();
    this.running.begin();
    void this.files.begin();
    // Where somebody begins who comes for the first time; else in the program. A finger's keyboard would cover it all.
    if (!isTouched()) {
      if (this.looks.asks && !this.program.hasAny) document.getElementById("prompt")?.focus();
      else this.editor?.focus();
    }
    await this.program.begin();
    whenIdle(() => void this.#keepForLater());
  }

  /** All that the page needs without the server, fetched and started once while nobody waits. */
  async #keepForLater(): Promise<void> {
    const worker = navigator.serviceWorker as ServiceWorkerContainer | undefined;
    try {
      await worker?.register("/ide/service_worker.js", { scope: "/ide", type: "classic" });
    } catch {
      // Then the page works as long as it is open, and not from a reload without the server.
    }
    keepFrame();
    if (worker === undefined) return;
    await worker.ready; // with all of a page; never, if none could be registered
    this.#keepBrowserLater();
  }

  #keepBrowserLater(): void {
    setTimeout(() => {
      if (document.visibilityState === "visible" && !this.running.isBusy)
        whenIdle(() => void this.places.keepBrowser());
      else this.#keepBrowserLater();
    }, STAYS_MS);
  }

  /** When what had the focus is gone, as a button that did its work: nobody may be left nowhere. */
  keepFocus(next: () => void): void {
    requestAnimationFrame(() => {
      const { activeElement } = document;
      if (activeElement === null || activeElement === document.body) next();
    });
  }

  focusPrompt(): void {
    // A finger's keyboard would come up, and cover what one wants to see.
    if (!isTouched()) document.getElementById("prompt")?.focus();
  }

  command(id: string): Command {
    const found = this.commands.find((one) => one.id === id);
    if (found === undefined) throw new Error(`there is no command ${id}`);
    return found;
  }

  openPalette(): void {
    this.paletteOpen = true;
  }

  /** How many things lie over the page, which cannot be used meanwhile. */
  get over(): number {
    const { history, models, paletteOpen, viewing, whereOpen } = this;
    const isShown = history.find(history.shown) !== null;
    return [paletteOpen, whereOpen, viewing !== null, models.dialog !== null, isShown].filter(Boolean).length;
  }

  /** Whatever is open, the palette lies over it. */
  closeTop(): void {
    if (this.paletteOpen) {
      this.paletteOpen = false;
      return;
    }
    this.whereOpen = false;
    this.viewing = null;
    this.models.dialog = null;
    this.history.shown = null;
  }

  say(text: string, action?: Notice["action"]): void {
    this.notice = { text, action };
  }

  /** What is not worth what a notice offers; whether it was said. */
  mention(text: string): boolean {
    if (this.notice?.action !== undefined) return false;
    this.say(text);
    return true;
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

  /** The next that was found in the program, or the one before. */
  goToProblem(forward: boolean): void {
    this.view = "code";
    requestAnimationFrame(() => this.editor?.goToProblem(forward));
  }

  /** The next of prompt, editor and output, or the one before, for those who have no mouse. */
  nextPane(step: 1 | -1 = 1): void {
    const panes = (["ask", "code", "output"] as const).filter((one) => one !== "ask" || this.looks.asks);
    const ids = { ask: "#prompt-pane", code: "#editor-pane", output: "#output-pane" };
    const now = panes.findIndex((one) => document.activeElement?.closest(ids[one]) != null);
    // From nowhere to the editor.
    const next = now === -1 ? "code" : (panes[(now + step + panes.length) % panes.length] ?? "code");
    if (next === "ask") return this.openPrompt();
    this.view = next;
    requestAnimationFrame(() => {
      if (next === "code") this.editor?.focus();
      else if (this.tabs.current === "terminal") this.terminal?.focus();
      else document.getElementById(`tab-${this.tabs.current}`)?.focus();
    });
  }

  /** A change that is proposed is run by it, as soon as it has been shown: on a phone another pane may be seen. */
  run(): void {
    const isHidden = document.getElementById("editor-pane")?.getClientRects().length === 0;
    if (this.proposal.isOpen && isHidden) this.view = "code";
    else void this.running.start();
  }

  /** The prompt box, with the focus in it. */
  openPrompt(): void {
    this.looks.showAsks(true);
    this.view = "ask";
    requestAnimationFrame(() => document.getElementById("prompt")?.focus());
  }

  /** On a phone: the pane, without a keyboard over it. */
  showAsk(): void {
    this.looks.showAsks(true);
    this.view = "ask";
  }

  /** On a phone: what the program says, or shows. */
  showOutput(): void {
    if (this.tabs.current === "files") this.tabs.choose("terminal");
    this.view = "output";
  }

  /** On a phone: the tab that is a pane there. */
  showFiles(): void {
    this.tabs.choose("files");
    this.view = "output";
  }

  /** Out of the way; on a phone it is one of the panes, and stays. */
  closePrompt(): void {
    this.looks.showAsks(false);
    this.view = "code";
    requestAnimationFrame(() => this.editor?.focus());
  }

  showTab(tab: OutputTab): void {
    this.view = "output";
    this.tabs.choose(tab);
    requestAnimationFrame(() => document.getElementById(`tab-${tab}`)?.focus());
  }

  async copyOutput(): Promise<void> {
    await this.terminal?.settled();
    if (await copyText(this.terminal?.text() ?? "")) this.say("The output has been copied.");
    else this.say("This browser does not let the page copy: select the output and copy it by hand.");
  }
}

/** No service worker is asked for what has no origin: this has to be in the browser's own cache, and stays there. */
function keepFrame(): void {
  const frame = document.createElement("iframe");
  frame.setAttribute("sandbox", "allow-scripts");
  frame.hidden = true;
  frame.onload = () => frame.remove();
  frame.src = frameAddress;
  document.body.append(frame);
}

/** Of a double click the first: by the second one another button is in the place, as Stop is in that of Run. */
export function atFirstClick(action: () => void): (event: MouseEvent) => void {
  return (event) => {
    if (event.detail < 2) action();
  };
}

/** After what the person waits for; Safari has no word for that. */
export function whenIdle(work: () => void): void {
  if ("requestIdleCallback" in window) requestIdleCallback(work, { timeout: 5000 });
  else setTimeout(work, 500);
}
