import type { Product } from "@whitelabel/shared-config";
import type { Sql } from "postgres";
import { type ApplyOptions, applyScript } from "./apply.ts";
import { connect } from "./connection.ts";
import { applyGrants } from "./grants.ts";
import { beginningOf, type Inspection, inspect } from "./inspect.ts";
import { renewLedger } from "./ledger.ts";
import { takeLock } from "./lock.ts";
import { claimDatabase } from "./marker.ts";
import { type Migration, readFolder } from "./read-folder.ts";
import { upOf } from "./scripts.ts";
import { codeVersion } from "./version.ts";

export type RunnerOptions = Readonly<{
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
  patientLockTimeoutMs?: number | undefined;
  statementTimeoutMs?: number | undefined;
  backOffMs?: readonly number[] | undefined;
}>;

export type MigrateOptions = RunnerOptions &
  Readonly<{
    /** The folder's migrations, if they are already read. */
    migrations?: readonly Migration[] | undefined;
    /** The last migration to apply; without it, all. */
    to?: string | undefined;
    onApplied?: ((applied: AppliedNow) => void) | undefined;
  }>;

export type AppliedNow = Readonly<{ name: string; duration_ms: number }>;

export type MigrationReport = Readonly<{
  product: string;
  database: string;
  applied: readonly AppliedNow[];
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
  const { product, migrationUrl, folder, to } = options;
  const migrations = options.migrations ?? readFolder(folder);
  const sql = await connect(migrationUrl, product.id);
  try {
    // Before the lock: not even that is taken in a database of another product, or where there is nothing to do.
    const before = await inspect(sql, product, migrations, to);
    if (before.isCurrent) return reportOf(product, before, []);
    await takeLock(sql, options.waitMs ?? LONGEST_WAIT_MS);
    return await migrateLocked(sql, migrations, options);
  } finally {
    // Ends the session, and the lock with it.
    await sql.end({ timeout: 5 });
  }
}

export const LONGEST_WAIT_MS = 10 * 60_000;

async function migrateLocked(sql: Sql, migrations: readonly Migration[], options: MigrateOptions) {
  const { product, to, log = () => {}, onApplied = () => {} } = options;
  // Again, for another migrator may have been here before us.
  const found = await inspect(sql, product, migrations, to);
  if (!found.isClaimed) await claimDatabase(sql, product);
  if (found.identity.has_old_ledger) await sql.unsafe(renewLedger).simple();
  for (const warning of found.warnings) log(`warning: ${warning}`);

  const applied: AppliedNow[] = [];
  for (const migration of found.pending) {
    const beginning = beginningOf(migration, found.ledger);
    const duration_ms = await applyScript(sql, upOf(migration), beginning, applyOptions(options));
    const now = { name: migration.name, duration_ms };
    applied.push(now);
    log(`applied ${migration.name} in ${duration_ms} ms`);
    onApplied(now);
  }
  await applyGrants(sql, product.runtimeRole);
  return reportOf(product, found, applied);
}

/** A runner's options with what nobody set. */
export function applyOptions({ product, migrationUrl, ...options }: RunnerOptions): ApplyOptions {
  return {
    // Who waits for a table lets all who come later wait too: an API's deadline must fit the sum.
    lockTimeoutMs: options.lockTimeoutMs ?? 1_000,
    patientLockTimeoutMs: options.patientLockTimeoutMs ?? 60_000,
    statementTimeoutMs: options.statementTimeoutMs ?? 10 * 60_000,
    backOffMs: options.backOffMs ?? [500, 1_000, 2_000, 4_000, 8_000],
    version: options.version ?? codeVersion(),
    open: () => connect(migrationUrl, product.id),
    log: options.log ?? (() => {}),
  };
}

function reportOf(product: Product, found: Inspection, applied: readonly AppliedNow[]): MigrationReport {
  const before = found.ledger.filter(({ applied_at }) => applied_at !== null);
  const names = [...before, ...applied].map(({ name }) => name).sort();
  return {
    product: product.id,
    database: found.identity.database,
    applied,
    already: before.length,
    warnings: found.warnings,
    schema_version: names.at(-1) ?? null,
  };
}
