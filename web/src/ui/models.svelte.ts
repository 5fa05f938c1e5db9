/** Who writes programs: what the server has, and what the person chose of it. */

import type { ModelInfo, RecipeInfo } from "../core/wire.gen";
import { fetchModels, fetchRecipes } from "../net/models";
import { recall, remember } from "./memory";
import type { Page } from "./page.svelte";

/** As a request names them: no model at all. */
export const RECIPES = "recipes";
/** A server that has just been started is still looking for the models of its own machine. */
const LOOK_AGAIN_MS = 1500;

export class Models {
  list: readonly ModelInfo[] = $state.raw([]);
  recipes: readonly RecipeInfo[] = $state.raw([]);
  dialog: "models" | "recipes" | null = $state(null);

  #default: string | null = $state(null);
  #chosen: string | null = $state(recall("model"));

  /** The model that writes; null when recipes do. */
  readonly current: ModelInfo | null = $derived.by(() => {
    if (this.#chosen === RECIPES) return null;
    const available = this.list.filter((one) => one.available);
    return (
      available.find((one) => one.id === this.#chosen) ?? available.find((one) => one.id === this.#default) ?? null
    );
  });
  /** Whether there is a model that could write. */
  readonly isConnected = $derived(this.list.some((one) => one.available));

  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  /** As a request names it; without a name the server decides, which may know more by now. */
  get wanted(): string | null {
    return this.#chosen === RECIPES ? RECIPES : (this.current?.id ?? null);
  }

  /** In few words. */
  get title(): string {
    return this.current?.name ?? "Built-in recipes";
  }

  choose(id: string): void {
    this.#chosen = id;
    remember("model", id);
  }

  async begin(): Promise<void> {
    await this.look();
    if (!this.isConnected) setTimeout(() => void this.look(), LOOK_AGAIN_MS);
  }

  async look(): Promise<void> {
    const found = await fetchModels(this.#page.places.token());
    if (found === null) return;
    this.list = found.models;
    this.#default = found.default;
  }

  open(dialog: "models" | "recipes"): void {
    this.dialog = dialog;
    if (dialog === "models") void this.look();
    else void this.#lookForRecipes();
  }

  async #lookForRecipes(): Promise<void> {
    this.recipes = (await fetchRecipes(this.#page.places.token())) ?? this.recipes;
  }
}
