/**
 * A table that a program shows: `application/vnd.dataresource+json`, as `runner/tables.py` writes it, as far as it is one. Everything in it is the
 * program's; nothing of it becomes more than text in a cell.
 */

import { counted } from "./words";

export type Cell = string | number | boolean | null;

export interface Column {
  readonly title: string;
  /** Whether it stands right-aligned and is sorted as numbers. */
  readonly isNumeric: boolean;
  /** Whether it names the row, as an index does. */
  readonly isHeader: boolean;
}

export interface Table {
  readonly columns: readonly Column[];
  readonly rows: readonly (readonly Cell[])[];
  /** Of what the program has; as much as came, or more. */
  readonly allRows: number;
  /** There are more rows than have been counted. */
  readonly hasMore?: boolean;
  readonly allColumns: number;
}

export interface Order {
  readonly column: number;
  readonly direction: "ascending" | "descending";
}

export const MOST_ROWS = 1000;
export const MOST_COLUMNS = 200;
const LONGEST_CELL = 10_000;

/** Null when it is no table. */
export function readTable(source: string): Table | null {
  const found = parsed(source);
  if (!isRecord(found) || !isRecord(found["schema"]) || !Array.isArray(found["data"])) return null;
  const fields: unknown = found["schema"]["fields"];
  if (!Array.isArray(fields) || fields.length === 0) return null;
  const named = fields.slice(0, MOST_COLUMNS).map(fieldOf);
  if (named.some((field) => field === null)) return null;
  const known = named.filter((field) => field !== null);
  const keys = headerKeys(found["schema"]["primaryKey"]);
  const rows: Cell[][] = [];
  for (const row of found["data"].slice(0, MOST_ROWS) as unknown[]) {
    if (!isRecord(row)) return null;
    rows.push(known.map(({ name }) => (Object.hasOwn(row, name) ? cellOf(row[name]) : null)));
  }
  const columns = known.map(({ name, title, type }, place): Column => {
    const isTime = type === "datetime" || type === "date";
    if (isTime) shortenTimes(rows, place);
    return {
      title: keys.has(name) && /^(?:index|level_\d+)$/.test(name) ? "" : title,
      isNumeric: isNumericColumn(rows, place, type),
      isHeader: keys.has(name),
    };
  });
  return {
    columns,
    rows,
    allRows: Math.max(countOf(found["total_rows"]), found["data"].length),
    allColumns: Math.max(countOf(found["total_columns"]), fields.length - keys.size),
  };
}

