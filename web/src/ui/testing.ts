/**
 * What tests play: a browser, as far as the page's own modules ask for one, and tabs of it. The page's state in them is the
 * real one; its components, and what runs programs, are not.
 */

import { onTestFinished, vi } from "vitest";
import type { BrowserPython } from "../browser/browser_python";
import type { Failure } from "../core/traceback";
import type { Conversation, Listener, Start, Transport } from "../core/transport";
import type { Editor } from "../editor/editor";
import type { Terminal } from "../terminal/terminal";
import { remember } from "./memory";
import { Page } from "./page.svelte";

/** What pages have remembered in it. */
export class Browser {
  readonly kept = new Map<string, string>();
  /** Whether it lets them. */
  remembers = true;

  readonly storage = {
    getItem: (name: string): string | null => this.kept.get(name) ?? null,
    setItem: (name: string, value: string): void => {
      if (!this.remembers) throw new DOMException("no room", "QuotaExceededError");
      this.kept.set(name, value);
    },
    removeItem: (name: string): void => void this.kept.delete(name),
  };
}

interface TabOptions {
  /** Else one that no other tab has. */
  readonly browser?: Browser;
  /** What the address carries. */
  readonly hash?: string;
  /** What was written in it before. */
  readonly program?: string;
  /** By a finger. */
  readonly isTouched?: boolean;
}

/**
 * The page in a tab. Globals are those of the tab in which something was done last, and the clock goes by
 * `vi.advanceTimersByTime`; when the test is over, both are again what they were.
 */
export class Tab {
  readonly page: Page;
  readonly editor: PlayedEditor;
  readonly terminal = new PlayedTerminal();
  readonly server = new PlayedTransport("sandbox");
  readonly location = new URL("http://127.0.0.1:3001/ide");
  readonly #listeners = new Map<string, (() => void)[]>();
  readonly #body = { closest: (): object | null => null };
  /** What has the focus can be set. */
  readonly document = {
    visibilityState: "visible",
    activeElement: this.#body as object,
    body: this.#body,
    documentElement: { dataset: {} },
    addEventListener: (name: string, listener: () => void) => this.#listen(name, listener),
    createElement: () => ({}),
    getElementById: () => null,
  };
  readonly #globals: Readonly<Record<string, unknown>>;

  constructor({ browser = new Browser(), hash = "", program, isTouched = false }: TabOptions = {}) {
    this.location.hash = hash;
    this.#globals = {
      addEventListener: this.document.addEventListener,
      document: this.document,
      history: {
        state: null,
        replaceState: (_: unknown, __: string, address: string) => {
          this.location.hash = new URL(address, this.location).hash;
        },
      },
      localStorage: browser.storage,
      location: this.location,
      matchMedia: (asked: string) => ({
        matches: isTouched && asked === "(pointer: coarse)",
        addEventListener: () => undefined,
      }),
      navigator: { platform: "Linux" },
      requestAnimationFrame: (draw: () => void) => queueMicrotask(draw),
      sessionStorage: new Browser().storage,
    };
    untilTheTestIsOver();
    this.#enter();
    if (program !== undefined) remember("program", program);
    this.page = new Page();
    this.editor = new PlayedEditor(this.page.program.first, () => this.page.program.changed());
    Object.assign(this.page, { editor: this.editor, terminal: this.terminal });
    Object.assign(this.page.places, { onServer: this.server });
  }

  /** What is done once the components are there. */
  async begin(): Promise<this> {
    await this.page.program.begin();
    return this;
  }

  get text(): string {
    return this.editor.text;
  }

  /** What the person makes of the program. */
  type(text: string): void {
    this.#enter();
    this.editor.open(text);
  }

  closeNotice(): void {
    this.page.notice = null;
  }

  /** It is closed, or read anew. */
  leave(): void {
    this.#enter();
    this.#tell("pagehide");
  }

  /** Another one is looked at: this may be the last that it hears. */
  hide(): void {
    this.#enter();
    this.document.visibilityState = "hidden";
    this.#tell("visibilitychange");
  }

  #enter(): void {
    for (const [name, value] of Object.entries(this.#globals)) vi.stubGlobal(name, value);
  }

  #listen(name: string, listener: () => void): void {
    this.#listeners.set(name, [...(this.#listeners.get(name) ?? []), listener]);
  }

  #tell(name: string): void {
    for (const listener of this.#listeners.get(name) ?? []) listener();
  }
}

/** What a page has begun must not go on in the next test, which may have a page of its own. */
function untilTheTestIsOver(): void {
  if (!vi.isFakeTimers()) vi.useFakeTimers(); // once: it would forget what another tab waits for
  onTestFinished(() => {
    vi.unstubAllGlobals();
    vi.useRealTimers();
  });
}

class PlayedEditor implements Partial<Editor> {
  text: string;
  failing: Failure | null = null;
  readonly #changed: () => void;

  constructor(text: string, changed: () => void) {
    this.text = text;
    this.#changed = changed;
  }

  open(text: string): void {
    this.text = text;
    this.#changed();
  }

  showFailure(failure: Failure | null): void {
    this.failing = failure;
  }

  closeOffers(): void {}
  focus(): void {}
}

class PlayedTerminal implements Partial<Terminal> {
  readonly size = { columns: 80, rows: 24 };
  /** How often it took the focus. */
  focused = 0;

  focus(): void {
    this.focused += 1;
  }

  begin(): void {}
  clear(): void {}
  discardWaiting(): void {}
  end(): void {}
  write(): void {}
}

class PlayedTransport implements Transport {
  readonly where: Transport["where"];
  readonly starts: Start[] = [];
  listener!: Listener;

  constructor(where: Transport["where"]) {
    this.where = where;
  }

  start(start: Start, listener: Listener): Conversation {
    this.starts.push(start);
    this.listener = listener;
    return { send: () => undefined };
  }

  content(): Promise<{ problem: string }> {
    return Promise.resolve({ problem: "nothing was made" });
  }

  prepare(): void {}
  release(): void {}
}

/** Python in the browser, which is there when it has come. */
export function pythonOf(
  page: Page,
  missing: BrowserPython["missing"] = () => [],
): { readonly python: PlayedTransport; readonly come: () => void } {
  const python = Object.assign(new PlayedTransport("browser"), { missing });
  let come!: () => void;
  const loading = new Promise<unknown>((done) => {
    come = () => done(python);
  });
  page.places.loadBrowser = () => loading as ReturnType<typeof page.places.loadBrowser>;
  return { python, come };
}
