import type { Product } from "@whitelabel/shared-config";
import { OpsError } from "../cli/ops-error.ts";
import { connect } from "../migrate/connection.ts";
import { inspect } from "../migrate/inspect.ts";
import { readFolder } from "../migrate/read-folder.ts";
import { refuseProductionName } from "../seed/seed.ts";
import { environmentOf } from "./environment.ts";
import { overridesOf, prefixed, readSecret } from "./product-env.ts";
import { migrationsFolder } from "./workspace.ts";

/** A database that the developer named for a product. */
export type OwnDatabase = {
  database: string;
  migration: string;
  /** False for a runtime role's URL alone, over a schema that is up to date. */
  mayMigrate: boolean;
};

/** Looks into a product's own database, if one is named, and refuses what could not be brought up to date in it. */
export async function findOwnDatabase(product: Product): Promise<OwnDatabase | undefined> {
  const own = overridesOf(product);
  const database = readSecret(own, "DATABASE_URL");
  const migration = readSecret(own, "MIGRATION_DATABASE_URL");
  const needed = prefixed(product, "MIGRATION_DATABASE_URL");
  const given = prefixed(product, "DATABASE_URL");
  if (!database) {
    if (!migration) return undefined;
    throw new OpsError(`${needed} is set and ${given} is not.`, "Set both, or neither for a database made here.");
  }

  const variable = migration ? needed : given;
  const url = migration ?? database;
  const { isCurrent, mayMigrate } = await lookInto(product, url, variable);
  if (mayMigrate || (isCurrent && !migration)) return { database, migration: url, mayMigrate };
  throw new OpsError(
    `${variable} names a role that may not change the schema, and the database of ${product.name} is not up to date.`,
    `Set ${needed} to the URL of ${product.migratorRole}, or of whoever owns the schema public.`,
  );
}

async function lookInto(product: Product, url: string, variable: string) {
  const sql = await connect(url, product.id).catch((error: Error) => {
    throw new OpsError(`${variable}: ${error.message}`, "Check the URL, and that its server runs.", { cause: error });
  });
  try {
    const [right] = await sql`select has_schema_privilege('public', 'create') as may_migrate`;
    const mayMigrate = right?.may_migrate === true;
    const { identity, isCurrent } = await inspect(sql, product, readFolder(migrationsFolder(product)));
    // `pnpm dev` would seed it.
    if (mayMigrate) refuseProductionName(product, identity.database, environmentOf(product));
    return { isCurrent, mayMigrate };
  } catch (error) {
    if ((error as { code?: string }).code !== "42501") throw error;
    return { isCurrent: false, mayMigrate: false }; // it may not even look
  } finally {
    await sql.end({ timeout: 5 });
  }
}
