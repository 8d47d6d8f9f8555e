import { existsSync } from "node:fs";
import type { Product } from "@whitelabel/shared-config";
import { type Migration, readFolder } from "../migrate/read-folder.ts";
import { type FactRow, readFacts } from "./facts.ts";

/** A product with its migrations folder. */
export type Side = Readonly<{ product: Product; folder: string }>;

export type Reached =
  | "yes"
  | "missing"
  | "not for it" // only for another product, and says why
  | "edited" // not byte for byte what the others have
  | "foreign"; // says that it is another product's, and lies here

type MigrationRow = Readonly<{
  name: string;
  products: Readonly<Record<string, Reached>>;
  product_only: Readonly<{ product: string; reason: string }> | null;
  /** What brings it where it is missing, or judges what is odd. */
  next: string | null;
}>;

export type PortStatus = Readonly<{ products: readonly string[]; migrations: MigrationRow[]; facts: FactRow[] }>;

/** What reached which product, by folders and definitions alone. Reads only, and asks no database. */
export function readPortStatus(sides: readonly Side[]): PortStatus {
  const read = sides.map(({ product, folder }) => ({ id: product.id, files: byName(folder) }));
  const names = [...new Set(read.flatMap(({ files }) => [...files.keys()]))].sort();
  return {
    products: read.map(({ id }) => id),
    migrations: names.map((name) => rowOf(name, read)),
    facts: readFacts(sides.map(({ product }) => product)),
  };
}

type Read = Readonly<{ id: string; files: ReadonlyMap<string, Migration> }>;

// A product that is new has no folder yet.
const byName = (folder: string): Read["files"] =>
  new Map((existsSync(folder) ? readFolder(folder) : []).map((migration) => [migration.name, migration]));

function rowOf(name: string, read: readonly Read[]): MigrationRow {
  const owners = read.filter(({ files }) => files.has(name));
  const [source] = owners;
  const states = read.map((one) => [one.id, reached(name, one, owners)] as const);
  const missing = states.filter(([, state]) => state === "missing").map(([id]) => id);
  const isOdd = states.some(([, state]) => state === "edited" || state === "foreign");
  const isFromFirst = source === read[0];
  const sync = isFromFirst
    ? "pnpm sync-migrations"
    : `pnpm sync-migrations --from ${source?.id} --to ${missing.join(" ")}`;
  return {
    name,
    products: Object.fromEntries(states),
    product_only: owners.map(({ files }) => files.get(name)?.header.productOnly).find((header) => header) ?? null,
    next: isOdd ? "pnpm sync-migrations --check" : missing.length > 0 ? sync : null,
  };
}

function reached(name: string, { id, files }: Read, owners: readonly Read[]): Reached {
  const own = files.get(name);
  const first = owners[0]?.files.get(name);
  if (own?.header.productOnly && own.header.productOnly.product !== id) return "foreign";
  if (own) return own.sha256 === first?.sha256 ? "yes" : "edited";
  return owners.every((owner) => owner.files.get(name)?.header.productOnly) ? "not for it" : "missing";
}
