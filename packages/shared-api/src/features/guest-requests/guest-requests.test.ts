import { products } from "@whitelabel/shared-config";
import { auditLogs, frontDeskEvents, guestRequests, receptionTasks } from "@whitelabel/shared-db";
import { type FaultProxy, startFaultProxy, until, useApp, useOwnCore } from "@whitelabel/test-kit";
import { eq } from "drizzle-orm";
import postgres from "postgres";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import type { Problem } from "../../http/problem.ts";
import { bodyOf } from "../../test-support.ts";
import type { GuestRequestItem } from "./schemas.ts";

type Detail = GuestRequestItem & { booking: { guest_name: string } | null; degraded: string[] };
type Page = { items: Detail[]; next_cursor: string | null };

for (const product of products) {
  const [ours = "", alsoOurs = ""] = product.development.corePropertyIds;

  describe(`${product.id}: requests of guests`, () => {
    const core = useOwnCore(product);
    let proxy: FaultProxy;
    let owner: postgres.Sql;
    let rooms: string[] = [];
    const kit = useApp(product, {
      core,
      through: async ({ url, coreUrl }) => {
        proxy = await startFaultProxy(coreUrl ?? "");
        return { url, coreUrl: proxy.url };
      },
    });
    type Init = NonNullable<Parameters<typeof kit.request>[1]>;

    beforeAll(async () => {
      owner = postgres(core.ownerUrl, { max: 1 });
      const [guest] = await owner`select guest_id from guests limit 1`;
      const found = await owner`select room_id from rooms where property_id = ${ours} order by name limit 3`;
      rooms = found.map(({ room_id }) => room_id);
      const usual = { guest_id: guest?.guest_id, check_in: "2031-05-02", check_out: "2031-05-04" };
      for (const row of [
        { booking_id: "R-1", row_room_id: "a", property_id: ours, room_id: rooms[0], status: "checked_in" },
        { booking_id: "R-1", row_room_id: "b", property_id: ours, room_id: rooms[1], status: "checked_in" },
        { booking_id: "R-off", row_room_id: null, property_id: ours, room_id: null, status: "cancelled" },
        { booking_id: "R-else", row_room_id: null, property_id: alsoOurs, room_id: null, status: "confirmed" },
      ]) {
        await owner`insert into bookings ${owner({ ...usual, ...row, first_name: "Quillon", last_name: "Überwart" })}`;
      }
    });
    afterEach(async () => {
      await proxy.heal();
      await until(5_000, async () => {
        await kit.deps.core?.listBranches().catch(() => undefined);
        return kit.deps.core?.state() === "up";
      });
    });
    afterAll(async () => {
      await Promise.all([owner.end(), proxy.close()]);
    });

    const ask = (method: string, path = "", init: Init = {}) =>
      kit.request(`/api/v1/front-desk/guest-requests${path}`, { as: "agent", method, ...init });
    const note = (json: object = {}, init: Init = {}) =>
      ask("POST", "", { json: { booking_id: "R-1", kind: "housekeeping", text: "Two towels", ...json }, ...init });
    const noted = (json: object = {}) => bodyOf<Detail>(note(json));
    const patch = (id: string, json: object, init: Init = {}) => ask("PATCH", `/${id}`, { json, ...init });
    const status = async (response: Response | Promise<Response>) => {
      const answer = await response;
      return [answer.status, (await bodyOf<Problem>(answer)).code];
    };
    const tasksOf = (id: string) =>
      kit.database.db.select().from(receptionTasks).where(eq(receptionTasks.guest_request_id, id));
    const recorded = async (id: string) => {
      const { db } = kit.database;
      const logs = await db.select().from(auditLogs).where(eq(auditLogs.entity_id, id)).orderBy(auditLogs.id);
      const events = await db.select().from(frontDeskEvents).where(eq(frontDeskEvents.entity_id, id));
      const audits = logs.map(({ action }) => action).filter((action) => action !== "guest_data.viewed");
      return { audits, events: events.map(({ kind }) => kind) };
    };

    it("are written down by staff, for a room of the booking", async () => {
      const response = await note();
      expect([response.status, response.headers.get("etag")]).toEqual([201, '"1"']);
      expect(await bodyOf<Detail>(response)).toMatchObject({
        ...{ booking_id: "R-1", property_id: ours, room_id: rooms[0], state: "waiting", text: "Two towels" },
        ...{ is_from_guest: false, task_id: null, booking: { guest_name: "Quillon Überwart" }, degraded: [] },
      });
      expect(await noted({ room_id: rooms[1] })).toMatchObject({ room_id: rooms[1] });
      expect(await status(note({ room_id: rooms[2] }))).toEqual([422, "invalid"]);
      expect(await status(note({ booking_id: "R-else" }))).toEqual([404, "not_found"]);
      expect(await status(note({ booking_id: "R-none" }))).toEqual([404, "not_found"]);
      expect(await status(note({ booking_id: "R-off" }))).toEqual([409, "conflict"]);
      expect(await status(note({ state: "done" }))).toEqual([422, "invalid"]);
    });

    it("name no guest, and are not stored while core cannot say who that is", async () => {
      const before = await kit.database.db.select().from(guestRequests);
      const refused = await note({ text: "Quillon wants towels, call +44 7700 900123" });
      const problem = await bodyOf<Problem>(refused);
      expect([refused.status, problem.code]).toEqual([422, "pii_detected"]);
      expect(problem.errors?.map(({ path }) => path)).toContain("json.text");
      expect(JSON.stringify(problem)).not.toMatch(/quillon|900123/i);
      await proxy.refuse();
      expect(await status(note())).toEqual([503, "core_unavailable"]);
      expect(await kit.database.db.select().from(guestRequests)).toEqual(before);
    });

    it("become one task when they are accepted, once", async () => {
      const { id } = await noted({ kind: "maintenance", text: "The lamp is broken" });
      const response = await patch(id, { state: "accepted", priority: "high" }, { headers: { "if-match": '"1"' } });
      const accepted = await bodyOf<Detail>(response);
      expect([response.status, response.headers.get("etag")]).toEqual([200, '"2"']);
      const tasks = await tasksOf(id);
      expect(tasks).toMatchObject([
        { category: "maintenance", priority: "high", details: "The lamp is broken", state: "open", property_id: ours },
      ]);
      expect(tasks[0]).toMatchObject({ booking_id: "R-1", room_id: rooms[0], id: accepted.task_id });
      expect(await status(patch(id, { state: "accepted" }))).toEqual([409, "conflict"]);
      expect(await status(patch(id, { state: "declined" }))).toEqual([409, "conflict"]);
      expect(await tasksOf(id)).toHaveLength(1);
      expect(await recorded(id)).toEqual({
        audits: ["guest_request.created", "guest_request.accepted"],
        events: ["guest_request.created", "guest_request.accepted"],
      });
      expect(await recorded(tasks[0]?.id ?? "")).toEqual({ audits: ["task.created"], events: ["task.created"] });
    });

    it("are accepted though core is away, for they are ours already", async () => {
      const { id } = await noted();
      await proxy.refuse();
      expect(await bodyOf(patch(id, { state: "accepted" }))).toMatchObject({
        ...{ state: "accepted", booking: null, degraded: ["core"] },
      });
      expect(await status(patch(id, { state: "done", resolution: "Brought" }))).toEqual([503, "core_unavailable"]);
      expect(await bodyOf(patch(id, { state: "done" }))).toMatchObject({ state: "done" });
    });

    it("are declined with a reason or done with a note, which name no guest either", async () => {
      const [first, second] = [await noted(), await noted()];
      const rude = { state: "declined", resolution: "Mr Überwart has enough towels" };
      expect(await status(patch(first.id, rude))).toEqual([422, "pii_detected"]);
      expect(await status(patch(first.id, { state: "done" }))).toEqual([409, "conflict"]);
      expect(await bodyOf(patch(first.id, { state: "declined", resolution: "No towels left" }))).toMatchObject({
        ...{ state: "declined", resolution: "No towels left", closed_at: expect.any(String), task_id: null },
      });
      await patch(second.id, { state: "accepted" });
      const done = await bodyOf<Detail>(patch(second.id, { state: "done", resolution: "Brought up" }));
      expect(done).toMatchObject({ state: "done", resolution: "Brought up", closed_at: expect.any(String) });
      expect(await status(patch(second.id, { state: "declined" }))).toEqual([409, "conflict"]);
      for (const wrong of [
        {},
        { state: "withdrawn" },
        { state: "accepted", resolution: "x" },
        { state: "done", priority: "low" },
      ]) {
        expect(await status(patch(second.id, wrong))).toEqual([422, "invalid"]);
      }
      const old = patch(second.id, { state: "done" }, { headers: { "if-match": '"1"' } });
      expect(await status(old)).toEqual([412, "precondition_failed"]);
    });

    it("are listed by branch, booking, state and kind, page by page", async () => {
      await kit.database.db.delete(receptionTasks);
      await kit.database.db.delete(guestRequests);
      const made: string[] = [];
      for (const kind of ["food", "food", "other", "food", "food"]) made.push((await noted({ kind })).id);
      await patch(made[0] ?? "", { state: "declined" });
      const pages = async (query: Record<string, string>) => {
        const seen: string[] = [];
        let cursor: string | null = null;
        do {
          const params = new URLSearchParams({ ...query, limit: "2", ...(cursor && { cursor }) });
          const page: Page = await bodyOf<Page>(ask("GET", `?${params}`));
          seen.push(...page.items.map(({ id }) => made.indexOf(id)).map(String));
          cursor = page.next_cursor;
        } while (cursor);
        return seen.join("");
      };
      expect(await pages({})).toBe("43210");
      expect(await pages({ state: "waiting", sort: "oldest" })).toBe("1234");
      expect(await pages({ kind: "food", property_id: ours, booking_id: "R-1" })).toBe("4310");
      expect(await pages({ booking_id: "R-2" })).toBe("");
      expect(await status(ask("GET", `?property_id=${alsoOurs}`))).toEqual([404, "not_found"]);
    });

    it("stay with the staff of their branch", async () => {
      const { id } = await bodyOf<Detail>(note({ booking_id: "R-else" }, { as: "admin" }));
      expect(await status(ask("GET", `/${id}`))).toEqual([404, "not_found"]);
      expect(await status(patch(id, { state: "accepted" }))).toEqual([404, "not_found"]);
      expect(await status(patch(id, { state: "declined", resolution: "No" }))).toEqual([404, "not_found"]);
      expect((await bodyOf<Page>(ask("GET", "?booking_id=R-else"))).items).toEqual([]);
    });
  });
}
