/** How the page looks, as the person or their system has it: theme and sizes. */

import type { Theme } from "../core/palette";
import { recall, remember } from "./memory";

export class Looks {
  theme: Theme = $state("light");
  /** Share of the height that is the editor's, in percent. */
  split = $state(clamp(Number(recall("split") ?? 56), 15, 85));

  /** Share of the width that is the prompt's, in percent. */
  promptWidth = $state(clamp(Number(recall("prompt-width") ?? 28), 18, 50));
  /** Whether the pane of the prompt is open. */
  asks = $state(recall("asks") !== "no");

  readonly #changed: (theme: Theme) => void;

  constructor(changed: (theme: Theme) => void) {
    this.#changed = changed;
    const chosen = recall("theme");
    const system = matchMedia("(prefers-color-scheme: dark)");
    this.theme = chosen === "light" || chosen === "dark" ? chosen : system.matches ? "dark" : "light";
    system.addEventListener("change", () => {
      if (recall("theme") === null) this.#setTheme(system.matches ? "dark" : "light");
    });
    document.documentElement.dataset["theme"] = this.theme;
  }

  switchTheme(): void {
    const theme = this.theme === "dark" ? "light" : "dark";
    remember("theme", theme);
    this.#setTheme(theme);
  }

  #setTheme(theme: Theme): void {
    this.theme = theme;
    document.documentElement.dataset["theme"] = theme;
    this.#changed(theme);
  }

  setSplit(percent: number): void {
    this.split = clamp(percent, 15, 85);
    remember("split", String(Math.round(this.split)));
  }

  setPromptWidth(percent: number): void {
    this.promptWidth = clamp(percent, 18, 50);
    remember("prompt-width", String(Math.round(this.promptWidth)));
  }

  showAsks(open: boolean): void {
    this.asks = open;
    remember("asks", open ? null : "no");
  }
}

function clamp(value: number, least: number, most: number): number {
  return Number.isFinite(value) ? Math.min(Math.max(value, least), most) : (least + most) / 2;
}
