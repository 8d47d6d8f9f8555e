import { openCore } from "@whitelabel/core-readonly";
import type { Env, Product } from "@whitelabel/shared-config";
import { openDatabase } from "@whitelabel/shared-db";
import { openRedis } from "@whitelabel/shared-redis";
import type { Logger } from "pino";
import { type Telemetry, watcherOf } from "../telemetry/telemetry.ts";

/** A request may need two answers of core, one after the other, and has 2.7 s in all. */
const CORE_DEADLINE_MS = 1_000;

export type Stores = ReturnType<typeof openStores>;

/** Clients of the product's stores. None connects before it is used, so nothing here can fail. */
export function openStores(product: Product, env: Env, log: Logger, telemetry: Telemetry) {
  const applicationName = `${product.id}-api`;
  const onChange = (store: string) => (state: string, reason?: string, code?: string) => {
    log[state === "up" ? "info" : "warn"]({ store, state, reason, code }, "store");
  };
  const { url, poolSize, maxOverflow, prePing, echo } = env.database;

  const database = openDatabase({
    url,
    productId: product.id,
    max: poolSize + maxOverflow, // postgres.js knows one maximum
    prePing,
    applicationName,
    onQuery: echo ? (sql) => log.info({ sql }, "query") : undefined,
    onChange: onChange("database"),
    ...watcherOf(telemetry, "database"),
  });
  const core =
    env.core &&
    openCore({
      ...env.core,
      deadlineMs: CORE_DEADLINE_MS,
      applicationName,
      onChange: onChange("core"),
      ...watcherOf(telemetry, "core"),
    });
  const redis = openRedis({
    ...env.redis,
    prefix: product.redisPrefix,
    onChange: onChange("redis"),
    ...watcherOf(telemetry, "redis"),
  });

  return {
    database,
    core,
    redis,
    close: async () => {
      await Promise.allSettled([database.close(), core?.close(), redis.close()]);
    },
  };
}
