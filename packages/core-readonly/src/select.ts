import { type CoreTable, coreColumns, type Family } from "./columns.ts";

/** What a column of each family is cast to, so that any core's own type arrives as the one we expect. */
const castTo: Record<Family, string> = {
  identifier: "text",
  text: "text",
  date: "date",
  timestamptz: "timestamptz",
  integer: "integer",
  numeric: "numeric",
};

/**
 * The beginning of every query: our columns of one table, of the product's own branches. Its `$1` is those branches,
 * null for all; a query that forgot them would be a syntax error.
 */
export function selectFrom(table: CoreTable, { distinctOn = "" } = {}): string {
  const columns = Object.entries(coreColumns[table]).map(
    ([column, family]) => `${column}::${castTo[family]} as ${column}`,
  );
  const distinct = distinctOn && `distinct on (${distinctOn}) `;
  return `select ${distinct}${columns.join(", ")} from public.${table}
    where ($1::text[] is null or property_id::text = any($1::text[]))`;
}

/** Sends a SELECT of ours with its `$2` and following; `$1` is added here. */
export type Select = <Row extends object>(text: string, ...params: readonly unknown[]) => Promise<Row[]>;

/** Rows by their id. Of several rows with one id the first stays. */
export function byId<Row extends object>(rows: readonly Row[], idOf: (row: Row) => string): Map<string, Row> {
  const found = new Map<string, Row>();
  for (const row of rows) if (!found.has(idOf(row))) found.set(idOf(row), row);
  return found;
}
