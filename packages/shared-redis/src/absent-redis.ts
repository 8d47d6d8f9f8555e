import { StoreError } from "@whitelabel/resilience";
import type { Redis } from "./redis.ts";

const refuse = () => Promise.reject(new StoreError("redis", "absent"));

/** The Redis-less mode: the same as a Redis that is away, at no cost. */
export const absentRedis: Redis = {
  get: refuse,
  set: refuse,
  del: refuse,
  incr: refuse,
  scan: () => ({ [Symbol.asyncIterator]: () => ({ next: refuse }) }),
  script: refuse,
  publish: refuse,
  subscribe: refuse,
  ping: refuse,
  state: () => "absent",
  close: () => Promise.resolve(),
};
