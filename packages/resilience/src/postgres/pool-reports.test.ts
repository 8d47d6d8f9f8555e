import { startFaultProxy, startThrowawayPostgres } from "@whitelabel/test-kit";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import type { CallReport, StoreReason } from "../index.ts";
import { openPool, type Pool, type PoolOptions } from "./index.ts";

let server: Awaited<ReturnType<typeof startThrowawayPostgres>>;
let pools: Pool[] = [];

beforeAll(async () => {
  server = await startThrowawayPostgres();
});
afterEach(async () => {
  await Promise.all(pools.map((pool) => pool.close()));
  pools = [];
});
afterAll(() => server.stop());

/** A pool and what it told. */
function watched(options: Partial<PoolOptions> = {}) {
  const reports: CallReport[] = [];
  const failures: StoreReason[] = [];
  const pool = openPool({
    store: "database",
    url: server.superuserUrl,
    max: 2,
    deadlineMs: 800,
    onAnswer: (report) => reports.push(report),
    onFailure: (reason) => failures.push(reason),
    ...options,
  });
  pools.push(pool);
  return { pool, reports, failures };
}

describe("what a pool tells of a statement", () => {
  it("is its text, its times and its failure, and none of its values", async () => {
    const { pool, reports, failures } = watched();
    const before = performance.now();
    await pool.sql`select ${"a secret"}::text`;
    await pool.values("select $1::int", [1]);
    await expect(pool.sql`select 1 / ${0}::int`).rejects.toMatchObject({ code: "22012" });

    expect(reports.map(({ text }) => text)).toEqual(["select $1::text", "select $1::int", "select 1 / $1::int"]);
    expect(JSON.stringify(reports.slice(0, 2))).not.toContain("secret");
    expect(reports.map(({ failure }) => failure)).toEqual([
      undefined,
      undefined,
      expect.objectContaining({ code: "22012" }),
    ]);
    for (const { asked_at, sent_at } of reports) {
      expect(asked_at).toBeGreaterThanOrEqual(before);
      expect(sent_at).toBeGreaterThanOrEqual(asked_at);
    }
    expect(failures).toEqual([]); // the statement's mistake is not the store's
  });

  it("includes the beginning of a transaction, so that its wait for a connection is seen", async () => {
    const { pool, reports } = watched();
    await pool.transaction((tx) => tx.sql`select 1`);
    expect(reports.map(({ text }) => text)).toEqual(["begin", "select 1"]);
    expect(reports[0]?.sent_at).toBeGreaterThanOrEqual(reports[0]?.asked_at ?? Number.POSITIVE_INFINITY);
  });

  it("includes every call that the store failed, with why, and those refused while it is down; a probe is none", async () => {
    const proxy = await startFaultProxy(server.superuserUrl);
    const { pool, failures, reports } = watched({ url: proxy.url });
    await pool.sql`select 1`;
    proxy.freeze();
    await Promise.allSettled([1, 2, 3].map(() => pool.sql`select 1`));
    expect(pool.state()).toBe("down");
    const counted = failures.length;
    expect(counted).toBeGreaterThanOrEqual(3);
    expect(new Set(failures)).toContain("deadline");

    await expect(pool.sql`select 2`).rejects.toThrow();
    expect(failures).toHaveLength(counted + 1);
    await expect.poll(() => reports.length, { timeout: 5_000 }).toBeGreaterThan(4); // a probe has failed
    expect(failures).toHaveLength(counted + 1);
    await proxy.close();
  });
});

describe("the connections of a pool", () => {
  it("are counted: open, in use, and asked for", async () => {
    const { pool } = watched();
    expect(pool.connections()).toEqual({ open: 0, active: 0, waiting: 0, max: 2 });

    await Promise.all([pool.sql`select pg_sleep(0.05)`, pool.sql`select pg_sleep(0.05)`]);
    await expect.poll(() => pool.connections()).toEqual({ open: 2, active: 0, waiting: 0, max: 2 });

    const held = Promise.withResolvers<void>();
    const transactions = [1, 2].map(() =>
      pool.transaction(async (tx) => {
        await tx.sql`select 1`;
        await held.promise;
      }),
    );
    await expect.poll(() => pool.connections().active).toBe(2);
    const third = pool.sql`select 3`;
    await expect.poll(() => pool.connections()).toEqual({ open: 2, active: 2, waiting: 1, max: 2 });
    held.resolve();
    await Promise.all([...transactions, third]);
    await expect.poll(() => pool.connections()).toEqual({ open: 2, active: 0, waiting: 0, max: 2 });
  });
});
