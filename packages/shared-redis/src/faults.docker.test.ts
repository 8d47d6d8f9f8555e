import { createServer } from "node:net";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { openRedis } from "./open-redis.ts";
import { startProxy } from "./proxy.ts";
import type { Redis } from "./redis.ts";
import { hasDocker, type RedisContainer, startRedis } from "./redis-container.ts";
import { eventually, timed } from "./timing.ts";

describe.skipIf(!hasDocker)("a Redis in trouble", () => {
  let server: RedisContainer;
  let redis: Redis;
  const changes: string[] = [];
  const open = (url: string) => openRedis({ url, prefix: "bestays:", onChange: (state) => changes.push(state) });

  beforeAll(async () => {
    server = await startRedis({ hostPort: await freePort() }); // the same address after a restart
    redis = open(server.url);
    await eventually(() => redis.ping());
  });
  afterAll(async () => {
    await redis?.close();
    await server?.stop();
  });
  afterEach(() => changes.splice(0));

  it("frozen: refuses within the deadline, then at once, and works within 2 s of its return", async () => {
    const heard: string[] = [];
    await redis.subscribe("news", (message) => heard.push(message));
    await redis.set("a", "1");
    await server.freeze();

    const first = await timed(() => redis.get("a"));
    expect(first.error).toMatchObject({ store: "redis", reason: "deadline" });
    expect(first.ms).toBeLessThan(200); // 40, and what a busy machine adds
    const many = await timed(async () => {
      for (let i = 0; i < 1000; i += 1) await redis.get("a").catch(() => {});
    });
    expect(many.ms).toBeLessThan(1000); // 40 s without the breaker
    expect(redis.state()).toBe("down");
    await new Promise((resolve) => setTimeout(resolve, 1500)); // long enough for connections to be given up

    await server.thaw();
    expect(await eventually(async () => expect(await redis.get("a")).toBe("1"))).toBeLessThan(2000);
    expect(redis.state()).toBe("up");
    expect(changes).toEqual(["down", "up"]);
    await eventually(async () => {
      await redis.publish("news", "again");
      expect(heard).toContain("again");
    });
  });

  it("killed and started again: refused meanwhile, back within 2 s, with its subscriptions", async () => {
    const heard: string[] = [];
    await redis.subscribe("news", (message) => heard.push(message));
    await server.kill();
    await eventually(async () => expect((await timed(() => redis.ping())).error).toBeDefined());
    expect((await timed(() => redis.get("a"))).ms).toBeLessThan(200);
    await redis.subscribe("made while away", (message) => heard.push(message)); // takes effect later

    await server.start();
    await eventually(() => server.raw.ping(), 10_000);
    expect(await eventually(() => redis.ping())).toBeLessThan(2000);
    await eventually(async () => {
      await redis.publish("news", "news");
      await redis.publish("made while away", "away");
      expect(heard).toEqual(expect.arrayContaining(["news", "away"]));
    });
  });

  it("with its connections cut: every call ends, none is sent twice", async () => {
    let acknowledged = 0;
    let failed = 0;
    for (let round = 0; round < 8; round += 1) {
      const calls = Promise.allSettled(Array.from({ length: 20 }, () => redis.incr("count")));
      await server.raw.call("CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes");
      for (const { status } of await calls) status === "fulfilled" ? acknowledged++ : failed++;
      await eventually(() => redis.ping());
    }
    const stored = Number(await server.raw.get("bestays:count"));
    expect(failed).toBeGreaterThan(0);
    expect(stored).toBeGreaterThanOrEqual(acknowledged);
    expect(stored).toBeLessThanOrEqual(acknowledged + failed);
  });

  it("behind connections that went silent for ever: uses others, for its subscriptions too", async () => {
    const heard: string[] = [];
    const proxy = await startProxy(server.address);
    const behind = open(proxy.url);
    await eventually(() => behind.ping());
    await behind.subscribe("news", (message) => heard.push(message));
    proxy.silence();

    expect((await timed(() => behind.get("a"))).error).toMatchObject({ reason: "deadline" });
    const ms = await eventually(async () => {
      await behind.publish("news", "again");
      expect(heard).toContain("again");
    });
    expect(ms).toBeLessThan(2000);
    await behind.close();
    proxy.stop();
  });

  it("gone with a call in flight: ends that call at once, and does not send it again", async () => {
    const proxy = await startProxy(server.address);
    const behind = openRedis({ url: proxy.url, prefix: "bestays:", deadlineMs: 5000 });
    await behind.set("once", "0");
    proxy.silence();
    const call = timed(() => behind.incr("once"));
    await new Promise((resolve) => setTimeout(resolve, 50));
    proxy.cut();

    const { ms, error } = await call;
    expect(error).toMatchObject({ reason: "lost" });
    expect(ms).toBeLessThan(1000);
    await eventually(() => behind.ping());
    expect(await behind.get("once")).toBe("0");
    await behind.close();
    proxy.stop();
  });

  it("full or read-only: says so, and still reads", async () => {
    await redis.set("a", "1");
    await server.raw.config("SET", "maxmemory", "1");
    expect((await timed(() => redis.set("b", "1"))).error).toMatchObject({ reason: "busy" });
    expect(await redis.get("a")).toBe("1");
    await server.raw.config("SET", "maxmemory", "0");

    await server.raw.replicaof("203.0.113.1", "6379"); // a replica of nobody
    expect((await timed(() => redis.set("b", "1"))).error).toMatchObject({ reason: "read_only" });
    expect(await redis.get("a")).toBe("1");
    await server.raw.replicaof("NO", "ONE");
    expect(await redis.set("b", "1")).toBe(true);
  });

  it("that wants a password: refused with the reason named, and in as soon as it is let in", async () => {
    const why: (string | undefined)[] = [];
    await server.raw.config("SET", "requirepass", "word");
    const wrong = openRedis({ url: server.url, prefix: "bestays:", onChange: (_, reason) => why.push(reason) });
    await eventually(async () => {
      await timed(() => wrong.ping());
      expect(why).toEqual(["refused, NOAUTH"]);
    });
    await server.raw.config("SET", "requirepass", "");
    expect(await eventually(() => wrong.ping())).toBeLessThan(2000);
    await wrong.close();
  });

  it("is closed within a deadline while frozen", async () => {
    const other = open(server.url);
    await eventually(() => other.ping());
    await other.subscribe("news", () => {});
    await server.freeze();
    expect((await timed(() => other.close())).ms).toBeLessThan(500);
    await server.thaw();
    expect((await timed(() => other.get("a"))).error).toMatchObject({ reason: "closed" });
  });
});

function freePort(): Promise<number> {
  const probe = createServer();
  return new Promise((resolve) => {
    probe.listen(0, () => {
      const { port } = probe.address() as { port: number };
      probe.close(() => resolve(port));
    });
  });
}
