import type { Statements } from "@whitelabel/resilience/postgres";
import { type CoreTable, coreColumnList, type Family } from "./columns.ts";

export type CoreDifference = Readonly<{
  table: CoreTable;
  column: string;
  problem: "missing" | "mistyped" | "not_readable";
  /** The types that we can read the column from. */
  expected: string;
  /** The type that core has; null if the column is missing. */
  actual: string | null;
}>;

const texts = ["text", "character varying", "character", "citext", "name", "an enum"];
const integers = ["smallint", "integer", "bigint"];

/** What the casts in `select.ts` turn into the expected type without changing its meaning. */
const readableFrom: Record<Family, readonly string[]> = {
  identifier: [...texts, ...integers, "uuid"],
  text: texts,
  date: ["date"],
  timestamptz: ["timestamp with time zone"],
  integer: integers,
  numeric: ["numeric", ...integers],
};

/** Our columns in a live core; a domain counts as the type it is made of. */
const liveColumns = `with recursive types (oid, base) as (
    select oid, oid from pg_type where typtype <> 'd'
    union all
    select t.oid, types.base from pg_type t join types on t.typbasetype = types.oid where t.typtype = 'd'
  )
  select relname as table, attname as column,
    case when b.typtype = 'e' then 'an enum' else format_type(b.oid, null) end as type,
    has_column_privilege(attrelid, attnum, 'SELECT') and has_schema_privilege(relnamespace, 'USAGE') as is_readable
  from pg_class c join pg_attribute on attrelid = c.oid
  join types on types.oid = atttypid join pg_type b on b.oid = types.base
  where relnamespace = 'public'::regnamespace and relkind in ('r', 'p', 'v', 'm', 'f') and relname = any($1::text[])
    and attnum > 0 and not attisdropped`;

/** Compares our list of columns with a live core and names each that is missing, of another type, or not granted. */
export async function compareColumns({ query }: Pick<Statements, "query">): Promise<CoreDifference[]> {
  const tables = [...new Set(coreColumnList.map(({ table }) => table))];
  const live = await query<{ table: string; column: string; type: string; is_readable: boolean }>(liveColumns, [
    tables,
  ]);
  const found = new Map(live.map((column) => [`${column.table}.${column.column}`, column]));

  return coreColumnList.flatMap(({ table, column, family }) => {
    const there = found.get(`${table}.${column}`);
    const types = readableFrom[family];
    const problem = !there
      ? "missing"
      : !types.includes(baseName(there.type))
        ? "mistyped"
        : there.is_readable
          ? undefined
          : "not_readable";
    return problem ? [{ table, column, problem, expected: types.join(" or "), actual: there?.type ?? null }] : [];
  });
}

/** Without the schema that an extension's type carries when it is not on the search path: `public.citext`. */
const baseName = (type: string) => type.replace(/^\w+\./, "");
