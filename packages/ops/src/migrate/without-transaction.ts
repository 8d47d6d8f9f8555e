import type { Sql } from "postgres";
import { OpsError } from "../cli/ops-error.ts";
import { splitStatements, withoutComments } from "./split-statements.ts";

const identifier = `("(?:[^"]|"")+"|[a-z_][\\w$]*)`;
const createIndex = new RegExp(
  `^create (?:unique )?index concurrently (?:if not exists )?(?:public\\.)?${identifier} on `,
  "i",
);
const dropIndex = new RegExp(`^drop index concurrently (?:if exists )?(?:public\\.)?${identifier}(?: restrict)?$`, "i");
const reindex = new RegExp(`^reindex (?:\\([^)]*\\) )?index concurrently (?:public\\.)?${identifier}$`, "i");

/** What may be done a second time after a run that ended anywhere in the middle. */
const repeatable = [
  createIndex,
  dropIndex,
  reindex,
  /^alter table .* validate constraint /i,
  /^alter type .* add value if not exists /i,
  /^refresh materialized view concurrently /i,
  /^(vacuum|analyze)\b/i,
  // Back-fills in batches; that one left half-way can be repeated is their author's word.
  /^(update|delete|do|call)\b/i,
];

export const isConcurrent = (statement: string): boolean =>
  /^(create (unique )?index|drop index|reindex .*?|refresh materialized view) concurrently\b/i.test(statement);

/** Refuses a statement that a run could not repeat which finds it half-done. */
export function expectRepeatable(file: string, statement: string): void {
  if (repeatable.some((form) => form.test(statement))) return;
  throw new OpsError(
    `${file} runs outside a transaction and holds what cannot be done twice: ${statement.slice(0, 80)}`,
    "Outside a transaction belong CREATE, DROP and REINDEX INDEX CONCURRENTLY with a name, VALIDATE CONSTRAINT, " +
      "ADD VALUE IF NOT EXISTS, VACUUM, ANALYZE and back-fills; everything else goes into a migration of its own.",
  );
}

/** How an earlier run left the migration: not begun, begun as it is now, or begun as another text. */
export type Beginning = "fresh" | "same" | "changed";

/** A script's statements, each as what is to be run for it now; that depends on the indexes that are there. */
export function piecesOf(script: string, beginning: Beginning) {
  return splitStatements(script).map((statement) => ({
    statement,
    /** Empty, if an earlier run has done it. */
    toRun: (sql: Sql) => toRun(sql, statement, beginning),
  }));
}

async function toRun(sql: Sql, statement: string, beginning: Beginning): Promise<string[]> {
  const text = withoutComments(statement);
  const created = text.match(createIndex)?.[1];
  const dropped = text.match(dropIndex)?.[1];
  if (dropped) return beginning !== "fresh" && (await stateOf(sql, dropped)) === "absent" ? [] : [statement];
  const rebuilt = text.match(reindex)?.[1];
  if (rebuilt) return [...(await leftovers(sql, rebuilt)), statement];
  if (!created) return [statement];

  const state = await stateOf(sql, created);
  if (state === "absent" || (state === "valid" && beginning === "fresh")) return [statement];
  if (state === "valid" && beginning === "same") return [];
  // Left behind by a build that failed: it is never used, and slows every write.
  return [`drop index concurrently public.${created}`, statement];
}

async function stateOf(sql: Sql, index: string): Promise<"absent" | "valid" | "invalid"> {
  const [row] = await sql`
    select indisvalid and indisready as is_valid from pg_index where indexrelid = to_regclass(${`public.${index}`})`;
  if (!row) return "absent";
  return row.is_valid ? "valid" : "invalid";
}

/** The invalid twins that a REINDEX leaves which did not end. */
async function leftovers(sql: Sql, index: string): Promise<string[]> {
  const rows = await sql<{ name: string }[]>`
    select quote_ident(twin.relname) as name
    from pg_class old join pg_index oi on oi.indexrelid = old.oid
    join pg_index ti on ti.indrelid = oi.indrelid and not ti.indisvalid
    join pg_class twin on twin.oid = ti.indexrelid
    where old.oid = to_regclass(${`public.${index}`}) and twin.relname ~ '_cc(new|old)[0-9]*$'
      and starts_with(twin.relname, left(old.relname, 50))`;
  return rows.map(({ name }) => `drop index concurrently public.${name}`);
}
