import { randomBytes } from "node:crypto";
import type { Product } from "@whitelabel/shared-config";
import { fakeClerk } from "./fake-clerk.ts";

/** Variables of an environment; undefined takes one away. */
export type Variables = Record<string, string | undefined>;

const appSecret = `test:${randomBytes(24).toString("hex")}`;

/** The environment of one API, as an operator would set it, around these databases. */
export function testEnv(product: Product, stores: { url: string; coreUrl?: string | undefined }, more: Variables = {}) {
  const clerk = fakeClerk(product);
  const variables: Variables = {
    ENVIRONMENT: "test",
    HOST: "127.0.0.1",
    PORT: "0",
    METRICS_PORT: "0",
    DATABASE_URL: stores.url,
    CORE_DATABASE_URL_RO: stores.coreUrl,
    CORE_PROPERTY_IDS: product.development.corePropertyIds.join(","),
    CLERK_PUBLISHABLE_KEY: clerk.publishableKey,
    CLERK_JWT_KEY: clerk.publicKey,
    FRONTEND_URL: clerk.origin,
    APP_SECRET: appSecret,
    RATE_LIMIT_PER_MINUTE: "100000",
    LOG_LEVEL: "debug",
    ...more,
  };
  return Object.fromEntries(Object.entries(variables).filter(([, value]) => value !== undefined));
}
