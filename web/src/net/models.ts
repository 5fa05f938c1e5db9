/** What can write programs on this server, and the recipes that it has. */

import type { ModelsInfo, RecipeInfo, RecipesInfo } from "../core/wire.gen";
import { bearer, MODELS, RECIPES } from "./api";

/** Null when the server cannot say now. */
export function fetchModels(token: string | null): Promise<ModelsInfo | null> {
  return fetched<ModelsInfo>(MODELS, token);
}

/** The same. */
export async function fetchRecipes(token: string | null): Promise<readonly RecipeInfo[] | null> {
  return (await fetched<RecipesInfo>(RECIPES, token))?.recipes ?? null;
}

async function fetched<T>(address: string, token: string | null): Promise<T | null> {
  try {
    const response = await fetch(address, { headers: bearer(token), cache: "no-store" });
    return response.ok ? ((await response.json()) as T) : null;
  } catch {
    return null;
  }
}
