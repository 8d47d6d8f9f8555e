import { guardStore } from "@whitelabel/resilience";
import { type Connection, connect } from "./connection.ts";
import { toStoreError } from "./errors.ts";
import { literal } from "./glob.ts";
import type { Redis, RedisOptions, Script } from "./redis.ts";
import { incrementFor } from "./script.ts";
import { openSubscriptions } from "./subscriptions.ts";

type Options = RedisOptions & Readonly<{ url: string; deadlineMs: number }>;

/** The client over a real Redis. The driver's own never leaves this function: that is what keeps the prefix. */
export function connectedRedis({ url, prefix, deadlineMs, onChange, onAnswer, onFailure }: Options): Redis {
  const connection = connect(url);
  const subscriptions = openSubscriptions(() => connect(url), prefix, deadlineMs);
  const guard = guardStore("redis", {
    deadlineMs,
    probe: () => connection.client.ping().catch(rethrow),
    ...(onFailure && { onFailure }),
    onChange(state, reason) {
      onChange?.(state, state === "down" ? [reason, connection.lastError()].filter(Boolean).join(", ") : undefined);
      // Whoever does not answer may never do so on this connection: the other end is frozen, or gone without a word.
      if (state === "down" && reason === "deadline") {
        connection.replace();
        subscriptions.replace();
      }
    },
  });

  const inside = (name: string) => prefix + name;
  const run = <T>(name: string, command: (client: Connection["client"]) => Promise<T>): Promise<T> =>
    guard.run(async () => {
      await connection.firstAttempt;
      const asked_at = performance.now();
      const tell = (failure?: unknown) => onAnswer?.({ text: name, asked_at, sent_at: asked_at, failure });
      return await command(connection.client).then(
        (answer) => {
          tell();
          return answer;
        },
        (error) => {
          const failure = toStoreError(error);
          tell(failure);
          throw failure;
        },
      );
    });

  async function runScript({ lua, sha1 }: Script, keys: readonly string[], args: readonly (string | number)[] = []) {
    const rest = [keys.length, ...keys.map(inside), ...args] as const;
    return await run("script", (client) =>
      client.evalsha(sha1, ...rest).catch((error: Error) => {
        if (!error.message.startsWith("NOSCRIPT")) throw error;
        return client.eval(lua, ...rest);
      }),
    );
  }

  return {
    get: (key) => run("get", async (client) => (await client.get(inside(key))) ?? undefined),

    async set(key, value, { ttlMs, ifAbsent } = {}) {
      const options = [...(ttlMs === undefined ? [] : ["PX", ttlMs]), ...(ifAbsent ? ["NX"] : [])];
      return (await run("set", (client) => client.call("SET", inside(key), value, ...options))) === "OK";
    },

    del: (...keys) => (keys.length === 0 ? Promise.resolve(0) : run("del", (client) => client.del(keys.map(inside)))),

    incr: async (key, ttlMs) =>
      ttlMs === undefined
        ? await run("incr", (client) => client.incr(inside(key)))
        : Number(await runScript(incrementFor, [key], [ttlMs])),

    async *scan(beginning = "") {
      const pattern = `${literal(inside(beginning))}*`;
      let cursor = "0";
      do {
        const [next, keys] = await run("scan", (client) => client.scan(cursor, "MATCH", pattern, "COUNT", 500));
        cursor = next;
        for (const key of keys) yield key.slice(prefix.length);
      } while (cursor !== "0");
    },

    script: runScript,

    publish: async (channel, message) =>
      void (await run("publish", (client) => client.publish(inside(channel), message))),

    subscribe: (channel, listener) => subscriptions.subscribe(channel, listener),

    ping: async () => void (await run("ping", (client) => client.ping())),

    state: () => (guard.state() === "up" && connection.client.status === "ready" ? "up" : "down"),

    async close() {
      guard.close();
      await Promise.all([connection.close(deadlineMs), subscriptions.close()]);
    },
  };
}

function rethrow(error: unknown): never {
  throw toStoreError(error);
}
