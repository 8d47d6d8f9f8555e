import { generateKeyPairSync } from "node:crypto";
import type { EnvironmentName } from "../environment.ts";
import type { Product } from "../products/define-product.ts";
import { publishableKeyOf } from "./clerk-keys.ts";

export type Source = Record<string, string | undefined>;

/** For tests: the least that an API of this product starts with, and what a test adds. */
export function validSource(product: Product, environment: EnvironmentName, changes: Source = {}): Source {
  const isDeployed = environment === "staging" || environment === "production";
  const mode = environment === "production" ? "live" : "test";
  return {
    ENVIRONMENT: environment,
    DATABASE_URL: `postgresql://${product.runtimeRole}:word@db.test/${product.databaseName}`,
    CLERK_PUBLISHABLE_KEY: publishableKeyOf(mode === "live" ? `clerk.${product.id}.app` : "some-other-instance-1"),
    CLERK_SECRET_KEY: `sk_${mode}_generated`,
    APP_SECRET: `k1:${"s".repeat(32)}`,
    ...(isDeployed && { REDIS_URL: "redis://redis.test" }),
    ...(environment === "staging" && { FRONTEND_URL: "https://staging.test" }),
    ...changes,
  };
}

export const coreUrl = "postgresql://reader:word@core.test/core_db";

/** A key made for this run: no key is kept in the repository. */
export function newPublicKey(): string {
  const { publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  return publicKey.export({ type: "spki", format: "pem" }).toString();
}
