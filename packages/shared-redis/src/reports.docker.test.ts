import type { CallReport, StoreReason } from "@whitelabel/resilience";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openRedis } from "./open-redis.ts";
import type { Redis } from "./redis.ts";
import { hasDocker, type RedisContainer, startRedis } from "./redis-container.ts";
import { defineScript } from "./script.ts";
import { collect, eventually } from "./timing.ts";

describe.skipIf(!hasDocker)("what a client tells of its calls", () => {
  const reports: CallReport[] = [];
  const failures: StoreReason[] = [];
  let server: RedisContainer;
  let redis: Redis;

  beforeAll(async () => {
    server = await startRedis();
    redis = openRedis({
      url: server.url,
      prefix: "bestays:",
      deadlineMs: 500,
      onAnswer: (report) => reports.push(report),
      onFailure: (reason) => failures.push(reason),
    });
    await eventually(() => redis.ping());
  });
  afterAll(async () => {
    await redis?.close();
    await server?.stop();
  });

  it("is the command's name and its times, never a key or a value", async () => {
    reports.length = 0;
    await redis.set("canary", "canary", { ttlMs: 1_000 });
    await redis.get("canary");
    await redis.incr("canary-counter");
    await redis.incr("canary-counter", 1_000);
    await redis.del("canary");
    await collect(redis.scan("canary"));
    await redis.publish("canary", "canary");
    await redis.script(defineScript("return ARGV[1]"), ["canary"], ["canary"]);
    await redis.ping();
    const names = ["set", "get", "incr", "script", "del", "scan", "publish", "script", "ping"];
    expect(reports.map(({ text }) => text)).toEqual(names);
    expect(JSON.stringify(reports)).not.toContain("canary");
    for (const { asked_at, sent_at, failure } of reports) expect([sent_at, failure]).toEqual([asked_at, undefined]);
  });

  it("is why it failed, once for each call", async () => {
    await server.raw.config("SET", "maxmemory", "1");
    await expect(redis.set("a", "1")).rejects.toMatchObject({ reason: "busy" });
    expect(reports.at(-1)?.failure).toMatchObject({ store: "redis", reason: "busy" });
    expect(failures).toEqual(["busy"]);
  });
});
