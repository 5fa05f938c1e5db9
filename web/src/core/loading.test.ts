import { expect, it } from "vitest";
import { loadedOnce } from "./loading";

it("loads once, whoever wants it and however often", async () => {
  let count = 0;
  const load = loadedOnce(() => Promise.resolve((count += 1)));
  expect(count).toBe(0);
  expect([...(await Promise.all([load(), load()])), await load()]).toEqual([1, 1, 1]);
});

it("keeps no failure", async () => {
  const answers = [Promise.reject(new Error("no network")), Promise.resolve("here")];
  const load = loadedOnce(() => answers.shift() ?? Promise.reject(new Error("once too often")));
  await expect(Promise.all([load(), load()])).rejects.toThrow("no network");
  expect(await load()).toBe("here");
  expect(await load()).toBe("here");
});
