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

/** The servers of the test run, started once by the global set-up. */
export type Stores = Readonly<{
  superuserUrl: string;
  coreOwnerUrl: string;
  core: Readonly<{ template: string; shared: string }>;
  products: Readonly<Record<string, ProductStores>>;
}>;

declare module "vitest" {
  export interface ProvidedContext {
    stores: Stores;
    clerkKeys: Readonly<Record<string, ClerkKeys>>;
    docker: Docker;
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

export function productStores(product: Product): ProductStores {
  const stores = useStores().products[product.id];
  if (!stores) throw new Error(`The global set-up made nothing for ${product.id}`);
  return stores;
}
