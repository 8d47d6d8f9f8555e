import path from "node:path";
import type { Product } from "@whitelabel/shared-config";
import { createDemoCore } from "../demo-core/create-demo-core.ts";
import { type Server, startPostgres } from "../embedded-postgres/start-postgres.ts";
import { CORE_OWNER, grantCoreReaders, provisionCore } from "../provision/provision-core.ts";
import { provisionProduct } from "../provision/provision-product.ts";
import type { Cleanup } from "./cleanup.ts";
import type { OwnDatabase } from "./own-database.ts";
import { overridesOf, type ProductUrls, readSecret } from "./product-env.ts";
import type { Progress } from "./progress.ts";
import { passwordsOf } from "./secrets.ts";
import { dataFolder } from "./workspace.ts";

export type Stores = {
  urls: Map<Product, ProductUrls>;
  superuserUrl?: string | undefined;
  coreOwnerUrl?: string | undefined;
  /** Ours to stop; undefined where everything is on servers of the developer's own. */
  server?: Server | undefined;
};

/** Easy to remember for a database tool; another one is taken where it is not free. */
const DEFAULT_POSTGRES_PORT = 54330;

/**
 * Databases for the products and a demo core, provisioned as in production. A product with a DATABASE_URL of its own
 * is left to it, and so is one with a core of its own; with neither to make, no server is started.
 */
export async function prepareStores(
  products: readonly Product[],
  own: ReadonlyMap<Product, OwnDatabase | undefined>,
  progress: Progress,
  cleanup: Cleanup,
): Promise<Stores> {
  const ownCore = (product: Product) => readSecret(overridesOf(product), "CORE_DATABASE_URL_RO");
  const withDatabase = products.filter((product) => own.get(product) === undefined);
  const withCore = products.filter((product) => ownCore(product) === undefined);

  const urls = new Map(
    products.map((product) => {
      const { database = "", migration = "" } = own.get(product) ?? {};
      return [product, { database, migration, core: ownCore(product) ?? "" }];
    }),
  );
  if (withDatabase.length + withCore.length === 0) return { urls };

  const given = process.env.DEV_POSTGRES_SUPERUSER_URL?.trim();
  const server = given ? undefined : await startEmbedded(progress);
  if (server) cleanup.add(server.stop);
  const superuserUrl = given ?? server?.superuserUrl ?? "";
  const coreOwnerUrl = await progress.step("Roles and databases", () =>
    provision(superuserUrl, urls, { withDatabase, withCore }),
  );
  if (coreOwnerUrl) {
    await progress.step("The demo core with its synthetic guests", async () => {
      await createDemoCore({ ownerUrl: coreOwnerUrl });
      await grantCoreReaders({ superuserUrl, roles: withCore.map(({ coreReaderRole }) => coreReaderRole) });
    });
  }
  return { urls, superuserUrl, coreOwnerUrl, server };
}

async function startEmbedded(progress: Progress): Promise<Server> {
  return progress.step(
    "PostgreSQL",
    () => startPostgres({ dataDir: path.join(dataFolder(), "postgres"), preferredPort: DEFAULT_POSTGRES_PORT }),
    (server) => `PostgreSQL 18 on port ${server.port}`,
  );
}

async function provision(
  superuserUrl: string,
  urls: Map<Product, ProductUrls>,
  { withDatabase, withCore }: Record<"withDatabase" | "withCore", readonly Product[]>,
): Promise<string | undefined> {
  for (const product of withDatabase) {
    const { runtimeRole, migratorRole } = product;
    const passwords = passwordsOf([runtimeRole, migratorRole]);
    const made = await provisionProduct({
      superuserUrl,
      product,
      environment: "development",
      passwords: { runtime: passwords[runtimeRole] ?? "", migrator: passwords[migratorRole] ?? "" },
    });
    Object.assign(urls.get(product) ?? {}, { database: made.databaseUrl, migration: made.migrationDatabaseUrl });
  }
  if (withCore.length === 0) return undefined;

  const roles = withCore.map(({ coreReaderRole }) => coreReaderRole);
  const passwords = passwordsOf([CORE_OWNER, ...roles]);
  const core = await provisionCore({
    superuserUrl,
    ownerPassword: passwords[CORE_OWNER] ?? "",
    readers: roles.map((role) => ({ role, password: passwords[role] ?? "" })),
  });
  for (const product of withCore) {
    Object.assign(urls.get(product) ?? {}, { core: core.readerUrls[product.coreReaderRole] });
  }
  return core.ownerUrl;
}
