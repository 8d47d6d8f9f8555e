import { inspect } from "node:util";
import fc from "fast-check";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { openRedis } from "./open-redis.ts";
import type { Redis } from "./redis.ts";
import { hasDocker, type RedisContainer, startRedis } from "./redis-container.ts";
import { defineScript } from "./script.ts";
import { collect, eventually, timed } from "./timing.ts";

describe.skipIf(!hasDocker)("two products on one Redis, even in one database", () => {
  let server: RedisContainer;
  let bestays: Redis;
  let realestate: Redis;

  beforeAll(async () => {
    server = await startRedis();
    bestays = openRedis({ url: server.url, prefix: "bestays:", deadlineMs: 1000 });
    realestate = openRedis({ url: server.url, prefix: "realestate:", deadlineMs: 1000 });
  });
  afterAll(async () => {
    await Promise.all([bestays?.close(), realestate?.close()]);
    await server?.stop();
  });
  beforeEach(() => server.raw.flushall());

  it("keep what is set, for as long as it was said", async () => {
    expect(await bestays.set("a", "1", { ttlMs: 60_000 })).toBe(true);
    expect(await bestays.get("a")).toBe("1");
    expect(await server.raw.pttl("bestays:a")).toBeGreaterThan(50_000);
    expect(await bestays.set("a", "2", { ifAbsent: true })).toBe(false);
    expect(await bestays.set("b", "3", { ifAbsent: true, ttlMs: 50 })).toBe(true);
    await eventually(async () => expect(await bestays.get("b")).toBeUndefined());
    expect(await bestays.del("a", "none")).toBe(1);
    expect(await bestays.del()).toBe(0);
  });

  it("count from the first increment on, and do not live longer with each", async () => {
    expect(await bestays.incr("n", 60_000)).toBe(1);
    await server.raw.pexpire("bestays:n", 10_000);
    expect(await bestays.incr("n", 60_000)).toBe(2);
    expect(await server.raw.pttl("bestays:n")).toBeLessThanOrEqual(10_000);
    expect(await bestays.incr("forever")).toBe(1);
    expect(await server.raw.pttl("bestays:forever")).toBe(-1);
  });

  it("do not see each other's keys under any name", async () => {
    await realestate.set("a", "theirs");
    for (const name of ["a", "realestate:a", ":a", "../realestate:a", "\r\nGET realestate:a", "\0realestate:a"]) {
      expect(await bestays.get(name), name).toBeUndefined();
      expect(await bestays.del(name)).toBe(0);
      await bestays.incr(`${name}#`);
    }
    expect(await realestate.get("a")).toBe("theirs");
    expect(await server.raw.keys("realestate:*")).toEqual(["realestate:a"]);
  });

  it("list their own keys alone, whatever is asked for", async () => {
    await server.raw.mset({ "realestate:a": "1", "bestays2:a": "1", bestays: "1", plain: "1", "xbestays:a": "1" });
    const own = ["a", "a*", "a?b", "[ab]", "\\", "^-", "*"];
    for (const key of own) await bestays.set(key, "1");

    expect((await collect(bestays.scan())).sort()).toEqual([...own].sort());
    for (const trick of ["*", "?", "[a-z]", "\\", "^-"]) {
      const expected = own.filter((key) => key.startsWith(trick)).sort();
      expect((await collect(bestays.scan(trick))).sort(), trick).toEqual(expected);
    }
    for (const trick of ["*realestate", "[^x]*", "\\*", "realestate:", "..", "\0"]) {
      expect(await collect(bestays.scan(trick)), trick).toEqual([]);
    }
  });

  it("find each key by the text it begins with, and by no other", async () => {
    const name = fc.string({
      minLength: 1,
      maxLength: 6,
      unit: fc.constantFrom("a", "*", "?", "[", "]", "\\", "^", "-"),
    });
    await fc.assert(
      fc.asyncProperty(fc.uniqueArray(name, { minLength: 1, maxLength: 8 }), name, async (keys, beginning) => {
        await server.raw.flushall();
        for (const key of keys) await bestays.set(key, "1");
        const found = await collect(bestays.scan(beginning));
        expect(found.sort()).toEqual(keys.filter((key) => key.startsWith(beginning)).sort());
      }),
      { numRuns: 50 },
    );
  });

  it("list thousands of keys completely", async () => {
    const pipeline = server.raw.pipeline();
    for (let i = 0; i < 3000; i += 1) pipeline.set(`bestays:${i}`, "").set(`realestate:${i}`, "");
    await pipeline.exec();
    expect(new Set(await collect(bestays.scan())).size).toBe(3000);
  });

  it("run scripts on their own keys, with arguments as given, also after Redis forgot them", async () => {
    const swap = defineScript(
      'local old = redis.call("GET", KEYS[1]); redis.call("SET", KEYS[1], ARGV[1]); return old',
    );
    await server.raw.set("realestate:a", "theirs");
    expect(await bestays.script(swap, ["a"], ["realestate:a"])).toBeNull();
    await server.raw.script("FLUSH");
    expect(await bestays.script(swap, ["a"], [2])).toBe("realestate:a");
    expect(await bestays.script(swap, ["realestate:a"], ["x"])).toBeNull();
    expect(await server.raw.mget("realestate:a", "bestays:a")).toEqual(["theirs", "2"]);
  });

  it("hear their own channels alone, each listener until it ends", async () => {
    const heard: string[] = [];
    const endFirst = await bestays.subscribe("news", (message) => heard.push(`1 ${message}`));
    const endSecond = await bestays.subscribe("news", (message) => heard.push(`2 ${message}`));
    await bestays.subscribe("*", (message) => heard.push(`star ${message}`));

    await realestate.publish("news", "theirs");
    await realestate.publish("bestays:news", "theirs");
    await bestays.publish("news", "a");
    await eventually(() => expect(heard).toEqual(["1 a", "2 a"]));

    endFirst();
    endFirst();
    await bestays.publish("news", "b");
    await eventually(() => expect(heard).toEqual(["1 a", "2 a", "2 b"]));

    endSecond();
    await eventually(async () => expect(await server.raw.pubsub("CHANNELS")).toEqual(["bestays:*"]));
  });

  it("throw the caller's own mistakes without the values of the call", async () => {
    await bestays.set("a", "text");
    const increment = defineScript('return redis.call("INCR", KEYS[1])');
    const { error } = await timed(() => bestays.script(increment, ["a"], ["canary"]));
    expect(error).toMatchObject({ name: "Error", message: expect.stringContaining("not an integer") });
    expect(inspect(error, { depth: 9, showHidden: true })).not.toContain("canary");
  });

  it("offer nothing that reaches beyond a key", () => {
    expect(Object.keys(bestays).sort()).toEqual(
      ["close", "del", "get", "incr", "ping", "publish", "scan", "script", "set", "state", "subscribe"].sort(),
    );
  });
});
