/** A change that is proposed: shown over the program as it was, to be taken or left, part by part or as a whole. */
import {
  acceptChunk,
  getChunks,
  getOriginalDoc,
  goToNextChunk,
  goToPreviousChunk,
  rejectChunk,
  unifiedMergeView,
} from "@codemirror/merge";
import type { EditorState, Extension, Text } from "@codemirror/state";
import { EditorView } from "@codemirror/view";

import { changedLines } from "../core/changed_lines";

/** What is left of a proposal to decide on. */
export interface Changes {
  readonly parts: number;
  /** Lines. */
  readonly added: number;
  readonly removed: number;
}

/** Beyond this the comparison gets coarse, and stays exact. */
const LONGEST_COMPARISON_MS = 200;

const NAMES = { accept: "Accept this part", reject: "Reject this part" } as const;
const SIGNS = { accept: "✓ Accept", reject: "✕ Reject" } as const;

function button(kind: "accept" | "reject", act: (event: MouseEvent) => void): HTMLElement {
  const made = document.createElement("button");
  made.type = "button";
  made.className = `cm-part cm-${kind}`;
  made.textContent = SIGNS[kind];
  made.setAttribute("aria-label", NAMES[kind]);
  made.onclick = act;
  return made;
}

export function proposal(original: string, changed: (changes: Changes) => void): Extension {
  return [
    unifiedMergeView({
      original,
      gutter: false, // lines have signs
      diffConfig: { timeout: LONGEST_COMPARISON_MS },
      mergeControls: button,
    }),
    EditorView.updateListener.of(({ state, startState }) => {
      if (getChunks(state)?.chunks !== getChunks(startState)?.chunks) changed(changesIn(state));
    }),
  ];
}

export function changesIn(state: EditorState): Changes {
  const chunks = getChunks(state)?.chunks ?? [];
  const before = chunks.length > 0 ? getOriginalDoc(state) : state.doc;
  let added = 0;
  let removed = 0;
  for (const { fromA, toA, endA, fromB, toB, endB } of chunks) {
    const lines = changedLines(linesOf(before, fromA, toA, endA), linesOf(state.doc, fromB, toB, endB));
    removed += lines.removed;
    added += lines.added;
  }
  return { parts: chunks.length, added, removed };
}

/** Those of a part; without the empty one after a last line feed, which is none. */
function linesOf(doc: Text, from: number, to: number, end: number): string[] {
  if (from === to) return [];
  const lines = doc.sliceString(from, Math.min(end, doc.length)).split("\n");
  return end >= doc.length && lines.length > 1 && lines.at(-1) === "" ? lines.slice(0, -1) : lines;
}

export function goToChange(view: EditorView, forward: boolean): void {
  (forward ? goToNextChunk : goToPreviousChunk)(view);
}

/** The part at the cursor, or else the first. False when there is none. */
export function decide(view: EditorView, kind: "accept" | "reject"): boolean {
  const act = kind === "accept" ? acceptChunk : rejectChunk;
  const first = getChunks(view.state)?.chunks[0];
  return act(view) || (first !== undefined && act(view, first.fromB));
}
