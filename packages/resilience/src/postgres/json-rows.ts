import { types } from "./types.ts";

/** A column of a statement, as the driver knows it. */
type Column = Readonly<{ name: string; type: number; parser?: (text: string) => unknown }>;

/** Makes a row of the server's message, a DataRow of its protocol; the driver calls it (patches/). */
export type RowReader = (message: Buffer, columns: readonly Column[]) => unknown;

/** A row as the JSON text that `JSON.stringify` would make of it; beside it the columns that were asked for. */
export type JsonRow<Also = object> = Readonly<{ json: string }> & Also;

/**
 * Rows for an answer that passes them on as they are, written as JSON straight from the bytes that the server sent: a
 * text for each column, an object for each row and JSON of them again cost a long list half of its time. `also` names
 * the columns that somebody looks at.
 */
export function asJson(...also: readonly string[]): RowReader {
  const plans = new WeakMap<readonly Column[], Plan>();
  return (message, columns) => {
    let plan = plans.get(columns);
    if (!plan) {
      plan = planOf(columns, also);
      plans.set(columns, plan);
    }
    return read(message, plan);
  };
}

type Plan = Readonly<{ steps: readonly Step[]; prefixBytes: number }>;
type Step = Readonly<{ prefix: Buffer; kind: Kind; column: Column; isAlso: boolean }>;

/** How a value becomes JSON: within quotes, as it stands, `t` or `f` as a word, an instant, or through the parser. */
type Kind = "text" | "bare" | "boolean" | "instant" | "parsed";

function planOf(columns: readonly Column[], also: readonly string[]): Plan {
  const steps = columns.map((column, index) => ({
    prefix: Buffer.from(`${index === 0 ? "" : ","}${JSON.stringify(column.name)}:`),
    kind: kindOf(column),
    column,
    isAlso: also.includes(column.name),
  }));
  return { steps, prefixBytes: steps.reduce((sum, { prefix }) => sum + prefix.length, 0) };
}

const BOOLEAN = 16;
const integers = [20, 21, 23, 26];

function kindOf({ type, parser }: Column): Kind {
  if (types.json.from.includes(type) || integers.includes(type)) return "bare";
  if (type === BOOLEAN) return "boolean";
  if (types.instant.from.includes(type)) return "instant";
  return parser === undefined || types.plain.from.includes(type) ? "text" : "parsed";
}

/** In a DataRow the columns follow its kind, its length and how many they are; each has its length before it. */
const FIRST_COLUMN = 7;
const NULL = -1;

function read(message: Buffer, { steps, prefixBytes }: Plan): JsonRow {
  const row: { json: string; [also: string]: unknown } = { json: "" };
  makeRoom(prefixBytes + message.length * MOST_BYTES_OF_ONE, 0);
  out[0] = OPEN;
  let used = 1;
  let from = FIRST_COLUMN;
  for (let index = 0; index < steps.length; index += 1) {
    const { prefix, kind, column, isAlso } = steps[index] as Step;
    const length = message.readInt32BE(from);
    from += 4;
    const to = length === NULL ? from : from + length;
    used = putAll(used, prefix, 0, prefix.length);
    used = length === NULL ? putAll(used, words.null, 0, 4) : putValue(used, kind, column, message, from, to);
    if (isAlso) row[column.name] = length === NULL ? null : readValue(column, message, from, to);
    from = to;
  }
  out[used] = CLOSE;
  row.json = out.toString("utf8", 0, used + 1);
  if (out.length > KEPT_BYTES) out = Buffer.allocUnsafeSlow(FIRST_BYTES);
  return row;
}

function readValue({ parser }: Column, message: Buffer, from: number, to: number): unknown {
  const text = message.toString("utf8", from, to);
  return parser === undefined ? text : parser(text);
}

/** Writes a value from the byte `used` on, and returns where it ends; so do all below. */
function putValue(used: number, kind: Kind, column: Column, message: Buffer, from: number, to: number): number {
  switch (kind) {
    case "text":
      return putText(used, message, from, to);
    case "bare":
      return putAll(used, message, from, to);
    case "boolean":
      return message[from] === TRUE ? putAll(used, words.true, 0, 4) : putAll(used, words.false, 0, 5);
    case "instant":
      return putInstant(used, message, from, to);
    case "parsed":
      return putParsed(used, readValue(column, message, from, to), message.length);
  }
}

function putText(start: number, message: Buffer, from: number, to: number): number {
  let used = start;
  let copied = from;
  out[used++] = QUOTE;
  for (let at = from; at < to; at += 1) {
    const byte = message[at] as number;
    if (byte >= SPACE && byte !== QUOTE && byte !== BACKSLASH) continue;
    used = putAll(used, message, copied, at);
    used = putEscaped(used, byte);
    copied = at + 1;
  }
  used = putAll(used, message, copied, to);
  out[used++] = QUOTE;
  return used;
}

function putEscaped(used: number, byte: number): number {
  const escaped = Buffer.from(JSON.stringify(String.fromCharCode(byte)));
  return putAll(used, escaped, 1, escaped.length - 1);
}

/** As `toRfc3339` in types.ts: `2026-11-21 04:00:00.123+00` becomes `2026-11-21T04:00:00.123Z`. */
function putInstant(start: number, message: Buffer, from: number, to: number): number {
  const isUtc = message[to - 3] === PLUS && message[to - 2] === ZERO && message[to - 1] === ZERO;
  if (!isUtc) return putText(start, message, from, to);
  out[start] = QUOTE;
  const end = putAll(start + 1, message, from, to - 3);
  out[start + 11] = LETTER_T;
  out[end] = LETTER_Z;
  out[end + 1] = QUOTE;
  return end + 2;
}

/** What is left of the message may need room after it. */
function putParsed(used: number, value: unknown, left: number): number {
  const text = Buffer.from(JSON.stringify(value));
  makeRoom(used + text.length + left * MOST_BYTES_OF_ONE, used);
  return putAll(used, text, 0, text.length);
}

/** Byte by byte: for as few as most columns have, a call out of JavaScript takes longer. */
function putAll(start: number, bytes: Buffer, from: number, to: number): number {
  if (to - from > FEW_BYTES) return start + bytes.copy(out, start, from, to);
  const target = out;
  let used = start;
  for (let at = from; at < to; at += 1) target[used++] = bytes[at] as number;
  return used;
}

const FEW_BYTES = 64;
const FIRST_BYTES = 64 * 1_024;
/** What a rare row of more than this took is given back. */
const KEPT_BYTES = 1_024 * 1_024;
/** A control character becomes `\u001f`; the length before each column is room enough for quotes, or for `false`. */
const MOST_BYTES_OF_ONE = 6;

/** Where rows are written; each is a text of its own before the next one begins. */
let out = Buffer.allocUnsafeSlow(FIRST_BYTES);

function makeRoom(bytes: number, used: number): void {
  if (bytes <= out.length) return;
  const more = Buffer.allocUnsafeSlow(bytes * 2);
  out.copy(more, 0, 0, used);
  out = more;
}

const words = { null: Buffer.from("null"), true: Buffer.from("true"), false: Buffer.from("false") };
const QUOTE = 0x22;
const PLUS = 0x2b;
const ZERO = 0x30;
const LETTER_T = 0x54;
const LETTER_Z = 0x5a;
const BACKSLASH = 0x5c;
const TRUE = 0x74;
const OPEN = 0x7b;
const CLOSE = 0x7d;
const SPACE = 0x20;
