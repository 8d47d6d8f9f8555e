import { generateKeyPairSync, randomBytes } from "node:crypto";
import path from "node:path";
import type { Product } from "@whitelabel/shared-config";
import { makeFolder } from "../embedded-postgres/place.ts";
import { readPrivateJson, writePrivateJson } from "./private-file.ts";
import { dataFolder } from "./workspace.ts";

/** What Clerk and an operator would give a product, made here for development. */
export type ProductKeys = {
  private_key: string;
  public_key: string;
  secret_key: string;
  webhook_secret: string;
  app_secret: string;
};

const keysFile = (product: Product) => path.join(dataFolder(), "keys", `${product.id}.json`);
const passwordsFile = () => path.join(dataFolder(), "passwords.json");

export function findKeys(product: Product): ProductKeys | undefined {
  return readPrivateJson<ProductKeys>(keysFile(product));
}

/** The same keys at every start, so that tokens and links survive a restart. */
export function keysOf(product: Product): ProductKeys {
  const known = findKeys(product);
  if (known) return known;

  const { privateKey, publicKey } = generateKeyPairSync("rsa", {
    modulusLength: 2048,
    privateKeyEncoding: { type: "pkcs8", format: "pem" },
    publicKeyEncoding: { type: "spki", format: "pem" },
  });
  const keys = {
    private_key: privateKey,
    public_key: publicKey,
    secret_key: `sk_test_${randomBytes(24).toString("hex")}`,
    webhook_secret: `whsec_${randomBytes(24).toString("base64")}`,
    app_secret: `dev:${randomBytes(32).toString("base64url")}`,
  };
  makeFolder(path.dirname(keysFile(product)), 0o700);
  writePrivateJson(keysFile(product), keys);
  return keys;
}

/** The password of each role, made once. */
export function passwordsOf<Role extends string>(roles: readonly Role[]): Record<Role, string> {
  const known = readPrivateJson<Record<string, string>>(passwordsFile()) ?? {};
  const missing = roles.filter((role) => known[role] === undefined);
  for (const role of missing) known[role] = randomBytes(24).toString("base64url");
  if (missing.length > 0) writePrivateJson(passwordsFile(), known);
  return known as Record<Role, string>;
}
