import type { Product } from "@whitelabel/shared-config";
import { connect } from "./connection.ts";
import { mapSome, type Target, urlOf } from "./fan-out.ts";
import { type Applied, readLedger } from "./ledger.ts";
import { expectOwn, readIdentity } from "./marker.ts";
import { type Migration, readFolder } from "./read-folder.ts";

export type MigrationState =
  | "applied"
  | "pending"
  | "unfinished" // begun outside a transaction, and stopped
  | "edited" // applied, and its file is another one now
  | "missing" // applied, and its file is gone
  | "foreign"; // in the folder, and says that it is another product's

export type MigrationStatus = Readonly<{
  name: string;
  state: MigrationState;
  product_only: string | null;
  breaking: string | null;
  applied_at: string | null;
  duration_ms: number | null;
  version: string | null;
}>;

export type ProductStatus = Readonly<{
  target: string;
  product: string;
  database: string | null;
  migrations: readonly MigrationStatus[];
  /** Why the folder could not be read or the database not be asked. */
  error: unknown;
}>;

/** Per target what its folder holds and its database has. Reads only. */
export function readStatus(targets: readonly Target[]): Promise<ProductStatus[]> {
  return mapSome(targets, 8, async (target) => {
    const { name, product } = target;
    const unknown = { target: name, product: product.id, database: null, migrations: [] };
    let folder: readonly Migration[] = [];
    try {
      folder = readFolder(target.folder);
      const { database, ledger } = await readDatabase(product, urlOf(target));
      return { ...unknown, database, migrations: statesOf(product, folder, ledger), error: undefined };
    } catch (error) {
      return { ...unknown, error };
    }
  });
}

async function readDatabase(product: Product, url: string): Promise<{ database: string; ledger: readonly Applied[] }> {
  const sql = await connect(url, product.id);
  try {
    await sql`set default_transaction_read_only = on`;
    const identity = await readIdentity(sql);
    expectOwn(product, identity);
    return { database: identity.database, ledger: identity.product_id === undefined ? [] : await readLedger(sql) };
  } finally {
    await sql.end({ timeout: 5 });
  }
}

function statesOf({ id }: Product, folder: readonly Migration[], ledger: readonly Applied[]): MigrationStatus[] {
  const rows = new Map(ledger.map((row) => [row.name, row]));
  const files = new Map(folder.map((file) => [file.name, file]));
  return [...new Set([...files.keys(), ...rows.keys()])].sort().map((name) => {
    const file = files.get(name);
    const row = rows.get(name);
    const { applied_at = null, duration_ms = null, version = null } = row ?? {};
    return {
      name,
      state: stateOf(id, file, row),
      product_only: file?.header.productOnly?.reason ?? null,
      breaking: file?.header.breaking ?? null,
      applied_at,
      duration_ms,
      version,
    };
  });
}

function stateOf(product: string, file: Migration | undefined, row: Applied | undefined): MigrationState {
  if (!file) return "missing";
  if (file.header.productOnly && file.header.productOnly.product !== product) return "foreign";
  if (!row) return "pending";
  if (row.applied_at === null) return "unfinished";
  return row.sha256 === file.sha256 ? "applied" : "edited";
}
