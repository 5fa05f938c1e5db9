import { describe, expect, it } from "vitest";
import { readCsv } from "./csv";
import { extentOf, nextOrder, readTable, shownNumbers, sorted, toCsv, type Table } from "./table";

function table(fields: object[], data: unknown[], more: object = {}): Table | null {
  return readTable(JSON.stringify({ schema: { fields, primaryKey: ["index"] }, data, ...more }));
}

const CITIES = table(
  [
    { name: "index", type: "integer" },
    { name: "city", type: "string" },
    { name: "people", type: "integer" },
    { name: "founded", type: "datetime" },
  ],
  [
    { index: 0, city: "Rome", people: 2_800_000, founded: "2001-04-21T00:00:00.000" },
    { index: 1, city: "Bern, CH", people: 140_000, founded: "1991-01-01T00:00:00.000" },
    { index: 2, city: 'A "b"', people: null, founded: null },
    { index: 3, city: "Bern 10", people: 140_000, founded: "1991-01-02T00:00:00.000" },
    { index: 4, city: "Bern 9", people: 9, founded: "1991-01-02T00:00:00.000" },
  ],
) as Table;

describe("a table", () => {
  it("is read as far as it is one", () => {
    expect(CITIES.columns.map((column) => [column.title, column.isNumeric, column.isHeader])).toEqual([
      ["", true, true],
      ["city", false, false],
      ["people", true, false],
      ["founded", false, false],
    ]);
    expect(CITIES.rows[0]).toEqual([0, "Rome", 2_800_000, "2001-04-21"]);
    expect(extentOf(CITIES)).toBe("5 rows × 3 columns");
  });

  it("calls columns as the program does, also those that share a name", () => {
    const fields = [{ name: "a" }, { name: "a.1", title: "a" }, { name: "b", title: 5 }];
    const read = table(fields, [{ a: 1, "a.1": 2, b: 3 }]);
    expect(read?.columns.map((column) => column.title)).toEqual(["a", "a", "b"]);
    expect(read?.rows).toEqual([[1, 2, 3]]);
  });

  it("is none when an enemy says so", () => {
    const field = { name: "a", type: "integer" };
    for (const source of ["", "null", "[]", '{"schema": 5}', '{"schema": {"fields": []}, "data": []}'])
      expect(readTable(source)).toBe(null);
    expect(table([{ name: { toString: 5 } }], [])).toBe(null);
    expect(table([field], ["row"])).toBe(null);
    expect(readTable(`{"schema":{"fields":[{"name":"a"}]},"data":${"[".repeat(50_000)}`)).toBe(null);
    expect(table([{ name: "__proto__" }, { name: "constructor" }], [{}])?.rows).toEqual([[null, null]]);
    expect(table([field], [{ a: { deep: ["<b>", null] } }])?.rows).toEqual([['{"deep":["<b>",null]}']]);
    expect(table([field], [{ a: 1 }], { total_rows: "many", total_columns: -1 })?.allRows).toBe(1);
  });

  it("has a bound, and says how much there is", () => {
    const data = Array.from({ length: 1500 }, (_, n) => ({ index: n, a: n }));
    const cut = table([{ name: "index" }, { name: "a" }], data, { total_rows: 50_000, total_columns: 12 }) as Table;
    expect(cut.rows).toHaveLength(1000);
    expect(extentOf(cut)).toBe(
      "50,000 rows × 12 columns, of which the first 1,000 rows and the first 1 column are here",
    );
  });
});

