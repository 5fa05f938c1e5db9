import { expect, it } from "vitest";
import { explain } from "./explain";

it.each([
  ["", ["It is empty."]],
  ["x = 1\ny = 2\n", ["It has 2 lines of Python."]],
  ["import random, os\nprint(input('? '))", ["It imports random and os.", "It asks for input.", "It prints."]],
  ["def f(): pass\nclass C:\n    def g(self): pass", ["It defines the functions f and g.", "It defines the class C."]],
  ["open('a', 'w').close()", ["It writes files."]],
  ["open('a').read()\nopen('b', 'rb')", ["It has 2 lines of Python."]],
  [
    "import requests\nfrom flask import Flask",
    ["It imports requests and flask.", "It uses the network.", "It starts a server."],
  ],
  ["while True:\n    pass", ["It goes on until it is stopped."]],
  ["while True:\n    break", ["It has 2 lines of Python."]],
  ["x = 1\nprint((", ["It is not valid Python: look at line 2.", "It prints."]],
  ["# import os\ns = 'input()'", ["It has 2 lines of Python."]],
])("of %j it says %j", (code, said) => {
  expect(explain(code)).toEqual(said);
});

it("names no more than a person reads", () => {
  const code = Array.from({ length: 30 }, (_, place) => `def f${place}(): pass`).join("\n");
  expect(explain(code)[0]).toMatch(/f7 and 22 more\.$/);
});
