import type { Sql } from "postgres";
import type { Migration } from "./read-folder.ts";

export type Applied = Readonly<{
  name: string;
  sha256: string;
  started_at: string;
  /** Null for one that runs outside a transaction and was begun and not finished. */
  applied_at: string | null;
  duration_ms: number | null;
  version: string;
  is_breaking: boolean;
}>;

export const createLedger = `
  create table public.schema_migrations (
    name text primary key,
    sha256 text not null,
    started_at timestamptz not null default now(),
    applied_at timestamptz default now(),
    duration_ms integer,
    version text not null,
    is_breaking boolean not null default false
  );
  comment on table public.schema_migrations is
    'The ledger: which migrations this database has, written by the migration runner.';
  comment on column public.schema_migrations.applied_at is
    'Null for a migration that was begun outside a transaction and is not finished.';
`;

/** For a ledger made by the first runner, which knew neither breaking nor half-done migrations. */
export const renewLedger = `
  alter table public.schema_migrations
    add column started_at timestamptz not null default now(),
    add column is_breaking boolean not null default false,
    alter column applied_at drop not null,
    alter column duration_ms drop not null;
  update public.schema_migrations set started_at = applied_at - duration_ms * interval '1 ms';
`;

/** Reads a ledger of any age, in the order of names. */
export async function readLedger(sql: Sql): Promise<Applied[]> {
  return sql<Applied[]>`
    select name, sha256, duration_ms, version,
      to_char(applied_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as applied_at,
      to_char(
        coalesce((to_jsonb(l) ->> 'started_at')::timestamptz, applied_at) at time zone 'UTC',
        'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'
      ) as started_at,
      coalesce((to_jsonb(l) ->> 'is_breaking')::boolean, false) as is_breaking
    from public.schema_migrations l order by name`;
}

/** The statement that ends a migration's script; it answers with how long the script took. */
export const ledgerRow = (migration: Migration, version: string): string => `
;
insert into public.schema_migrations (name, sha256, started_at, duration_ms, version, is_breaking)
values (${values(migration, "statement_timestamp()", version)})
on conflict (name) do update set sha256 = excluded.sha256, applied_at = now(), duration_ms = excluded.duration_ms
returning duration_ms;
`;

/** Says that a migration outside a transaction has begun. Begun anew after a change, it is the new file's. */
export const startedMark = ({ name, sha256, header }: Migration, version: string): string => `
insert into public.schema_migrations (name, sha256, applied_at, version, is_breaking)
values ('${name}', '${sha256}', null, ${literal(version)}, ${header.breaking !== undefined})
on conflict (name) do update set sha256 = excluded.sha256, applied_at = null, started_at = now(),
  version = excluded.version, is_breaking = excluded.is_breaking;
`;

export const finishedMark = ({ name }: Migration): string => `
update public.schema_migrations
set applied_at = clock_timestamp(), duration_ms = extract(epoch from clock_timestamp() - started_at) * 1000
where name = '${name}' returning duration_ms;
`;

export const unfinishedMark = ({ name }: Migration): string => `
update public.schema_migrations set applied_at = null where name = '${name}';
`;

/** The statement that ends a reverse's script. */
export const withoutRow = ({ name }: Migration): string => `
;
delete from public.schema_migrations where name = '${name}'
returning (extract(epoch from clock_timestamp() - statement_timestamp()) * 1000)::integer as duration_ms;
`;

const values = ({ name, sha256, header }: Migration, startedAt: string, version: string) =>
  `'${name}', '${sha256}', ${startedAt}, extract(epoch from clock_timestamp() - ${startedAt}) * 1000,
  ${literal(version)}, ${header.breaking !== undefined}`;

const literal = (text: string) => `'${text.replaceAll("'", "''")}'`;
