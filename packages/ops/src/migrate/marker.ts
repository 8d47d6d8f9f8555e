import type { Product } from "@whitelabel/shared-config";
import type { Sql } from "postgres";
import { OpsError } from "../cli/ops-error.ts";
import { createLedger } from "./ledger.ts";

export type Identity = Readonly<{
  database: string;
  /** The product that the marker names; undefined in a database without one. */
  product_id: string | undefined;
  /** Nothing in it but what extensions brought. */
  is_empty: boolean;
  /** The ledger's columns are those of an earlier runner. */
  has_old_ledger: boolean;
}>;

/** Whose database this is. Reads only. */
export async function readIdentity(sql: Sql): Promise<Identity> {
  const [found] = await sql`
    select current_database() as database, to_regclass('public.app_meta') is not null as has_marker,
      not exists (
        select from pg_class c join pg_namespace n on n.oid = c.relnamespace
        where n.nspname !~ '^(pg_|information_schema$)' and c.relkind in ('r', 'p', 'v', 'm', 'S', 'f')
          and not exists (select from pg_depend d where d.objid = c.oid and d.deptype = 'e')
      ) as is_empty,
      to_regclass('public.schema_migrations') is not null and not exists (
        select from pg_attribute where attrelid = to_regclass('public.schema_migrations') and attname = 'is_breaking'
      ) as has_old_ledger`;
  const [marker] = found?.has_marker ? await sql`select product_id from public.app_meta` : [];
  const { database, is_empty, has_old_ledger } = found as unknown as Identity;
  return { database, product_id: marker?.product_id, is_empty, has_old_ledger };
}

/** Refuses a database that is not the product's, or not known to be. */
export function expectOwn(product: Product, { database, product_id, is_empty }: Identity): void {
  if (product_id === product.id) return;
  if (product_id !== undefined) {
    throw new OpsError(
      `The database ${database} belongs to ${product_id}, not to ${product.id}; nothing was changed.`,
      `Give ${product.id} its own database's URL.`,
    );
  }
  if (!is_empty) {
    throw new OpsError(
      `The database ${database} is not empty and carries no marker, so nobody knows whose it is; nothing was changed.`,
      `Give ${product.id} an empty database, or the one it had.`,
    );
  }
  if (database !== product.databaseName && !database.startsWith(`${product.databaseName}_`)) {
    throw new OpsError(
      `The database ${database} is empty, and its name is not one of ${product.id}'s; nothing was changed.`,
      `Call it ${product.databaseName} or ${product.databaseName}_<something>.`,
    );
  }
}

/** Makes an empty database the product's: marker and ledger, in one message and so in one transaction. */
export async function claimDatabase(sql: Sql, product: Product): Promise<void> {
  await sql.unsafe(claimSql(product)).simple();
}

export const claimSql = (product: Product): string => `
  create table public.app_meta (
    is_marker boolean primary key default true check (is_marker),
    product_id text not null,
    created_at timestamptz not null default now()
  );
  comment on table public.app_meta is 'The marker: whose database this is. One row, by the migration runner.';
  insert into public.app_meta (product_id) values ('${product.id}');
  ${createLedger}`;
