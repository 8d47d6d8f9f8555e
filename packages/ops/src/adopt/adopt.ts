import type { Product } from "@whitelabel/shared-config";
import type { Difference } from "../drift/compare-catalogs.ts";
import { type ScratchServer, withScratchServer } from "../drift/expected-schema.ts";
import { connect } from "../migrate/connection.ts";
import { expectOwn, readIdentity } from "../migrate/marker.ts";
import { readFolder } from "../migrate/read-folder.ts";
import { conversionSql } from "./conversion.ts";
import { expectAdoptable, expectReadableMarker, readAlembic } from "./expect-adoptable.ts";
import { mark } from "./mark.ts";
import { closest, isSame, prefixesOf, readSchema } from "./prefixes.ts";

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
  /** `matches`: could be adopted, and nobody agreed to it. `already`: it is the runner's, and nothing was written. */
  state: "adopted" | "matches" | "already" | "differs";
  /** The migration whose result the schema is, or is closest to. */
  closest: string | null;
  /** Marked as applied, or to be marked. */
  marked: readonly string[];
  pending: readonly string[];
  /** Of those marked, the ones that leave no trace in the schema: whether their work is done, a person has to know. */
  unseen: readonly string[];
  /** The version that Alembic wrote down, in a table that is left alone; null where it never was. */
  alembic: string | null;
  differences: readonly Difference[];
  /** What would convert it, for a person to run. */
  conversion: readonly string[];
}>;

/**
 * Takes over a database that this system did not make. Its schema must be the result of the first migrations up to
 * some point; then these are marked as applied. Otherwise nothing is written, and the differences are listed.
 */
export async function adopt(options: AdoptOptions): Promise<AdoptReport> {
  const { product, migrationUrl, folder, agree, server } = options;
  const migrations = readFolder(folder);
  const sql = await connect(migrationUrl, product.id);
  try {
    await expectReadableMarker(sql);
    const identity = await readIdentity(sql);
    const report = { product: product.id, database: identity.database, ...nothing, alembic: await readAlembic(sql) };
    if (identity.product_id !== undefined) {
      expectOwn(product, identity);
      return { ...report, state: "already" };
    }
    await expectAdoptable(sql, product, identity);

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
