import { createServer, type Server, type Socket } from "node:net";
import { StoreError } from "@whitelabel/resilience";
import { afterEach, beforeAll, describe, expect, it } from "vitest";
import { openRedis } from "./open-redis.ts";
import type { Redis } from "./redis.ts";
import { defineScript } from "./script.ts";
import { collect, timed } from "./timing.ts";

const prefix = "bestays:";
const everyCall: Record<string, (redis: Redis) => Promise<unknown>> = {
  get: (redis) => redis.get("a"),
  set: (redis) => redis.set("a", "1", { ttlMs: 10 }),
  del: (redis) => redis.del("a"),
  incr: (redis) => redis.incr("a", 10),
  scan: (redis) => collect(redis.scan()),
  script: (redis) => redis.script(defineScript("return 1"), []),
  publish: (redis) => redis.publish("a", "1"),
  ping: (redis) => redis.ping(),
};

let redis: Redis | undefined;
let server: Server | undefined;
const sockets = new Set<Socket>();

afterEach(async () => {
  await redis?.close();
  for (const socket of sockets) socket.destroy();
  sockets.clear();
  server?.close();
  server = undefined;
});

/** A server as a frozen one looks from here: the kernel accepts, nobody answers. */
async function startSilentServer(): Promise<number> {
  const listening = createServer((socket) => sockets.add(socket.on("error", () => {})));
  server = listening;
  await new Promise<void>((resolve) => listening.listen(0, "127.0.0.1", resolve));
  return portOf(listening);
}

const portOf = (listening: Server) => (listening.address() as { port: number }).port;

describe("without a URL", () => {
  it.each([...Object.entries(everyCall), ["subscribe", (absent: Redis) => absent.subscribe("a", () => {})] as const])(
    "%s is refused at once as absent",
    async (_, call) => {
      redis = openRedis({ prefix });
      const { ms, error } = await timed(() => call(redis as Redis));
      expect(error).toMatchObject({ store: "redis", reason: "absent" });
      expect(error).toBeInstanceOf(StoreError);
      expect(ms).toBeLessThan(30);
      expect(redis.state()).toBe("absent");
    },
  );

  it("still refuses a prefix that is none, as it would with one", () => {
    for (const wrong of ["", "bestays", ":", "*:", "Bestays:", "a:b:"]) {
      expect(() => openRedis({ prefix: wrong })).toThrow(/prefix/);
    }
  });
});

beforeAll(() => import("./connected-redis.ts")); // the driver is loaded by the first call, for which there is no deadline

describe("with nobody at the address", () => {
  it("every call is refused as such, and it closes at once", async () => {
    const port = await startSilentServer();
    server?.close();
    const away = openRedis({ url: `redis://127.0.0.1:${port}`, prefix });
    redis = away;
    for (const call of Object.values(everyCall)) {
      const { ms, error } = await timed(() => call(away));
      expect(error).toMatchObject({ store: "redis", reason: "refused" });
      expect(ms).toBeLessThan(150);
    }
    expect(away.state()).toBe("down");
    expect((await timed(() => away.close())).ms).toBeLessThan(300);
    expect((await timed(() => away.ping())).error).toMatchObject({ reason: "closed" });
  });
});

describe("with a server that never answers", () => {
  it("a call ends at its deadline, many are cheap, and closing waits for nobody", async () => {
    const changes: unknown[] = [];
    const port = await startSilentServer();
    const frozen = openRedis({
      url: `redis://127.0.0.1:${port}`,
      prefix,
      onChange: (...change) => changes.push(change),
    });
    redis = frozen;

    const first = await timed(() => frozen.get("a"));
    expect(first.error).toMatchObject({ reason: "deadline" });
    expect(first.ms).toBeLessThan(200); // 40, and what a busy machine adds

    const many = await timed(async () => {
      for (let i = 0; i < 500; i += 1) await frozen.get("a").catch(() => {});
    });
    expect(many.ms).toBeLessThan(1000); // two more deadlines, then the breaker: 20 s without it
    expect(changes).toEqual([["down", "deadline"]]);
    expect((await timed(() => frozen.close())).ms).toBeLessThan(300);
  });

  it("does not keep a handshake that hangs: it tries another connection", async () => {
    const port = await startSilentServer();
    redis = openRedis({ url: `redis://127.0.0.1:${port}`, prefix });
    await expect.poll(() => sockets.size, { timeout: 3000 }).toBeGreaterThan(1);
  });
});

describe("with something to wait for", () => {
  /** A Redis over a server that never answers, and what lets it connect. */
  async function openLater() {
    const port = await startSilentServer();
    let go = () => {};
    const after = new Promise<void>((resolve) => {
      go = resolve;
    });
    const late = openRedis({ url: `redis://127.0.0.1:${port}`, prefix, after });
    redis = late;
    return { late, go };
  }

  it("connects no sooner, and a call waits for it", async () => {
    const { late, go } = await openLater();
    const call = timed(() => late.ping());
    await new Promise((resolve) => setTimeout(resolve, 60));
    expect([sockets.size, late.state()]).toEqual([0, "down"]);
    go();
    expect((await call).error).toMatchObject({ reason: "deadline" });
    expect(sockets.size).toBeGreaterThan(0);
  });

  it("closes at once while it waits, and calls nobody later", async () => {
    const { late, go } = await openLater();
    expect((await timed(() => late.close())).ms).toBeLessThan(50);
    go();
    expect((await timed(() => late.ping())).error).toMatchObject({ reason: "closed" });
  });
});
