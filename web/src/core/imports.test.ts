import { expect, it } from "vitest";
import { importsOf } from "./imports";

it.each([
  ["import os, sys as system\nimport a.b.c", ["os", "sys", "a"]],
  ["from collections import deque\nfrom . import x\nfrom .y import z", ["collections"]],
  ["def f():\n    import json", ["json"]],
  ['"""\nimport data from the file\n"""\nx = "import y"\n# import z', []],
  ["import \\\n  random", ["random"]],
  ["from os import (\n    path,\n    sep,\n)", ["os"]],
  ["importance = 3\nimports(1)", []],
])("of %j", (code, modules) => {
  expect(importsOf(code).map((one) => one.module)).toEqual(modules);
});

it("tells which may fail without harm", () => {
  const code = "try:\n    import numpy\nexcept ImportError:\n    numpy = None\nimport pandas";
  expect(importsOf(code)).toEqual([
    { module: "numpy", line: 2, guarded: true },
    { module: "pandas", line: 5, guarded: false },
  ]);
});
