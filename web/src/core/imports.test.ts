import { describe, expect, it } from "vitest";
import { importsOf, neededBy } from "./imports";

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

describe("what a program needs", () => {
  it.each([
    ["import numpy, os\nimport numpy\ntry:\n    import rich\nexcept ImportError: pass", ["numpy", "os"]],
    ["import networkx as nx\nnx.draw(nx.path_graph(3))", ["networkx", "matplotlib"]],
    ["import networkx\ndef f(g):\n    networkx.draw_spring(g, k=1)", ["networkx", "matplotlib"]],
    ["import networkx as nx\ntry:\n    nx.draw(g)\nexcept ImportError: pass", ["networkx"]],
    ["import networkx as nx\n# nx.draw(g)\nprint('nx.draw(g)', nx.drawing)", ["networkx"]],
    ["nx.draw(g)", []],
  ])("is found in %j", (code, modules) => {
    expect(neededBy(code)).toEqual(modules);
  });

  it.each<[Record<string, string | null>, string[]]>([
    [{ "helper.py": "import numpy, os" }, ["numpy", "os"]],
    [{ "helper.py": "import helper, other", "other.py": "import numpy" }, ["numpy"]],
    [{ "helper.py": "try:\n    import numpy\nexcept ImportError: pass", "other.py": "import pandas" }, []],
    [{ "helper/__init__.py": "import numpy", "helper/later.py": "import pandas" }, ["numpy"]],
    [{ "helper/__init__.py": "import numpy", "helper.py": "import pandas" }, ["numpy"]],
    [{ "helper/data.csv": null }, []],
    [{ "helper.txt": null, "in/helper.py": "import numpy" }, ["helper"]],
    [{ "helper.py": "from helper.deep import x", "numpy.py": "" }, []],
  ])("is found in what lies beside it: %j", (files, modules) => {
    expect(neededBy("import helper", new Map(Object.entries(files)))).toEqual(modules);
  });
});
