import { beforeAll, describe, expect, it } from "vitest";
import { freePort } from "../free-port.ts";
import { productsOfTheDay } from "../nightly.ts";
import { testEnv } from "../test-env.ts";
import { testUsers } from "../test-users.ts";
import { useDatabase } from "../use-database.ts";
import { startServer, type TestServer } from "../use-server.ts";

const REQUESTS = 2_000;
const AT_ONCE = 20;

// A function that is written where a property is set, `query.resolve = () => …`, is put among the old objects by V8, and
// keeps all that it knows until these are collected: docs/performance.md, "Functions on short-lived objects".
for (const product of productsOfTheDay(1)) {
  describe(`${product.id}: what a request leaves behind`, () => {
    const database = useDatabase(product, { seeded: true });
    const users = testUsers(product, () => database.db);
    let server: TestServer;
    let metrics: string;

    beforeAll(async () => {
      const metricsPort = await freePort();
      metrics = `http://127.0.0.1:${metricsPort}/metrics`;
      server = await startServer(
        product,
        testEnv(product, { url: database.url }, { METRICS_PORT: String(metricsPort), LOG_LEVEL: "warn" }),
      );
      await server.readiness(200);
      return () => server.kill();
    });

    /** Bytes a request that are among the old objects afterwards and were not there before. */
    async function leftBy(path: string, init?: RequestInit): Promise<number> {
      const ask = async (many: number) => {
        for (let n = 0; n < many; n += 1) await (await server.request(path, init)).arrayBuffer();
      };
      const askAll = (many: number) => Promise.all(Array.from({ length: AT_ONCE }, () => ask(many / AT_ONCE)));
      await askAll(REQUESTS); // compiled code and all that is kept for good is old, too
      const before = await oldBytes();
      await askAll(REQUESTS);
      return ((await oldBytes()) - before) / REQUESTS;
    }

    async function oldBytes(): Promise<number> {
      const text = await (await fetch(metrics)).text();
      return Number(/^nodejs_heap_space_size_used_bytes\{space="old".*\} (\S+)$/m.exec(text)?.[1]);
    }

    it("is garbage that dies young, of a question to the database", { timeout: 60_000 }, async () => {
      expect(await leftBy("/api/v1/properties?limit=1")).toBeLessThan(800);
    });

    it("is garbage that dies young, of a body", { timeout: 60_000 }, async () => {
      const headers = { authorization: `Bearer ${await users.token("agent")}`, "content-type": "application/json" };
      const transaction_type = product.transactionTypes[0];
      const body = JSON.stringify({
        title: "A condo",
        description: "Bright and quiet. ".repeat(100),
        transaction_type,
        property_type: "condo",
        [`${transaction_type}_price`]: 2_500_000,
        currency: product.currency,
      });
      expect(await leftBy("/api/v1/properties", { method: "POST", headers, body })).toBeLessThan(800);
    });
  });
}
