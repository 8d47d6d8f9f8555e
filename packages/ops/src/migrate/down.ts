import type { Sql } from "postgres";
import { OpsError } from "../cli/ops-error.ts";
import { applyScript } from "./apply.ts";
import { connect } from "./connection.ts";
import { applyGrants } from "./grants.ts";
import { findMigration, inspect } from "./inspect.ts";
import { type Applied, renewLedger } from "./ledger.ts";
import { takeLock } from "./lock.ts";
import { type AppliedNow, applyOptions, LONGEST_WAIT_MS, type RunnerOptions } from "./migrate.ts";
import { type Migration, readFolder } from "./read-folder.ts";
import { downOf } from "./scripts.ts";

/** How far back: a number of migrations, all that are newer than one, or all. */
export type Extent = { steps: number } | { to: string } | { base: true };

export type DownOptions = RunnerOptions &
  Readonly<{
    extent: Extent;
    /** Asked with the names before the first statement, in the order in which they are reversed; false ends it. */
    agree: (database: string, names: readonly string[]) => Promise<boolean>;
  }>;

export type DownReport = Readonly<{
  product: string;
  database: string;
  reversed: readonly AppliedNow[];
  /** The newest migration that the database has now. */
  schema_version: string | null;
  /** Nothing was changed, because whoever was asked said no. */
  was_declined: boolean;
}>;

/** Reverses what was applied last, each migration in one transaction with its row of the ledger. */
export async function migrateDown(options: DownOptions): Promise<DownReport> {
  const { product, migrationUrl, folder, agree, log = () => {} } = options;
  const migrations = readFolder(folder);
  const sql = await connect(migrationUrl, product.id);
  try {
    const { identity, ledger } = await inspect(sql, product, migrations);
    const chosen = choose(migrations, ledger, options.extent);
    // All of them before the first, so that none is reversed where a later one cannot be.
    for (const migration of chosen) downOf(migration);

    const names = chosen.map(({ name }) => name);
    const isWanted = names.length === 0 || (await agree(identity.database, names));
    const reversed: AppliedNow[] = [];
    if (names.length > 0 && isWanted) {
      await takeLock(sql, options.waitMs ?? LONGEST_WAIT_MS);
      await expectSame(sql, options, names);
      if (identity.has_old_ledger) await sql.unsafe(renewLedger).simple();
      for (const migration of chosen) {
        const duration_ms = await applyScript(sql, downOf(migration), "same", applyOptions(options));
        reversed.push({ name: migration.name, duration_ms });
        log(`reversed ${migration.name} in ${duration_ms} ms`);
      }
      await applyGrants(sql, product.runtimeRole);
    }
    const left = ledger.filter(
      ({ name, applied_at }) => applied_at !== null && !reversed.some((one) => one.name === name),
    );
    return {
      product: product.id,
      database: identity.database,
      reversed,
      schema_version: left.at(-1)?.name ?? null,
      was_declined: !isWanted,
    };
  } finally {
    await sql.end({ timeout: 5 });
  }
}

/** What is reversed, the one that was applied last first; one that is half-done stands before all others. */
function choose(migrations: readonly Migration[], ledger: readonly Applied[], extent: Extent): Migration[] {
  const latest = [...ledger].sort(
    (a, b) =>
      (b.applied_at ?? "9").localeCompare(a.applied_at ?? "9") || (a.name < b.name ? 1 : a.name > b.name ? -1 : 0),
  );
  return wanted(migrations, latest, extent).map(({ name }) => findMigration(migrations, name));
}

function wanted(migrations: readonly Migration[], latest: readonly Applied[], extent: Extent): readonly Applied[] {
  if ("base" in extent) return latest;
  if ("steps" in extent) return latest.slice(0, extent.steps);
  const { name: last } = findMigration(migrations, extent.to);
  if (!latest.some(({ name }) => name === last)) {
    throw new OpsError(
      `${last} is not applied in this database; nothing was changed.`,
      "`pnpm migrate:status` shows what is.",
    );
  }
  return latest.filter(({ name }) => name > last);
}

/** Somebody may have migrated while the question stood on the screen. */
async function expectSame(sql: Sql, { product, folder, extent }: DownOptions, names: readonly string[]): Promise<void> {
  const migrations = readFolder(folder);
  const { ledger } = await inspect(sql, product, migrations);
  if (
    choose(migrations, ledger, extent)
      .map(({ name }) => name)
      .join() === names.join()
  )
    return;
  throw new OpsError(
    "Another migrator changed this database in the meantime; nothing was changed.",
    "Look again, then run this again.",
  );
}
