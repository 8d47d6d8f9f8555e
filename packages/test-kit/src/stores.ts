import type { Product } from "@whitelabel/shared-config";
import { inject } from "vitest";
import type { ClerkKeys } from "./clerk-keys.ts";
import type { Docker } from "./docker.ts";

/** What the global set-up made for one product. */
export type ProductStores = Readonly<{
  /** Databases to copy: migrated and empty, and the same after `seed`. Nobody may connect to them. */
  templates: Readonly<{ migrated: string; seeded: string }>;
  /** URLs of the server's database `postgres` as each role; `at` puts another database's name into one. */
  runtimeUrl: string;
  migratorUrl: string;
  coreReaderUrl: string;
}>;

/** A server with everything that tests copy; the run's own is started by the global set-up. */
export type Stores = Readonly<{
  superuserUrl: string;
  core: Readonly<{ template: string; shared: string; ownerUrl: string }>;
  products: Readonly<Record<string, ProductStores>>;
}>;

declare module "vitest" {
  export interface ProvidedContext {
    stores: Stores;
    clerkKeys: Readonly<Record<string, ClerkKeys>>;
    docker: Docker;
    /** Where `bundleOf` keeps what it built in this run. */
    bundles: string;
    /** What PostgreSQL says in this run; each line begins with a database and a SQLSTATE. */
    postgresLog: string;
  }
}

/** The run's PostgreSQL and what was made in it. */
export const useStores = (): Stores => inject("stores");

/** The URL of another database on the same server, as the same role. */
export function at(url: string, database: string): string {
  const other = new URL(url);
  other.pathname = `/${database}`;
  return other.href;
}

export function productIn(stores: Stores, product: Product): ProductStores {
  const found = stores.products[product.id];
  if (!found) throw new Error(`Nothing was made for ${product.id}`);
  return found;
}
