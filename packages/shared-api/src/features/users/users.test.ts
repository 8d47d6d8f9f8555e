import { products } from "@whitelabel/shared-config";
import { auditLogs, type User, users } from "@whitelabel/shared-db";
import { createAgent, createUser, useApp } from "@whitelabel/test-kit";
import { eq, inArray } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { bodyOf } from "../../test-support.ts";
import type { UserItem } from "./schemas.ts";

type Page = { items: UserItem[]; next_cursor: string | null };

for (const product of products) {
  describe(`${product.id}: accounts`, () => {
    const kit = useApp(product);
    const { database } = kit;
    const [branch = "", other = ""] = product.development.corePropertyIds;
    const ask = (path: string, init: Parameters<typeof kit.request>[1] = {}) =>
      kit.request(path, { as: "admin", ...init });
    const patch = (id: number | string, json: unknown, init: Parameters<typeof kit.request>[1] = {}) =>
      ask(`/api/v1/users/${id}`, { method: "PATCH", json, ...init });
    const rowOf = async (id: number) => (await database.db.select().from(users).where(eq(users.id, id)))[0];
    const auditOf = async (id: number) =>
      await database.db
        .select()
        .from(auditLogs)
        .where(eq(auditLogs.entity_id, String(id)))
        .orderBy(auditLogs.id);

    it("are called as their owners want", async () => {
      const user = await createUser(database.db, { role: "agent" });
      const mine = (json: unknown, headers = {}) =>
        kit.request("/api/v1/users/me", { method: "PATCH", json, headers, as: user });
      const first = await kit.request("/api/v1/users/me", { as: user });
      expect(first.headers.get("etag")).toBe('"1"');
      const response = await mine({ display_name: "  Somchai ใจดี " }, { "If-Match": '"1"' });
      expect(response.headers.get("etag")).toBe('"2"');
      expect(await bodyOf(response)).toMatchObject({ id: user.id, display_name: "Somchai ใจดี", version: 2 });
      expect(await bodyOf(kit.request("/api/v1/users/me", { as: user }))).toMatchObject({
        display_name: "Somchai ใจดี",
      });

      expect((await mine({ display_name: "Old" }, { "If-Match": '"1"' })).status).toBe(412);
      expect((await mine({ display_name: "Old" }, { "If-Match": 'W/"2"' })).status).toBe(412);
      expect((await bodyOf<UserItem>(mine({}))).version).toBe(2);
      expect((await bodyOf<UserItem>(mine({ display_name: "Somchai ใจดี" }))).version).toBe(2);
      expect((await bodyOf<UserItem>(mine({ display_name: null }))).display_name).toBeNull();
      const audit = await auditOf(user.id);
      expect(audit.map(({ actor_id, action, changed_fields }) => [actor_id, action, changed_fields])).toEqual([
        [user.id, "user.updated", ["display_name"]],
        [user.id, "user.updated", ["display_name"]],
      ]);
      expect(JSON.stringify(audit)).not.toContain("Somchai");
    });

    it("give nobody a right by their own hand", async () => {
      const user = await createUser(database.db);
      const fields = [
        { role: "admin" },
        { is_active: true },
        { property_ids: [branch] },
        { id: 1 },
        { email: "a@example.test" },
        { version: 7 },
        { clerk_user_id: "user_x" },
        { deleted_at: null },
        { promoted_at: null },
        { display_name: "" },
        { display_name: 7 },
        { display_name: "a\nb" },
        { display_name: "a\u202eb" },
        { display_name: "a".repeat(101) },
      ];
      for (const json of fields) {
        const response = await kit.request("/api/v1/users/me", { method: "PATCH", json, as: user });
        expect([json, response.status]).toEqual([json, 422]);
      }
      expect(await rowOf(user.id)).toMatchObject({ role: "user", version: 1 });
    });

    it("get their role, activity and branches from an admin, with their next request", async () => {
      const user = await createUser(database.db);
      const board = async () => (await kit.request("/api/v1/front-desk/branches", { as: user })).status;
      expect(await board()).toBe(403);
      const changed = await patch(user.id, { role: "agent", property_ids: [other, branch, other] });
      expect(changed.status).toBe(200);
      expect(await bodyOf(changed)).toMatchObject({ role: "agent", property_ids: [branch, other].sort(), version: 2 });
      expect(changed.headers.get("etag")).toBe('"2"');
      expect(await board()).toBe(200);

      // Branches alone raise the version too, or a stale copy of them could be written back.
      const fewer = await bodyOf<UserItem>(patch(user.id, { property_ids: [branch] }));
      expect(fewer).toMatchObject({ property_ids: [branch], version: 3 });
      expect(await bodyOf(ask(`/api/v1/users/${user.id}`))).toEqual(fewer);
      await patch(user.id, { is_active: false });
      expect(await board()).toBe(403);
      await patch(user.id, { is_active: true });
      expect(await board()).toBe(200);

      const audit = (await auditOf(user.id)).filter(({ action }) => action === "user.updated");
      const admin = await kit.userOf("admin");
      expect(audit.map(({ actor_id }) => actor_id)).toEqual(Array(4).fill(admin.id));
      expect(audit[0]).toMatchObject({
        changed_fields: ["role", "property_ids"],
        details: { before: { role: "user", property_ids: [] }, after: { role: "agent" } },
      });
    });

    it("are changed in the version that the admin has seen, or not", async () => {
      const user = await createUser(database.db);
      const response = await ask(`/api/v1/users/${user.id}`);
      const seen = { headers: { "If-Match": response.headers.get("etag") ?? "" } };
      expect((await patch(user.id, { role: "agent" }, seen)).status).toBe(200);
      expect((await patch(user.id, { role: "admin" }, seen)).status).toBe(412);
      expect((await rowOf(user.id))?.role).toBe("agent");
    });

    it("are not changed by what is no change", async () => {
      const user = await createAgent(database.db, [branch]);
      const json = { role: "agent", is_active: true, property_ids: [branch] };
      expect((await bodyOf<UserItem>(patch(user.id, json))).version).toBe(1);
      expect((await bodyOf<UserItem>(patch(user.id, {}))).version).toBe(1);
      expect(await auditOf(user.id)).toEqual([]);
    });

    it("refuse what an admin may not decide, and branches of others", async () => {
      const user = await createUser(database.db);
      for (const json of [
        { role: "owner" },
        { role: null },
        { is_active: "true" },
        { property_ids: ["OTHER-99"] },
        { property_ids: [branch, ""] },
        { property_ids: branch },
        { display_name: "Named" },
        { email: "a@example.test" },
        { id: 1 },
        { version: 1 },
        { deleted_at: null },
        [],
        null,
      ]) {
        expect([json, (await patch(user.id, json)).status]).toEqual([json, 422]);
      }
      const { errors } = await bodyOf(patch(user.id, { property_ids: [branch, "OTHER-99"] }));
      expect(errors).toEqual([{ path: "json.property_ids.1", message: "Not a branch of this product" }]);
      expect(await rowOf(user.id)).toMatchObject({ role: "user", version: 1 });
    });

    it("are found by whole numbers only", async () => {
      for (const id of ["0", "-1", "1.5", "1e3", "x", "2147483648", "99999999999", "%00", "1%20or%201=1"]) {
        for (const method of ["GET", "PATCH"]) {
          const init = method === "PATCH" ? { method, json: {} } : {};
          expect([id, (await ask(`/api/v1/users/${id}`, init)).status]).toEqual([id, 422]);
        }
      }
      expect((await ask("/api/v1/users/2147483647")).status).toBe(404);
      expect((await patch(2_147_483_647, { role: "agent" })).status).toBe(404);
    });

    it("that were deleted are gone", async () => {
      const deleted = await createUser(database.db, { deleted_at: new Date().toISOString(), is_active: false });
      expect((await ask(`/api/v1/users/${deleted.id}`)).status).toBe(410);
      expect((await patch(deleted.id, { role: "admin", is_active: true })).status).toBe(410);
      const { items } = await bodyOf<Page>(ask("/api/v1/users?limit=100"));
      expect(items.map(({ id }) => id)).not.toContain(deleted.id);
      expect((await rowOf(deleted.id))?.role).toBe("user");
    });

    it("that were deleted a moment ago are not changed any more by their owners", async () => {
      const user = await createUser(database.db, { display_name: "As it was" });
      expect((await kit.request("/api/v1/users/me", { as: user })).status).toBe(200);
      // Elsewhere, so that what is known of them here is still that they are there.
      await database.db.update(users).set({ deleted_at: new Date().toISOString() }).where(eq(users.id, user.id));
      const change = { method: "PATCH", as: user, json: { display_name: "Anew" } } as const;
      expect([401, 410]).toContain((await kit.request("/api/v1/users/me", change)).status);
      expect((await rowOf(user.id))?.display_name).toBe("As it was");
    });

    it("are listed by role, activity, branch and text, page by page", async () => {
      const made: User[] = [];
      for (const name of ["Ada", "Grace", "100%", "Linus_T"]) {
        const overrides = { display_name: `Listed ${name}`, email: `${name.length}@listed.test` };
        made.push(await createAgent(database.db, [other], overrides));
      }
      await createUser(database.db, { display_name: "Listed but away", is_active: false });
      const ids = async (query: string) => {
        const response = await ask(`/api/v1/users?${query}`);
        expect([query, response.status]).toEqual([query, 200]);
        return (await bodyOf<Page>(response)).items.map(({ id }) => id);
      };
      const all = made.map(({ id }) => id).reverse();
      expect(await ids(`q=LISTED&role=agent&is_active=true&property_id=${other}`)).toEqual(all);
      expect(await ids("q=@listed.test")).toEqual(all);
      expect(await ids("q=100%25")).toEqual([made[2]?.id]);
      expect(await ids("q=linus_t")).toEqual([made[3]?.id]);
      // Of themselves, not of anything.
      expect(await ids(`q=%25&property_id=${other}`)).toEqual([made[2]?.id]);
      expect(await ids(`q=_&property_id=${other}`)).toEqual([made[3]?.id]);
      expect(await ids("q=listed&is_active=false")).toHaveLength(1);
      expect(await ids(`q=listed&property_id=${branch}-none`)).toEqual([]);

      const seen: number[] = [];
      let cursor = "";
      do {
        const page = await bodyOf<Page>(ask(`/api/v1/users?q=@listed.test&limit=1${cursor}`));
        seen.push(...page.items.map(({ id }) => id));
        cursor = page.next_cursor ? `&cursor=${page.next_cursor}` : "";
        await createUser(database.db, { email: "later@listed.test" }); // in front of where we are
      } while (cursor);
      expect(seen).toEqual(all);
      for (const bad of ["limit=0", "limit=101", "cursor=x", "role=owner", "is_active=1", "unknown=1", "q=%00"]) {
        expect([bad, (await ask(`/api/v1/users?${bad}`)).status]).toEqual([bad, 422]);
      }
    });
  });

  describe(`${product.id}: the last admin`, () => {
    const kit = useApp(product);
    const { database } = kit;
    const patch = async (as: User, id: number, json: unknown) =>
      (await kit.request(`/api/v1/users/${id}`, { method: "PATCH", json, as })).status;
    const activeAdmins = async () =>
      (await database.db.select().from(users).where(eq(users.role, "admin"))).filter(
        ({ is_active, deleted_at }) => is_active && deleted_at === null,
      ).length;

    it("can be neither demoted nor deactivated, by nobody", async () => {
      const admin = await createUser(database.db, { role: "admin" });
      await createUser(database.db, { role: "admin", is_active: false });
      await createUser(database.db, { role: "admin", is_active: false, deleted_at: new Date().toISOString() });
      expect(await patch(admin, admin.id, { role: "agent" })).toBe(409);
      expect(await patch(admin, admin.id, { is_active: false })).toBe(409);
      const second = await createUser(database.db, { role: "admin" });
      expect(await patch(second, admin.id, { role: "agent" })).toBe(200);
      expect(await patch(admin, second.id, { role: "agent" })).toBe(403);
      expect(await patch(second, second.id, { is_active: false })).toBe(409);
    });

    it("is still there when admins demote each other at once: one wins", async () => {
      for (let round = 0; round < 10; round += 1) {
        await database.db.update(users).set({ role: "user" }).where(eq(users.role, "admin"));
        const pair = [
          await createUser(database.db, { role: "admin" }),
          await createUser(database.db, { role: "admin" }),
        ] as const;
        for (const admin of pair) await kit.request("/api/v1/users/me", { as: admin });
        const statuses = await Promise.all([
          patch(pair[0], pair[1].id, { role: "user" }),
          patch(pair[1], pair[0].id, { is_active: false }),
        ]);
        expect(await activeAdmins()).toBe(1);
        expect(statuses.filter((status) => status === 200)).toHaveLength(1);
        expect(statuses.every((status) => [200, 403, 409].includes(status))).toBe(true);
      }
    });

    it("of many who all leave at once stays", async () => {
      await database.db.update(users).set({ role: "user" }).where(eq(users.role, "admin"));
      const crowd = await Promise.all(Array.from({ length: 12 }, () => createUser(database.db, { role: "admin" })));
      const statuses = await Promise.all(crowd.map((admin) => patch(admin, admin.id, { role: "user" })));
      expect(statuses.filter((status) => status === 409)).toHaveLength(1);
      expect(await activeAdmins()).toBe(1);
    });

    it("is not demoted by one who has just been", async () => {
      const [first, second, third] = await Promise.all(
        Array.from({ length: 3 }, () => createUser(database.db, { role: "admin" })),
      );
      if (!first || !second || !third) throw new Error("Three were made");
      await kit.request("/api/v1/users/me", { as: first });
      // As another replica would: what is cached here does not know yet.
      await database.db
        .update(users)
        .set({ role: "user" })
        .where(inArray(users.id, [first.id]));
      expect(await patch(first, second.id, { role: "user" })).toBe(403);
      expect((await database.db.select().from(users).where(eq(users.id, second.id)))[0]?.role).toBe("admin");
    });
  });
}
