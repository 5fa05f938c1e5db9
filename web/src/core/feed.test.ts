import { describe, expect, it } from "vitest";
import { EMPTY, itemsOf, withPrinted, withShown, type Feed } from "./feed";

function show(feed: Feed, text: string, more: { display_id?: string; update_of?: string } = {}): Feed {
  return withShown(feed, { bundle: { "text/plain": text }, display_id: null, update_of: null, ...more });
}

function said(feed: Feed): string[] {
  return itemsOf(feed).map((item) => (item.kind === "printed" ? item.text : `<${item.bundle["text/plain"]}>`));
}

describe("what a run has shown", () => {
  it("stands in order, with what was printed in between", () => {
    let feed = withPrinted(EMPTY, "first\r\n");
    feed = show(feed, "one");
    feed = withPrinted(withPrinted(feed, "bet"), "ween\r\n");
    feed = show(show(feed, "two"), "three");
    feed = withPrinted(feed, "last\r\n");
    expect(said(feed)).toEqual(["first", "<one>", "between", "<two>", "<three>", "last"]);
    expect(feed.shown).toBe(3);
    expect(itemsOf(feed).map((item) => item.key)).toEqual([0, 1, 2, 3, 4, 5]);
  });

  it("is replaced in place, and appended when there is nothing to replace", () => {
    let feed = show(EMPTY, "0 %", { display_id: "bar" });
    feed = show(withPrinted(feed, "text\n"), "other");
    feed = show(feed, "50 %", { update_of: "bar" });
    expect(said(feed)).toEqual(["<50 %>", "text", "<other>"]);
    expect(feed.shown).toBe(2);
    feed = show(feed, "new", { update_of: "unknown" });
    feed = show(feed, "newer", { update_of: "unknown" });
    expect(said(feed)).toEqual(["<50 %>", "text", "<other>", "<newer>"]);
  });

  it("is replaced wherever it stands, and by what is shown anew under its name", () => {
    let feed = show(EMPTY, "1", { display_id: "a" });
    feed = show(withPrinted(feed, "text\n"), "other", { display_id: "b" });
    feed = show(feed, "2", { display_id: "a" });
    expect(said(feed)).toEqual(["<2>", "text", "<other>", "<2>"]);
    expect([feed.shown, feed.characters]).toEqual([3, "2other2".length]);
    feed = show(feed, "three", { update_of: "a" });
    expect(said(feed)).toEqual(["<three>", "text", "<other>", "<three>"]);
    expect([feed.shown, feed.characters]).toEqual([3, "threeotherthree".length]);
    expect(itemsOf(feed).map((item) => item.key)).toEqual([0, 1, 2, 3]);
  });

  it("counts each place that a thing takes", () => {
    let feed = EMPTY;
    for (let n = 0; n < 3; n++) feed = show(feed, String(n), { display_id: "a" });
    feed = show(feed, "x".repeat(10 << 20), { update_of: "a" });
    expect(said(feed)).toEqual(["<2>", "<2>", "<2>"]);
    expect([feed.shown, feed.dropped, feed.characters]).toEqual([3, 1, 3]);
  });

  it("has a bound in number and in size, and counts what is beyond", () => {
    let feed = EMPTY;
    for (let n = 0; n < 210; n++) feed = show(feed, String(n), { display_id: String(n) });
    expect([feed.shown, feed.dropped]).toEqual([200, 10]);
    expect(said(show(feed, "changed", { update_of: "7" }))[7]).toBe("<changed>");
    const large = "x".repeat(10 << 20);
    feed = show(show(show(EMPTY, large), large), large);
    expect([feed.shown, feed.dropped]).toEqual([2, 1]);
    expect(withShown(EMPTY, { bundle: { "text/evil": "x" }, display_id: null, update_of: null }).dropped).toBe(1);
  });

  it("does not grow when one thing is replaced again and again", () => {
    let feed = show(EMPTY, "x".repeat(1 << 20), { display_id: "a" });
    for (let n = 0; n < 100; n++) feed = show(feed, "y".repeat(1 << 20), { update_of: "a" });
    expect([feed.shown, feed.dropped, feed.characters]).toEqual([1, 0, 1 << 20]);
  });
});
