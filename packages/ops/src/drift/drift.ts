import type { Product } from "@whitelabel/shared-config";
import { OpsError } from "../cli/ops-error.ts";
import { connect } from "../migrate/connection.ts";
import { folderReader, mapSome, type Target, urlOf } from "../migrate/fan-out.ts";
import { inspect } from "../migrate/inspect.ts";
import type { Migration } from "../migrate/read-folder.ts";
import { type CompareOptions, compareCatalogs, type Difference } from "./compare-catalogs.ts";
import { expectedCatalog, type ScratchServer, withScratchServer } from "./expected-schema.ts";
import { type Catalog, readCatalog, withoutResidue } from "./read-catalog.ts";

export type DriftReport = Readonly<{
  target: string;
  product: string;
  database: string | null;
  server_version: string | null;
  /** Not applied here yet: no drift, but a reason why two products may differ. */
  pending: readonly string[];
  /** The live database against its migrations, as far as they are applied. */
  differences: readonly Difference[];
  /** Whether Alembic's own table is still there; known to be left over, and no difference. */
  has_alembic_table: boolean;
  error: unknown;
}>;

export type PairReport = Readonly<{
  /** The one that is taken as right, and the one compared with it. */
  between: readonly [string, string];
  differences: readonly Difference[];
  /** Migrations that one of them lacks, which may be the whole reason. */
  pending: readonly string[];
}>;

type Looked = { report: DriftReport; live?: Catalog; expected?: Catalog; target: Target };

/**
 * Compares live databases with what their migrations lead to on a server of our own, and with each other. Reads only.
 */
export const findDrift = (targets: readonly Target[], options: CompareOptions = {}) =>
  withScratchServer((server) => findDriftWith(server, targets, options));

export async function findDriftWith(server: ScratchServer, targets: readonly Target[], options: CompareOptions = {}) {
  const read = folderReader();
  const looked = await mapSome(targets, 4, (target) => look(server, target, read, options));
  return { reports: looked.map(({ report }) => report), pairs: await comparePairs(server, looked, read, options) };
}

async function look(
  server: ScratchServer,
  target: Target,
  read: (folder: string) => readonly Migration[],
  options: CompareOptions,
): Promise<Looked> {
  const { name, product, folder } = target;
  const nothing = {
    target: name,
    product: product.id,
    database: null,
    server_version: null,
    pending: [],
    has_alembic_table: false,
  };
  try {
    const migrations = read(folder);
    const { live, has_alembic_table, database, server_version, pending } = await readLive(
      product,
      urlOf(target),
      migrations,
    );
    const applied = migrations.filter((migration) => !pending.includes(migration.name));
    const expected = await expectedCatalog(server, product, folder, applied);
    const differences = compareCatalogs(withoutOptional(expected, live), live, options);
    const report = { ...nothing, database, server_version, pending, differences, has_alembic_table, error: undefined };
    return { report, live, expected, target };
  } catch (error) {
    return { report: { ...nothing, differences: [], error }, target };
  }
}

async function readLive(product: Product, url: string, migrations: readonly Migration[]) {
  const sql = await connect(url, product.id);
  try {
    const { identity, isClaimed, pending } = await inspect(sql, product, migrations);
    if (!isClaimed)
      throw new OpsError(`${identity.database} was never migrated.`, `\`pnpm migrate ${product.id}\` does it.`);
    const [server] = await sql`select current_setting('server_version') as version`;
    const names = pending.map(({ name }) => name);
    const { catalog: live, hasResidue } = withoutResidue(await readCatalog(sql, product));
    return {
      live,
      has_alembic_table: hasResidue,
      database: identity.database,
      server_version: server?.version as string,
      pending: names,
    };
  } finally {
    await sql.end({ timeout: 5 });
  }
}

/** Provision makes `vector` where the server has it; that a server of ours has or lacks it says nothing. */
function withoutOptional(expected: Catalog, live: Catalog): Catalog {
  const key = "extension vector";
  const known = new Map([...expected].filter(([name]) => name !== key));
  const found = live.get(key);
  return found ? known.set(key, found) : known;
}

/** Each product's first database against the first product's: whatever migrations of their own do not explain. */
async function comparePairs(
  server: ScratchServer,
  looked: readonly Looked[],
  read: (folder: string) => readonly Migration[],
  options: CompareOptions,
): Promise<PairReport[]> {
  const firsts = looked.filter(
    ({ target }, index) => looked.findIndex((one) => one.target.product === target.product) === index,
  );
  const [one, ...others] = firsts.filter(({ live }) => live);
  const reports: PairReport[] = [];
  for (const other of others) {
    if (!one?.live || !other.live) continue;
    const explained = await explainedBetween(server, one, other, read, options);
    const differences = compareCatalogs(withoutOptional(one.live, other.live), other.live, options);
    reports.push({
      between: [one.target.name, other.target.name],
      differences: differences.filter((difference) => !explained.has(JSON.stringify(difference))),
      pending: [one, other].flatMap(({ report }) => report.pending.map((name) => `${name} in ${report.target}`)),
    });
  }
  return reports;
}

async function explainedBetween(
  server: ScratchServer,
  one: Looked,
  other: Looked,
  read: (folder: string) => readonly Migration[],
  options: CompareOptions,
): Promise<Set<string>> {
  const isDiverged = [one, other].some(({ target }) => read(target.folder).some(({ header }) => header.productOnly));
  if (!isDiverged) return new Set();
  const [a, b] = await Promise.all([one, other].map((looked) => full(server, looked, read)));
  return new Set(a && b ? compareCatalogs(a, b, options).map((difference) => JSON.stringify(difference)) : []);
}

async function full(
  server: ScratchServer,
  { target, report, expected }: Looked,
  read: (folder: string) => readonly Migration[],
) {
  const { product, folder } = target;
  return report.pending.length === 0 && expected ? expected : expectedCatalog(server, product, folder, read(folder));
}
