import { absentRedis } from "./absent-redis.ts";
import { lateRedis } from "./late-redis.ts";
import type { Redis, RedisOptions } from "./redis.ts";

/** A request may wait 50 ms for a Redis that is away; ten are left for the rest. */
const DEADLINE_MS = 40;

/**
 * The product's Redis. Connects in the background and by itself again and again; a call while Redis is away fails at
 * once, or at the deadline, with a StoreError: nothing needed for correctness lives in Redis, so go on without it.
 */
export function openRedis({ url, after, deadlineMs = DEADLINE_MS, ...options }: RedisOptions): Redis {
  if (!/^[a-z][a-z0-9]*:$/.test(options.prefix)) throw new Error("A Redis prefix is a product's id and a colon");
  if (url === undefined) return absentRedis;
  return lateRedis(async () => {
    await after;
    const { connectedRedis } = await import("./connected-redis.ts");
    return connectedRedis({ ...options, url, deadlineMs });
  });
}
