/** Ruff's diagnostics as problems of ours. */
import type { Diagnostic } from "@astral-sh/ruff-wasm-web";

import type { Problem } from "../core/problems";
import { severityOf } from "./rules";

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

export function toProblem(diagnostic: Diagnostic): Problem {
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
