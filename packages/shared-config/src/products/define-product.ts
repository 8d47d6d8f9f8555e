import type { EnvironmentName } from "../environment.ts";
import { checkTaskPresets, type TaskPresets, usualTaskPresets } from "./task-presets.ts";

export const propertyTypes = [
  "villa",
  "condo",
  "apartment",
  "townhouse",
  "house",
  "commercial",
  "land",
  "office",
  "retail",
  "warehouse",
] as const;

export const transactionTypes = ["rent", "sale", "lease"] as const;

/** What differs between products: the facts a definition has to name, and those it may. */
export type ProductFacts = Readonly<{
  /** Lower case; every name of a database, role, Redis user and folder begins with it. */
  id: string;
  name: string;
  /** The API's port on the host; in a container every API listens on 8000. */
  port: number;
  redisDb: number;
  theme: Readonly<{ primary_color: string }>;
  frontendUrl: Readonly<{ development: string; production: string }>;
  /** The product's Clerk instance where it is known; a key of one product is refused by every other. */
  clerkInstances: Readonly<Partial<Record<EnvironmentName, string>>>;
  limits: Readonly<{ anonymousChatMessages: number }>;
  development: Readonly<{ emailDomain: string; corePropertyIds: readonly string[] }>;
  /** The first is the fallback. */
  locales?: readonly [string, ...string[]];
  features?: Partial<Features>;
  propertyTypes?: readonly string[];
  /** The first is the usual one: most of what the product offers. */
  transactionTypes?: readonly string[];
  currency?: string;
  /** Beside the usual ones, or in place of one with the same code. */
  taskPresets?: TaskPresets;
  /** Why a fact is not what the other products have; `pnpm port:status` shows it. */
  reasons?: Readonly<Partial<Record<ComparedFact, string>>>;
}>;

type ComparedFact =
  | ("locales" | "propertyTypes" | "transactionTypes" | "currency")
  | `features.${keyof Features}`
  | `limits.${keyof ProductFacts["limits"]}`
  | `taskPresets.${string}`;

export type Features = Readonly<{ front_desk: boolean; faq: boolean; chat: boolean; parking: boolean }>;

/** A whole definition: the facts, the defaults of the facts left out, and everything derived from the id. */
export type Product = Required<ProductFacts> &
  Readonly<{
    features: Features;
    databaseName: string;
    runtimeRole: string;
    migratorRole: string;
    coreReaderRole: string;
    redisPrefix: string;
    redisUser: string;
  }>;

/**
 * The definition of a product. Throws on facts that could not become names of databases and roles,
 * so that a mistyped product fails when it is loaded and not when it is provisioned.
 */
export function defineProduct(facts: ProductFacts): Product {
  // Used unquoted in SQL, file names, compose services and Redis ACL lines; longest suffix: `_core_reader`.
  if (!/^[a-z][a-z0-9]{1,30}$/.test(facts.id)) {
    throw new Error(`A product's id is 2 to 31 lower-case letters and digits, not "${facts.id}"`);
  }
  const locales = facts.locales ?? ["en", "th"];
  const taskPresets = { ...usualTaskPresets, ...facts.taskPresets };
  checkTaskPresets(facts.id, locales, taskPresets);
  return {
    locales,
    propertyTypes,
    transactionTypes,
    currency: "THB",
    reasons: {},
    ...facts,
    taskPresets,
    features: { front_desk: true, faq: true, chat: true, parking: true, ...facts.features },
    databaseName: `${facts.id}_db`,
    runtimeRole: `${facts.id}_user`,
    migratorRole: `${facts.id}_migrator`,
    coreReaderRole: `${facts.id}_core_reader`,
    redisPrefix: `${facts.id}:`,
    redisUser: facts.id,
  };
}

// Production keeps the plain name that the older documents gave it.
const databaseSuffix: Record<EnvironmentName, string> = {
  development: "_dev",
  test: "_test",
  staging: "_staging",
  production: "",
};

/** The name provision gives the product's database; any other works too, the marker inside decides whose it is. */
export function databaseNameFor(product: Product, environment: EnvironmentName): string {
  return product.databaseName + databaseSuffix[environment];
}