function parsed(source: string): unknown {
  try {
    return JSON.parse(source);
  } catch {
    return null;
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function fieldOf(field: unknown): { name: string; title: string; type: string } | null {
  if (!isRecord(field)) return null;
  const { name, title, type } = field;
  if (typeof name !== "string" && typeof name !== "number") return null;
  // Names differ; what two columns are called need not.
  return {
    name: String(name),
    title: typeof title === "string" ? title : String(name),
    type: typeof type === "string" ? type : "any",
  };
}

function headerKeys(primary: unknown): ReadonlySet<string> {
  const names = Array.isArray(primary) ? (primary as unknown[]) : [primary];
  return new Set(names.filter((name) => typeof name === "string"));
}

function cellOf(value: unknown): Cell {
  if (value === null || value === undefined) return null;
  if (typeof value === "number" || typeof value === "boolean") return value;
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return text.length > LONGEST_CELL ? `${text.slice(0, LONGEST_CELL)}…` : text;
}

function countOf(value: unknown): number {
  return typeof value === "number" && Number.isSafeInteger(value) && value >= 0 ? value : 0;
}

function isNumericColumn(rows: readonly Cell[][], place: number, type: string): boolean {
  if (type === "integer" || type === "number") return true;
  if (type !== "any" && type !== "string") return false;
  const there = rows.map((row) => row[place]).filter((cell) => cell != null);
  return there.length > 0 && there.every((cell) => typeof cell === "number");
}

/** As people write them: without a time of day where there is none in the whole column. */
function shortenTimes(rows: Cell[][], place: number): void {
  const isDay = rows.every((row) => row[place] == null || /T00:00:00(?:\.0+)?Z?$/.test(String(row[place])));
  for (const row of rows) {
    const cell = row[place];
    if (typeof cell === "string")
      row[place] = isDay ? cell.replace(/T.*$/, "") : cell.replace("T", " ").replace(/\.0+(?=Z?$)/, "");
  }
}

// Sorting ------------------------------------------------------------------------------------------------------------

/** Up, then down, then as it came. */
export function nextOrder(order: Order | null, column: number): Order | null {
  if (order?.column !== column) return { column, direction: "ascending" };
  return order.direction === "ascending" ? { column, direction: "descending" } : null;
}

/** Equal ones stay in the order in which they came; what is missing is always last. */
export function sorted(table: Table, order: Order | null): readonly (readonly Cell[])[] {
  if (order === null) return table.rows;
  const { column, direction } = order;
  const sign = direction === "ascending" ? 1 : -1;
  const compare = table.columns[column]?.isNumeric === true ? byNumber : byText;
  return [...table.rows].sort((one, other) => {
    const a = one[column] ?? null;
    const b = other[column] ?? null;
    if (a === null || b === null) return Number(a === null) - Number(b === null);
    return sign * compare(a, b);
  });
}

function byNumber(a: Cell, b: Cell): number {
  const [one, other] = [numberOf(a), numberOf(b)];
  if (Number.isNaN(one) || Number.isNaN(other)) return Number(Number.isNaN(one)) - Number(Number.isNaN(other));
  if (one !== other) return one < other ? -1 : 1;
  // Those of many digits, which come as text, can be the same as numbers and differ.
  const [text, otherText] = [String(a), String(b)];
  if (text === otherText || !WHOLE.test(text) || !WHOLE.test(otherText)) return 0;
  return BigInt(text) < BigInt(otherText) ? -1 : 1;
}

const WHOLE = /^-?\d{1,1000}$/;

function numberOf(cell: Cell): number {
  if (cell === "INF") return Infinity;
  return cell === "-INF" ? -Infinity : Number(cell);
}

const collator = new Intl.Collator(undefined, { numeric: true });

/**
 * Numbers, such as those of Python's `Decimal`, are text here, and so are durations: both by value, and before words, for in
 * between they would have no order.
 */
function byText(a: Cell, b: Cell): number {
  const [one, other] = [String(a), String(b)];
  const [isNumber, isOther] = [NUMBER.test(one), NUMBER.test(other)];
  if (isNumber && isOther) return Math.sign(Number(one) - Number(other)) || byDigits(one, other);
  if (isNumber || isOther) return isNumber ? -1 : 1;
  const [time, otherTime] = [nanoseconds(one), nanoseconds(other)];
  if (time !== null && otherTime !== null) return compared(time, otherTime);
  if (time !== null || otherTime !== null) return time !== null ? -1 : 1;
  return collator.compare(one, other);
}

const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d{1,3})?$/i;
const DECIMAL = /^([+-]?)(\d*)\.?(\d*)$/;

/** Of two that are the same as numbers, for those may have more digits. */
function byDigits(a: string, b: string): number {
  const [one, other] = [DECIMAL.exec(a), DECIMAL.exec(b)];
  if (one === null || other === null) return 0;
  const places = Math.max(one[3]?.length ?? 0, other[3]?.length ?? 0);
  const whole = ([, sign, before = "", after = ""]: RegExpExecArray): bigint =>
    BigInt(before + after.padEnd(places, "0")) * (sign === "-" ? -1n : 1n);
  return compared(whole(one), whole(other));
}

const DAYS = /^(-?\d{1,12}) days?(?: \+?(\d\d):(\d\d):(\d\d)(?:\.(\d{1,9}))?)?$/;

/** Of `-1 days +22:00:00`, as pandas writes durations: what is below zero has days below zero. Null for anything else. */
function nanoseconds(text: string): bigint | null {
  const found = DAYS.exec(text);
  if (found === null) return null;
  const [, days = "0", hours = "0", minutes = "0", seconds = "0", part = ""] = found;
  const whole = ((BigInt(days) * 24n + BigInt(hours)) * 60n + BigInt(minutes)) * 60n + BigInt(seconds);
  return whole * 1_000_000_000n + BigInt(part.padEnd(9, "0"));
}

function compared(a: bigint, b: bigint): number {
  return a === b ? 0 : a < b ? -1 : 1;
}

// As text ------------------------------------------------------------------------------------------------------------

export function cellText(cell: Cell): string {
  return cell === null ? "" : String(cell);
}

const MOST_DECIMALS = 6;
const LEAST = 10 ** -4;

/**
 * How the numbers of a column are shown: with as many decimals all of them as one of them has, and with no more than people
 * read; null where they are whole. The file has every digit.
 */
export function shownNumbers(table: Table, column: number): ((cell: Cell) => string) | null {
  const decimals = (cell: Cell | undefined): number => {
    if (typeof cell !== "number" || Math.abs(cell) < LEAST || Math.abs(cell) >= 1e15) return 0;
    return /\.(\d+)$/.exec(String(cell))?.[1]?.length ?? 0;
  };
  const most = Math.min(
    MOST_DECIMALS,
    table.rows.reduce((sum, row) => Math.max(sum, decimals(row[column])), 0),
  );
  if (table.columns[column]?.isNumeric !== true || most === 0) return null;
  return (cell) => {
    if (typeof cell !== "number") return cellText(cell);
    const size = Math.abs(cell);
    if (size >= 1e15 || (size > 0 && size < LEAST)) return String(Number(cell.toPrecision(MOST_DECIMALS)));
    return cell.toFixed(most);
  };
}

/** RFC 4180. */
export function toCsv(table: Table, rows = table.rows): string {
  const field = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  const lines = [table.columns.map((column) => field(column.title))];
  for (const row of rows) lines.push(row.map((cell) => field(cellText(cell))));
  return lines.map((line) => `${line.join(",")}\r\n`).join("");
}

/** "3 rows × 2 columns", and how much of it is here. */
export function extentOf(table: Table): string {
  const data = table.columns.filter((column) => !column.isHeader).length;
  const least = table.hasMore === true ? "more than " : "";
  const size = `${least}${counted(table.allRows, "row")} × ${counted(table.allColumns, "column")}`;
  const parts = [];
  if (table.hasMore === true || table.allRows > table.rows.length)
    parts.push(`the first ${counted(table.rows.length, "row")}`);
  if (table.allColumns > data) parts.push(`the first ${counted(data, "column")}`);
  return parts.length === 0 ? size : `${size}, of which ${parts.join(" and ")} are here`;
}
