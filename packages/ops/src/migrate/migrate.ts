import type { Product } from "@whitelabel/shared-config";
import type { Sql } from "postgres";
import { OpsError } from "../cli/ops-error.ts";
import { applyMigration } from "./apply.ts";
import { compare, expectRunnable } from "./compare.ts";
import { connect } from "./connection.ts";
import { applyGrants } from "./grants.ts";
import { readLedger } from "./ledger.ts";
import { sessionOf, takeLock } from "./lock.ts";
import { claimDatabase, expectOwn, readIdentity } from "./marker.ts";
import { type Migration, readFolder } from "./read-folder.ts";

export type MigrateOptions = Readonly<{
  product: Product;
  /** As the migrator's role, directly to the server and not through a pooler. */
  migrationUrl: string;
  folder: string;
  log?: ((line: string) => void) | undefined;
  /** Of the code, for the ledger. */
  version?: string | undefined;
  /** How long to wait for another migrator; the longest single migration should fit. */
  waitMs?: number | undefined;
  lockTimeoutMs?: number | undefined;
  statementTimeoutMs?: number | undefined;
  backOffMs?: readonly number[] | undefined;
}>;

export type MigrationReport = Readonly<{
  product: string;
  database: string;
  applied: readonly Readonly<{ name: string; duration_ms: number }>[];
  /** How many the database had before. */
  already: number;
  warnings: readonly string[];
  /** The newest migration that the database has now. */
  schema_version: string | null;
}>;

/**
 * Applies what a product's database lacks of its migrations folder, then the grants. Safe to run from many places
 * at once. Throws an OpsError whose message is for people; before the first statement for anything that is odd.
 */
export async function migrate(options: MigrateOptions): Promise<MigrationReport> {
  const { product, migrationUrl, folder } = options;
  const migrations = readFolder(folder);
  expectRunnable(product.id, migrations);

  const sql = await connect(migrationUrl, product.id);
  try {
    // Before the lock too: not even that is taken in a database of another product.
    expectOwn(product, await readIdentity(sql));
    await takeLock(sql, options.waitMs ?? 10 * 60_000);
    return await migrateLocked(sql, migrations, options);
  } finally {
    // Ends the session, and the lock with it.
    await sql.end({ timeout: 5 });
  }
}

async function migrateLocked(sql: Sql, migrations: Migration[], options: MigrateOptions): Promise<MigrationReport> {
  const { product, log = () => {} } = options;
  const session = await sessionOf(sql);
  const identity = await readIdentity(sql);
  expectOwn(product, identity);
  if (identity.product_id === undefined) await claimDatabase(sql, product);

  const ledger = await readLedger(sql);
  const { pending, problems, warnings } = compare(migrations, ledger);
  if (problems.length > 0) {
    throw new OpsError(
      `The migrations of ${product.id} are not those that ${identity.database} has; nothing was changed.\n${problems.join("\n")}`,
      "Put the folder back as it was applied; a change is a new migration.",
    );
  }
  for (const warning of warnings) log(`warning: ${warning}`);

  const applied: { name: string; duration_ms: number }[] = [];
  for (const migration of pending) {
    const duration_ms = await applyMigration(sql, migration, {
      session,
      lockTimeoutMs: options.lockTimeoutMs ?? 3_000,
      statementTimeoutMs: options.statementTimeoutMs ?? 10 * 60_000,
      backOffMs: options.backOffMs ?? [500, 1_000, 2_000],
      version: options.version ?? "0.0.0",
    });
    applied.push({ name: migration.name, duration_ms });
    log(`applied ${migration.name} in ${duration_ms} ms`);
  }
  await applyGrants(sql, product.runtimeRole);

  const names = [...ledger, ...applied].map(({ name }) => name).sort();
  return {
    product: product.id,
    database: identity.database,
    applied,
    already: ledger.length,
    warnings,
    schema_version: names.at(-1) ?? null,
  };
}
