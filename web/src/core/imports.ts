/** Which modules a program imports, read from its syntax tree: nothing of it is run. */

import { parser } from "@lezer/python";

/** Absolute imports, by their first name, in the order of the program; `guarded` ones stand in a `try`. */
export interface Import {
  readonly module: string;
  readonly line: number;
  readonly guarded: boolean;
}

export function importsOf(code: string): Import[] {
  const found: Import[] = [];
  const tree = parser.parse(code);
  let guards = 0;
  tree.iterate({
    enter(node) {
      if (node.name === "TryStatement") guards += 1;
      if (node.name !== "ImportStatement") return true;
      const line = code.slice(0, node.from).split("\n").length;
      for (const module of modulesOf(code.slice(node.from, node.to))) found.push({ module, line, guarded: guards > 0 });
      return false;
    },
    leave(node) {
      if (node.name === "TryStatement") guards -= 1;
    },
  });
  return found;
}

/** Files that lie beside the program, where Python looks first: their paths, and the text of those that are Python. */
export type Beside = ReadonlyMap<string, string | null>;

/**
 * The modules without which it would fail, each once: what it imports, and what `networkx.draw` imports by itself. What
 * lies beside it is there, and needs what it imports in turn.
 */
export function neededBy(code: string, beside: Beside = new Map()): string[] {
  const paths = [...beside.keys()];
  const needed = new Set<string>();
  const looked = new Set<string>();
  const look = (text: string): void => {
    for (const module of importedBy(text)) {
      if (looked.has(module)) continue;
      looked.add(module);
      const folder = `${module}/`;
      const isBeside = beside.has(`${module}.py`) || paths.some((path) => path.startsWith(folder));
      if (isBeside) look(beside.get(`${folder}__init__.py`) ?? beside.get(`${module}.py`) ?? "");
      else needed.add(module);
    }
  };
  look(code);
  return [...needed];
}

function importedBy(code: string): string[] {
  const needed = new Set(
    importsOf(code)
      .filter((one) => !one.guarded)
      .map((one) => one.module),
  );
  if (needed.has("networkx") && drawsGraphs(code)) needed.add("matplotlib");
  return [...needed];
}

function drawsGraphs(code: string): boolean {
  let draws = false;
  parser.parse(code).iterate({
    enter(node) {
      const called = node.name === "CallExpression" ? node.node.firstChild : null;
      if (called !== null) draws ||= /^(?:nx|networkx)\.draw(?:_\w+)?$/.test(code.slice(called.from, called.to));
      return node.name !== "TryStatement" && !draws;
    },
  });
  return draws;
}

function modulesOf(statement: string): string[] {
  const from = /^from\s+([\p{L}_][\p{L}\p{N}_]*)/u.exec(statement);
  if (from !== null) return [from[1] ?? ""];
  if (!/^import\s/.test(statement)) return []; // relative
  const names = statement
    .replace(/^import\s+/, "")
    .replace(/\\\r?\n/g, " ")
    .split(",");
  return names.map((name) => name.trim().split(/[.\s]/)[0] ?? "").filter(Boolean);
}
