import type { Redis } from "./redis.ts";

/** A Redis that `open` is still making: until then it is down, and whoever calls waits for it. */
export function lateRedis(open: () => Promise<Redis>): Redis {
  let redis: Redis | undefined;
  const opening = open().then((opened) => {
    redis = opened;
    return opened;
  });
  opening.catch(() => {}); // whoever calls is told

  return {
    get: async (key) => await (await opening).get(key),
    set: async (key, value, options) => await (await opening).set(key, value, options),
    del: async (...keys) => await (await opening).del(...keys),
    incr: async (key, ttlMs) => await (await opening).incr(key, ttlMs),
    async *scan(beginning) {
      yield* (await opening).scan(beginning);
    },
    script: async (script, keys, args) => await (await opening).script(script, keys, args),
    publish: async (channel, message) => await (await opening).publish(channel, message),
    subscribe: async (channel, listener) => await (await opening).subscribe(channel, listener),
    ping: async () => await (await opening).ping(),
    state: () => redis?.state() ?? "down",
    close: async () => {
      if (redis) await redis.close();
      else void opening.then((opened) => opened.close()).catch(() => {}); // nobody waits for what has not begun
    },
  };
}
