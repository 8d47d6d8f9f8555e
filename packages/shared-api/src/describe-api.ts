import { type Product, readEnv, standInVariables } from "@whitelabel/shared-config";
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
  const env = readEnv(product, standInVariables(product));
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
