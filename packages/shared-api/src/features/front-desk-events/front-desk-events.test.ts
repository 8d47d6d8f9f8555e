import { products } from "@whitelabel/shared-config";
import { createAgent, isNightly, productsOfTheDay, testEnv, useApp, useServer } from "@whitelabel/test-kit";
import { afterEach, describe, expect, it, onTestFinished, vi } from "vitest";
import { bodyOf } from "../../test-support.ts";
import { blocksOf, eventsOf, makeEvent, take } from "./testing/events.ts";

const path = "/api/v1/front-desk/events";

for (const product of products) {
  const [ours = "", alsoOurs = ""] = product.development.corePropertyIds;
  const foreign = ["BKK-01", "LIS-01", "NYC-01"].find((id) => !product.development.corePropertyIds.includes(id)) ?? "";

  describe(`${product.id}: the live stream`, () => {
    const kit = useApp(product);
    const tell = (entity_id: string, property_id = ours) => makeEvent(kit.database.owner, { property_id, entity_id });

    async function listen(query = "", { from, ...init }: { from?: number | string; as?: "agent" | "admin" } = {}) {
      const headers: Record<string, string> = from === undefined ? {} : { "Last-Event-ID": String(from) };
      const response = await kit.request(path + query, { as: "agent", ...init, headers });
      expect(response.status).toBe(200);
      expect(response.headers.get("content-type")).toBe("text/event-stream; charset=utf-8");
      expect(response.headers.get("cache-control")).toBe("no-store");
      const events = eventsOf(response);
      onTestFinished(async () => void (await events.return(undefined)));
      return { next: (count: number) => take(events, count) };
    }

    it("begins now: with the position, and then what happens, in order", async () => {
      const before = await tell("before");
      const { next } = await listen();
      const [ready] = await next(1);
      expect(ready).toEqual({ id: String(before), event: "ready", data: { position: before } });
      const positions = [await tell("a"), await tell("b")];
      expect(await next(2)).toEqual(
        positions.map((position, index) => ({
          id: String(position),
          event: "task.created",
          data: {
            position,
            kind: "task.created",
            property_id: ours,
            entity: "task",
            entity_id: "ab"[index],
            created_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
          },
        })),
      );
    });

    it("tells each only of their own branches, and of one if asked", async () => {
      const [agent, admin, one] = [
        await listen(),
        await listen("", { as: "admin" }),
        await listen(`?property_id=${alsoOurs}`, { as: "admin" }),
      ];
      for (const { next } of [agent, admin, one]) await next(1);
      await tell("foreign", foreign);
      await tell("also", alsoOurs);
      await tell("ours");
      await tell("also again", alsoOurs);
      const ids = async ({ next }: typeof agent, count: number) =>
        (await next(count)).map(({ data }) => data.entity_id);
      expect(await ids(agent, 1)).toEqual(["ours"]);
      expect(await ids(admin, 3)).toEqual(["also", "ours", "also again"]);
      expect(await ids(one, 2)).toEqual(["also", "also again"]);
    });

    it("goes on after any position, from memory and from the table", async () => {
      const first = await tell("0");
      const { query } = kit.database.owner;
      // More than the reader keeps from before its start.
      await query(
        `with counted as (update front_desk_position set position = position + 1200 returning position)
        insert into front_desk_events (position, kind, property_id, entity, entity_id)
        select position - 1200 + n, 'task.created', $1, 'task', n::text from counted, generate_series(1, 1200) as n`,
        [ours],
      );
      for (const missed of [1200, 700, 1]) {
        const { next } = await listen("", { from: first + 1200 - missed });
        const positions = (await next(missed)).map(({ data }) => data.position);
        expect(positions).toEqual(Array.from({ length: missed }, (_, index) => first + 1200 - missed + 1 + index));
      }
      const { next } = await listen("", { from: first + 1200 });
      const then = await tell("then");
      expect((await next(1))[0]).toMatchObject({ id: String(then) });
    });

    it("says when it cannot go on, and where it begins anew", async () => {
      const now = await tell("now");
      for (const from of [now + 1, 999_999_999_999_999, "junk", "-1", "1e3", "9".repeat(40)]) {
        const { next } = await listen("", { from });
        expect((await next(1))[0]).toEqual({ id: String(now), event: "reset", data: { position: now } });
      }
    });

    it("says so for what is older than what is kept", async () => {
      const now = await tell("now");
      await kit.database.owner.query("delete from front_desk_events where position < $1", [now]);
      const old = await listen("", { from: now - 2 });
      expect((await old.next(1))[0]).toMatchObject({ event: "reset", id: String(now) });
      const justWithin = await listen("", { from: now - 1 });
      expect((await justWithin.next(1))[0]).toMatchObject({ id: String(now), data: { entity_id: "now" } });
    });

    it("says so to those who listen when the database was restored under them", async () => {
      const now = await tell("kept");
      const { next } = await listen();
      await next(1);
      await tell("lost");
      await next(1);
      const { query } = kit.database.owner;
      await query("delete from front_desk_events where position > $1", [now]);
      await query("update front_desk_position set position = $1", [now]);
      expect((await next(1))[0]).toMatchObject({ event: "reset", id: String(now) });
      const then = await tell("anew");
      expect((await next(1))[0]).toMatchObject({ id: String(then), data: { entity_id: "anew" } });
    });

    it("is for staff, and for branches of theirs", async () => {
      expect((await kit.request(path)).status).toBe(401);
      expect((await kit.request(path, { as: "user" })).status).toBe(403);
      for (const property_id of [foreign, alsoOurs, "nowhere"]) {
        const response = await kit.request(`${path}?property_id=${property_id}`, { as: "agent" });
        expect([response.status, (await bodyOf(response)).code]).toEqual([404, "not_found"]);
      }
      expect((await kit.request(`${path}?limit=1`, { as: "agent" })).status).toBe(422);
      const head = await kit.request(path, { as: "agent", method: "HEAD" });
      expect([head.status, head.body]).toEqual([200, null]);
    });
  });

  describe(`${product.id}: while a stream lasts`, () => {
    const kit = useApp(product);
    afterEach(() => vi.useRealTimers());

    /** A stream of an agent of their own, and the way to let time pass for whoever keeps it. */
    async function listen(tokenSeconds = 3_600, query = "") {
      const agent = await createAgent(kit.database.db, [ours]);
      const exp = Math.floor(Date.now() / 1000) + tokenSeconds;
      const token = await kit.clerk.sign({ sub: agent.clerk_user_id, exp });
      vi.useFakeTimers({ toFake: ["Date", "performance", "setInterval", "clearInterval"], now: Date.now() });
      const blocks = blocksOf(await kit.request(path + query, { as: { token } }));
      onTestFinished(async () => void (await blocks.return(undefined)));
      expect((await blocks.next()).value?.block).toContain("event: ready");
      const next = async () => (await blocks.next()).value?.block;
      return { agent, next, pass: (seconds: number) => void vi.advanceTimersByTime(seconds * 1_000) };
    }
    const goodbye = /^retry: \d+\n: come back$/;

    it("comes a heartbeat that carries the position", async () => {
      const { next, pass } = await listen();
      const other = await makeEvent(kit.database.owner, { property_id: foreign });
      await makeEvent(kit.database.owner, { property_id: ours });
      expect(await next()).toContain("event: task.created");
      pass(16);
      expect(await next()).toBe(`: heartbeat\nid: ${other + 1}`);
    });

    it("it ends within 30 s for those who may not listen any more", async () => {
      const isOf = (change: string) => `update users set ${change} where id = $1`;
      const changes = [
        ...["is_active = false", "role = 'user'", "deleted_at = now()"].map((change) => [isOf(change)] as const),
        ["delete from staff_assignments where user_id = $1", `?property_id=${ours}`] as const,
      ];
      for (const [changed, query] of changes) {
        const { agent, next, pass } = await listen(3_600, query);
        await kit.database.owner.query(changed, [agent.id]);
        pass(31);
        expect(await next()).toMatch(/heartbeat|come back/);
        await expect.poll(async () => (await next()) ?? "ended").toMatch(/ended|come back/);
        expect(await next()).toBeUndefined();
        vi.useRealTimers();
      }
    });

    it("it goes on for those who may, with the branches that they have by then", async () => {
      const { agent, next, pass } = await listen();
      const owner = kit.database.owner;
      await owner.query("insert into staff_assignments (user_id, property_id) values ($1, $2)", [agent.id, alsoOurs]);
      await makeEvent(owner, { property_id: alsoOurs });
      pass(31);
      expect(await next()).toContain("heartbeat");
      await expect
        .poll(async () => {
          await makeEvent(owner, { property_id: alsoOurs, entity_id: "seen" });
          await makeEvent(owner, { property_id: ours, entity_id: "mine" });
          return await next();
        })
        .toContain('"seen"');
    });

    it("it ends when the token has expired, and after a quarter of an hour", async () => {
      // A quarter of an hour at once would end it for not having been looked at.
      for (const [lives, step, steps] of [
        [60, 66, 1],
        [100_000, 25, 37],
      ] as const) {
        const { next, pass } = await listen(lives);
        for (let taken = 0; taken < steps; taken += 1) {
          pass(step);
          await new Promise((resolve) => setTimeout(resolve, 20));
        }
        let last: string | undefined;
        for (let block = await next(); block !== undefined; block = await next()) last = block;
        expect(last).toMatch(goodbye);
        vi.useRealTimers();
      }
    });

    it("one that never reads is ended, and holds no more than a little", async () => {
      const { agent, pass } = await listen();
      const token = await kit.clerk.sign({ sub: agent.clerk_user_id, exp: Math.floor(Date.now() / 1000) + 3_600 });
      const response = await kit.request(path, { as: { token }, headers: { "Last-Event-ID": "0" } });
      const { query } = kit.database.owner;
      await query(
        `with counted as (update front_desk_position set position = position + 2000 returning position)
        insert into front_desk_events (position, kind, property_id, entity, entity_id)
        select position - 2000 + n, 'task.created', $1, 'task', n::text from counted, generate_series(1, 2000) as n`,
        [ours],
      );
      await new Promise((resolve) => setTimeout(resolve, 700));
      for (let second = 0; second < 25; second += 1) pass(1);
      let bytes = 0;
      for await (const chunk of response.body ?? []) bytes += chunk.length;
      expect(bytes).toBeGreaterThan(1_000);
      expect(bytes).toBeLessThan(300_000);
    });
  });
}