describe("sorting", () => {
  const cities = (column: number, direction: "ascending" | "descending"): unknown[] =>
    sorted(CITIES, { column, direction }).map((row) => row[0]);

  it("is by number where there are numbers, keeps the order of equals, and has what is missing last", () => {
    expect(cities(2, "ascending")).toEqual([4, 1, 3, 0, 2]);
    expect(cities(2, "descending")).toEqual([0, 1, 3, 4, 2]);
  });

  it("is by words elsewhere, as people count", () => {
    expect(cities(1, "ascending")).toEqual([2, 4, 3, 1, 0]);
    expect(sorted(CITIES, null)).toBe(CITIES.rows);
  });

  it("knows numbers that come as text, because they have more digits than a number or none", () => {
    const values = ["INF", 5, "9007199254740993", "-INF", "9007199254740992", null, "?"];
    const read = table(
      [{ name: "n", type: "number" }],
      values.map((n) => ({ n })),
    ) as Table;
    const order = sorted(read, { column: 0, direction: "ascending" }).map(([n]) => n);
    expect(order).toEqual(["-INF", 5, "9007199254740992", "9007199254740993", "INF", "?", null]);
  });

  it.each([
    ["any", ["-10.5", "-9.25", "-9.2", "0", "1.10", "1.9", "+2", "1e3", "10000", "n/a", "NaN"]],
    ["any", ["0.10000000000000000001", "0.1000000000000000000123", "0.2"]],
    ["string", ["9", "10", "10 km", "Bern 9", "Bern 10"]],
    [
      "string",
      [
        "-2 days +22:00:00",
        "-1 days +21:59:59.5",
        "-1 days +22:00:00",
        "0 days",
        "0 days 00:00:01.5",
        "10 days 02:00:00",
        "?",
        "1 day more",
      ],
    ],
  ])("of a column of type %s is by value where text has one", (type, values) => {
    const data = values.toReversed().map((n) => ({ n }));
    const read = table([{ name: "n", type }], data) as Table;
    expect(sorted(read, { column: 0, direction: "ascending" }).map(([n]) => n)).toEqual(values);
  });

  it("goes up, down, and back to how it came", () => {
    const first = nextOrder(null, 2);
    expect(first).toEqual({ column: 2, direction: "ascending" });
    expect(nextOrder(nextOrder(first, 2), 2)).toBe(null);
    expect(nextOrder(first, 1)).toEqual({ column: 1, direction: "ascending" });
  });
});

describe("numbers", () => {
  it("are shown with as many decimals as people read, the same in a column", () => {
    const values = [0.1234567891, 2, -1000.5, 1e-9, 0, null, "INF", 1.5e300];
    const read = table(
      [{ name: "n", type: "number" }],
      values.map((n) => ({ n })),
    ) as Table;
    const shown = shownNumbers(read, 0);
    expect(read.rows.map(([n]) => shown?.(n ?? null))).toEqual([
      ...["0.123457", "2.000000", "-1000.500000", "1e-9", "0.000000", "", "INF", "1.5e+300"],
    ]);
    expect(toCsv(read)).toContain("0.1234567891");
    expect(shownNumbers(CITIES, 2)).toBe(null);
    expect(shownNumbers(CITIES, 1)).toBe(null);
  });
});

describe("CSV", () => {
  it("is written by its RFC, and read back", () => {
    const csv = toCsv(CITIES);
    expect(csv.split("\r\n").slice(0, 4)).toEqual([
      ",city,people,founded",
      "0,Rome,2800000,2001-04-21",
      '1,"Bern, CH",140000,1991-01-01',
      '2,"A ""b""",,',
    ]);
    const read = readCsv(csv, ",", true);
    expect(read?.columns.map((column) => [column.title, column.isNumeric])).toEqual([
      ["", true],
      ["city", false],
      ["people", true],
      ["founded", false],
    ]);
    expect(read?.rows[2]).toEqual(["2", 'A "b"', "", ""]);
  });

  it("is read however it was written", () => {
    expect(readCsv('a\tb\n"x\ny"\t\n\n1\t2', "\t", true)?.rows).toEqual([
      ["x\ny", ""],
      ["1", "2"],
    ]);
    expect(readCsv("a,b\n1,2\n3,", ",", false)?.rows).toEqual([["1", "2"]]);
    expect(readCsv("a,b\n1\n1,2,3", ",", true)?.rows).toEqual([
      ["1", null, null],
      ["1", "2", "3"],
    ]);
    expect(readCsv("", ",", true)).toBe(null);
    expect(readCsv('a\n"never closed', ",", true)?.rows).toEqual([["never closed"]]);
  });

  it("says how many rows there are, however few of them are here", () => {
    const long = `a\n${"1\n".repeat(5000)}`;
    const read = readCsv(long, ",", true) as Table;
    expect(read.rows).toHaveLength(1000);
    expect(extentOf(read)).toBe("5,000 rows × 1 column, of which the first 1,000 rows are here");
    expect(extentOf(readCsv(long, ",", false) as Table)).toBe(
      "more than 4,999 rows × 1 column, of which the first 1,000 rows are here",
    );
    expect(extentOf(readCsv("a,b\n1,2\n3,4\n5,", ",", false) as Table)).toBe(
      "more than 2 rows × 2 columns, of which the first 2 rows are here",
    );
    expect(extentOf(readCsv("a,b\n1,2\n3,4", ",", true) as Table)).toBe("2 rows × 2 columns");
  });
});
