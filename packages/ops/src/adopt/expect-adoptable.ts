import { type Product, products } from "@whitelabel/shared-config";
import type { Sql } from "postgres";
import { OpsError } from "../cli/ops-error.ts";
import type { Identity } from "../migrate/marker.ts";

/** Refuses an `app_meta` that the runner did not make, or not to its end: nobody can read from it whose database this is. */
export async function expectReadableMarker(sql: Sql): Promise<void> {
  const [found] = await sql`
    select current_database() as database, oid is not null as is_there, oid is not null and exists (
      select from pg_attribute where attrelid = oid and attname = 'product_id' and not attisdropped
    ) and has_table_privilege(oid, 'select') as is_readable
    from (select to_regclass('public.app_meta')::oid as oid) marker`;
  if (!found?.is_there) return;
  const rows = found.is_readable ? await sql`select product_id from public.app_meta` : [];
  if (rows[0]?.product_id) return;
  throw new OpsError(
    `${found.database} has a table app_meta that names no product, or that this role may not read; nothing was changed.`,
    "If it is this system's, restore it from a backup. If not, keep a copy (`pg_dump --table=app_meta`), drop it, and run this again.",
  );
}

/** Refuses what is not the product's to take: an empty database, another's by its name, one that somebody else keeps. */
export async function expectAdoptable(sql: Sql, product: Product, { database, is_empty }: Identity): Promise<void> {
  if (is_empty) {
    throw new OpsError(`${database} is empty; there is nothing to adopt.`, `\`pnpm migrate ${product.id}\` fills it.`);
  }
  const other = products.find(
    ({ id, databaseName }) =>
      id !== product.id && (database === databaseName || database.startsWith(`${databaseName}_`)),
  );
  if (other) {
    throw new OpsError(
      `${database} is called like a database of ${other.id}, not of ${product.id}; nothing was changed.`,
      `Give ${product.id} its own database's URL.`,
    );
  }
  await expectNoLedger(sql, database);
}

async function expectNoLedger(sql: Sql, database: string): Promise<void> {
  const [found] = await sql`select to_regclass('public.schema_migrations') is not null as has_ledger`;
  if (!found?.has_ledger) return;
  throw new OpsError(
    `${database} has a table schema_migrations, and no app_meta that says whose it is; nothing was changed.`,
    "If another tool made it, keep a copy (`pg_dump --table=schema_migrations`), drop it, and run this again. " +
      "If it is this system's, restore app_meta from the same backup.",
  );
}

/** What Alembic wrote down; null where it never was. */
export async function readAlembic(sql: Sql): Promise<string | null> {
  const [found] = await sql`
    select oid is not null as is_there, has_table_privilege(oid, 'select') as can_read
    from (select to_regclass('public.alembic_version') as oid) alembic`;
  if (!found?.is_there) return null;
  if (!found.can_read) return "a version that this role may not read";
  const rows = await sql`select version_num from public.alembic_version`;
  return rows.map((row) => row.version_num as string).join(", ") || "no version";
}
