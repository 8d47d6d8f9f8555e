import { type Core, openCore } from "@whitelabel/core-readonly";
import { createApp } from "@whitelabel/shared-api";
import { type Product, readEnv } from "@whitelabel/shared-config";
import { type Database, openDatabase, type Role, type User } from "@whitelabel/shared-db";
import { openRedis, type Redis } from "@whitelabel/shared-redis";
import { afterAll, beforeAll } from "vitest";
import { fakeClerk } from "./fake-clerk.ts";
import { logLines } from "./log-lines.ts";
import { testEnv, type Variables } from "./test-env.ts";
import { testUsers } from "./test-users.ts";
import { type TestCore, useCore } from "./use-core.ts";
import { useDatabase } from "./use-database.ts";

type Overrides = Readonly<{
  seeded?: boolean;
  /** A core of the test's own; null for a deployment without core. */
  core?: TestCore | null;
  /** Leads the app to its stores another way, through a fault proxy for example. Called once the database is there. */
  through?: (urls: {
    url: string;
    coreUrl: string | undefined;
  }) => Promise<{ url: string; coreUrl?: string | undefined }>;
  env?: Variables;
}>;

type Init = RequestInit & {
  /** Whose session token goes along; a text is sent as it is. */
  as?: Role | User | { token: string };
  json?: unknown;
};

/**
 * The product's app over real stores, for this file (or this `describe`). Call it while tests are collected; what it
 * returns may be used from `beforeAll` on.
 */
export function useApp(product: Product, overrides: Overrides = {}) {
  const database = useDatabase(product, { seeded: overrides.seeded ?? false });
  const core = overrides.core === undefined ? useCore(product) : (overrides.core ?? undefined);
  const lines = logLines();
  const users = testUsers(product, () => database.db);
  let running: Awaited<ReturnType<typeof openApp>> | undefined;

  beforeAll(async () => {
    const direct = { url: database.url, coreUrl: core?.url };
    const stores = (await overrides.through?.(direct)) ?? direct;
    running = await openApp(product, testEnv(product, stores, overrides.env), lines);
  });
  afterAll(() => running?.close());

  const ready = () => {
    if (!running) throw new Error("The app is there from beforeAll on, not while tests are being collected");
    return running;
  };

  async function request(path: string, { as, json, ...init }: Init = {}): Promise<Response> {
    const headers = new Headers(init.headers);
    if (as !== undefined) headers.set("authorization", `Bearer ${await tokenOf(as)}`);
    if (json !== undefined) headers.set("content-type", "application/json");
    const sent: RequestInit = { ...init, headers, ...(json !== undefined && { body: JSON.stringify(json) }) };
    return await ready().app.request(path, sent);
  }

  const tokenOf = (who: NonNullable<Init["as"]>) =>
    typeof who === "object" && "token" in who ? who.token : users.token(who);

  return {
    request,
    token: users.token,
    userOf: users.userOf,
    clerk: fakeClerk(product),
    database,
    core,
    lines,
    get app() {
      return ready().app;
    },
    get deps() {
      return ready().deps;
    },
  };
}

async function openApp(product: Product, source: Variables, lines: ReturnType<typeof logLines>) {
  const env = readEnv(product, source);
  const database: Database = openDatabase({ url: env.database.url, productId: product.id, max: 4 });
  const core: Core | undefined = env.core && openCore({ ...env.core, max: 2 });
  const redis: Redis = openRedis({ ...env.redis, prefix: product.redisPrefix });
  const deps = { env, database, core, redis, log: lines.log, lifecycle: { isClosing: false } };
  return {
    app: createApp(product, deps),
    deps,
    async close() {
      await Promise.all([database.close(), core?.close(), redis.close()]);
    },
  };
}
