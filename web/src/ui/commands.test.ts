import { expect, it } from "vitest";
import { matching } from "../core/commands";
import { Tab } from "./testing";

it("each command is the first that its own name finds", () => {
  const { commands } = new Tab().page;
  for (const { title } of commands) expect(matching(commands, title)[0]?.title).toBe(title);
  expect(new Set(commands.map(({ id }) => id)).size).toBe(commands.length);
});

it("no two commands have one key", () => {
  const keys = new Tab().page.commands.flatMap((one) => one.keys ?? []);
  expect(new Set(keys).size).toBe(keys.length);
});
