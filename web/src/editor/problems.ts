/** Problems that the checks found, as marks in the editor. */
import { nextDiagnostic, previousDiagnostic, setDiagnostics } from "@codemirror/lint";
import type { Diagnostic } from "@codemirror/lint";
import type { Text, TransactionSpec } from "@codemirror/state";
import type { EditorView } from "@codemirror/view";

import type { Position, Problem } from "../core/problems";

/** The offset of a position, held inside the text: the text may have changed since it was checked. */
function offsetOf(doc: Text, { line, column }: Position): number {
  if (line < 1) return 0;
  if (line > doc.lines) return doc.length;
  const { from, to } = doc.line(line);
  return Math.min(from + Math.max(column - 1, 0), to);
}

function applyFix(view: EditorView, problem: Problem): void {
  if (problem.fix === null) return;
  const { doc } = view.state;
  const changes = problem.fix.edits.map(({ start, end, text }) => ({
    from: offsetOf(doc, start),
    to: offsetOf(doc, end),
    insert: text,
  }));
  view.dispatch({ changes, userEvent: "input.fix" });
  view.focus();
}

function toDiagnostic(doc: Text, problem: Problem): Diagnostic {
  const from = offsetOf(doc, problem.start);
  const diagnostic: Diagnostic = {
    from,
    to: Math.max(from, offsetOf(doc, problem.end)),
    severity: problem.severity,
    message: problem.message,
  };
  if (problem.code !== null) diagnostic.source = problem.code;
  if (problem.fix === null) return diagnostic;
  const checked = doc;
  const apply = (view: EditorView): void => {
    // The edits are places in the text that was checked; in another text they would damage it. The next check,
    // a moment after the last key, offers the fix anew.
    if (view.state.doc.eq(checked)) applyFix(view, problem);
  };
  diagnostic.actions = [{ name: problem.fix.title, apply }];
  return diagnostic;
}

export function showProblems(view: EditorView, problems: readonly Problem[]): TransactionSpec {
  const { state } = view;
  return setDiagnostics(
    state,
    problems.map((problem) => toDiagnostic(state.doc, problem)).sort((a, b) => a.from - b.from || a.to - b.to),
  );
}

export function goToProblem(view: EditorView, forward: boolean): void {
  (forward ? nextDiagnostic : previousDiagnostic)(view);
}
