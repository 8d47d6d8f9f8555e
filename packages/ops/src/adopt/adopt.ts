import { type Product, products } from "@whitelabel/shared-config";
import type { Sql } from "postgres";
import { OpsError } from "../cli/ops-error.ts";
import { compareCatalogs, type Difference } from "../drift/compare-catalogs.ts";
import { type ScratchServer, withScratchServer } from "../drift/expected-schema.ts";
import { type Catalog, readCatalog, runnersTables } from "../drift/read-catalog.ts";
import { connect } from "../migrate/connection.ts";
import { applyGrants } from "../migrate/grants.ts";
import { takeLock } from "../migrate/lock.ts";
import { claimSql, expectOwn, readIdentity } from "../migrate/marker.ts";
import { migrate } from "../migrate/migrate.ts";
import { type Migration, readFolder } from "../migrate/read-folder.ts";
import { codeVersion } from "../migrate/version.ts";
import { conversionSql } from "./conversion.ts";

export type AdoptOptions = Readonly<{
  product: Product;
  migrationUrl: string;
  folder: string;
  /** Asked before anything is written, with what would be marked as applied; false ends it. */
  agree: (database: string, names: readonly string[]) => Promise<boolean>;
  /** Where the migrations are tried out; without one, on a server of our own. */
  server?: ScratchServer | undefined;
}>;

export type AdoptReport = Readonly<{
  product: string;
  database: string;
  /** `matches`: could be adopted, and nobody agreed to it. */
  state: "adopted" | "matches" | "already" | "differs";
  /** The migration whose result the schema is, or is closest to. */
  closest: string | null;
  /** Marked as applied, or to be marked. */
  marked: readonly string[];
  pending: readonly string[];
  /** Of those marked, the ones that leave no trace in the schema: whether their work is done, a person has to know. */
  unseen: readonly string[];
  /** The version that Alembic wrote down; null where it never was. */
  alembic: string | null;
  differences: readonly Difference[];
  /** What would convert it, for a person to run. */
  conversion: readonly string[];
}>;

// The runner sets rights after each run, and comments are worth no conversion by hand.
const compared = { without: ["grant", "comment"] } as const;

/**
 * Takes over a database that this system did not make. Its schema must be the result of the first migrations up to
 * some point; then these are marked as applied. Otherwise nothing is written, and the differences are listed.
 */
export async function adopt(options: AdoptOptions): Promise<AdoptReport> {
  const { product, migrationUrl, folder, agree, server } = options;
  const migrations = readFolder(folder);
  const sql = await connect(migrationUrl, product.id);
  try {
    const identity = await readIdentity(sql);
    const report = { product: product.id, database: identity.database, ...nothing, alembic: await readAlembic(sql) };
    if (identity.product_id !== undefined) {
      expectOwn(product, identity);
      return { ...report, state: "already" };
    }
    expectAdoptable(product, identity.database, identity.is_empty);

    const live = await readSchema(sql, product);
    const find = (on: ScratchServer) => prefixesOf(on, product, folder, migrations);
    const prefixes = await (server ? find(server) : withScratchServer(find));
    const { length, differences } = closest(prefixes, live);
    const marked = migrations.slice(0, length);
    const names = marked.map(({ name }) => name);
    const found = { ...report, closest: names.at(-1) ?? null, differences };
    if (differences.length > 0)
      return { ...found, state: "differs", conversion: conversionSql(prefixes[length] ?? new Map(), live, product) };

    const unseen = names.filter((_, index) => isSame(prefixes[index], prefixes[index + 1]));
    const matching = { ...found, marked: names, unseen, pending: migrations.slice(length).map(({ name }) => name) };
    if (!(await agree(identity.database, names))) return { ...matching, state: "matches" };
    await mark(sql, product, marked, live);
    return { ...matching, state: "adopted" };
  } finally {
    await sql.end({ timeout: 5 });
  }
}

const nothing = { closest: null, marked: [], pending: [], unseen: [], differences: [], conversion: [] };

function expectAdoptable(product: Product, database: string, is_empty: boolean): void {
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
}

async function readAlembic(sql: Sql): Promise<string | null> {
  const [found] = await sql`
    select oid is not null as is_there, has_table_privilege(oid, 'select') as can_read
    from (select to_regclass('public.alembic_version') as oid) alembic`;
  if (!found?.is_there) return null;
  if (!found.can_read) return "a version that this role may not read";
  const rows = await sql`select version_num from public.alembic_version`;
  return rows.map((row) => row.version_num as string).join(", ") || "no version";
}

async function readSchema(sql: Sql, product: Product): Promise<Catalog> {
  const catalog = await readCatalog(sql, product);
  const isRunners = (name: string) => runnersTables.some((table) => name === table || name.startsWith(`${table}.`));
  return new Map([...catalog].filter(([key, { name }]) => !isRunners(name) && key !== "extension vector"));
}

/** The schema after none of the migrations, after the first, … after all. */
async function prefixesOf(server: ScratchServer, product: Product, folder: string, migrations: readonly Migration[]) {
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

/** The longest of those from which the least parts differ, a whole table counting as all its parts. */
function closest(prefixes: readonly Catalog[], live: Catalog): { length: number; differences: Difference[] } {
  const distances = prefixes.map((prefix) => distance(prefix, live));
  const length = distances.lastIndexOf(Math.min(...distances));
  return { length, differences: compareCatalogs(prefixes[length] ?? new Map(), live, compared) };
}

function distance(one: Catalog, other: Catalog): number {
  const keys = [...new Set([...one.keys(), ...other.keys()])].filter((key) => !/^(grant|comment) /.test(key));
  return keys.filter((key) => JSON.stringify(one.get(key)?.is) !== JSON.stringify(other.get(key)?.is)).length;
}

const isSame = (one: Catalog | undefined, other: Catalog | undefined) =>
  one !== undefined && other !== undefined && compareCatalogs(one, other, compared).length === 0;

/** Marker, ledger and its rows, in one message and so in one transaction. */
async function mark(sql: Sql, product: Product, migrations: readonly Migration[], live: Catalog): Promise<void> {
  await takeLock(sql, 10_000);
  expectUnclaimed(await readIdentity(sql));
  if (!isSame(live, await readSchema(sql, product))) {
    throw new OpsError("Somebody changed the schema in the meantime; nothing was written.", "Run this again.");
  }
  const version = `adopted by ${codeVersion()}`.replaceAll("'", "''");
  const rows = migrations.map(
    ({ name, sha256, header }) => `('${name}', '${sha256}', 0, '${version}', ${header.breaking !== undefined})`,
  );
  const ledger =
    rows.length > 0
      ? `insert into public.schema_migrations (name, sha256, duration_ms, version, is_breaking) values ${rows.join(", ")};`
      : "";
  await sql.unsafe(claimSql(product) + ledger).simple();
  await applyGrants(sql, product.runtimeRole);
}

function expectUnclaimed({ product_id, database }: { product_id: string | undefined; database: string }): void {
  if (product_id === undefined) return;
  throw new OpsError(`${database} was claimed for ${product_id} in the meantime.`, "`pnpm migrate:status` shows it.");
}
