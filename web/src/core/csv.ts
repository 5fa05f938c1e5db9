/** Reads CSV that a program made, for a look at it; RFC 4180, and what people write besides. */

import { MOST_COLUMNS, MOST_ROWS, type Table } from "./table";

const NUMBER = /^\s*[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?\s*$/i;

/** The first line names the columns. `whole` is false when more follows than `text` has: its last line is then a part. */
export function readCsv(text: string, separator: "," | "\t", whole: boolean): Table | null {
  const records = split(text.replace(/^\ufeff/, ""), separator);
  if (!whole && records.length > 1) records.pop();
  const [head, ...body] = records;
  if (head === undefined) return null;
  const width = records.reduce((most, record) => Math.max(most, record.length), 0);
  const rows = body
    .slice(0, MOST_ROWS)
    .map((record) => Array.from({ length: Math.min(width, MOST_COLUMNS) }, (_, place) => record[place] ?? null));
  const columns = Array.from({ length: Math.min(width, MOST_COLUMNS) }, (_, place) => {
    const there = rows.map((row) => row[place]).filter((cell) => cell != null && cell !== "");
    return {
      title: head[place] ?? "",
      isNumeric: there.length > 0 && there.every((cell) => NUMBER.test(String(cell))),
      isHeader: false,
    };
  });
  return { columns, rows, allRows: body.length, allColumns: width, hasMore: !whole };
}

function split(text: string, separator: string): string[][] {
  const records: string[][] = [];
  let record: string[] = [];
  let place = 0;
  while (place < text.length) {
    const [field, after] = text[place] === '"' ? quoted(text, place, separator) : bare(text, place, separator);
    record.push(field);
    place = after;
    if (text[place] === separator) {
      place += 1;
      if (place === text.length) record.push("");
      continue;
    }
    place += text.startsWith("\r\n", place) ? 2 : 1;
    if (record.length > 1 || record[0] !== "") records.push(record);
    record = [];
  }
  if (record.length > 0) records.push(record);
  return records;
}

function bare(text: string, from: number, separator: string): [string, number] {
  let to = from;
  while (to < text.length && text[to] !== separator && text[to] !== "\n" && text[to] !== "\r") to += 1;
  return [text.slice(from, to), to];
}

function quoted(text: string, from: number, separator: string): [string, number] {
  let place = from + 1;
  let field = "";
  for (;;) {
    const end = text.indexOf('"', place);
    if (end < 0) return [field + text.slice(place), text.length];
    field += text.slice(place, end);
    if (text[end + 1] !== '"') {
      // Whatever stands between the quote and the separator belongs to it, as spreadsheets have it.
      const [rest, after] = bare(text, end + 1, separator);
      return [field + rest, after];
    }
    field += '"';
    place = end + 2;
  }
}
