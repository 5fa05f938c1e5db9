import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { Answer, Question } from "./messages";

const ruff = vi.hoisted(() => ({ init: vi.fn(), check: vi.fn(), format: vi.fn() }));

vi.mock("@astral-sh/ruff-wasm-web/ruff_wasm_bg.wasm?url", () => ({ default: "/ruff.wasm" }));
vi.mock("@astral-sh/ruff-wasm-web", () => ({
  default: ruff.init,
  PositionEncoding: { Utf16: 1 },
  Workspace: class {
    readonly check = ruff.check;
    readonly format = ruff.format;
  },
}));

let ask: (event: { data: Question }) => void;
let answers: Answer[];
let reported: unknown[];

beforeEach(() => {
  vi.resetModules();
  answers = [];
  reported = [];
  vi.stubGlobal("addEventListener", (_: string, hear: typeof ask) => (ask = hear));
  vi.stubGlobal("postMessage", (answer: Answer) => answers.push(answer));
  vi.stubGlobal("reportError", (error: unknown) => reported.push(error));
  ruff.init.mockResolvedValue(undefined);
  ruff.check.mockReturnValue([]);
  ruff.format.mockReturnValue("x = 1\n");
});

afterEach(() => {
  vi.unstubAllGlobals();
});

async function asked(kind: Question["kind"]): Promise<void> {
  await import("./ruff.worker");
  ask({ data: { kind, number: 7, text: "x=1", python: "py314" } });
  await vi.waitFor(() => expect(answers.length + reported.length).toBe(1));
}

it("answers each question with its number", async () => {
  await asked("format");
  expect(answers).toEqual([{ kind: "formatted", number: 7, text: "x = 1\n" }]);
});

it("refuses to format what it cannot read", async () => {
  ruff.format.mockImplementation(() => {
    throw new Error("line 1 is no Python");
  });
  await asked("format");
  expect(answers).toEqual([{ kind: "refused", number: 7, reason: "Error: line 1 is no Python" }]);
});

it.each(["check", "format"] as const)("reports a panic to the page, which ends it: of %s", async (kind) => {
  const panic = new WebAssembly.RuntimeError("unreachable");
  ruff[kind].mockImplementation(() => {
    throw panic;
  });
  await asked(kind);
  expect([answers, reported]).toEqual([[], [panic]]);
});

it("reports that it could not be loaded to whoever asks", async () => {
  const reason = new TypeError("not to be had");
  ruff.init.mockRejectedValue(reason);
  await asked("check");
  expect([answers, reported]).toEqual([[], [reason]]);
});
