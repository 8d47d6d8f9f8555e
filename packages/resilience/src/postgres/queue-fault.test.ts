import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import { describe, expect, it, onTestFinished } from "vitest";
import { openPool } from "./index.ts";

const isNightly = process.env.NIGHTLY === "1"; // the test kit's own would load all of it each time

// The driver's queue never gave back its holes while two connections were busy in turn (patches/postgres@3.4.9.patch).
describe("the driver's queue", () => {
  it("holds what waits in it and no holes, if it never gets empty", async () => {
    const driver = pathToFileURL(createRequire(import.meta.url).resolve("postgres"));
    const { default: makeQueue } = await import(new URL("../../src/queue.js", driver).href);
    const queue = makeQueue();
    queue.push(0);
    const before = process.memoryUsage().heapUsed;
    let inOrder = 0;
    for (let n = 1; n <= 1_000_000; n += 1) {
      queue.push(n);
      if (queue.shift() === n - 1) inOrder += 1;
    }
    expect([queue.length, inOrder]).toEqual([1, 1_000_000]);
    expect((process.memoryUsage().heapUsed - before) / 2 ** 20).toBeLessThan(5); // with holes 10 and more
  });

  // Half a minute of CPU.
  it.runIf(isNightly)(
    "costs the same CPU per query after 200,000 queries as at first, within a tenth",
    {
      retry: 2,
      timeout: 180_000,
    },
    async () => {
      const { startThrowawayPostgres } = await import("@whitelabel/test-kit");
      const server = await startThrowawayPostgres();
      const pool = openPool({ store: "database", url: server.superuserUrl, max: 10, deadlineMs: 10_000 });
      onTestFinished(async () => {
        await pool.close();
        await server.stop();
      });
      /** CPU microseconds of this process per query, with two queries always under way on ten open connections. */
      const cpuPerQuery = async (queries: number): Promise<number> => {
        const start = process.cpuUsage();
        const worker = async () => {
          for (let i = 0; i < queries / 2; i += 1) await pool.query("select 1");
        };
        await Promise.all([worker(), worker()]);
        const { user, system } = process.cpuUsage(start);
        return (user + system) / queries;
      };
      await Promise.all(Array.from({ length: 10 }, () => pool.query("select pg_sleep(0.2)")));
      await cpuPerQuery(20_000); // warm
      const first = await cpuPerQuery(40_000);
      await cpuPerQuery(120_000);
      const last = Math.min(await cpuPerQuery(40_000), await cpuPerQuery(40_000));
      expect(last / first).toBeLessThan(1.1);
    },
  );
});
