import { products } from "@whitelabel/shared-config";
import { auditLogs, receptionTasks } from "@whitelabel/shared-db";
import { createAgent, createAuditLog, createUser, startFaultProxy, useApp } from "@whitelabel/test-kit";
import { eq } from "drizzle-orm";
import { uuidv7 } from "uuidv7";
import { afterAll, describe, expect, it } from "vitest";
import { bodyOf } from "../../test-support.ts";
import type { AuditLogItem } from "./schemas.ts";

type Page = { items: AuditLogItem[]; next_cursor: string | null };

for (const product of products) {
  describe(`${product.id}: the audit log`, () => {
    const kit = useApp(product);
    const { database } = kit;
    const list = async (query: string) => {
      const response = await kit.request(`/api/v1/audit-logs?${query}`, { as: "admin" });
      expect([query, response.status]).toEqual([query, 200]);
      return await bodyOf<Page>(response);
    };
    const idsOf = async (query: string) => (await list(query)).items.map(({ id }) => id);

    const createTask = async (property_id: string) => {
      const [task] = await database.db
        .insert(receptionTasks)
        .values({ property_id, title: "A task", category: "other" })
        .returning();
      return task?.id;
    };

    it("is listed newest first, by any of its filters, page by page", async () => {
      const rows: { id: string; created_at: string }[] = [];
      for (let index = 0; index < 5; index += 1) {
        const created_at = `2026-01-0${index + 1}T00:00:00Z`;
        const actor = index % 2 === 0 ? { actor_type: "user" as const, actor_id: 4_711 } : {};
        rows.push(await createAuditLog(database.db, { entity: "listed", entity_id: `${index}`, created_at, ...actor }));
      }
      const ids = rows.map(({ id }) => id);
      const newest = ids.toReversed();
      expect(await idsOf("entity=listed")).toEqual(newest);
      expect(await idsOf("actor_id=4711")).toEqual([newest[0], newest[2], newest[4]]);
      expect(await idsOf("entity=listed&actor_type=system")).toEqual([newest[1], newest[3]]);
      expect(await idsOf("entity=listed&entity_id=3")).toEqual([newest[1]]);
      expect(await idsOf("entity=listed&action=nothing.happened")).toEqual([]);
      expect(await idsOf("entity=listed&from=2026-01-02T00:00:00Z&to=2026-01-04T07:00:00%2B07:00")).toEqual([
        newest[2],
        newest[3],
      ]);

      const seen: string[] = [];
      let cursor = "";
      do {
        const page = await list(`entity=listed&limit=2${cursor}`);
        seen.push(...page.items.map(({ id }) => id));
        cursor = page.next_cursor ? `&cursor=${page.next_cursor}` : "";
        await createAuditLog(database.db, { entity: "listed" });
      } while (cursor);
      expect(seen).toEqual(newest);
    });

    it("refuses filters that are none, and everybody but admins", async () => {
      for (const bad of [
        "actor_id=x",
        "actor_type=robot",
        "from=yesterday",
        "from=2026-01-01",
        "to=0000-01-01T00:00:00Z",
        "who=me",
        "cursor=abc",
        "limit=1000",
        "action=%00",
      ]) {
        const response = await kit.request(`/api/v1/audit-logs?${bad}`, { as: "admin" });
        expect([bad, response.status]).toEqual([bad, 422]);
      }
      const { next_cursor } = await bodyOf<{ next_cursor: string }>(
        kit.request("/api/v1/users?limit=1", { as: "admin" }),
      );
      expect((await kit.request(`/api/v1/audit-logs?cursor=${next_cursor}`, { as: "admin" })).status).toBe(422);
      expect((await kit.request("/api/v1/audit-logs", { as: "agent" })).status).toBe(403);
    });

    it("can only grow", async () => {
      const { id } = await createAuditLog(database.db, {});
      const { query } = kit.deps.database;
      for (const statement of [
        "update audit_logs set action = 'nothing' where id = $1",
        "delete from audit_logs where id = $1",
      ]) {
        await expect(query(statement, [id])).rejects.toMatchObject({ code: "42501" });
      }
      await expect(query("truncate audit_logs")).rejects.toMatchObject({ code: "42501" });
    });

    it("has a row for each refusal of somebody known, with the route and nothing that was asked for", async () => {
      const [branch = "", other = ""] = product.development.corePropertyIds;
      const user = await createUser(database.db);
      const agent = await createAgent(database.db, [branch]);
      const inactive = await createUser(database.db, { role: "admin", is_active: false });
      const ask = async (path: string, as: typeof user) => {
        const response = await kit.request(path, { as });
        const id = response.headers.get("x-request-id");
        const { items } = await list(`request_id=${id}`);
        return { status: response.status, items };
      };
      const row = (actor_id: number, route: string, code: string) => ({
        actor_type: "user",
        actor_id,
        action: "access.denied",
        entity: "route",
        entity_id: `GET ${route}`,
        details: { method: "GET", route, code },
      });
      const board = "/api/v1/front-desk/bookings";
      expect(await ask("/api/v1/users/77?canary=1", user)).toMatchObject({
        status: 403,
        items: [row(user.id, "/api/v1/users/:id", "forbidden")],
      });
      expect(await ask("/api/v1/users/me", inactive)).toMatchObject({
        status: 403,
        items: [row(inactive.id, "/api/v1/users/me", "forbidden")],
      });
      expect(await ask(`${board}?property_id=${other}`, agent)).toMatchObject({
        status: 404,
        items: [row(agent.id, board, "not_found")],
      });
      const task = await createTask(other);
      const route = "/api/v1/front-desk/tasks/:id";
      expect(await ask(`/api/v1/front-desk/tasks/${task}`, agent)).toMatchObject({
        status: 404,
        items: [row(agent.id, route, "not_found")],
      });
      expect(await ask(`/api/v1/front-desk/tasks/${uuidv7()}`, agent)).toEqual({ status: 404, items: [] });
      const denials = await database.db.select().from(auditLogs).where(eq(auditLogs.action, "access.denied"));
      expect(JSON.stringify(denials)).not.toMatch(new RegExp(`canary|${other}`));
    });

    it("has none for whoever is let in, mistaken or unknown", async () => {
      const before = await database.db.$count(auditLogs);
      for (const [path, as, status] of [
        ["/api/v1/users/me", "user", 200],
        ["/api/v1/properties/0193f0c2-5b7e-7c31-a1f4-6d2f3b1c9e10", "user", 404],
        ["/api/v1/users?limit=0", "admin", 422],
        ["/api/v1/users", undefined, 401],
        ["/api/v1/nowhere", "user", 404],
      ] as const) {
        expect((await kit.request(path, as && { as })).status).toBe(status);
      }
      for (const kind of ["tasks", "parking/spaces", "parking/reservations", "guest-requests", "guest-links"]) {
        const path = `/api/v1/front-desk/${kind}/${uuidv7()}`;
        for (const method of ["GET", "DELETE"]) await kit.request(path, { method, as: "agent" });
      }
      expect(kit.lines.text()).not.toContain("a denial could not be recorded");
      // The users of this test were made in the meantime, and by no request.
      expect(await database.db.$count(auditLogs)).toBe(before);
    });

    it("tells of the first request of somebody new", async () => {
      const token = await kit.clerk.sign({ sub: "user_audited" });
      const { id } = await bodyOf<{ id: number }>(kit.request("/api/v1/users/me", { as: { token } }));
      expect((await list(`entity=user&entity_id=${id}`)).items).toMatchObject([
        { action: "user.created", actor_type: "user", actor_id: id },
      ]);
    });
  });

  describe(`${product.id}: a refusal that cannot be recorded`, () => {
    let proxy: Awaited<ReturnType<typeof startFaultProxy>> | undefined;
    const kit = useApp(product, {
      core: null,
      through: async ({ url }) => {
        proxy = await startFaultProxy(url);
        return { url: proxy.url };
      },
    });
    afterAll(() => proxy?.close());

    it("is a refusal all the same, and said in the log", async () => {
      const user = await kit.userOf("user");
      const ask = async () => (await kit.request("/api/v1/users", { as: user })).status;
      expect(await ask()).toBe(403);
      await kit.request("/api/v1/users/me", { as: user }); // who they are is known for a second
      proxy?.freeze();
      const status = await ask();
      if (status === 403) expect(kit.lines.text()).toContain("a denial could not be recorded");
      else expect(status).toBe(503); // the machine was so slow that who they are was not known any more
      await proxy?.heal();
      await expect.poll(ask, { timeout: 5_000 }).toBe(403);
    });
  });
}
