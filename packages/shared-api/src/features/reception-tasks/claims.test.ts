import { setTimeout as sleep } from "node:timers/promises";
import { products } from "@whitelabel/shared-config";
import { auditLogs, frontDeskEvents, receptionTasks, type TaskPriority } from "@whitelabel/shared-db";
import { createAgent, useApp } from "@whitelabel/test-kit";
import { eq, sql } from "drizzle-orm";
import { uuidv7 } from "uuidv7";
import { beforeEach, describe, expect, it } from "vitest";
import type { Problem } from "../../http/problem.ts";
import { bodyOf } from "../../test-support.ts";
import type { Task } from "./schemas.ts";

const tasks = "/api/v1/front-desk/tasks";

for (const product of products) {
  const [ours = "", alsoOurs = ""] = product.development.corePropertyIds;

  describe(`${product.id}: claims of tasks`, () => {
    const kit = useApp(product);
    type Who = NonNullable<NonNullable<Parameters<typeof kit.request>[1]>["as"]>;

    beforeEach(async () => {
      await kit.database.db.delete(receptionTasks);
    });

    const create = async (title: string, values: Partial<typeof receptionTasks.$inferInsert> = {}) => {
      const id = uuidv7();
      await kit.database.db.insert(receptionTasks).values({ id, property_id: ours, title, ...values });
      return id;
    };
    const next = (as: Who = "agent", headers: Record<string, string> = {}) =>
      kit.request("/api/v1/front-desk/task-claims", { method: "POST", as, json: { property_id: ours }, headers });
    const put = (
      path: string,
      json: object,
      { as = "agent" as Who, ...headers }: { as?: Who; "If-Match"?: string } = {},
    ) => kit.request(`${tasks}/${path}`, { method: "PUT", as, json, headers: headers as Record<string, string> });
    const claim = (id: string, as: Who = "agent") => bodyOf<Task>(put(`${id}/claim`, {}, { as }));
    const release = (id: string, token: number, as: Who = "agent") =>
      kit.request(`${tasks}/${id}/claim?fencing_token=${token}`, { method: "DELETE", as });
    const complete = (id: string, fencing_token: number, as: Who = "agent") =>
      put(`${id}/completion`, { fencing_token }, { as });
    const status = async (response: Response | Promise<Response>) => {
      const { code } = await bodyOf<Problem>(response);
      return [(await response).status, code];
    };
    const conflict = [409, "conflict"];
    const stored = async (id: string) => {
      const [row] = await kit.database.db.select().from(receptionTasks).where(eq(receptionTasks.id, id));
      return row;
    };
    /** What 60 seconds would do. */
    const lapse = (id: string) =>
      kit.database.db.execute(sql`
        update reception_tasks set lease_until = clock_timestamp() - interval '1 ms' where id = ${id}`);
    const recorded = async (id: string) => {
      const { db } = kit.database;
      const logs = await db.select().from(auditLogs).where(eq(auditLogs.entity_id, id)).orderBy(auditLogs.id);
      const events = await db.select().from(frontDeskEvents).where(eq(frontDeskEvents.entity_id, id));
      return { audits: logs.map(({ action }) => action), events: events.map(({ kind }) => kind) };
    };

    it("give the most pressing task of the branch, of these the one due first, until there is none", async () => {
      const due = (hours: number) => ({ due_at: new Date(Date.now() + hours * 3_600_000).toISOString() });
      const task = (title: string, priority: TaskPriority, more = {}) => create(title, { priority, ...more });
      await task("no hurry", "low", due(-9));
      await task("normal, due sometime", "normal");
      await task("normal, due later", "normal", due(2));
      await task("normal, due soon", "normal", due(1));
      await task("urgent", "urgent");
      await task("elsewhere", "urgent", { property_id: alsoOurs });
      await task("done", "urgent", { state: "done", closed_at: new Date().toISOString() });
      const titles: string[] = [];
      for (let response = await next(); response.status !== 204; response = await next()) {
        const { title, state, fencing_token, assignee_id, lease_until } = await bodyOf<Task>(response);
        expect([response.status, response.headers.get("etag"), state, fencing_token]).toEqual([
          200,
          '"2"',
          "claimed",
          1,
        ]);
        expect(assignee_id).toBe((await kit.userOf("agent")).id);
        expect(Math.abs(Date.parse(lease_until ?? "") - Date.now() - 60_000)).toBeLessThan(5_000);
        titles.push(title);
      }
      expect(titles).toEqual(["urgent", "normal, due soon", "normal, due later", "normal, due sometime", "no hurry"]);
    });

    it("are alone, and told of once", async () => {
      const id = await create("one");
      const answers = await Promise.all(Array.from({ length: 10 }, () => put(`${id}/claim`, {})));
      expect(answers.map((answer) => answer.status).toSorted()).toEqual([200, ...Array(9).fill(409)]);
      expect((await next()).status).toBe(204);
      expect(await recorded(id)).toEqual({ audits: ["task.claimed"], events: ["task.claimed"] });
    });

    it("of the next task pass by one that somebody else is about to get", async () => {
      const [first, second] = [await create("first", { priority: "urgent" }), await create("second")];
      await kit.database.db.transaction(async (tx) => {
        await tx.execute(sql`select from reception_tasks where id = ${first} for update`);
        expect(await bodyOf(next())).toMatchObject({ id: second });
      });
      expect(await bodyOf(next())).toMatchObject({ id: first });
    });

    it("end by the clock at the moment of a change, however long it had to wait for that", async () => {
      const id = await create("one");
      const { fencing_token } = await claim(id);
      const late = await kit.database.db.transaction(async (tx) => {
        await tx.execute(sql`
          update reception_tasks set lease_until = clock_timestamp() + interval '200 ms' where id = ${id}`);
        const waiting = status(complete(id, fencing_token));
        await sleep(400);
        return { waiting };
      });
      expect(await late.waiting).toEqual(conflict);
      expect(await stored(id)).toMatchObject({ state: "claimed" });
    });

    it("are kept by heartbeats, which change no version and tell nobody", async () => {
      const id = await create("one");
      const { fencing_token, version } = await claim(id);
      await kit.database.db.execute(sql`
        update reception_tasks set lease_until = clock_timestamp() + interval '1 s' where id = ${id}`);
      const kept = await bodyOf<Task>(put(`${id}/claim`, { fencing_token }));
      expect(kept).toMatchObject({ version, fencing_token, state: "claimed" });
      expect(Date.parse(kept.lease_until ?? "")).toBeGreaterThan(Date.now() + 30_000);
      expect(await recorded(id)).toEqual({ audits: ["task.claimed"], events: ["task.claimed"] });
      expect(await status(put(`${id}/claim`, { fencing_token: fencing_token + 1 }))).toEqual(conflict);
    });

    it("end with a release, and the next one has a higher token", async () => {
      const id = await create("one");
      const { fencing_token } = await claim(id);
      expect(await status(release(id, fencing_token + 1))).toEqual(conflict);
      expect(await bodyOf(release(id, fencing_token))).toMatchObject({ state: "open", assignee_id: null });
      expect(await status(release(id, fencing_token))).toEqual(conflict);
      const again = await claim(id);
      expect(again.fencing_token).toBe(fencing_token + 1);
      expect(await status(complete(id, fencing_token))).toEqual(conflict);
      expect(await bodyOf(complete(id, again.fencing_token))).toMatchObject({ state: "done", lease_until: null });
      expect(await status(complete(id, again.fencing_token))).toEqual(conflict);
      expect(await status(put(`${id}/claim`, {}))).toEqual(conflict);
      expect((await recorded(id)).audits).toEqual([
        ...["task.claimed", "task.released", "task.claimed", "task.completed"],
      ]);
    });

    it("that lapse are anybody's, and whoever was frozen past theirs is refused", async () => {
      const id = await create("one");
      const colleague = await createAgent(kit.database.db, [ours]);
      const { fencing_token } = await claim(id);
      await lapse(id);
      const open = await bodyOf(kit.request(`${tasks}/${id}`, { as: "agent" }));
      expect(open).toMatchObject({ state: "open", assignee_id: null, lease_until: null });
      // Nobody has claimed it meanwhile; it is late all the same.
      expect(await status(complete(id, fencing_token))).toEqual(conflict);
      expect(await status(put(`${id}/claim`, { fencing_token }))).toEqual(conflict);
      expect(await status(release(id, fencing_token))).toEqual(conflict);
      const claimed = await bodyOf<Task>(next(colleague));
      expect(claimed).toMatchObject({ id, fencing_token: fencing_token + 1, assignee_id: colleague.id });
      expect(await status(complete(id, fencing_token))).toEqual(conflict);
      expect((await complete(id, fencing_token + 1, colleague)).status).toBe(200);
      expect(await stored(id)).toMatchObject({ state: "done", assignee_id: colleague.id });
    });

    it("are of whoever made them, even if a colleague has read the token", async () => {
      const id = await create("one");
      const colleague = await createAgent(kit.database.db, [ours]);
      const { fencing_token } = await claim(id);
      expect(await status(complete(id, fencing_token, colleague))).toEqual(conflict);
      expect(await status(release(id, fencing_token, colleague))).toEqual(conflict);
      expect(await status(put(`${id}/claim`, { fencing_token }, { as: colleague }))).toEqual(conflict);
    });

    it("end with a cancellation by anybody, of which the holder learns", async () => {
      const id = await create("one");
      const colleague = await createAgent(kit.database.db, [ours]);
      const { fencing_token } = await claim(id);
      const cancelled = await put(`${id}/cancellation`, { reason: "Not needed" }, { as: colleague });
      expect(await bodyOf(cancelled)).toMatchObject({
        state: "cancelled",
        resolution: "Not needed",
        assignee_id: null,
      });
      expect(await status(complete(id, fencing_token))).toEqual(conflict);
      expect(await status(put(`${id}/cancellation`, {}))).toEqual(conflict);
      expect(await recorded(id)).toEqual({
        audits: ["task.claimed", "task.cancelled"],
        events: ["task.claimed", "task.cancelled"],
      });
    });

    it("and what ends them heed If-Match", async () => {
      const id = await create("one");
      const old = { "If-Match": '"7"' };
      const late = [412, "precondition_failed"];
      expect(await status(put(`${id}/claim`, {}, old))).toEqual(late);
      const { fencing_token, version } = await bodyOf<Task>(put(`${id}/claim`, {}, { "If-Match": '"1"' }));
      expect(await status(put(`${id}/completion`, { fencing_token }, old))).toEqual(late);
      expect(await status(put(`${id}/cancellation`, {}, old))).toEqual(late);
      expect((await put(`${id}/completion`, { fencing_token }, { "If-Match": `"${version}"` })).status).toBe(200);
    });

    it("need no body, and no note", async () => {
      const id = await create("one");
      const path = `${tasks}/${id}`;
      expect((await kit.request(`${path}/claim`, { method: "PUT", as: "agent" })).status).toBe(200);
      expect((await kit.request(`${path}/cancellation`, { method: "PUT", as: "agent" })).status).toBe(200);
    });

    it("take no token that is none", async () => {
      const id = await create("one");
      for (const fencing_token of [0, -1, 1.5, "1", 2 ** 53, null]) {
        expect([fencing_token, ...(await status(put(`${id}/claim`, { fencing_token })))]).toEqual([
          ...[fencing_token, 422, "invalid"],
        ]);
        expect(await status(put(`${id}/completion`, { fencing_token }))).toEqual([422, "invalid"]);
      }
      for (const query of ["", "?fencing_token=", "?fencing_token=x", "?fencing_token=0"]) {
        const response = kit.request(`${tasks}/${id}/claim${query}`, { method: "DELETE", as: "agent" });
        expect([query, ...(await status(response))]).toEqual([query, 422, "invalid"]);
      }
    });

    it("of the next task are made once for an Idempotency-Key, also when there was none", async () => {
      expect((await next("agent", { "Idempotency-Key": "none" })).status).toBe(204);
      const id = await create("one");
      await create("two");
      expect((await next("agent", { "Idempotency-Key": "none" })).status).toBe(204);
      const key = { "Idempotency-Key": "one" };
      const answers = await Promise.all(Array.from({ length: 5 }, () => next("agent", key)));
      for (const answer of answers) expect([200, 409]).toContain(answer.status);
      expect(await bodyOf(next("agent", key))).toMatchObject({ id, fencing_token: 1 });
      expect(await bodyOf(next())).toMatchObject({ title: "two" });
    });
  });
}
