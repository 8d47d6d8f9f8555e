import { databaseNameFor, type EnvironmentName, type Product } from "@whitelabel/shared-config";
import { asSuperuser, type Step, type Superuser } from "./server.ts";
import { databaseSteps, roleSteps, schemaSteps, serverSteps } from "./steps.ts";

export type ProductPasswords = { runtime: string; migrator: string };

export type ProvisionProduct = {
  superuserUrl: string;
  product: Product;
  environment: EnvironmentName;
  /** Any name works: the marker inside, not the name, decides whose it is. */
  databaseName?: string | undefined;
  passwords: ProductPasswords;
  /** Only says what would be done. */
  dryRun?: boolean;
};

export type ProvisionedProduct = { databaseUrl: string; migrationDatabaseUrl: string; steps: Step[] };

/**
 * Makes a product's two roles and its database as production has them; running it again changes nothing but
 * passwords that were changed. Tables are the migrator's business.
 */
export async function provisionProduct(options: ProvisionProduct): Promise<ProvisionedProduct> {
  const { superuserUrl, product, environment, passwords, dryRun = false } = options;
  const database = options.databaseName ?? databaseNameFor(product, environment);
  const { migratorRole, runtimeRole } = product;

  return asSuperuser(superuserUrl, async (server) => {
    const steps = [
      ...serverSteps,
      ...(await roleSteps(server, migratorRole, passwords.migrator)),
      ...(await roleSteps(server, runtimeRole, passwords.runtime)),
      ...(await databaseSteps(server, { database, owner: migratorRole, connect: [migratorRole, runtimeRole] })),
      ...(await extensionSteps(server, database)),
      ...schemaSteps(database, migratorRole, [runtimeRole]),
    ];
    if (!dryRun) await server.run(steps);
    return {
      databaseUrl: withRole(server.urlOf(database), runtimeRole, passwords.runtime),
      migrationDatabaseUrl: withRole(server.urlOf(database), migratorRole, passwords.migrator),
      steps,
    };
  });
}

export function withRole(superuserUrl: string, role: string, password: string): string {
  const url = new URL(superuserUrl);
  url.username = encodeURIComponent(role);
  url.password = encodeURIComponent(password);
  return url.href;
}

/** What migrations build on; they make none, for some need a superuser. */
export const extensions = ["btree_gist", "pg_trgm", "unaccent"] as const;

/** `vector` too, where the server has it. */
async function extensionSteps({ sql }: Superuser, database: string): Promise<Step[]> {
  const wanted = [...extensions, "vector"];
  const available = await sql<{ name: string }[]>`select name from pg_available_extensions where name = any(${wanted})`;
  const names = available.map(({ name }) => name);
  return wanted
    .filter((name) => name !== "vector" || names.includes(name))
    .map((name) => ({ database, sql: `CREATE EXTENSION IF NOT EXISTS ${name} SCHEMA public` }));
}
