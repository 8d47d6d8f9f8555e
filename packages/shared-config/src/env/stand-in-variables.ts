import { generateKeyPairSync } from "node:crypto";
import type { Product } from "../products/define-product.ts";
import { publishableKeyOf } from "./clerk-keys.ts";

/** What an API asks for before it is made, where it is made to be looked at and not to serve: nobody is behind it. */
export function standInVariables(product: Product): Record<string, string> {
  const { publicKey } = generateKeyPairSync("rsa", {
    modulusLength: 2048,
    publicKeyEncoding: { type: "spki", format: "pem" },
    privateKeyEncoding: { type: "pkcs8", format: "pem" },
  });
  return {
    DATABASE_URL: "postgres://nobody@127.0.0.1:1/nothing",
    CLERK_PUBLISHABLE_KEY: publishableKeyOf(product.clerkInstances.development ?? "stand-in-1"),
    CLERK_JWT_KEY: publicKey,
    APP_SECRET: `stand-in:${"0".repeat(64)}`,
  };
}
