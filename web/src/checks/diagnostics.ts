/** Ruff's diagnostics as problems of ours. */
import type { Diagnostic } from "@astral-sh/ruff-wasm-web";

import type { Problem } from "../core/problems";
import { severityOf, VALUE_IS_LOST } from "./rules";

type Location = Diagnostic["start_location"];

const position = ({ row, column }: Location) => ({ line: row, column });

function fixOf({ fix, code }: Diagnostic): Problem["fix"] {
  if (fix === null) return null;
  return {
    title: fix.message ?? `Fix ${code ?? "this"}`,
    edits: fix.edits.map((edit) => ({
      start: position(edit.location),
      end: position(edit.end_location),
      text: edit.content ?? "",
    })),
  };
}

/** But for what is none, because a run shows the value of the last expression. */
export function problemsOf(diagnostics: readonly Diagnostic[], text: string): Problem[] {
  const lines = text.split("\n");
  const isLast = ({ start_location: start, end_location: end }: Diagnostic): boolean => {
    const [rest = "", ...below] = lines.slice(end.row - 1);
    return start.column === 1 && [rest.slice(end.column - 1), ...below].every((line) => /^\s*(?:#.*)?$/.test(line));
  };
  return diagnostics.filter((one) => !(VALUE_IS_LOST.has(one.code ?? "") && isLast(one))).map(toProblem);
}

function toProblem(diagnostic: Diagnostic): Problem {
  const code = diagnostic.code === "invalid-syntax" ? null : diagnostic.code;
  return {
    start: position(diagnostic.start_location),
    end: position(diagnostic.end_location),
    severity: severityOf(code),
    code,
    message: diagnostic.message,
    fix: fixOf(diagnostic),
  };
}
