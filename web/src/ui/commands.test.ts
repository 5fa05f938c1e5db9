import { afterEach, expect, it, vi } from "vitest";
import { matching } from "../core/commands";
import { Browser, Tab } from "./testing";

afterEach(() => {
  vi.unstubAllGlobals();
});

it("each command is the first that its own name finds", () => {
  const { commands } = new Tab(new Browser()).page;
  for (const { title } of commands) expect(matching(commands, title)[0]?.title).toBe(title);
  expect(new Set(commands.map(({ id }) => id)).size).toBe(commands.length);
});

it("no two commands have one key", () => {
  const keys = new Tab(new Browser()).page.commands.flatMap((one) => one.keys ?? []);
  expect(new Set(keys).size).toBe(keys.length);
});
