/** What the page and the worker of the checks say to each other. One answer follows each question, with its number. */
import type { Problem } from "../core/problems";

export type Question =
  | { readonly kind: "check"; readonly number: number; readonly text: string; readonly python: string }
  | { readonly kind: "format"; readonly number: number; readonly text: string; readonly python: string };

export type Answer =
  | { readonly kind: "problems"; readonly number: number; readonly problems: readonly Problem[] }
  | { readonly kind: "formatted"; readonly number: number; readonly text: string }
  /** The program cannot be formatted as it is: its syntax is wrong. */
  | { readonly kind: "refused"; readonly number: number; readonly reason: string };