for (const product of productsOfTheDay(1)) {
  describe(`${product.id}: the live stream of a process`, () => {
    const [ours = ""] = product.development.corePropertyIds;
    const kit = useApp(product);
    const CLIENTS = isNightly ? 100 : 40;

    it(`tells ${CLIENTS} clients everything, once and in order, over a restart and past an orderly end`, {
      timeout: 60_000,
    }, async () => {
      const env = testEnv(product, { url: kit.database.url, coreUrl: kit.core?.url });
      const authorization = `Bearer ${await kit.token("agent")}`;
      const start = async () => {
        const server = await useServer(product, env);
        await server.readiness(200);
        return server;
      };
      let server = await start();
      const first = await makeEvent(kit.database.owner, { property_id: ours });
      const seen = Array.from({ length: CLIENTS }, () => [first]);
      let target = 0;

      /** Reads until the stream ends, or the client has got everything there will be. */
      const read = async (positions: number[]): Promise<string> => {
        let last = "";
        const response = await fetch(server.url + path, {
          headers: { authorization, "Last-Event-ID": String(positions.at(-1)) },
        });
        try {
          for await (const { block } of blocksOf(response)) {
            last = block;
            const position = /^data: \{"position":(\d+),"kind":"task/m.exec(block)?.[1];
            if (position) positions.push(Number(position));
            if (target > 0 && positions.at(-1) === target) break;
          }
        } catch {
          // The process was killed.
        }
        return last;
      };
      const readAll = () => Promise.all(seen.map(read));
      const write = async (count: number) => {
        for (let done = 0; done < count; done += 1) await makeEvent(kit.database.owner, { property_id: ours });
      };

      let reading = readAll();
      await write(40);
      await expect
        .poll(() => seen.filter((positions) => positions.length > 20).length, { timeout: 15_000 })
        .toBe(CLIENTS);
      await server.kill();
      await reading;

      await write(20);
      server = await start();
      reading = readAll();
      await write(20);
      await expect
        .poll(() => seen.filter((positions) => positions.length > 70).length, { timeout: 15_000 })
        .toBe(CLIENTS);
      const signalled = performance.now();
      server.signal("SIGTERM");
      const lastWords = await reading;
      expect((await server.exited).code).toBe(0);
      expect(performance.now() - signalled).toBeLessThan(10_000);
      for (const words of lastWords) expect(words).toMatch(/^retry: \d+\n: come back$/);

      await write(20);
      server = await start();
      target = first + 100;
      await readAll();
      const all = Array.from({ length: 101 }, (_, index) => first + index);
      for (const positions of seen) expect(positions).toEqual(all);
    });
  });
}
