/** Ruff, in a worker of its own: 11 MB of WebAssembly that neither loads nor works where somebody types. */
import init, { PositionEncoding, Workspace } from "@astral-sh/ruff-wasm-web";
import type { Diagnostic } from "@astral-sh/ruff-wasm-web";
import wasm from "@astral-sh/ruff-wasm-web/ruff_wasm_bg.wasm?url";

import { problemsOf } from "./diagnostics";
import type { Answer, Question } from "./messages";
import { rules } from "./rules";

const ready = init({ module_or_path: wasm });
ready.catch(() => undefined); // whoever asks is told; until then it is nobody's affair
let workspace: { readonly python: string; readonly ruff: Workspace } | null = null;

function ruffFor(python: string): Workspace {
  if (workspace?.python !== python) {
    workspace?.ruff.free();
    // Columns count as JavaScript counts characters.
    const options = { ...rules, "target-version": python };
    workspace = { python, ruff: new Workspace(options, PositionEncoding.Utf16) };
  }
  return workspace.ruff;
}

function answer({ kind, number, text, python }: Question): Answer {
  const ruff = ruffFor(python);
  if (kind === "check") {
    const diagnostics = ruff.check(text) as readonly Diagnostic[];
    return { kind: "problems", number, problems: problemsOf(diagnostics, text) };
  }
  try {
    return { kind: "formatted", number, text: ruff.format(text) };
  } catch (error) {
    // A panic of WebAssembly is another thing: it has spoilt the instance, and ends this worker.
    if (error instanceof WebAssembly.RuntimeError) throw error;
    return { kind: "refused", number, reason: String(error) };
  }
}

addEventListener("message", (event: MessageEvent<Question>) => {
  ready
    .then(() => {
      postMessage(answer(event.data));
    })
    .catch(reportError); // the page hears of what is reported, and of no promise that fails
});
