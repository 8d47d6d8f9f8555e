import { randomBytes } from "node:crypto";
import { type Product, products } from "@whitelabel/shared-config";
import { OpsError } from "../cli/ops-error.ts";
import { startThrowawayPostgres } from "../embedded-postgres/start-postgres.ts";
import { connect } from "../migrate/connection.ts";
import { migrate } from "../migrate/migrate.ts";
import type { Migration } from "../migrate/read-folder.ts";
import { provisionProduct } from "../provision/provision-product.ts";
import { type Catalog, readCatalog } from "./read-catalog.ts";

type Scratch = Readonly<{ migrationUrl: string; databaseUrl: string }>;

/** A server that is thrown away, on which databases are provisioned as in production. */
export type ScratchServer = Readonly<{ superuserUrl: string; create(product: Product): Promise<Scratch> }>;

/** Runs `work` with a server of our own; nothing of it is left. */
export async function withScratchServer<T>(work: (server: ScratchServer) => Promise<T>): Promise<T> {
  const server = await startThrowawayPostgres();
  try {
    return await work(scratchServer(server.superuserUrl));
  } finally {
    await server.stop();
  }
}

/** Refuses a server that products live on: making scratch databases there would change their roles' passwords. */
export async function expectFresh(superuserUrl: string): Promise<void> {
  const roles = products.flatMap(({ migratorRole, runtimeRole }) => [migratorRole, runtimeRole]);
  const sql = await connect(superuserUrl, "scratch");
  try {
    const found = await sql`select rolname from pg_roles where rolname in ${sql(roles)}`;
    if (found.length === 0) return;
    throw new OpsError(
      `That server has ${found.map(({ rolname }) => rolname).join(", ")} already, so it is not a fresh one; nothing was changed.`,
      "Give a server that is thrown away afterwards, or none: then one is started.",
    );
  } finally {
    await sql.end({ timeout: 5 });
  }
}

/** Databases on a server that somebody else throws away. */
export function scratchServer(superuserUrl: string): ScratchServer {
  // Roles belong to the whole server: one password each, however many databases.
  const passwords = new Map<string, { runtime: string; migrator: string }>();
  const mark = randomBytes(4).toString("hex");
  let count = 0;
  return {
    superuserUrl,
    async create(product) {
      const known = passwords.get(product.id) ?? { runtime: newPassword(), migrator: newPassword() };
      passwords.set(product.id, known);
      const databaseName = `${product.databaseName}_scratch_${mark}_${++count}`;
      const made = await provisionProduct({
        superuserUrl,
        product,
        environment: "test",
        databaseName,
        passwords: known,
      });
      return { migrationUrl: made.migrationDatabaseUrl, databaseUrl: made.databaseUrl };
    },
  };
}

/** What these migrations lead to, on a database of its own. */
export async function expectedCatalog(
  server: ScratchServer,
  product: Product,
  folder: string,
  migrations: readonly Migration[],
): Promise<Catalog> {
  const { migrationUrl } = await server.create(product);
  await migrate({ product, migrationUrl, folder, migrations });
  return catalogAt(migrationUrl, product);
}

async function catalogAt(migrationUrl: string, product: Product): Promise<Catalog> {
  const sql = await connect(migrationUrl, product.id);
  try {
    return await readCatalog(sql, product);
  } finally {
    await sql.end({ timeout: 5 });
  }
}

const newPassword = () => randomBytes(18).toString("base64url");
