export { openRedis } from "./open-redis.ts";
export type { Listener, Redis, RedisOptions, Script, SetOptions, Unsubscribe } from "./redis.ts";
export { redisAcl } from "./redis-acl.ts";
export { defineScript } from "./script.ts";
