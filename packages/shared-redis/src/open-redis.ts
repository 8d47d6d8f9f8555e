import { absentRedis } from "./absent-redis.ts";
import { connectedRedis } from "./connected-redis.ts";
import type { Redis, RedisOptions } from "./redis.ts";

/** A request may wait 50 ms for a Redis that is away; ten are left for the rest. */
const DEADLINE_MS = 40;

/**
 * The product's Redis. Connects in the background and by itself again and again; a call while Redis is away fails at
 * once, or at the deadline, with a StoreError: nothing needed for correctness lives in Redis, so go on without it.
 */
export function openRedis({ url, deadlineMs = DEADLINE_MS, ...options }: RedisOptions): Redis {
  if (!/^[a-z][a-z0-9]*:$/.test(options.prefix)) throw new Error("A Redis prefix is a product's id and a colon");
  return url === undefined ? absentRedis : connectedRedis({ ...options, url, deadlineMs });
}
