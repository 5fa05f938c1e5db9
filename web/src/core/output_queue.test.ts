import { expect, it } from "vitest";
import { OutputQueue } from "./output_queue";

function slow(): { queue: OutputQueue; drawn: string[]; finish: () => void } {
  const drawn: string[] = [];
  const waiting: (() => void)[] = [];
  const queue = new OutputQueue((text, done) => {
    drawn.push(text);
    waiting.push(done);
  });
  return { queue, drawn, finish: () => waiting.shift()?.() };
}

it("draws small texts together, and one part at a time", () => {
  const { queue, drawn, finish } = slow();
  for (const text of ["a", "b", "c"]) queue.push(text);
  expect(drawn).toEqual(["a"]);
  finish();
  expect(drawn).toEqual(["a", "bc"]);
});

it("cuts what is large, and no character of it", () => {
  const { queue, drawn, finish } = slow();
  const text = `${"x".repeat(OutputQueue.PART - 1)}🐍end`;
  queue.push(text);
  finish();
  expect(drawn.join("")).toBe(text);
  expect(drawn[0]).toHaveLength(OutputQueue.PART - 1);
});

it("is settled when all is drawn, or thrown away", async () => {
  const { queue, finish } = slow();
  await queue.settled();
  queue.push("a");
  queue.push("b");
  let settled = false;
  const wait = queue.settled().then(() => (settled = true));
  queue.discard();
  expect(settled).toBe(false);
  finish();
  await wait;
});
