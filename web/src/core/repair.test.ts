import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { errorOf, isSameProgram, nextTry, problemOf, shownOf, stopReason, tokensOf } from "./repair";
import { Transcript } from "./transcript";

const CODE = "x = 0\nprint(1 / x)\n";
const traceback = (line: number, source: string, error: string): string =>
  `Traceback (most recent call last):\r\n  File "/workspace/main.py", line ${line}, in <module>\r\n    ${source}\r\n${error}\r\n`;
const ZERO = traceback(2, "print(1 / x)", "ZeroDivisionError: division by zero");

describe("an error", () => {
  it("is its type and the text of its line, wherever that has moved", () => {
    const here = errorOf(CODE, ZERO);
    expect(here).toEqual({ type: "ZeroDivisionError", line: "print(1 / x)" });
    const moved = traceback(3, "print(1 / x)", "ZeroDivisionError: division by 0");
    expect(errorOf(`# A comment.\n${CODE}`, moved)).toEqual(here);
    expect(errorOf(CODE, traceback(1, "x = 0", "NameError: name 'x' is not defined"))).not.toEqual(here);
  });

  it("that is no exception is told by the last line", () => {
    expect(errorOf(CODE, "usage: main.py FILE\r\nmain.py: error: no FILE\r\n\r\n")).toEqual({
      type: "main.py: error: no FILE",
      line: "",
    });
    expect(errorOf(CODE, "")).toEqual({ type: "", line: "" });
  });
});

interface Case {
  readonly name: string;
  readonly code: string;
  readonly before: string;
  readonly error: string;
  readonly type: string;
  readonly line: string;
}

/** What the server's own command does is tested by the same table. */
const CASES = JSON.parse(
  readFileSync(new URL("../../../tests/unit/codegen/errors.json", import.meta.url), "utf-8"),
) as Case[];

describe("what a program said", () => {
  for (const { name, code, before, error, type, line } of CASES) {
    it(`is told apart as in a terminal: ${name}`, () => {
      const said = (before + error).replaceAll("\n", "\r\n");
      const problem = problemOf(null, said, said, "");
      expect(problem).toEqual({ error: said, output: before.replaceAll("\n", "\r\n"), input: "" });
      expect(errorOf(code, said)).toEqual({ type, line });
    });
  }
});

describe("tries", () => {
  const error = errorOf(CODE, ZERO);
  const other = { type: "ValueError", line: "int(x)" };

  it("end at the third, and at the same error twice", () => {
    expect(stopReason(null, error)).toBeNull();
    const first = nextTry(null, error, 4);
    expect(first).toEqual({ attempt: 1, error, from: 4 });
    expect(stopReason(first, error)).toBe("The same error came twice, so I stopped.");
    expect(stopReason(first, other)).toBeNull();
    const second = nextTry(first, other, 5);
    expect(second).toEqual({ attempt: 2, error: other, from: 4 });
    const third = nextTry(second, error, 6);
    expect(stopReason(third, { type: "TypeError", line: "" })).toBe("3 tries did not repair it, so I stopped.");
  });

  it("count when they come to nothing, and the program as it was ends them", () => {
    const rejected = { ...nextTry(null, error, 4), left: "another" } as const;
    expect(stopReason(rejected, error)).toBeNull();
    expect(nextTry(rejected, error, 4)).toEqual({ attempt: 2, error, from: 4 });
    expect(stopReason({ ...rejected, attempt: 3 }, error)).toBe("3 tries did not repair it, so I stopped.");
    const same = { ...rejected, left: "same" } as const;
    expect(stopReason(same, error)).toBe(
      "The program came back unchanged and would fail in the same way, so I stopped.",
    );
    expect(stopReason(same, other)).toBeNull();
    expect(isSameProgram("\nprint(1)", "print(1)\n")).toBe(true);
    expect(isSameProgram("print(1)", " print(1)")).toBe(false);
  });

  it("are counted anew once the program has run well", () => {
    const third = { attempt: 3, error, from: 4, isOver: true };
    expect(stopReason(third, error)).toBeNull();
    expect(nextTry(third, error, 7)).toEqual({ attempt: 1, error, from: 7 });
  });

  it("are told what is output and what is error, though a terminal has one stream", () => {
    expect(problemOf(null, `Hi\r\n${ZERO}`, `Hi\r\n${ZERO}`, "yes\n")).toEqual({
      error: `Hi\r\n${ZERO}`,
      output: "Hi\r\n",
      input: "yes\n",
    });
    expect(problemOf("Ended by the limit on its time.", "", "on and on", "").error).toBe(
      "Ended by the limit on its time.\n",
    );
  });

  it("are told nothing that the server would not take, whatever was printed", () => {
    const flood = "😀".repeat(50_000).slice(1);
    const { error, output } = problemOf("Ended by a limit.", flood, flood, "");
    expect(error?.length).toBeLessThanOrEqual(64 * 1024);
    for (const text of [error, output]) expect(encodeURIComponent(text ?? "")).not.toBe("");
  });

  it("show what a model is shown: the end of a flood, and that once", () => {
    const flood = Array.from({ length: 2000 }, (_, number) => `line ${number} ${"x".repeat(number)}\r\n`).join("");
    const ended = problemOf("Ended by the limit on output.", flood, flood, "");
    expect(ended.error).toBe("Ended by the limit on output.\n");
    const [error, output, input] = shownOf(ended);
    expect([error, input]).toEqual(["Ended by the limit on output.", ""]);
    expect(output?.split("\n")).toHaveLength(40);
    expect(output?.split("\n").at(-1)).toBe(`line 1999 ${"x".repeat(490)}`);
    const apart = shownOf(problemOf("Ended by a limit.", "warning\n".repeat(500), "", ""));
    expect(apart[0]?.split("\n")).toHaveLength(81);
  });

  it("say about how much is sent", () => {
    expect([tokensOf(""), tokensOf("a".repeat(4000), "b".repeat(400))]).toEqual([50, 1100]);
  });
});

describe("a transcript", () => {
  it("keeps streams apart where they are, and in order together", () => {
    const transcript = new Transcript();
    transcript.wrote("out", "stdout");
    transcript.wrote("err", "stderr");
    transcript.wrote("tty", "terminal");
    expect([transcript.output, transcript.errors]).toEqual(["outerrtty", "errtty"]);
  });

  it("keeps the end of a flood", () => {
    const transcript = new Transcript();
    for (let count = 0; count < 100; count++) transcript.wrote("x".repeat(4096), "terminal");
    transcript.wrote("the end", "terminal");
    expect(transcript.errors).toHaveLength(64 * 1024);
    expect(transcript.errors.endsWith("the end")).toBe(true);
  });

  it("has what was typed as it was meant", () => {
    const transcript = new Transcript();
    for (const key of ["y", "s", "\x7f", "e", "s", "\r", "\x7f", "\x1b[A", "\x03", "é", "\r"]) transcript.typed(key);
    expect(transcript.input).toBe("yes\né\n");
  });
});
