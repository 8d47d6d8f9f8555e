import { randomBytes } from "node:crypto";
import { Redis as Client } from "ioredis";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { openRedis } from "./open-redis.ts";
import type { Redis } from "./redis.ts";
import { redisAcl } from "./redis-acl.ts";
import { hasDocker, type RedisContainer, startRedis } from "./redis-container.ts";
import { defineScript } from "./script.ts";
import { collect, eventually, timed } from "./timing.ts";

const products = [
  { redisUser: "bestays", redisPrefix: "bestays:", redisDb: 0 },
  { redisUser: "realestate", redisPrefix: "realestate:", redisDb: 1 },
];
const password = randomBytes(16).toString("hex");

describe.skipIf(!hasDocker)("a product's Redis user", () => {
  let server: RedisContainer;
  const urls: string[] = [];

  beforeAll(async () => {
    server = await startRedis();
    for (const product of products) {
      const [, user = "", ...rules] = redisAcl(product, `>${password}`).split(" ");
      await server.raw.call("ACL", "SETUSER", user, ...rules);
      urls.push(`redis://${user}:${password}@${server.address}/${product.redisDb}`);
    }
  });
  afterAll(() => server?.stop());
  beforeEach(() => server.raw.flushall());

  for (const [index, { redisUser, redisPrefix, redisDb }] of products.entries()) {
    const other = products[1 - index] as (typeof products)[number];

    describe(redisUser, () => {
      let redis: Redis;
      let own: Client;
      beforeAll(async () => {
        redis = openRedis({ url: urls[index] as string, prefix: redisPrefix, deadlineMs: 1000 });
        own = new Client(urls[index] as string, { enableReadyCheck: false });
        await eventually(() => redis.ping());
      });
      afterAll(async () => {
        own?.disconnect();
        await redis?.close();
      });

      it("has what the client needs", async () => {
        const warn = vi.spyOn(console, "warn");
        const another = openRedis({ url: urls[index] as string, prefix: redisPrefix, deadlineMs: 1000 });
        await another.ping();
        await another.close();
        expect(warn).not.toHaveBeenCalled(); // the driver complains of commands that it may not use
        warn.mockRestore();

        const heard: string[] = [];
        await redis.subscribe("news", (message) => heard.push(message));
        await redis.publish("news", "a");
        await eventually(() => expect(heard).toEqual(["a"]));
        expect(await redis.set("a", "1", { ttlMs: 60_000, ifAbsent: true })).toBe(true);
        expect(await redis.get("a")).toBe("1");
        expect(await redis.incr("n", 60_000)).toBe(1);
        expect(await redis.script(defineScript('return redis.call("TTL", KEYS[1])'), ["n"])).toBeGreaterThan(50);
        expect(await redis.del("a", "n")).toBe(2);
        await server.raw.select(redisDb);
        await server.raw.set(`${redisPrefix}raw`, "1");
        expect(await redis.get("raw")).toBe("1");
        await server.raw.select(0);
      });

      it("cannot touch the other product's keys, channels and database by any command, with any client", async () => {
        const theirs = `${other.redisPrefix}a`;
        for (const db of [0, 1]) await server.raw.multi().select(db).set(theirs, "canary").select(0).exec();

        const attempts: [string, ...(string | number)[]][] = [
          ["GET", theirs],
          ["SET", theirs, "x"],
          ["DEL", theirs],
          ["EXISTS", theirs],
          ["MGET", `${redisPrefix}a`, theirs],
          ["COPY", theirs, `${redisPrefix}a`],
          ["RENAME", theirs, `${redisPrefix}a`],
          ["DUMP", theirs],
          ["OBJECT", "ENCODING", theirs],
          ["SORT", `${redisPrefix}a`, "BY", "nosort", "GET", theirs],
          ["SORT_RO", `${redisPrefix}a`, "BY", "nosort", "GET", theirs],
          ["EVAL", `return redis.call("GET", "${theirs}")`, 0],
          ["EVAL", `return redis.call("GET", KEYS[1])`, 1, theirs],
          ["EVAL", `return redis.call("SELECT", ${other.redisDb})`, 0],
          ["SELECT", other.redisDb],
          ["SWAPDB", 0, 1],
          ["MOVE", `${redisPrefix}a`, other.redisDb],
          ["SCAN", 0],
          ["KEYS", "*"],
          ["RANDOMKEY"],
          ["DBSIZE"],
          ["SUBSCRIBE", `${other.redisPrefix}news`],
          ["PSUBSCRIBE", "*"],
          ["SSUBSCRIBE", `${other.redisPrefix}news`],
          ["PUBLISH", `${other.redisPrefix}news`, "x"],
          ["SPUBLISH", `${other.redisPrefix}news`, "x"],
          ["PUBSUB", "CHANNELS"],
          ["FLUSHALL"],
          ["FLUSHDB"],
          ["SCRIPT", "FLUSH"],
          ["FUNCTION", "LOAD", "x"],
          ["FUNCTION", "FLUSH"],
          ["CONFIG", "GET", "*"],
          ["INFO"],
          ["MONITOR"],
          ["ACL", "LIST"],
          ["ACL", "WHOAMI"],
          ["CLIENT", "LIST"],
          ["CLIENT", "KILL", "TYPE", "normal"],
          ["SLOWLOG", "GET"],
          ["LATENCY", "LATEST"],
          ["MEMORY", "STATS"],
          ["SHUTDOWN"],
          ["REPLICAOF", "NO", "ONE"],
          ["BLPOP", `${redisPrefix}none`, 0],
          ["WAIT", 1, 0],
        ];
        for (const [command, ...args] of attempts) {
          const { error } = await timed(() => own.call(command, ...args));
          expect((error as Error | undefined)?.message, `${command} ${args.join(" ")}`).toMatch(/NOPERM|ACL failure/);
        }
        expect(await server.raw.get(theirs)).toBe("canary");
      });

      it("lets scan say that it may not", async () => {
        expect((await timed(() => collect(redis.scan()))).error).toMatchObject({ reason: "refused" });
      });
    });
  }
});
