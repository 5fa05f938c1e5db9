import { describe, expect, it } from "vitest";
import { bundleOf, fileNameOf, titleOf, viewsOf } from "./bundle";

/** The head of a PNG of this size; the rest is not looked at. */
function png(width: number, height: number): string {
  const bytes = Buffer.alloc(33);
  bytes.write("\x89PNG\r\n\x1a\n", "latin1");
  bytes.writeUInt32BE(width, 16);
  bytes.writeUInt32BE(height, 20);
  return bytes.toString("base64");
}

describe("a bundle", () => {
  it("is a closed set of types, and text in each", () => {
    expect(
      bundleOf({ "text/plain": "x", "text/javascript": "alert()", "image/png": 5, "text/html": null, __proto__: {} }),
    ).toEqual({ "text/plain": "x" });
    for (const nothing of [null, "text", 5, {}, [], { "application/x-evil": "y" }])
      expect(bundleOf(nothing)).toBe(null);
  });

  it("is shown as well as it can be, and as text when nothing else of it is what it says", () => {
    const kinds = (sent: Record<string, string>): string[] => viewsOf(bundleOf(sent) ?? {}).map((view) => view.kind);
    expect(kinds({ "text/plain": "p", "text/html": "<b>", "image/png": png(4, 3) })).toEqual([
      "image",
      "frame",
      "text",
    ]);
    expect(kinds({ "text/plain": "p", "text/html": "h", "application/vnd.dataresource+json": "{}" })).toEqual([
      "table",
      "frame",
      "text",
    ]);
    expect(kinds({ "text/latex": "x", "text/plain": "p" })).toEqual(["math", "text"]);
    expect(kinds({ "image/png": "no base64!", "text/plain": "p" })).toEqual(["text"]);
    expect(kinds({ "image/png": btoa("<script>alert()</script>"), "text/plain": "p" })).toEqual(["text"]);
    expect(kinds({ "image/png": png(100_000, 100_000), "text/plain": "p" })).toEqual(["text"]);
    expect(kinds({})).toEqual(["text"]);
    expect(viewsOf({ "application/json": "{nan: NaN}", "text/plain": "p" })).toEqual([
      { kind: "text", text: "p", note: null },
    ]);
    expect(viewsOf({ "application/json": "[1]" })).toEqual([{ kind: "text", text: "[\n  1\n]", note: null }]);
  });

  it("has pictures whose address holds all of them and nothing else", () => {
    const [raster] = viewsOf({ "image/png": `${png(4, 3).slice(0, 8)}\n${png(4, 3).slice(8)}` });
    expect(raster).toEqual({ kind: "image", address: `data:image/png;base64,${png(4, 3)}`, extension: "png" });
    const [drawing] = viewsOf({ "image/svg+xml": `<svg onload="x">\ud800" ` });
    expect(drawing).toEqual({
      kind: "image",
      address: `data:image/svg+xml;charset=utf-8,${encodeURIComponent('<svg onload="x">\ufffd" ')}`,
      extension: "svg",
    });
  });

  it("says that an interactive figure needs more than its numbers", () => {
    expect(viewsOf({ "application/vnd.plotly.v1+json": "{}", "text/html": "<div>" })[0]?.kind).toBe("frame");
    expect(viewsOf({ "application/vnd.plotly.v1+json": "{}" })[0]).toMatchObject({
      kind: "text",
      note: expect.stringContaining("interactive") as unknown,
    });
  });
});

describe("its name", () => {
  it("is one line of the program's words", () => {
    expect(titleOf({ "text/plain": "\n  Sales by month\nmore" })).toBe("Sales by month");
    expect(titleOf({ "text/plain": "x".repeat(500) })).toHaveLength(200);
    expect(titleOf({ "text/html": "x" })).toBe(null);
  });

  it("is that of a series, which stands below its values, or none", () => {
    const named = (text: string, table: object = { "application/vnd.dataresource+json": "{}" }): string | null =>
      titleOf({ "text/plain": text, ...table });
    expect(named("0    1\n1    2\ndtype: int64")).toBe(null);
    expect(named("a    1\nName: n, of it, dtype: int64")).toBe("n, of it");
    expect(named("2020-01-01    1\nFreq: D, Name: s, Length: 99, dtype: int64")).toBe("s");
    expect(named("   a\n0  1")).toBe("a");
    expect(named("0    1\ndtype: int64", {})).toBe("0    1");
  });

  it("makes a file name that every system takes", () => {
    expect(fileNameOf("Sales by month: 2024/25", 1, "png")).toBe("sales-by-month-2024-25.png");
    expect(fileNameOf("../../etc/passwd\0", 1, "png")).toBe("etc-passwd.png");
    expect(fileNameOf("…", 3, "svg")).toBe("result-3.svg");
    expect(fileNameOf("Ünïcode", 3, "svg")).toBe("unicode.svg");
    expect(fileNameOf(null, 2, "csv")).toBe("result-2.csv");
    expect(fileNameOf("Größe im März", 2, "csv")).not.toContain(" ");
  });
});
