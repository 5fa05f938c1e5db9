/** What can be said of a program when nothing can run it: read from its syntax tree, and clearly not a run. */

import { parser } from "@lezer/python";
import type { SyntaxNodeRef } from "@lezer/common";
import { importsOf } from "./imports";

/** As the server's own explanation takes them for it. */
const NETWORK = new Set([
  "socket",
  "ssl",
  "http",
  "urllib",
  "ftplib",
  "smtplib",
  "requests",
  "httpx",
  "aiohttp",
  "websockets",
]);
const SERVERS = new Set(["flask", "fastapi", "uvicorn", "django", "bottle", "socketserver", "aiohttp"]);
const PLOTS = new Set(["matplotlib", "seaborn", "plotly", "turtle", "pygame", "tkinter"]);
const MOST_NAMES = 8;

/** Sentences for a person. */
export function explain(code: string): string[] {
  const found = look(code);
  const modules = [...new Set(importsOf(code).map((one) => one.module))];
  const said: string[] = [];
  if (code.trim() === "") return ["It is empty."];
  if (found.errorLine !== null) said.push(`It is not valid Python: look at line ${found.errorLine}.`);
  if (modules.length > 0) said.push(`It imports ${names(modules)}.`);
  if (found.functions.length > 0) said.push(`It defines ${plural("function", found.functions)}.`);
  if (found.classes.length > 0) said.push(`It defines ${plural("class", found.classes, "classes")}.`);
  if (found.calls.has("input")) said.push("It asks for input.");
  if (found.writes) said.push("It writes files.");
  if (modules.some((module) => NETWORK.has(module))) said.push("It uses the network.");
  if (modules.some((module) => SERVERS.has(module))) said.push("It starts a server.");
  if (modules.some((module) => PLOTS.has(module))) said.push("It draws.");
  if (found.endless) said.push("It goes on until it is stopped.");
  if (found.calls.has("print")) said.push("It prints.");
  return said.length > 0 ? said : [`It has ${code.trimEnd().split("\n").length} lines of Python.`];
}

interface Found {
  errorLine: number | null;
  readonly functions: string[];
  readonly classes: string[];
  readonly calls: Set<string>;
  writes: boolean;
  endless: boolean;
}

function look(code: string): Found {
  const found: Found = { errorLine: null, functions: [], classes: [], calls: new Set(), writes: false, endless: false };
  const text = (node: { from: number; to: number } | null): string =>
    node === null ? "" : code.slice(node.from, node.to);
  parser.parse(code).iterate({
    enter(node: SyntaxNodeRef) {
      if (node.type.isError) found.errorLine ??= code.slice(0, node.from).split("\n").length;
      if (node.name === "FunctionDefinition") found.functions.push(text(node.node.getChild("VariableName")));
      if (node.name === "ClassDefinition") found.classes.push(text(node.node.getChild("VariableName")));
      if (node.name === "CallExpression") {
        const name = text(node.node.firstChild);
        found.calls.add(name);
        if (name === "open" && /,\s*(?:mode\s*=\s*)?["'][^"']*[wax+]/.test(text(node.node.getChild("ArgList"))))
          found.writes = true;
        if (/\.write_(?:text|bytes)$/.test(name)) found.writes = true;
      }
      if (
        node.name === "WhileStatement" &&
        /^while\s+(?:True|1)\s*:/.test(text(node)) &&
        !/\b(?:break|return)\b/.test(text(node))
      )
        found.endless = true;
    },
  });
  return found;
}

function names(all: readonly string[]): string {
  const shown = all.slice(0, MOST_NAMES);
  const more = all.length - shown.length;
  if (more > 0) return `${shown.join(", ")} and ${more} more`;
  return shown.length > 1 ? `${shown.slice(0, -1).join(", ")} and ${shown.at(-1)}` : (shown[0] ?? "");
}

function plural(word: string, all: readonly string[], many = `${word}s`): string {
  return `the ${all.length === 1 ? word : many} ${names(all)}`;
}
