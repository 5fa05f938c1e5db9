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

const IN_MAIN = '  File "/workspace/main.py", line 4, in <module>\n    fails()\n';

it("finds one that begins in the row of what was printed last", () => {
  const rows = `Traceback (most recent call last):\n${IN_MAIN}ZeroDivisionError: no\n`;
  for (const printed of ["99 %\r", "Name? ", "|###| 40%\r", "\r|###| 40%", "\r\n"])
    expect(readFailure(printed + rows)).toEqual({ line: 4, message: "ZeroDivisionError: no" });
});

it("finds that of a group, and not those within it", () => {
  const group = `  + Exception Group Traceback (most recent call last):
  |   File "/workspace/main.py", line 4, in <module>
  | ExceptionGroup: two (1 sub-exception)
  +-+---------------- 1 ----------------
    | Traceback (most recent call last):
    |   File "/workspace/main.py", line 2, in <module>
    | ValueError: one
    +------------------------------------
`;
  for (const printed of ["", "99 %\r", "printed\n"])
    expect(readFailure(printed + group)).toEqual({ line: 4, message: "ExceptionGroup: two (1 sub-exception)" });
});

it("takes a traceback that an exception tells of for what it says", () => {
  const told = "Traceback (most recent call last):";
  const inner = '  File "<string>", line 1, in <module>\nZeroDivisionError: division by zero\n';
  for (const message of [told, `${told}\n${inner}`])
    expect(readFailure(`${told}\n${IN_MAIN}RuntimeError: ${message}\n`)).toEqual({
      line: 4,
      message: `RuntimeError: ${told}`,
    });
  const source = `${told}\n  File "/workspace/main.py", line 4, in <module>\n    raise E("""${told}\nE: no\n`;
  expect(readFailure(source)).toEqual({ line: 4, message: "E: no" });
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
