import type { Product } from "@whitelabel/shared-config";
import type { Sql } from "postgres";
import { OpsError } from "../cli/ops-error.ts";
import type { Catalog } from "../drift/read-catalog.ts";
import { applyGrants, areGranted } from "../migrate/grants.ts";
import { expectLock, isLostLock, takeLock } from "../migrate/lock.ts";
import { claimSql, type Identity, readIdentity } from "../migrate/marker.ts";
import type { Migration } from "../migrate/read-folder.ts";
import { codeVersion } from "../migrate/version.ts";
import { expectAdoptable, expectReadableMarker } from "./expect-adoptable.ts";
import { isSame, readSchema } from "./prefixes.ts";

/** Marks the migrations as applied, if the database still is as it was when it was compared. */
export async function mark(
  sql: Sql,
  product: Product,
  migrations: readonly Migration[],
  compared: Catalog,
): Promise<void> {
  await takeLock(sql, 10_000);
  // Again, for somebody may have been here while we looked and asked.
  await expectReadableMarker(sql);
  const identity = await readIdentity(sql);
  expectUnclaimed(identity);
  await expectAdoptable(sql, product, identity);
  if (!isSame(compared, await readSchema(sql, product))) {
    throw new OpsError("Somebody changed the schema in the meantime; nothing was written.", "Run this again.");
  }
  // Fails where there is no runtime role: before the first write.
  await areGranted(sql, product.runtimeRole);
  await writeMark(sql, product, migrations);
  await applyGrants(sql, product.runtimeRole);
}

/** Marker, ledger and its rows, in one message and so in one transaction; in no session but the lock's. */
export async function writeMark(sql: Sql, product: Product, migrations: readonly Migration[]): Promise<void> {
  const version = `adopted by ${codeVersion()}`.replaceAll("'", "''");
  const rows = migrations.map(
    ({ name, sha256, header }) => `('${name}', '${sha256}', 0, '${version}', ${header.breaking !== undefined})`,
  );
  const ledger =
    rows.length > 0
      ? `insert into public.schema_migrations (name, sha256, duration_ms, version, is_breaking) values ${rows.join(", ")};`
      : "";
  try {
    await sql.unsafe(expectLock + claimSql(product) + ledger).simple();
  } catch (cause) {
    if (!isLostLock(cause)) throw cause;
    const code = (cause as { code?: string }).code ?? "unknown";
    throw new OpsError(
      `The connection was lost before the database of ${product.id} was known to be adopted (${code}).`,
      "All of it was written or nothing: run this again, and it says which.",
      { cause },
    );
  }
}

function expectUnclaimed({ product_id, database }: Identity): void {
  if (product_id === undefined) return;
  throw new OpsError(`${database} was claimed for ${product_id} in the meantime.`, "`pnpm migrate:status` shows it.");
}
