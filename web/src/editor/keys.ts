/** What keys do in the editor, where Python people expect other than the library's defaults. */
import { acceptCompletion, closeBracketsKeymap, completionKeymap, completionStatus } from "@codemirror/autocomplete";
import { defaultKeymap, historyKeymap, indentLess, indentMore, insertNewlineAndIndent } from "@codemirror/commands";
import { foldKeymap, getIndentUnit } from "@codemirror/language";
import { searchKeymap } from "@codemirror/search";
import { EditorSelection } from "@codemirror/state";
import type { Extension } from "@codemirror/state";
import { keymap } from "@codemirror/view";
import type { Command, KeyBinding } from "@codemirror/view";

/** Keys of the page that the library would take for itself. */
const OF_THE_PAGE = new Set(["Mod-Enter"]);
/** After these nothing of the same block can follow. */
const LEAVES_BLOCK = /^\s*(?:return|raise|break|continue|pass)\b/;
const OPEN_END = /[([{,\\]\s*$/;

/** Tab: the chosen completion, or the selected lines further in, or spaces up to the next stop. */
const tab: Command = (view) => {
  if (completionStatus(view.state) === "active" && acceptCompletion(view)) return true;
  const { state } = view;
  if (state.selection.ranges.some((range) => !range.empty)) return indentMore(view);
  if (state.readOnly) return false;
  const unit = getIndentUnit(state);
  view.dispatch(
    state.changeByRange((range) => {
      const line = state.doc.lineAt(range.head);
      const spaces = " ".repeat(unit - ((range.head - line.from) % unit));
      return {
        changes: { from: range.head, insert: spaces },
        range: EditorSelection.cursor(range.head + spaces.length),
      };
    }),
    { userEvent: "input.indent", scrollIntoView: true },
  );
  return true;
};

/** Enter: as the library does, and one level out after a statement that leaves its block. */
const enter: Command = (view) => {
  const { head, empty } = view.state.selection.main;
  const line = view.state.doc.lineAt(head);
  const leaves = empty && head === line.to && LEAVES_BLOCK.test(line.text) && !OPEN_END.test(line.text);
  if (!insertNewlineAndIndent(view)) return false;
  const fresh = view.state.doc.lineAt(view.state.selection.main.head);
  // Only when the library kept the level: it knows better inside brackets and strings.
  const level = /^\s*/.exec(line.text)?.[0] ?? "";
  if (leaves && level !== "" && fresh.text === level) indentLess(view);
  return true;
};

const ours: readonly KeyBinding[] = [
  { key: "Tab", run: tab, shift: indentLess },
  { key: "Enter", run: enter },
];

export function editorKeys(): Extension {
  const library = [...closeBracketsKeymap, ...completionKeymap, ...searchKeymap, ...historyKeymap, ...foldKeymap];
  const defaults = defaultKeymap.filter((binding) => binding.key === undefined || !OF_THE_PAGE.has(binding.key));
  return keymap.of([...library, ...ours, ...defaults]);
}
