import { describe, expect, it } from "vitest";
import { EventReader } from "./server_sent_events";

const STREAM = 'event: code\ndata: {"delta":"é"}\n\n: a comment\n\nevent: done\ndata: 1\ndata: 2\n\n';
const EVENTS = [
  { type: "code", data: '{"delta":"é"}' },
  { type: "done", data: "1\n2" },
];

describe("a reader of server-sent events", () => {
  it.each(["\n", "\r\n", "\r"])("takes a stream that is cut after each character, with line ends %j", (end) => {
    const reader = new EventReader();
    const found = [...STREAM.replaceAll("\n", end)].flatMap((character) => reader.feed(character));
    expect(found).toEqual(EVENTS);
  });

  it("takes a stream in one piece, and in any two", () => {
    const stream = STREAM.replaceAll("\n", "\r\n");
    for (let cut = 0; cut <= stream.length; cut++) {
      const reader = new EventReader();
      expect([...reader.feed(stream.slice(0, cut)), ...reader.feed(stream.slice(cut))]).toEqual(EVENTS);
    }
  });

  it("tells nothing of an event that is not whole, and knows none without data", () => {
    const reader = new EventReader();
    expect(reader.feed("event: nothing\n\ndata: half\n")).toEqual([]);
    expect(reader.feed("\n")).toEqual([{ type: "message", data: "half" }]);
  });
});
