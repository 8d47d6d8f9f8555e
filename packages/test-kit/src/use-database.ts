import type { Product } from "@whitelabel/shared-config";
import { type Database, type Db, openDatabase, openDrizzle } from "@whitelabel/shared-db";
import { afterAll, beforeAll } from "vitest";
import { copyDatabase, dropDatabase, uniqueName } from "./copy-database.ts";
import { at, productIn, useStores } from "./stores.ts";

export type TestDatabase = Readonly<{
  name: string;
  /** As the runtime role, the one the API has. */
  url: string;
  /** As the owner of the tables. */
  migrationUrl: string;
  /** Drizzle as the owner of the tables: for factories, and for looking at what was stored. */
  db: Db;
  owner: Database;
}>;

/**
 * A database of the product for this file (or this `describe`): a copy of the migrated template, with `seeded` also
 * what `pnpm seed` brings. It is there from `beforeAll` on and goes afterwards.
 */
export function useDatabase(product: Product, options: { seeded?: boolean } = {}): TestDatabase {
  let made: Awaited<ReturnType<typeof createDatabase>> | undefined;
  beforeAll(async () => {
    made = await createDatabase(product, options);
  });
  afterAll(() => made?.drop());

  const ready = () => {
    if (!made) throw new Error("The database is there from beforeAll on, not while tests are being collected");
    return made;
  };
  return {
    get name() {
      return ready().name;
    },
    get url() {
      return ready().url;
    },
    get migrationUrl() {
      return ready().migrationUrl;
    },
    get db() {
      return ready().db;
    },
    get owner() {
      return ready().owner;
    },
  };
}

/** As `useDatabase`, at once, on any server, and to be dropped by the caller. */
export async function createDatabase(product: Product, { seeded = false } = {}, stores = useStores()) {
  const { superuserUrl } = stores;
  const { templates, runtimeUrl, migratorUrl } = productIn(stores, product);
  const name = uniqueName(`${product.databaseName}_test`);
  await copyDatabase({
    superuserUrl,
    template: seeded ? templates.seeded : templates.migrated,
    name,
    owner: product.migratorRole,
    roles: [product.runtimeRole, product.migratorRole],
  });
  const migrationUrl = at(migratorUrl, name);
  const owner = openDatabase({ url: migrationUrl, productId: product.id, max: 3, applicationName: "test-kit" });
  return {
    name,
    url: at(runtimeUrl, name),
    migrationUrl,
    owner,
    db: openDrizzle(owner),
    async drop() {
      await owner.close();
      await dropDatabase(superuserUrl, name);
    },
  };
}
