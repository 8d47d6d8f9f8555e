import { openCore } from "@whitelabel/core-readonly";
import type { Env, Product } from "@whitelabel/shared-config";
import { openDatabase } from "@whitelabel/shared-db";
import { openRedis } from "@whitelabel/shared-redis";
import type { Logger } from "pino";
import { type Telemetry, watcherOf } from "../telemetry/telemetry.ts";

/** A request may need two answers of core, one after the other, and has 2.7 s in all. */
const CORE_DEADLINE_MS = 1_000;

/** Clients of the product's databases. None connects before it is used, so nothing here can fail. */
export function openDatabases(product: Product, env: Env, log: Logger, telemetry: Telemetry) {
  const applicationName = `${product.id}-api`;
  const { url, poolSize, maxOverflow, prePing, echo } = env.database;

  const database = openDatabase({
    url,
    productId: product.id,
    max: poolSize + maxOverflow, // postgres.js knows one maximum
    prePing,
    applicationName,
    onQuery: echo ? (sql) => log.info({ sql }, "query") : undefined,
    onChange: onChange(log, "database"),
    ...watcherOf(telemetry, "database"),
  });
  const core =
    env.core &&
    openCore({
      ...env.core,
      deadlineMs: CORE_DEADLINE_MS,
      applicationName,
      onChange: onChange(log, "core"),
      ...watcherOf(telemetry, "core"),
    });
  return { database, core };
}

/** The client of the product's Redis, which connects after that. */
export function openCache(product: Product, env: Env, log: Logger, telemetry: Telemetry, after: Promise<unknown>) {
  return openRedis({
    ...env.redis,
    after,
    prefix: product.redisPrefix,
    onChange: onChange(log, "redis"),
    ...watcherOf(telemetry, "redis"),
  });
}

const onChange = (log: Logger, store: string) => (state: string, reason?: string, code?: string) => {
  log[state === "up" ? "info" : "warn"]({ store, state, reason, code }, "store");
};
