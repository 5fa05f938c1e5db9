/** The page's state, and what can be done to it. Components show it and call it; they keep none of their own that lasts. */

import type { Command } from "../core/commands";
import type { Problem } from "../core/problems";
import { explain } from "../core/explain";
import { isUnderWay, ProgramRun, type RunState, type Stream } from "../core/run";
import { sharedProgram, shareLink } from "../core/share";
import { readFailure } from "../core/traceback";
import type { Start, Transport } from "../core/transport";
import type { EnvironmentInfo, Health } from "../core/wire.gen";
import { raiseOf, type Raise } from "../core/words";
import type { Checker } from "../checks/checker";
import type { Editor } from "../editor/editor";
import { bearer, ENVIRONMENT } from "../net/api";
import { ServerTransport } from "../net/server_transport";
import { ServerWatch, type ServerState } from "../net/server_watch";
import type { Terminal } from "../terminal/terminal";
import type { BrowserPython } from "../browser/browser_python";
import { WELCOME } from "./examples";
import { recall, recallInTab, remember, rememberInTab } from "./memory";

export type Theme = "light" | "dark";
export type View = "code" | "output";
export type OutputTab = "terminal" | "problems";
export type Place = "server" | "browser";

/** Why programs run in the browser: the person chose it, or the server could not. */
export interface Fallback {
  readonly reason: string | null;
}

/** A sentence that goes away by itself or by a button. */
export interface Notice {
  readonly text: string;
  readonly action?: { readonly title: string; run(): void };
}

const LONGEST_REMEMBERED_OUTPUT = 64 * 1024;
const SAVE_MS = 300;
const NAME = "main.py";
const isMac = /Mac|iP(hone|ad|od)/.test(navigator.platform);

export class Page {
  readonly isMac = isMac;

  run: RunState = $state.raw({ kind: "idle" });
  /** Milliseconds that the run has taken so far. */
  elapsed = $state(0);
  server: ServerState = $state.raw({ kind: "unknown" });
  place: Place = $state("server");
  fallback: Fallback | null = $state.raw(null);
  /** What the program imports and the browser does not have; the run was not begun. */
  missing: readonly string[] = $state.raw([]);
  /** Of a program that nothing can run now: neither the server nor this browser. */
  explanation: readonly string[] = $state.raw([]);
  browser: BrowserPython | null = $state.raw(null);
  notice: Notice | null = $state.raw(null);
  problems: readonly Problem[] = $state.raw([]);
  name = $state(recall("name") ?? NAME);
  theme: Theme = $state("light");
  view: View = $state("code");
  tab: OutputTab = $state("terminal");
  paletteOpen = $state(false);
  whereOpen = $state(false);
  hasOutput = $state(false);
  /** Where a program cannot be asked while it runs: all of its input. */
  givenInput = $state("");
  /** Share of the height that is the editor's, in percent. */
  split = $state(clamp(Number(recall("split") ?? 56), 15, 85));

  readonly isBusy = $derived(isUnderWay(this.run));
  readonly raise: Raise | null = $derived.by(() => {
    if (this.run.kind !== "finished" || this.run.where !== "sandbox" || this.server.kind !== "ready") return null;
    return raiseOf(this.run.result, this.server.health.limits, this.#limits[this.run.result.limit as Raise["limit"]]);
  });
  readonly serverIsBack = $derived(this.place === "browser" && this.fallback !== null && this.server.kind === "ready");

  editor: Editor | null = null;
  terminal: Terminal | null = null;
  checker: Checker | null = null;

  #limits: Partial<Record<Raise["limit"], number>> = {};
  #program: ProgramRun | null = null;
  #tail = "";
  #clock: ReturnType<typeof setInterval> | undefined;
  #saving: ReturnType<typeof setTimeout> | undefined;
  readonly #token = (): string | null => recallInTab("token");
  readonly #onServer = new ServerTransport(this.#token);
  readonly #watch = new ServerWatch(this.#token, (state) => this.#serverBecame(state));

  /** Kept, because the browser forgets a dialog whose field is gone. */
  readonly #picker = document.createElement("input");

  constructor() {
    this.#picker.type = "file";
    this.#picker.accept = ".py,text/x-python,text/plain";
    this.#picker.onchange = () => {
      const file = this.#picker.files?.[0];
      if (file !== undefined) void this.open(file);
    };
    const chosen = recall("theme");
    const system = matchMedia("(prefers-color-scheme: dark)");
    this.theme = chosen === "light" || chosen === "dark" ? chosen : system.matches ? "dark" : "light";
    system.addEventListener("change", () => {
      if (recall("theme") === null) this.#setTheme(system.matches ? "dark" : "light");
    });
    document.documentElement.dataset["theme"] = this.theme;
  }

