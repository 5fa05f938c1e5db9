/**
 * Which rules check a program while it is typed. They are for programs, and for people who learn: what is wrong or is
 * almost surely not meant, and nothing about taste. Names, order of imports, docstrings and modern spelling are taste.
 */
export const rules = {
  "line-length": 88,
  "indent-width": 4,
  builtins: ["display"], // a run has it
  lint: {
    select: [
      "E7", // comparisons to None and True, bare except, `l` as a name
      "E9", // what does not even compile
      "W605", // "\d" in a plain string
      "E101", // tabs and spaces in one indentation
      "F", // unused and undefined names, broken format strings, repeated keys
      "PLE", // what raises, or does nothing, whenever it is reached
      "B", // mutable defaults, loop variables caught by closures, results thrown away
      "A001", // `list = [1]`: the builtin is gone
      "RUF006", // a task that may vanish while it runs
    ],
    ignore: [
      "E701", // two statements on a line: taste
      "E702",
      "E703",
      "E731", // a lambda with a name: taste
      "B007", // `for i in range(3)` without using i is how everybody repeats
      "B009", // getattr with a constant: taste
      "B010",
      "B011", // `assert False`: taste outside of tests
      "B028", // a warning's stack level: for libraries
      "B904", // `raise … from`: the traceback shows the context anyway
      "B905", // zip without strict: changes what a program means
    ],
  },
  format: { "quote-style": "double" },
} as const;

/** Rules against an expression whose value goes nowhere: the last one of a program is shown. */
export const VALUE_IS_LOST: ReadonlySet<string> = new Set(["B015", "B018"]);

/** Warnings of these rules tell of code that fails when it is reached. */
const FAILS_WHEN_REACHED = /^(?:E9|PLE|F5|F6(?:22|34)|F7|F82[123])/;

/** A problem without a code is one of syntax. */
export function severityOf(code: string | null): "error" | "warning" {
  return code === null || code === "invalid-syntax" || FAILS_WHEN_REACHED.test(code) ? "error" : "warning";
}
