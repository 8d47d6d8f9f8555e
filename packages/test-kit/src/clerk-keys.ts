import { generateKeyPairSync } from "node:crypto";
import { clerkHost, type Product, products, publishableKeyOf } from "@whitelabel/shared-config";

export type ClerkKeys = Readonly<{ kid: string; privateKey: string; publicKey: string }>;

/** A fresh key pair for every product. Making RSA keys takes long enough to do it once a run. */
export function makeClerkKeys(): Record<string, ClerkKeys> {
  return Object.fromEntries(products.map((product) => [product.id, makeKeys(product)]));
}

function makeKeys(product: Product): ClerkKeys {
  const { privateKey, publicKey } = generateKeyPairSync("rsa", {
    modulusLength: 2048,
    privateKeyEncoding: { type: "pkcs8", format: "pem" },
    publicKeyEncoding: { type: "spki", format: "pem" },
  });
  return { kid: `ins_test_${product.id}`, privateKey, publicKey };
}

/** The Clerk instance that tests of a product stand in for: the one it has in development. */
export function instanceOf(product: Product) {
  const instance = product.clerkInstances.development ?? `${product.id}-test-1`;
  return { issuer: `https://${clerkHost(instance)}`, publishableKey: publishableKeyOf(instance) };
}
