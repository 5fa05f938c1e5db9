/** A page in no browser: its state is the real one; editor, terminal, and what runs programs are played. */

import { vi } from "vitest";
import type { BrowserPython } from "../browser/browser_python";
import type { Failure } from "../core/traceback";
import type { Conversation, InputMessage, Listener, Start, Transport } from "../core/transport";
import { Page } from "./page.svelte";

export class PlayedEditor {
  text: string;
  failing: Failure | null = null;
  readonly #changed: () => void;

  constructor(text: string, changed: () => void) {
    this.text = text;
    this.#changed = changed;
  }

  /** What the person makes of it. */
  becomes(text: string): void {
    this.text = text;
    this.#changed();
  }

  propose(text: string): { parts: number; added: number; removed: number } {
    this.becomes(text);
    return { parts: 1, added: 1, removed: 0 };
  }

  showFailure(failure: Failure | null): void {
    this.failing = failure;
  }

  closeOffers(): void {}
  endProposal(): void {}
  focus(): void {}
}

export class PlayedTerminal {
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

export class PlayedTransport implements Transport {
  readonly where: Transport["where"];
  readonly starts: Start[] = [];
  readonly sent: InputMessage[] = [];
  readonly canAsk = true;
  listener!: Listener;

  constructor(where: Transport["where"]) {
    this.where = where;
  }

  start(start: Start, listener: Listener): Conversation {
    this.starts.push(start);
    this.listener = listener;
    return { send: (message) => this.sent.push(message) };
  }

  content(): Promise<{ problem: string }> {
    return Promise.resolve({ problem: "nothing was made" });
  }

  prepare(): void {}
  release(): void {}
}

export interface PlayedPage {
  readonly page: Page;
  readonly editor: PlayedEditor;
  readonly terminal: PlayedTerminal;
  readonly server: PlayedTransport;
  /** What has the focus can be set. */
  readonly document: { activeElement: object; body: object; visibilityState: string };
}

/** With this program in the editor; `vi.unstubAllGlobals()` ends it. */
export function playedPage(code: string, { isTouched = false } = {}): PlayedPage {
  const nothing = (): void => undefined;
  const body = { closest: () => null };
  const document = {
    activeElement: body,
    body,
    visibilityState: "hidden",
    documentElement: { dataset: {} },
    addEventListener: nothing,
    createElement: () => ({}),
    getElementById: () => null,
    querySelector: () => null,
  };
  vi.stubGlobal("document", document);
  vi.stubGlobal("location", new URL("http://127.0.0.1:3001/ide"));
  vi.stubGlobal("navigator", { platform: "Linux" });
  vi.stubGlobal("addEventListener", nothing);
  vi.stubGlobal("requestAnimationFrame", (draw: () => void) => queueMicrotask(draw));
  vi.stubGlobal("matchMedia", (asked: string) => ({
    matches: isTouched && asked === "(pointer: coarse)",
    addEventListener: nothing,
  }));
  for (const name of ["localStorage", "sessionStorage"]) {
    const kept = new Map<string, string>();
    vi.stubGlobal(name, {
      getItem: (key: string) => kept.get(key) ?? null,
      setItem: (key: string, value: string) => kept.set(key, value),
      removeItem: (key: string) => kept.delete(key),
    });
  }
  const page = new Page();
  const editor = new PlayedEditor(code, () => page.program.changed());
  const terminal = new PlayedTerminal();
  const server = new PlayedTransport("sandbox");
  Object.assign(page, { editor, terminal });
  Object.assign(page.places, { onServer: server });
  return { page, editor, terminal, server, document };
}

interface PlayedBrowser {
  readonly browser: PlayedTransport;
  readonly come: () => void;
}

/** Python in the browser, which is there when it has come. */
export function browserOf(page: Page, missing: BrowserPython["missing"] = () => []): PlayedBrowser {
  const browser = Object.assign(new PlayedTransport("browser"), { missing });
  let come!: () => void;
  const loading = new Promise<unknown>((done) => {
    come = () => done(browser);
  });
  page.places.loadBrowser = () => loading as ReturnType<typeof page.places.loadBrowser>;
  return { browser, come };
}
