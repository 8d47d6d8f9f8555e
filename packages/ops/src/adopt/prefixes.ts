import type { Product } from "@whitelabel/shared-config";
import type { Sql } from "postgres";
import { compareCatalogs, type Difference } from "../drift/compare-catalogs.ts";
import type { ScratchServer } from "../drift/expected-schema.ts";
import { type Catalog, readCatalog, runnersTables, withoutResidue } from "../drift/read-catalog.ts";
import { connect } from "../migrate/connection.ts";
import { migrate } from "../migrate/migrate.ts";
import type { Migration } from "../migrate/read-folder.ts";

// The runner sets rights after each run, and comments are worth no conversion by hand.
const compared = { without: ["grant", "comment"] } as const;

/** What migrations make: without the tables of any runner, and without what a server has or lacks by itself. */
export async function readSchema(sql: Sql, product: Product): Promise<Catalog> {
  const { catalog } = withoutResidue(await readCatalog(sql, product));
  const isRunners = (name: string) => runnersTables.some((table) => name === table || name.startsWith(`${table}.`));
  return new Map([...catalog].filter(([key, { name }]) => !isRunners(name) && key !== "extension vector"));
}

/** The schema after none of the migrations, after the first, … after all. */
export async function prefixesOf(
  server: ScratchServer,
  product: Product,
  folder: string,
  migrations: readonly Migration[],
): Promise<Catalog[]> {
  const { migrationUrl } = await server.create(product);
  const sql = await connect(migrationUrl, product.id);
  try {
    await migrate({ product, migrationUrl, folder, migrations: [] });
    const prefixes = [await readSchema(sql, product)];
    for (const { name: to } of migrations) {
      await migrate({ product, migrationUrl, folder, migrations, to });
      prefixes.push(await readSchema(sql, product));
    }
    return prefixes;
  } finally {
    await sql.end({ timeout: 5 });
  }
}

/**
 * The longest of those from which the least parts differ, a whole table counting as all its parts. None that lacks a
 * table which the database and the newest share: such a table is converted with its rows, and never dropped.
 */
export function closest(prefixes: readonly Catalog[], live: Catalog): { length: number; differences: Difference[] } {
  const newest = prefixes.at(-1);
  const shared = [...live.keys()].filter((key) => key.startsWith("table ") && newest?.has(key));
  const distances = prefixes.map((prefix) =>
    shared.every((key) => prefix.has(key)) ? distance(prefix, live) : Number.POSITIVE_INFINITY,
  );
  const length = distances.lastIndexOf(Math.min(...distances));
  return { length, differences: compareCatalogs(prefixes[length] ?? new Map(), live, compared) };
}

function distance(one: Catalog, other: Catalog): number {
  const keys = [...new Set([...one.keys(), ...other.keys()])].filter((key) => !/^(grant|comment) /.test(key));
  return keys.filter((key) => JSON.stringify(one.get(key)?.is) !== JSON.stringify(other.get(key)?.is)).length;
}

export const isSame = (one: Catalog | undefined, other: Catalog | undefined): boolean =>
  one !== undefined && other !== undefined && compareCatalogs(one, other, compared).length === 0;
