import { generateKeyPairSync } from "node:crypto";
import { type Product, publishableKeyOf, readEnv } from "@whitelabel/shared-config";
import { openDatabase } from "@whitelabel/shared-db";
import { openRedis } from "@whitelabel/shared-redis";
import { pino } from "pino";
import { createApp } from "./app.ts";

/**
 * The OpenAPI document of an API that knows the vocabulary of all these products, as it would be served: what a client
 * of any of them is made from. Nothing is connected, so it needs no store.
 */
export async function describeApi(products: readonly Product[]): Promise<object> {
  const product = productOfAll(products);
  const env = readEnv(product, standIns(product));
  const database = openDatabase({ url: env.database.url, productId: product.id, max: 1 });
  const redis = openRedis({ prefix: product.redisPrefix });
  try {
    const log = pino({ level: "silent" });
    const app = createApp(product, { env, database, core: undefined, redis, log, lifecycle: { isClosing: false } });
    const response = await app.request("/api/openapi.json");
    if (!response.ok) throw new Error(`The document could not be made: ${await response.text()}`);
    return (await response.json()) as object;
  } finally {
    await Promise.all([database.close(), redis.close()]);
  }
}

function productOfAll(products: readonly Product[]): Product {
  const [first] = products;
  if (!first) throw new Error("There is no product to describe");
  const all = <T>(listOf: (product: Product) => readonly T[]) => [...new Set(products.flatMap(listOf))].sort();
  return {
    ...first,
    locales: all(({ locales }) => locales) as [string, ...string[]],
    propertyTypes: all(({ propertyTypes }) => propertyTypes),
    transactionTypes: all(({ transactionTypes }) => transactionTypes),
    features: { front_desk: true, faq: true, chat: true, parking: true },
  };
}

/** What an app asks for before it is described; nothing of it is ever used. */
function standIns(product: Product) {
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
