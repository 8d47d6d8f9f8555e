import { setTimeout as sleep } from "node:timers/promises";
import { startThrowawayPostgres } from "@whitelabel/ops";
import type { Product } from "@whitelabel/shared-config";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createAgent } from "../factories/index.ts";
import { fakeClerk } from "../fake-clerk.ts";
import { makeStores } from "../make-stores.ts";
import { isNightly, productsOfTheDay } from "../nightly.ts";
import type { Stores } from "../stores.ts";
import { testEnv } from "../test-env.ts";
import { useCore } from "../use-core.ts";
import { createDatabase, type TestDatabase } from "../use-database.ts";
import { startServer, until } from "../use-server.ts";

/** Kills of the store and of the API for each product; `NIGHTLY=1` makes it 100 of each in all. */
const ROUNDS = isNightly ? 50 : 1;
const WRITERS = 6;

// A server of its own, because every test file's databases end with a killed one. What it acknowledged is on disk.
let server: Awaited<ReturnType<typeof startThrowawayPostgres>>;
let stores: Stores;
beforeAll(async () => {
  server = await startThrowawayPostgres({ settings: { synchronous_commit: "on" } });
  stores = await makeStores(server);
});
afterAll(() => server?.stop());

/** Tasks that writers make, each under a key of its own that they repeat until they are told of the task. */
function openWriters(post: (title: string) => Promise<{ status: number; id?: string }>) {
  const answers: { status: number; ms: number; at: number }[] = [];
  const told = new Map<string, string>();
  let isOver = false;
  let count = 0;

  async function write(): Promise<void> {
    while (!isOver) {
      count += 1;
      const title = `Task ${count}`;
      for (let isTold = false; !isTold; ) {
        const started = performance.now();
        const { status, id } = await post(title);
        answers.push({ status, ms: performance.now() - started, at: performance.now() });
        isTold = id !== undefined;
        if (id !== undefined) told.set(title, id);
        else await sleep(50);
      }
    }
  }
  const running = Array.from({ length: WRITERS }, write);
  return {
    answers,
    told,
    /** Every write that was begun is told by then. */
    async end() {
      isOver = true;
      await Promise.all(running);
    },
  };
}

