import { parse } from "postgres-array";

/**
 * One set of parsers and serializers for every connection: what the wire says is what a row holds, without a Date in
 * between. Instants are RFC 3339 text in UTC, days `YYYY-MM-DD`, bigint a number (every bigint column has a CHECK
 * below 2^53), numeric text, JSON parsed. JSON is handed over as text by Drizzle and as a value by us.
 */
export const types = {
  bigint: { to: 20, from: [20], serialize: String, parse: Number },
  instant: { to: 1184, from: [1184], serialize: String, parse: toRfc3339 },
  plain: { to: 25, from: [1082, 1083, 1114, 1186, 3910], serialize: String, parse: (text: string) => text },
  json: { to: 3802, from: [114, 3802], serialize: toJson, parse: (text: string) => JSON.parse(text) },
  texts: { to: 1009, from: [1009, 1015, 1014, 2951], serialize: toArrayLiteral, parse: parseTexts },
  numbers: { to: 1007, from: [1005, 1007, 1016], serialize: toArrayLiteral, parse: parseNumbers },
  // Written for completeness of `= any($1)`; we read none of these.
  others: { to: 1182, from: [1182, 1185, 1231], serialize: toArrayLiteral, parse: parseTexts },
};

/** PostgreSQL writes `2026-11-21 04:00:00.123+00` in a session in UTC. */
function toRfc3339(text: string): string {
  return text.endsWith("+00") ? `${text.slice(0, 10)}T${text.slice(11, -3)}Z` : text;
}

function toJson(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}

function toArrayLiteral(value: unknown): string {
  if (!Array.isArray(value)) return String(value);
  const items = value.map((item) =>
    item === null || item === undefined ? "NULL" : `"${String(item).replace(/[\\"]/g, "\\$&")}"`,
  );
  return `{${items.join(",")}}`;
}

function parseTexts(literal: string): (string | null)[] {
  return parse(literal);
}

function parseNumbers(literal: string): (number | null)[] {
  return parse(literal, Number);
}
