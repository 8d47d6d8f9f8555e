import { randomBytes } from "node:crypto";
import { join } from "node:path";
import {
  createDemoCore,
  grantCoreReaders,
  migrate,
  provisionCore,
  provisionProduct,
  type Server,
  seed,
} from "@whitelabel/ops";
import { type Product, products } from "@whitelabel/shared-config";
import { closeTemplate, copyDatabase } from "./copy-database.ts";
import { at, type ProductStores, type Stores } from "./stores.ts";

const coreTemplate = "core_db_test_template";
const sharedCore = "core_db_test";

/** On a fresh server, everything that tests copy: each product's database, empty and seeded, and the demo core. */
export async function makeStores({ superuserUrl }: Pick<Server, "superuserUrl">): Promise<Stores> {
  // Roles belong to the whole server, so the first to need them makes them: one product after the other.
  const made: [string, ProductStores][] = [];
  const readers = products.map((product) => ({ role: product.coreReaderRole, password: newPassword() }));
  const ownerUrl = await makeCore(superuserUrl, readers);
  for (const product of products) {
    const reader = readers.find(({ role }) => role === product.coreReaderRole);
    const coreReaderUrl = withRole(superuserUrl, product.coreReaderRole, reader?.password ?? "");
    made.push([product.id, { ...(await makeTemplates(superuserUrl, product)), coreReaderUrl }]);
  }
  return {
    superuserUrl,
    core: { template: coreTemplate, shared: sharedCore, ownerUrl },
    products: Object.fromEntries(made),
  };
}

async function makeCore(superuserUrl: string, readers: { role: string; password: string }[]): Promise<string> {
  const databaseName = coreTemplate;
  const roles = readers.map(({ role }) => role);
  const { ownerUrl } = await provisionCore({ superuserUrl, databaseName, ownerPassword: newPassword(), readers });
  await createDemoCore({ ownerUrl });
  await grantCoreReaders({ superuserUrl, databaseName, roles });
  await closeTemplate(superuserUrl, databaseName);

  const owner = new URL(ownerUrl).username;
  await copyDatabase({ superuserUrl, template: coreTemplate, name: sharedCore, owner, roles: [owner, ...roles] });
  return ownerUrl;
}

async function makeTemplates(superuserUrl: string, product: Product): Promise<Omit<ProductStores, "coreReaderUrl">> {
  const migrated = `${product.databaseName}_test_template`;
  const seeded = `${product.databaseName}_test_seeded`;
  const passwords = { runtime: newPassword(), migrator: newPassword() };
  const provision = (databaseName: string) =>
    provisionProduct({ superuserUrl, product, environment: "test", databaseName, passwords });

  const urls = await provision(migrated);
  const folder = join(import.meta.dirname, `../../../apps/${product.id}-api/migrations`);
  await migrate({ product, migrationUrl: urls.migrationDatabaseUrl, folder });
  await closeTemplate(superuserUrl, migrated);

  const owner = product.migratorRole;
  await copyDatabase({ superuserUrl, template: migrated, name: seeded, owner, roles: [owner] });
  await seed({ product, migrationUrl: at(urls.migrationDatabaseUrl, seeded), environment: "test" });
  await closeTemplate(superuserUrl, seeded);

  return {
    templates: { migrated, seeded },
    runtimeUrl: urls.databaseUrl,
    migratorUrl: urls.migrationDatabaseUrl,
  };
}

const newPassword = () => randomBytes(18).toString("base64url");

function withRole(url: string, role: string, password: string): string {
  const other = new URL(url);
  other.username = role;
  other.password = password;
  return other.href;
}
