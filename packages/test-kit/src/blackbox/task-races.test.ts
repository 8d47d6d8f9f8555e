import type { Product } from "@whitelabel/shared-config";
import { describe, expect, it } from "vitest";
import { createAgent } from "../factories/index.ts";
import { fakeClerk } from "../fake-clerk.ts";
import { isNightly, productsOfTheDay } from "../nightly.ts";
import { testEnv } from "../test-env.ts";
import { useCore } from "../use-core.ts";
import { type TestDatabase, useDatabase } from "../use-database.ts";
import { type TestServer, until, useServer } from "../use-server.ts";

/** A small share on every change; `NIGHTLY=1` runs the whole of it. */
const [claimers, tasks] = isNightly ? [200, 1_000] : [40, 120];

type Claim = { id: string; fencing_token: number };

for (const product of productsOfTheDay(0)) {
  const [property_id = ""] = product.development.corePropertyIds;

  describe(`${product.id}: ${claimers} claimers over ${tasks} tasks`, () => {
    const database = useDatabase(product);
    const core = useCore(product);
    const start = () => useServer(product, testEnv(product, { url: database.url, coreUrl: core.url }));

    // One story, for starting a server takes longer than all of its claims.
    it("get each task once and do them all, also when the API is killed under them", { timeout: 120_000 }, async () => {
      const first = await start();
      await first.readiness(200);
      const desk = await agents(product, database, property_id);

      await createTasks(database, property_id);
      const undisturbed = await work(first, desk, property_id);
      expect(undisturbed.statuses.filter((status) => status >= 500)).toEqual([]);
      expect(undisturbed.claims.map(({ fencing_token }) => fencing_token)).toEqual(Array(tasks).fill(1));
      expect(new Set(undisturbed.claims.map(({ id }) => id)).size).toBe(tasks);
      await expectAllDone(database);

      await createTasks(database, property_id);
      const killed = work(first, desk, property_id);
      await until(10_000, async () => (await done(database)) >= tasks / 4);
      await first.kill();
      const { claims } = await killed;
      const [left] = await database.owner.sql<{ longest: number | null }>`
        select max(extract(epoch from lease_until - clock_timestamp()))::float8 as longest
        from reception_tasks where state = 'claimed'`;
      expect(left?.longest ?? 0).toBeLessThanOrEqual(60);
      // What a minute would do.
      await database.owner.sql`update reception_tasks set lease_until = clock_timestamp() where state = 'claimed'`;

      const second = await start();
      await second.readiness(200);
      const after = await work(second, desk, property_id);
      expect(after.statuses.filter((status) => status >= 500)).toEqual([]);
      const tokens = [...claims, ...after.claims].map(({ id, fencing_token }) => `${id} ${fencing_token}`);
      expect(new Set(tokens).size).toBe(tokens.length);
      await expectAllDone(database);
    });
  });
}

async function createTasks({ owner }: TestDatabase, property_id: string): Promise<void> {
  await owner.sql`delete from reception_tasks`;
  await owner.sql`
    insert into reception_tasks (id, property_id, title)
    select gen_random_uuid(), ${property_id}, 'Task ' || n from generate_series(1, ${tasks}::integer) as n`;
}

/** The tokens of a few agents: each works at many screens at once. */
async function agents(product: Product, { db }: TestDatabase, property_id: string): Promise<string[]> {
  const clerk = fakeClerk(product);
  const found = await Promise.all(Array.from({ length: 8 }, () => createAgent(db, [property_id])));
  return await Promise.all(found.map(({ clerk_user_id }) => clerk.sign({ sub: clerk_user_id })));
}

/** Everybody claims and completes until there is nothing left, or nobody there any more. */
async function work({ request }: TestServer, desk: readonly string[], property_id: string) {
  const claims: Claim[] = [];
  const statuses: number[] = [];
  await Promise.all(Array.from({ length: claimers }, (_, i) => claimer(desk[i % desk.length] ?? "")));
  return { claims, statuses };

  async function claimer(token: string): Promise<void> {
    const send = (method: string, path: string, json: object) =>
      request(`/api/v1/front-desk/${path}`, {
        method,
        headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
        body: JSON.stringify(json),
      });
    try {
      for (;;) {
        const claimed = await send("POST", "task-claims", { property_id });
        statuses.push(claimed.status);
        if (claimed.status !== 200) return;
        const claim = (await claimed.json()) as Claim;
        claims.push(claim);
        const { id, fencing_token } = claim;
        statuses.push((await send("PUT", `tasks/${id}/completion`, { fencing_token })).status);
      }
    } catch (error) {
      // The API is gone; what else fails is a fault.
      if (!(error instanceof TypeError)) throw error;
    }
  }
}

async function done({ owner }: TestDatabase): Promise<number> {
  const [row] = await owner.sql<{ n: number }>`
    select count(*)::integer as n from reception_tasks where state = 'done'`;
  return row?.n ?? 0;
}

/** Every task is done, and its end was recorded and told of exactly once. */
async function expectAllDone(database: TestDatabase): Promise<void> {
  expect(await done(database)).toBe(tasks);
  const [told] = await database.owner.sql`
    select (select count(*)::integer from audit_logs a where action = 'task.completed' and a.entity_id = any(ids)) as audits,
      (select count(*)::integer from front_desk_events e where kind = 'task.completed' and e.entity_id = any(ids)) as events
    from (select array_agg(id::text) as ids from reception_tasks)`;
  expect(told).toEqual({ audits: tasks, events: tasks });
}
