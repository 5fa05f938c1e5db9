import { EditorState } from "@codemirror/state";
import { EditorView } from "@codemirror/view";
import { expect, it } from "vitest";
import { failingLine, setFailure } from "./failing_line";

const FAILURE = { line: 2, message: "ZeroDivisionError: division by zero" };

function marks(state: EditorState): number {
  return state.facet(EditorView.decorations).reduce((sum, set) => sum + ("size" in set ? set.size : 0), 0);
}

function failed(line: number): EditorState {
  const begun = EditorState.create({ doc: "a = 0\nprint(1 / a)\n", extensions: failingLine() });
  return begun.update({ effects: setFailure.of({ ...FAILURE, line }) }).state;
}

it("is marked until the program is changed, anywhere in it", () => {
  const state = failed(2);
  expect(marks(state)).toBe(2); // the line, and what the exception says
  expect(marks(state.update({ selection: { anchor: 3 } }).state)).toBe(2);
  expect(marks(state.update({ effects: setFailure.of(null) }).state)).toBe(0);
  expect(marks(state.update({ changes: { from: 4, to: 5, insert: "1" } }).state)).toBe(0);
});

it.each([0, 4])("of %i is none, where the program has no such line", (line) => {
  expect(marks(failed(line))).toBe(0);
});
