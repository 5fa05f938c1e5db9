import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { Problem } from "../core/problems";
import { Checker, type CheckWorker } from "./checker";
import type { Answer, Question } from "./messages";

class FakeWorker implements CheckWorker {
  static all: FakeWorker[] = [];
  static get newest(): FakeWorker {
    const worker = FakeWorker.all.at(-1);
    if (worker === undefined) throw new Error("none was started");
    return worker;
  }

  readonly asked: Question[] = [];
  ended = false;
  onmessage: CheckWorker["onmessage"] = null;
  onerror: CheckWorker["onerror"] = null;

  constructor() {
    FakeWorker.all.push(this);
  }

  postMessage(question: Question): void {
    this.asked.push(question);
  }

  terminate(): void {
    this.ended = true;
  }

  get question(): Question {
    const question = this.asked.at(-1);
    if (question === undefined) throw new Error("nothing was asked");
    return question;
  }

  finds(...messages: string[]): void {
    const problems = messages.map((message) => ({ message }) as Problem);
    this.says({ kind: "problems", number: this.question.number, problems });
  }

  says(data: Answer): void {
    this.onmessage?.({ data } as MessageEvent<Answer>);
  }

  fails(): void {
    this.onerror?.(new Event("error", { cancelable: true }) as ErrorEvent);
  }
}

let checker: Checker;
let found: [text: string, ...messages: string[]][];
let unavailable: string[];

beforeEach(() => {
  vi.useFakeTimers();
  FakeWorker.all = [];
  found = [];
  unavailable = [];
  checker = new Checker({
    startWorker: () => new FakeWorker(),
    onProblems: (text, problems) => found.push([text, ...problems.map((one) => one.message)]),
    onUnavailable: (reason) => unavailable.push(reason),
  });
});

afterEach(() => {
  checker.dispose();
  const waiting = vi.getTimerCount();
  vi.useRealTimers();
  expect(waiting).toBe(0);
});

/** Typed, and then nothing for a while. */
function typed(text: string): void {
  checker.check(text);
  vi.runAllTimers();
}

it("asks about what was typed last, once, when nothing more comes", () => {
  checker.check("x");
  checker.check("xy");
  expect(FakeWorker.all).toEqual([]);
  typed("xyz");
  expect(FakeWorker.newest.asked.map((one) => one.text)).toEqual(["xyz"]);
  FakeWorker.newest.finds("it is no name");
  expect(found).toEqual([["xyz", "it is no name"]]);
});

it("throws away an answer about an older text, and asks about the newest", () => {
  typed("old");
  typed("new");
  FakeWorker.newest.finds("of the old");
  vi.runAllTimers();
  FakeWorker.newest.finds("of the new");
  expect(found).toEqual([["new", "of the new"]]);
});

it("checks anew for another Python, and tells nothing that was found for the one before", () => {
  typed("t'{x}'");
  FakeWorker.newest.finds();
  checker.setPython("3.13.2 (main)");
  vi.runAllTimers();
  checker.setPython("3.11.9");
  vi.runAllTimers();
  FakeWorker.newest.finds("not in 3.13");
  vi.runAllTimers();
  FakeWorker.newest.finds("not in 3.11");
  checker.setPython("3.11.10");
  vi.runAllTimers();
  expect(FakeWorker.newest.asked.map((one) => one.python)).toEqual(["py314", "py313", "py311"]);
  expect(found).toEqual([["t'{x}'"], ["t'{x}'", "not in 3.11"]]);
});

it("starts a worker that failed anew with the next question", () => {
  typed("what it fails on");
  FakeWorker.newest.fails();
  vi.runAllTimers();
  expect(FakeWorker.all.map((worker) => worker.ended)).toEqual([true]);
  typed("something else");
  expect(FakeWorker.all.map((worker) => worker.ended)).toEqual([true, false]);
  FakeWorker.newest.finds();
  expect([found, unavailable]).toEqual([[["something else"]], []]);
});

it("asks about what was typed while the worker failed", () => {
  typed("what it fails on");
  typed("something else");
  FakeWorker.newest.fails();
  vi.runAllTimers();
  FakeWorker.newest.finds();
  expect(found).toEqual([["something else"]]);
});

it("gives up after some failures in a row, and says so once", async () => {
  for (const text of ["one", "two", "three"]) {
    typed(text);
    FakeWorker.newest.fails();
  }
  typed("four");
  expect(FakeWorker.all).toHaveLength(3);
  expect(unavailable).toEqual([expect.stringMatching(/^Problems cannot be found/)]);
  expect(await checker.format("four")).toMatchObject({ outcome: "unavailable" });
});

it("counts failures anew after an answer", () => {
  for (let count = 0; count < 5; count++) {
    typed(`good ${count}`);
    FakeWorker.newest.finds();
    typed(`bad ${count}`);
    FakeWorker.newest.fails();
  }
  expect([unavailable, checker.available]).toEqual([[], true]);
});

it("leaves nobody waiting for a text that it fails to format", async () => {
  const formatted = checker.format("x=1");
  FakeWorker.newest.fails();
  expect(await formatted).toMatchObject({ outcome: "unavailable" });
  const second = checker.format("x=1");
  FakeWorker.newest.says({ kind: "formatted", number: FakeWorker.newest.question.number, text: "x = 1\n" });
  expect(await second).toEqual({ outcome: "formatted", text: "x = 1\n" });
});
