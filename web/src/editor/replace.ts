/** The changes from one text to another, small, so that marks and cursor outside them stay where they are. */
import { diff } from "@codemirror/merge";
import type { ChangeSpec } from "@codemirror/state";

/** Beyond this the comparison gets coarse, and stays exact: a formatter must not hold up the page. */
const LONGEST_COMPARISON_MS = 50;

export function changesBetween(before: string, after: string): ChangeSpec[] {
  return diff(before, after, { timeout: LONGEST_COMPARISON_MS }).map(({ fromA, toA, fromB, toB }) => ({
    from: fromA,
    to: toA,
    insert: after.slice(fromB, toB),
  }));
}
