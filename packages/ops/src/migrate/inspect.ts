import type { Product } from "@whitelabel/shared-config";
import type { Sql } from "postgres";
import { OpsError } from "../cli/ops-error.ts";
import { compare, expectRunnable } from "./compare.ts";
import { areGranted } from "./grants.ts";
import { type Applied, readLedger } from "./ledger.ts";
import { expectOwn, type Identity, readIdentity } from "./marker.ts";
import type { Migration } from "./read-folder.ts";
import type { Beginning } from "./without-transaction.ts";

export type Inspection = Readonly<{
  identity: Identity;
  isClaimed: boolean;
  ledger: readonly Applied[];
  /** Up to the one that was asked for. */
  pending: readonly Migration[];
  warnings: readonly string[];
  areGrantsRight: boolean;
  /** Nothing to do. */
  isCurrent: boolean;
}>;

/** What a database has and lacks. Reads only, and refuses all that is odd, before any statement that changes it. */
export async function inspect(
  sql: Sql,
  product: Product,
  migrations: readonly Migration[],
  to?: string,
): Promise<Inspection> {
  expectRunnable(product.id, migrations);
  const identity = await readIdentity(sql);
  expectOwn(product, identity);
  const isClaimed = identity.product_id !== undefined;
  const ledger = isClaimed ? await readLedger(sql) : [];
  const { pending, problems, warnings } = compare(migrations, ledger);
  if (problems.length > 0) {
    throw new OpsError(
      `The migrations of ${product.id} are not those that ${identity.database} has; nothing was changed.\n${problems.join("\n")}`,
      "Put the folder back as it was applied; a change is a new migration.",
    );
  }
  const last = to === undefined ? undefined : findMigration(migrations, to).name;
  const wanted = pending.filter(({ name }) => last === undefined || name <= last);
  const areGrantsRight = await areGranted(sql, product.runtimeRole);
  return {
    identity,
    isClaimed,
    ledger,
    pending: wanted,
    warnings: warnings.filter((warning) => wanted.some(({ name }) => warning.startsWith(name))),
    areGrantsRight,
    isCurrent: isClaimed && !identity.has_old_ledger && wanted.length === 0 && areGrantsRight,
  };
}

/** The migration that a person means: its name, or its file's. */
export function findMigration(migrations: readonly Migration[], asked: string): Migration {
  const name = asked
    .split("/")
    .at(-1)
    ?.replace(/\.sql$/, "");
  const found = migrations.find((migration) => migration.name === name);
  if (found) return found;
  throw new OpsError(
    `There is no migration ${asked} in the folder; nothing was changed.`,
    `The newest are ${
      migrations
        .slice(-3)
        .map((migration) => migration.name)
        .join(", ") || "none"
    }.`,
  );
}

/** How an earlier run left a pending migration. */
export function beginningOf({ name, sha256 }: Migration, ledger: readonly Applied[]): Beginning {
  const row = ledger.find((applied) => applied.name === name);
  if (!row) return "fresh";
  return row.sha256 === sha256 ? "same" : "changed";
}