  /** When the components are there. */
  async begin(): Promise<void> {
    this.#watch.start();
    addEventListener("beforeunload", () => this.#save());
    addEventListener("hashchange", () => void this.#openShared());
    await this.#openShared();
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

  get firstProgram(): string {
    return recall("program") ?? WELCOME;
  }

  // Running --------------------------------------------------------------------------------------------------------

  async start(): Promise<void> {
    if (this.isBusy || this.editor === null || this.terminal === null) return;
    this.missing = [];
    this.explanation = [];
    this.#save();
    if (this.place === "browser") await this.#startInBrowser();
    else this.#startWith(this.#onServer);
  }

  runAgainWith(raise: Raise): void {
    this.#limits = { ...this.#limits, [raise.limit]: raise.value };
    void this.start();
  }

  stop(): void {
    this.terminal?.discardWaiting();
    this.#program?.stop();
  }

  type(text: string): void {
    this.#program?.send({ type: "stdin", text });
  }

  endInput(): void {
    this.#program?.send({ type: "stdin_eof" });
  }

  interrupt(): void {
    this.#program?.send({ type: "signal", name: "SIGINT" });
  }

  resized(size: { columns: number; rows: number }): void {
    this.#program?.send({ type: "resize", ...size });
  }

  #startWith(transport: Transport): void {
    const { editor, terminal } = this;
    if (editor === null || terminal === null) return;
    const connection = transport.where === "browser" ? "pipes" : "terminal";
    editor.showFailure(null);
    this.#tail = "";
    this.hasOutput = true;
    this.view = "output";
    this.tab = "terminal";
    terminal.begin(connection);
    terminal.focus();
    const start: Start = {
      type: "start",
      code: editor.text,
      terminal: connection === "terminal" ? terminal.size : null,
      limits: this.#limits,
      ...(connection === "pipes" && this.browser?.canAsk === false ? { stdin: this.givenInput } : {}),
    };
    this.#program = new ProgramRun(
      transport,
      start,
      { state: (state) => this.#became(state), output: (text, stream) => this.#wrote(text, stream) },
      () => performance.now(),
    );
  }

  #wrote(text: string, stream: Stream): void {
    this.terminal?.write(text, stream);
    if (stream !== "stdout") this.#tail = (this.#tail + text).slice(-LONGEST_REMEMBERED_OUTPUT);
  }

  #became(state: RunState): void {
    this.run = state;
    clearInterval(this.#clock);
    if (state.kind === "running") {
      this.elapsed = performance.now() - state.since;
      this.#clock = setInterval(() => {
        this.elapsed = performance.now() - state.since;
      }, 1000);
    }
    if (isUnderWay(state)) return;
    this.terminal?.end();
    if (state.kind === "finished" && !state.result.success && state.result.status === "completed")
      this.editor?.showFailure(readFailure(this.#tail));
    if (state.kind === "lost") {
      void this.#watch.ask();
      if (state.started) return;
      if (state.where === "browser") this.#explain();
      else void this.#fallBack(state.lost.message);
    }
    if (state.kind === "refused") {
      if (state.refusal.code === "unauthorized") void this.#watch.ask();
      if (state.where === "sandbox" && ["busy", "unavailable", "internal"].includes(state.refusal.code))
        void this.#fallBack(state.refusal.error);
    }
  }

  // Where programs run ---------------------------------------------------------------------------------------------

  useServer(): void {
    this.place = "server";
    this.fallback = null;
    this.missing = [];
    void this.#watch.ask();
    this.editor?.focus();
  }

  useBrowser(reason: string | null = null): void {
    this.place = "browser";
    this.fallback = reason === null ? null : { reason };
    void this.loadBrowser();
  }

  unlock(token: string): void {
    rememberInTab("token", token);
    void this.#watch.ask();
  }

  /** The server would not run it: it is run here instead, for real, and that is said first. */
  async #fallBack(reason: string): Promise<void> {
    this.useBrowser(reason);
    await this.#startInBrowser();
  }

