/** What tests play: a browser, as far as the page's own modules ask for one, and tabs of it without their components. */

import { vi } from "vitest";
import type { Editor } from "../editor/editor";
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

/** The page in a tab. Globals are those of the tab in which something was done last. */
export class Tab {
  readonly page: Page;
  readonly location = { origin: "http://127.0.0.1:3001", pathname: "/ide", hash: "" };
  readonly #listeners = new Map<string, (() => void)[]>();
  readonly #document = {
    visibilityState: "visible",
    activeElement: null,
    body: null,
    documentElement: { dataset: {} },
    createElement: () => ({}),
    getElementById: () => null,
    addEventListener: (name: string, listener: () => void) => this.#listen(name, listener),
  };
  readonly #globals: Readonly<Record<string, unknown>>;

  /** As it is opened at an address that carries this. */
  constructor(browser: Browser, hash = "") {
    this.location.hash = hash;
    this.#globals = {
      addEventListener: this.#document.addEventListener,
      document: this.#document,
      history: {
        replaceState: (_: unknown, __: string, address: string) => {
          this.location.hash = new URL(address, this.location.origin).hash;
        },
      },
      localStorage: browser.storage,
      location: this.location,
      matchMedia: () => ({ matches: false, addEventListener: () => undefined }),
      navigator: { platform: "Linux" },
      requestAnimationFrame: () => 0,
      sessionStorage: new Browser().storage,
    };
    this.#enter();
    this.page = new Page();
    this.page.editor = this.#editor();
  }

  /** What is done once the components are there. */
  async begin(): Promise<this> {
    await this.page.program.begin();
    return this;
  }

  get text(): string {
    return this.page.editor?.text ?? "";
  }

  type(text: string): void {
    this.#enter();
    this.page.editor?.open(text);
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
    this.#document.visibilityState = "hidden";
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

  #editor(): Editor {
    const editor = {
      text: this.page.program.first,
      open: (text: string) => {
        editor.text = text;
        this.page.program.changed();
      },
      beginWriting: () => undefined,
      endWriting: (text: string) => editor.open(text),
      focus: () => undefined,
      propose: () => ({ parts: 1, added: 1, removed: 0 }),
      showFailure: () => undefined,
    };
    return editor as unknown as Editor;
  }
}
