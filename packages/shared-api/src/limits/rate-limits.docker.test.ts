import { type Product, products } from "@whitelabel/shared-config";
import {
  describeWithDocker,
  startServer,
  type TestServer,
  testEnv,
  until,
  useDatabase,
  useRedis,
} from "@whitelabel/test-kit";
import { afterAll, beforeAll, expect, it } from "vitest";

const [product, other] = products as unknown as [Product, Product];
const LIMIT = 10;

describeWithDocker("limits of several processes, with a Redis between them,", () => {
  const redis = useRedis();
  const [database, otherDatabase] = [useDatabase(product), useDatabase(other)];
  let one: TestServer;
  let two: TestServer;
  let foreign: TestServer;

  beforeAll(async () => {
    const start = async (of: Product, { url }: { url: string }) => {
      const limits = { RATE_LIMIT_PER_MINUTE: String(LIMIT), TRUSTED_PROXIES: "127.0.0.0/8" };
      // One database of Redis for both products: the prefix alone has to keep them apart.
      const server = await startServer(of, { ...testEnv(of, { url }), ...limits, REDIS_URL: `${redis.url}/0` });
      await server.listening();
      await until(10_000, async () => !(await readiness(server)).reasons.includes("redis_unavailable"));
      return server;
    };
    [one, two, foreign] = await Promise.all([
      start(product, database),
      start(product, database),
      start(other, otherDatabase),
    ]);
  }, 60_000);
  afterAll(() => Promise.all([one, two, foreign].map((server) => server?.kill())));

  const readiness = async (server: TestServer) =>
    (await (await server.request("/api/health/ready")).json()) as { reasons: string[] };
  /** The status, and how many more this process lets through. */
  const ask = async (server: TestServer, address: string) => {
    const response = await server.request("/api/v1/config", { headers: { "x-forwarded-for": address } });
    return [response.status, Number(/r=(\d+)/.exec(response.headers.get("ratelimit") ?? "")?.[1])];
  };
  /** What Redis has been told of all callers of a product. */
  const told = async ({ redisPrefix }: Product) => {
    const counts = (await redis.cli("--scan", "--pattern", `${redisPrefix}rate:*`)).map((key) => redis.cli("get", key));
    return (await Promise.all(counts)).reduce((sum, [count]) => sum + Number(count), 0);
  };

  it("are one within half a second, and the other product's are its own", async () => {
    const address = "203.0.113.7";
    for (let left = LIMIT - 1; left >= 4; left -= 1) expect(await ask(one, address)).toEqual([200, left]);
    await expect.poll(() => told(product), { timeout: 5_000 }).toBe(6);

    // A process learns of the others when it tells of its own.
    const started = performance.now();
    expect(await ask(two, address)).toEqual([200, LIMIT - 1]);
    await expect.poll(() => told(product), { timeout: 5_000, interval: 20 }).toBe(7);
    expect(performance.now() - started).toBeLessThan(2_000); // 0.2 s, and what a busy machine adds
    const learned = [200, 200, 200, 429, 429].map((status, index) => [status, Math.max(2 - index, 0)]);
    for (const expected of learned) expect(await ask(two, address)).toEqual(expected);

    expect(await ask(foreign, address)).toEqual([200, LIMIT - 1]);
    await expect.poll(() => told(other), { timeout: 5_000 }).toBe(1);
    expect((await redis.cli("--scan")).join()).not.toContain("203.0.113");
  });

  it("are each process's own once Redis is away, and no request fails", async () => {
    await redis.stop();
    const statuses = async (server: TestServer, address: string) => {
      const seen: unknown[] = [];
      for (let asked = 0; asked < LIMIT + 2; asked += 1) seen.push((await ask(server, address))[0]);
      return seen;
    };
    // Before anybody has noticed, too.
    const expected = [...Array(LIMIT).fill(200), 429, 429];
    expect(await statuses(one, "203.0.113.8")).toEqual(expected);
    await expect.poll(async () => (await readiness(two)).reasons, { timeout: 5_000 }).toContain("redis_unavailable");
    expect(await statuses(two, "203.0.113.8")).toEqual(expected);
    expect(await statuses(foreign, "203.0.113.8")).toEqual(expected);
  });
});
