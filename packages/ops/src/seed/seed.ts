import type { EnvironmentName, Product } from "@whitelabel/shared-config";
import type { Property, User } from "@whitelabel/shared-db";
import type { TransactionSql } from "postgres";
import { OpsError } from "../cli/ops-error.ts";
import { refuseDeployed } from "../dev/environment.ts";
import { connect } from "../migrate/connection.ts";
import { readIdentity } from "../migrate/marker.ts";
import { type DevUser, devUsers } from "./dev-users.ts";
import { seedDictionaries } from "./dictionaries.ts";
import { insertMissing } from "./insert-missing.ts";
import { makeListings, type SeedListing } from "./listings.ts";

export type SeedOptions = Readonly<{
  product: Product;
  /** As the migrator's role: the runtime role may not write the dictionaries. */
  migrationUrl: string;
  /** Undefined where nobody named one. */
  environment: EnvironmentName | undefined;
}>;

/** How many rows this run added; the second one adds none. */
export type SeedReport = Readonly<{
  product: string;
  database: string;
  added: Readonly<Record<"users" | "staff_assignments" | "amenities" | "policies" | "listings", number>>;
}>;

/** Fills a product's database with what a developer needs to see something. All of it or nothing. */
export async function seed({ product, migrationUrl, environment }: SeedOptions): Promise<SeedReport> {
  refuseSeeds(environment);
  const sql = await connect(migrationUrl, product.id);
  try {
    const { database, product_id } = await readIdentity(sql);
    if (product_id !== product.id) {
      throw new OpsError(
        `The database ${database} ${product_id ? `belongs to ${product_id}` : "carries no marker"}; nothing was changed.`,
        product_id ? `Give ${product.id} its own database's URL.` : `Migrate it first: pnpm migrate ${product.id}`,
      );
    }
    refuseProductionName(product, database, environment);
    return { product: product.id, database, added: await sql.begin((tx) => addAll(tx, product)) };
  } finally {
    await sql.end({ timeout: 5 });
  }
}

export function refuseSeeds(environment: EnvironmentName | undefined): void {
  refuseDeployed(environment, { what: "Seeds are", next: "They hold users whose tokens a developer can sign." });
}

/** Who forgets to say where a command runs still has the name of the database as a sign. */
export function refuseProductionName(
  product: Product,
  database: string,
  environment: EnvironmentName | undefined,
): void {
  if (environment !== undefined || database !== product.databaseName) return;
  throw new OpsError(
    `The database ${database} has the name of ${product.name}'s production database, so seeds are refused; nothing was changed.`,
    `If it is no production, say so: ENVIRONMENT=development.`,
  );
}

async function addAll(tx: TransactionSql, product: Product): Promise<SeedReport["added"]> {
  const users = await addUsers(tx, devUsers(product));
  const dictionaries = await seedDictionaries(tx);
  const listings = await addListings(tx, product, makeListings(product));
  return { ...users, ...dictionaries, listings };
}

async function addUsers(tx: TransactionSql, wanted: readonly DevUser[]) {
  const added = await insertMissing<User>(
    tx,
    "users",
    wanted.map(({ branches: _, ...user }) => user),
  );
  // Only for those new here: who took a branch from an agent does not find it given back at the next start.
  const assignments = added.flatMap(({ id, clerk_user_id }) => {
    const { branches = [] } = wanted.find((user) => user.clerk_user_id === clerk_user_id) ?? {};
    return branches.map((property_id) => ({ user_id: id, property_id }));
  });
  return { users: added.length, staff_assignments: (await insertMissing(tx, "staff_assignments", assignments)).length };
}

async function addListings(tx: TransactionSql, product: Product, listings: readonly SeedListing[]): Promise<number> {
  const agent = devUsers(product).find(({ role }) => role === "agent")?.clerk_user_id ?? "";
  const [author] = await tx`select id from users where clerk_user_id = ${agent}`;
  const rows = listings.map(({ translation: _, ...listing }) => ({
    ...listing,
    created_by: author?.id ?? null,
    updated_by: author?.id ?? null,
  }));
  const added = new Set((await insertMissing<Property>(tx, "properties", rows)).map(({ id }) => id));
  const translations = listings
    .filter(({ id }) => added.has(id))
    .map(({ id, translation }) => ({ listing_id: id, locale: "th", ...translation }));
  await insertMissing(tx, "property_translations", translations);
  return added.size;
}