for (const product of productsOfTheDay(0))
  describe(`${product.id}: writers under an outage`, () => {
    const core = useCore(product);
    const [property_id = ""] = product.development.corePropertyIds;
    let database: Awaited<ReturnType<typeof createDatabase>>;
    let headers: Record<string, string>;
    // One for all tests: what an outage leaves in a process is there for the next.
    let api: Api;
    beforeAll(async () => {
      database = await createDatabase(product, {}, stores);
      headers = await headersOf(product, database, property_id);
      api = await start();
    });
    afterAll(async () => {
      await api?.kill();
      await database?.drop();
    });

    const start = async (port?: number) => {
      const env = testEnv(product, { url: database.url, coreUrl: core.url }, { LOG_LEVEL: "info" });
      const api = await startServer(product, env, port);
      await api.readiness(200);
      return api;
    };
    type Api = Awaited<ReturnType<typeof start>>;

    const send = (api: Pick<Api, "request">, path: string, method: string, json: object, more: object = {}) =>
      api.request(`/api/v1/front-desk${path}`, {
        method,
        headers: { ...headers, ...more },
        body: JSON.stringify(json),
      });

    const poster = (api: Pick<Api, "request">, run: string) => async (title: string) => {
      const key = { "idempotency-key": `${run}-${title.replace(" ", "-")}` };
      const response = await send(api, "/tasks", "POST", { property_id, title: `${run} ${title}` }, key).catch(
        () => undefined,
      );
      if (!response) return { status: 0 };
      const body = (await response.json().catch(() => ({}))) as { id?: string };
      return { status: response.status, ...(response.status === 201 && body.id && { id: body.id }) };
    };

    /** Nothing that was acknowledged is lost, and nothing was made twice, however often it was sent. */
    async function expectOnce(run: string, told: ReadonlyMap<string, string>) {
      const rows = await database.owner.sql<{ id: string; title: string }>`
        select id, title from reception_tasks where title like ${`${run} %`}`;
      const found = new Map(rows.map(({ id, title }) => [title.slice(run.length + 1), id]));
      expect(rows.length).toBe(found.size);
      expect(Object.fromEntries(found)).toEqual(Object.fromEntries(told));
      const events = await database.owner.sql<{ n: number }>`
        select count(*)::int as n from front_desk_events where entity_id = any(${rows.map(({ id }) => id)})`;
      expect(events[0]?.n).toBe(rows.length);
    }

    const outages: Record<string, () => Promise<void>> = {
      "is killed and comes back": async () => {
        await server.kill();
        await sleep(500);
        await server.restart();
      },
      "is frozen for a while": async () => {
        server.freeze();
        await sleep(2_500);
        server.thaw();
      },
    };
    it.each(Object.keys(outages))(
      "of a database that %s lose nothing, double nothing, and wait for no more than 3 s",
      async (name) => {
        for (let round = 0; round < ROUNDS; round += 1) {
          const run = `${name.slice(3, 9)}${round}`;
          const writers = openWriters(poster(api, run));
          await until(10_000, async () => writers.told.size > 20);
          await outages[name]?.();
          const backAt = performance.now();
          const before = writers.told.size;
          await until(10_000, async () => writers.told.size > before + 20);
          const wellAfter =
            (writers.answers.find(({ status, at }) => status === 201 && at > backAt)?.at ?? Infinity) - backAt;
          await writers.end();

          const kinds = new Set(writers.answers.map(({ status }) => status));
          // 409: the first request under the key still holds its lock.
          expect([...kinds].filter((status) => ![201, 503, 409].includes(status))).toEqual([]);
          expect(kinds).toContain(503);
          expect(Math.max(...writers.answers.map(({ ms }) => ms))).toBeLessThan(3_000);
          expect(wellAfter).toBeLessThan(2_000);
          await until(5_000, async () => (await database.owner.sql`select 1`.catch(() => [])).length > 0);
          await expectOnce(run, writers.told);
        }
      },
      60_000 + ROUNDS * 20_000,
    );

    it(
      "of an API that is killed are told of each write once, and its claims come free",
      async () => {
        const port = Number(new URL(api.url).port);
        // Whoever is there when they ask.
        const current = { request: (path: string, init?: RequestInit) => api.request(path, init) };
        for (let round = 0; round < ROUNDS; round += 1) {
          const run = `api${round}`;
          const writers = openWriters(poster(current, run));
          await until(10_000, async () => writers.told.size > 10);
          const claimed = await send(api, "/task-claims", "POST", { property_id });
          const { id, fencing_token } = (await claimed.json()) as { id: string; fencing_token: number };
          api.signal("SIGKILL");
          await api.exited;
          api = await start(port);
          const before = writers.told.size;
          await until(15_000, async () => writers.told.size > before + 10);
          await writers.end();
          await expectOnce(run, writers.told);

          // The claim is a row and no memory of the process: it still holds, and lapses by the database's clock.
          const claim = (json: object) => send(api, `/tasks/${id}/claim`, "PUT", json).then(({ status }) => status);
          expect(await claim({})).toBe(409);
          const [lease] = await database.owner.sql<{ seconds: number }>`
          select extract(epoch from lease_until - now())::float8 as seconds from reception_tasks where id = ${id}`;
          expect(lease?.seconds).toBeLessThanOrEqual(60);
          await database.owner
            .sql`update reception_tasks set lease_until = now() - interval '1 second' where id = ${id}`;
          expect(await claim({})).toBe(200);
          expect(await claim({ fencing_token })).toBe(409);
        }
      },
      60_000 + ROUNDS * 20_000,
    );

    it("leaves within 10 s with streams open, which end with `retry`, and says so by 0", async () => {
      const streams = await Promise.all(
        Array.from({ length: 20 }, () => api.request("/api/v1/front-desk/events", { headers })),
      );
      expect(streams.map(({ status }) => status)).toEqual(streams.map(() => 200));
      const texts = Promise.all(streams.map((stream) => stream.text()));
      const writers = openWriters(poster(api, "leaving"));
      await until(10_000, async () => writers.told.size > 5);
      const signalled = performance.now();
      api.signal("SIGTERM");
      expect((await api.exited).code).toBe(0);
      expect(performance.now() - signalled).toBeLessThan(10_000);
      for (const text of await texts) {
        expect(text).toMatch(/^retry: \d+$/m);
        expect(text).toContain("task.created");
      }
      api = await start(Number(new URL(api.url).port));
      await writers.end();
      await expectOnce("leaving", writers.told);
    }, 60_000);
  });

async function headersOf(product: Product, database: Pick<TestDatabase, "db">, branch: string) {
  const agent = await createAgent(database.db, [branch]);
  const exp = Math.floor(Date.now() / 1000) + 7 * 3600;
  const token = await fakeClerk(product).sign({ sub: agent.clerk_user_id, exp });
  return { authorization: `Bearer ${token}`, "content-type": "application/json" };
}
