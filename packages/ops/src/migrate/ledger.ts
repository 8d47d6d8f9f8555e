import type { Sql } from "postgres";
import type { Migration } from "./read-folder.ts";

export type Applied = Readonly<{
  name: string;
  sha256: string;
  applied_at: string;
  duration_ms: number;
  version: string;
}>;

export const createLedger = `
  create table public.schema_migrations (
    name text primary key,
    sha256 text not null,
    applied_at timestamptz not null default now(),
    duration_ms integer not null,
    version text not null
  );
  comment on table public.schema_migrations is
    'The ledger: which migrations this database has, written by the migration runner.';
`;

export async function readLedger(sql: Sql): Promise<Applied[]> {
  return sql<Applied[]>`
    select name, sha256, to_char(applied_at, 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as applied_at, duration_ms, version
    from public.schema_migrations order by name`;
}

/** The statement that ends a migration's script; it answers with how long the script took. */
export const ledgerRow = ({ name, sha256 }: Migration, version: string): string => `
  ;
  insert into public.schema_migrations (name, sha256, duration_ms, version)
  values (
    '${name}', '${sha256}', extract(epoch from clock_timestamp() - statement_timestamp()) * 1000,
    '${version.replaceAll("'", "''")}'
  ) returning duration_ms`;
