/** Finding text in the terminal: a bar above it, and the library's search, which is loaded when the bar is first used. */
import type { ISearchOptions, SearchAddon } from "@xterm/addon-search";
import type { Terminal } from "@xterm/xterm";

import { loadedOnce } from "../core/loading";
import { palettes } from "../core/palette";
import type { Theme } from "../core/palette";

export interface FindBarOptions {
  readonly parent: HTMLElement;
  readonly terminal: Terminal;
  theme(): Theme;
}

export class FindBar {
  readonly #options: FindBarOptions;
  readonly #form: HTMLFormElement;
  readonly #field: HTMLInputElement;
  readonly #count: HTMLOutputElement;
  #search: SearchAddon | null = null;

  constructor(options: FindBarOptions) {
    this.#options = options;
    const document = options.parent.ownerDocument;
    this.#form = document.createElement("form");
    this.#form.className = "find-bar";
    this.#form.setAttribute("role", "search");
    this.#form.hidden = true;
    this.#field = document.createElement("input");
    this.#field.type = "search";
    this.#field.setAttribute("aria-label", "Find in the terminal");
    this.#field.placeholder = "Find in the terminal";
    this.#count = document.createElement("output");
    const button = (label: string, act: () => void): HTMLButtonElement => {
      const element = document.createElement("button");
      element.type = "button";
      element.textContent = label;
      element.addEventListener("click", act);
      return element;
    };
    this.#form.append(
      this.#field,
      button("Previous", () => void this.#find("back")),
      button("Next", () => void this.#find("on")),
      this.#count,
      button("Close", () => {
        this.close();
      }),
    );
    this.#field.addEventListener("input", () => void this.#find("here"));
    this.#form.addEventListener("submit", (event) => {
      event.preventDefault();
      void this.#find("on");
    });
    this.#form.addEventListener("keydown", (event) => {
      if (event.key === "Escape") {
        event.stopPropagation();
        this.close();
      } else if (event.key === "Enter" && event.shiftKey) {
        event.preventDefault();
        void this.#find("back");
      }
    });
    options.parent.prepend(this.#form);
  }

  open(): void {
    this.#form.hidden = false;
    this.#field.select();
    this.#field.focus();
  }

  close(): void {
    this.#form.hidden = true;
    this.#search?.clearDecorations();
    this.#options.terminal.focus();
  }

  dispose(): void {
    this.#form.remove();
  }

  readonly #load = loadedOnce(async () => {
    const { SearchAddon } = await import("@xterm/addon-search");
    const search = new SearchAddon({ highlightLimit: 1000 });
    this.#options.terminal.loadAddon(search);
    search.onDidChangeResults(({ resultIndex, resultCount }) => {
      this.#count.textContent =
        resultCount === 0 ? "Not found" : `${String(resultIndex + 1)} of ${String(resultCount)}`;
    });
    this.#search = search;
    return search;
  });

  async #find(where: "here" | "on" | "back"): Promise<void> {
    let search: SearchAddon;
    try {
      search = await this.#load();
    } catch {
      this.#count.textContent = "The search could not be loaded";
      return;
    }
    const text = this.#field.value;
    if (text === "") {
      search.clearDecorations();
      this.#count.textContent = "";
      return;
    }
    const { grounds, lines } = palettes[this.#options.theme()];
    const options: ISearchOptions = {
      incremental: where === "here",
      decorations: {
        matchBackground: grounds.match,
        activeMatchBackground: grounds.currentMatch,
        activeMatchBorder: lines.warning,
        matchOverviewRuler: lines.warning,
        activeMatchColorOverviewRuler: lines.cursor,
      },
    };
    if (where === "back") search.findPrevious(text, options);
    else search.findNext(text, options);
  }
}