  async #startInBrowser(): Promise<void> {
    const browser = await this.loadBrowser();
    if (browser === null) this.#explain();
    if (browser === null || this.editor === null || this.isBusy) return;
    const missing = browser.missing(this.editor.text);
    if (missing.length > 0) this.missing = missing;
    else this.#startWith(browser);
  }

  /** Nothing can run it: then what can be said of it, and that it was not run. */
  #explain(): void {
    if (this.editor !== null) this.explanation = explain(this.editor.text);
  }

  async loadBrowser(): Promise<BrowserPython | null> {
    if (this.browser !== null) return this.browser;
    try {
      const { openBrowserPython } = await import("../browser/open");
      const opened = await openBrowserPython();
      this.browser ??= opened;
    } catch {
      return null;
    }
    return this.browser;
  }

  #serverBecame(state: ServerState): void {
    const before = this.server;
    this.server = state;
    if (state.kind === "ready") {
      this.checker?.setPython(state.health.python);
      if (before.kind !== "ready") void this.#loadPackages();
      if (this.place === "server") this.fallback = null;
    } else if ((state.kind === "gone" || state.kind === "unavailable") && this.place === "server" && !this.isBusy) {
      this.useBrowser(state.kind === "gone" ? "The server cannot be reached." : state.message);
    }
  }

  async #loadPackages(): Promise<void> {
    try {
      const response = await fetch(ENVIRONMENT, { headers: bearer(this.#token()) });
      if (!response.ok) return;
      const { packages } = (await response.json()) as EnvironmentInfo;
      this.editor?.setPackages(packages.map((one) => one.name));
    } catch {
      // Completion then offers the standard library alone.
    }
  }

  get health(): Health | null {
    return this.server.kind === "ready" ? this.server.health : null;
  }

  // The program ----------------------------------------------------------------------------------------------------

  changed(): void {
    this.editor?.showFailure(null);
    if (this.editor !== null) this.checker?.check(this.editor.text);
    clearTimeout(this.#saving);
    this.#saving = setTimeout(() => this.#save(), SAVE_MS);
  }

  #save(): void {
    clearTimeout(this.#saving);
    if (this.editor === null) return;
    remember("name", this.name);
    if (!remember("program", this.editor.text))
      this.notice = { text: "This browser does not remember the program: download it before you close the page." };
  }

  /** Another program in its place; the one before can be had back. */
  #replaceProgram(name: string, text: string, said: string): void {
    if (this.editor === null) return;
    const before = { name: this.name, text: this.editor.text };
    this.name = name;
    this.editor.open(text);
    this.#save();
    this.checker?.check(text);
    if (before.text.trim() === "" || before.text === text) return;
    this.notice = {
      text: said,
      action: { title: "Bring the earlier one back", run: () => this.#replaceProgram(before.name, before.text, said) },
    };
  }

  newProgram(): void {
    this.#replaceProgram(NAME, "", "A new program. The earlier one is still at hand.");
    this.view = "code";
    this.editor?.focus();
  }

  async format(): Promise<void> {
    const { editor, checker } = this;
    if (editor === null || checker === null) return;
    const text = editor.text;
    const formatted = await checker.format(text);
    if (editor.text !== text) return;
    if (formatted.outcome === "formatted") editor.replace(formatted.text);
    else this.notice = { text: formatted.reason };
  }

  async open(file: File): Promise<void> {
    if (file.size > 1 << 20) {
      this.notice = { text: `${file.name} is over 1 MiB, which is the most that a program may be.` };
      return;
    }
    try {
      const text = new TextDecoder("utf-8", { fatal: true }).decode(await file.arrayBuffer());
      this.#replaceProgram(file.name, text.replaceAll("\r\n", "\n"), `${file.name} is open.`);
    } catch {
      this.notice = { text: `${file.name} is not UTF-8 text, so it is no Python program.` };
    }
  }

  download(): void {
    if (this.editor === null) return;
    const address = URL.createObjectURL(new Blob([this.editor.text], { type: "text/x-python" }));
    const link = document.createElement("a");
    link.href = address;
    link.download = this.name.endsWith(".py") ? this.name : `${this.name}.py`;
    link.click();
    URL.revokeObjectURL(address);
  }

  async share(): Promise<void> {
    if (this.editor === null) return;
    const shared = await shareLink(location.origin + location.pathname, this.editor.text);
    if ("tooLong" in shared) {
      this.notice = { text: "The program is too long for a link: download it and send the file." };
      return;
    }
    history.replaceState(null, "", shared.link);
    try {
      await navigator.clipboard.writeText(shared.link);
      this.notice = { text: "A link that carries the program has been copied." };
    } catch {
      this.notice = { text: "The address of this page now carries the program: copy it from there." };
    }
  }

  async #openShared(): Promise<void> {
    const text = await sharedProgram(location.hash);
    if (text === null) return;
    history.replaceState(null, "", location.pathname);
    if (text === undefined) this.notice = { text: "The program in that link cannot be read: part of it is missing." };
    else this.#replaceProgram(NAME, text, "The program of the link is open. Read it before you run it.");
  }

  // Looks ----------------------------------------------------------------------------------------------------------

  switchTheme(): void {
    const theme = this.theme === "dark" ? "light" : "dark";
    remember("theme", theme);
    this.#setTheme(theme);
  }

  #setTheme(theme: Theme): void {
    this.theme = theme;
    document.documentElement.dataset["theme"] = theme;
    this.editor?.setTheme(theme);
    this.terminal?.setTheme(theme);
  }

  setSplit(percent: number): void {
    this.split = clamp(percent, 15, 85);
    remember("split", String(Math.round(this.split)));
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

  // Commands -------------------------------------------------------------------------------------------------------

  readonly commands: readonly Command[] = [
    {
      id: "run",
      title: "Run the program",
      keys: ["Mod+Enter"],
      blocked: () => (this.isBusy ? "A program is running: stop it first." : null),
      run: () => void this.start(),
    },
    {
      id: "stop",
      title: "Stop the program",
      keys: ["Mod+."],
      blocked: () => (this.isBusy ? null : "No program is running."),
      run: () => this.stop(),
    },
    {
      id: "palette",
      title: "Show all commands",
      keys: ["F1", "Mod+K"],
      notInTerminal: true,
      run: () => this.openPalette(),
    },
    { id: "pane", title: "Go to the other pane", keys: ["F6"], run: () => this.nextPane() },
    { id: "format", title: "Format the program", keys: ["Alt+Shift+F"], run: () => void this.format() },
    { id: "problems", title: "Show the problems", run: () => this.showProblems() },
    { id: "find", title: "Find in the program", keys: ["Mod+F"], run: () => this.editor?.openSearch() },
    { id: "find-output", title: "Find in the output", keys: ["Mod+Shift+F"], run: () => this.terminal?.openFind() },
    { id: "clear", title: "Clear the output", run: () => this.terminal?.clear() },
    { id: "copy-output", title: "Copy the output as text", run: () => void this.copyOutput() },
    { id: "new", title: "New program", run: () => this.newProgram() },
    { id: "open", title: "Open a Python file", keys: ["Mod+O"], notInTerminal: true, run: () => this.pickFile() },
    { id: "download", title: "Download the program", keys: ["Mod+S"], notInTerminal: true, run: () => this.download() },
    { id: "share", title: "Copy a link to the program", run: () => void this.share() },
    { id: "where", title: "Where programs run", run: () => (this.whereOpen = true) },
    { id: "theme", title: "Switch between light and dark", run: () => this.switchTheme() },
  ];

  command(id: string): Command {
    const found = this.commands.find((one) => one.id === id);
    if (found === undefined) throw new Error(`there is no command ${id}`);
    return found;
  }

  openPalette(): void {
    this.paletteOpen = true;
  }

  showProblems(): void {
    this.view = "output";
    this.tab = "problems";
    requestAnimationFrame(() => document.getElementById("tab-problems")?.focus());
  }

  async copyOutput(): Promise<void> {
    await this.terminal?.settled();
    try {
      await navigator.clipboard.writeText(this.terminal?.text() ?? "");
      this.notice = { text: "The output has been copied." };
    } catch {
      this.notice = { text: "This browser does not let the page copy: select the output and copy it by hand." };
    }
  }

  actOnNotice(): void {
    const action = this.notice?.action;
    this.notice = null;
    action?.run();
  }

  pickFile(): void {
    this.#picker.value = ""; // the same file may be opened twice
    this.#picker.click();
  }
}

/** After what the person waits for; Safari has no word for that. */
export function whenIdle(work: () => void): void {
  if ("requestIdleCallback" in window) requestIdleCallback(work, { timeout: 5000 });
  else setTimeout(work, 500);
}

function clamp(value: number, least: number, most: number): number {
  return Number.isFinite(value) ? Math.min(Math.max(value, least), most) : (least + most) / 2;
}
