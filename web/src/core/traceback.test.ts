import { expect, it } from "vitest";
import { findSourceLinks, readFailure } from "./traceback";

const FAILS = `Traceback (most recent call last):
  File "/workspace/main.py", line 7, in <module>
    main()
    ~~~~^^
  File "/workspace/main.py", line 4, in main
    return 1 / 0
  File "/usr/lib/python3.11/other.py", line 99, in deep
ZeroDivisionError: division by zero
`;

it("finds the innermost line of the program and what the exception says", () => {
  expect(readFailure(`before\n${FAILS}`)).toEqual({ line: 4, message: "ZeroDivisionError: division by zero" });
});

it("finds the line of a syntax error, which has no header", () => {
  const said = "  File \"/workspace/main.py\", line 3\n    print(\n         ^\nSyntaxError: '(' was never closed\n";
  expect(readFailure(said)).toEqual({ line: 3, message: "SyntaxError: '(' was never closed" });
});

it("reads through colours, and takes the last of several", () => {
  const coloured = FAILS.replace("ZeroDivisionError", "\x1b[1;35mKeyError\x1b[0m").replace("line 4", "line 5");
  expect(readFailure(FAILS + coloured)).toMatchObject({ line: 5, message: "KeyError: division by zero" });
});

it("finds one that begins in the row of what was printed last", () => {
  const rows =
    'Traceback (most recent call last):\n  File "/workspace/main.py", line 4, in <module>\nZeroDivisionError: no\n';
  for (const printed of ["99 %\r", "Name? ", "  "])
    expect(readFailure(printed + rows)).toEqual({ line: 4, message: "ZeroDivisionError: no" });
});

it("finds none where there is none", () => {
  expect(readFailure("all is well\nError: only words\n")).toBeNull();
  expect(readFailure("")).toBeNull();
});

it("links places of the program only", () => {
  const row = '  File "/workspace/main.py", line 12, in f; File "/etc/passwd", line 1';
  expect(findSourceLinks(row)).toEqual([{ line: 12, start: 2, end: 36 }]);
  expect(findSourceLinks('File "/workspace/main.py", line 0')).toEqual([]);
});
