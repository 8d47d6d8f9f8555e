import { readFileSync } from "node:fs";
import path from "node:path";
import {
  clerkHost,
  clerkInstanceOf,
  EnvError,
  type Product,
  publishableKeyOf,
  readEnv,
} from "@whitelabel/shared-config";
import { OpsError } from "../cli/ops-error.ts";
import type { ProductKeys } from "./secrets.ts";
import { workspaceRoot } from "./workspace.ts";

type Source = Record<string, string | undefined>;

/** A variable of one product as a developer writes it: `BESTAYS_DATABASE_URL`. */
export const prefixed = (product: Product, name: string): string => `${product.id.toUpperCase()}_${name}`;

/** The variables meant for one product: `BESTAYS_DATABASE_URL` is its `DATABASE_URL`. Blank ones count as not set. */
export function overridesOf(product: Product, source: Source = process.env): Record<string, string> {
  const prefix = prefixed(product, "");
  return Object.fromEntries(
    Object.entries(source).flatMap(([name, value]) => {
      if (!name.startsWith(prefix) || !value?.trim()) return [];
      // An API runs in its own folder; a path means the same file there as in a command of the workspace.
      return [[name.slice(prefix.length), name.endsWith("_FILE") ? path.resolve(workspaceRoot, value.trim()) : value]];
    }),
  );
}

/** A secret, given by itself or in the file that NAME_FILE names. */
export function readSecret(source: Source, name: string): string | undefined {
  const value = source[name]?.trim();
  const file = source[`${name}_FILE`]?.trim();
  if (value || !file) return value || undefined;
  try {
    return readFileSync(file, "utf8").trim() || undefined;
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException; // the message would show the path, which is a value too
    throw new OpsError(`The file that ${name}_FILE names cannot be read (${code}).`, undefined, { cause });
  }
}

export type ProductUrls = { database: string; migration: string; core: string };

/** Whether the product uses a Clerk project of the developer's own, whose tokens only Clerk can sign. */
export const hasOwnClerk = (product: Product, source: Source = process.env): boolean => {
  const own = overridesOf(product, source);
  return Boolean(own.CLERK_PUBLISHABLE_KEY || own.CLERK_SECRET_KEY || own.CLERK_SECRET_KEY_FILE);
};

/**
 * The whole environment of a product's API in development. Only what carries the product's prefix comes from the
 * developer's own, so that a DATABASE_URL left in a shell is not taken for both products' database.
 */
export function productEnv(product: Product, urls: ProductUrls, keys: ProductKeys): Record<string, string> {
  const instance = product.clerkInstances.development ?? `${product.id}-development`;
  const own = overridesOf(product);
  const clerk: Record<string, string> = hasOwnClerk(product)
    ? {}
    : { CLERK_SECRET_KEY: keys.secret_key, CLERK_JWT_KEY: keys.public_key };

  const ours = {
    ENVIRONMENT: "development",
    DATABASE_URL: urls.database,
    MIGRATION_DATABASE_URL: urls.migration,
    CORE_DATABASE_URL_RO: urls.core,
    CORE_PROPERTY_IDS: product.development.corePropertyIds.join(","),
    CLERK_PUBLISHABLE_KEY: publishableKeyOf(instance),
    ...clerk,
    CLERK_WEBHOOK_SECRET: keys.webhook_secret,
    ADMIN_EMAILS: `admin.dev@${product.development.emailDomain}`,
    FRONTEND_URL: product.frontendUrl.development,
    APP_SECRET: keys.app_secret,
    LOG_LEVEL: process.env.LOG_LEVEL || "info",
  };
  // What the developer gives in a file would otherwise be given twice.
  const entries = Object.entries(ours).filter(([name]) => own[`${name}_FILE`] === undefined);
  return { ...Object.fromEntries(entries), ...own };
}

/** One Clerk project for two products would let a user of one into the other; each app alone cannot see that. */
export function refuseSharedClerk(products: readonly Product[]): void {
  const owners = new Map<string, Product>();
  for (const product of products) {
    const own = overridesOf(product).CLERK_PUBLISHABLE_KEY;
    const known = product.clerkInstances.development;
    const instance = own ? clerkInstanceOf(own) : known && clerkHost(known);
    if (!instance) continue;
    const other = owners.get(instance);
    if (other) {
      throw new OpsError(
        `${other.name} and ${product.name} are given the same Clerk project (${instance}).`,
        `Give each product a project of its own: ${product.id.toUpperCase()}_CLERK_PUBLISHABLE_KEY.`,
      );
    }
    owners.set(instance, product);
  }
}

/** Reads the environment as the API will, so that a mistake is told before anything is started. */
export function checkEnv(product: Product, env: Record<string, string>) {
  const read = withTheirNames(product, () => readEnv(product, env));
  return { port: read.port, metricsPort: read.metricsPort, issuer: read.clerk.issuer, frontendUrl: read.frontendUrl };
}

/** A problem names the variable that the developer wrote, or has to write: BESTAYS_DATABASE_URL. */
function withTheirNames<T>(product: Product, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof EnvError)) throw error;
    const own = overridesOf(product);
    // Only the log level comes from a variable without the prefix.
    const nameOf = (name: string) => (name === "LOG_LEVEL" && !own[name] ? name : prefixed(product, name));
    throw new EnvError(
      product,
      error.problems.map(({ variable, problem }) => ({ variable: nameOf(variable), problem })),
    );
  }
}
