import { products } from "@whitelabel/shared-config";
import { auditLogs, frontDeskEvents, receptionTasks } from "@whitelabel/shared-db";
import {
  createAgent,
  type FaultProxy,
  startFaultProxy,
  statementCalls,
  useApp,
  useOwnCore,
} from "@whitelabel/test-kit";
import { eq } from "drizzle-orm";
import postgres from "postgres";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Problem } from "../../http/problem.ts";
import { bodyOf } from "../../test-support.ts";
import type { Task, TaskEntry } from "./schemas.ts";

type Shown = Task & { booking: { guest_name: string; room_name: string | null } | null };
type Page = { items: Shown[]; next_cursor: string | null; degraded: string[] };

const tasks = "/api/v1/front-desk/tasks";
const hour = 3_600_000;
const inHours = (hours: number) => new Date(Date.now() + hours * hour).toISOString();

for (const product of products) {
  const [ours = "", alsoOurs = ""] = product.development.corePropertyIds;
  const foreign = ["BKK-01", "LIS-01", "NYC-01"].find((id) => !product.development.corePropertyIds.includes(id)) ?? "";

  describe(`${product.id}: reception tasks`, () => {
    const core = useOwnCore(product);
    let proxy: FaultProxy;
    let owner: postgres.Sql;
    const kit = useApp(product, {
      core,
      through: async ({ url, coreUrl }) => {
        proxy = await startFaultProxy(coreUrl ?? "");
        return { url, coreUrl: proxy.url };
      },
    });
    let rooms: string[];

    beforeAll(async () => {
      owner = postgres(core.ownerUrl, { max: 1 });
      const [guest] = await owner`select guest_id from guests limit 1`;
      rooms = (await owner`select room_id from rooms where property_id = ${ours} order by room_id limit 2`).map(
        ({ room_id }) => room_id,
      );
      const usual = { guest_id: guest?.guest_id, check_in: "2031-05-02", check_out: "2031-05-04", status: "confirmed" };
      const here = { ...usual, property_id: ours };
      for (const booking of [
        {
          ...here,
          booking_id: "T-1",
          row_room_id: null,
          room_id: rooms[0],
          first_name: "Quillon",
          last_name: "Überwart",
        },
        { ...here, booking_id: "T-2", row_room_id: "a", room_id: rooms[0], first_name: "Ilse", last_name: "Überwart" },
        { ...here, booking_id: "T-2", row_room_id: "b", room_id: rooms[1], first_name: "Zzyzxova", last_name: null },
        { ...usual, property_id: foreign, booking_id: "T-F", row_room_id: null, first_name: "Far", last_name: "Away" },
        {
          ...usual,
          property_id: alsoOurs,
          booking_id: "T-A",
          row_room_id: null,
          first_name: "Next",
          last_name: "Door",
        },
      ]) {
        await owner`insert into bookings ${owner(booking)}`;
      }
      for (const [notification_id, property_id, booking_id] of [
        ["TN-1", ours, "T-1"],
        ["TN-2", ours, null],
        ["TN-F", foreign, "T-F"],
        ["TN-A", alsoOurs, null],
      ] as const) {
        const row = { notification_id, property_id, booking_id, kind: "arrival_soon", created_at: new Date() };
        await owner`insert into reception_notifications ${owner(row)}`;
      }
    });
    afterAll(async () => {
      await Promise.all([owner.end(), proxy.close()]);
    });
    beforeEach(async () => {
      await kit.database.db.delete(receptionTasks);
    });
    afterEach(async () => {
      await proxy.heal();
      await kit.deps.core?.findBranch(ours).catch(() => undefined);
      await expect.poll(() => kit.deps.core?.state()).toBe("up");
    });

    const post = (json: object, headers: Record<string, string> = {}) =>
      kit.request(tasks, { method: "POST", as: "agent", json: { property_id: ours, ...json }, headers });
    const create = (json: object = {}) => bodyOf<Task>(post({ title: "Extra towels", ...json }));
    const patch = (id: string, json: object, headers: Record<string, string> = {}) =>
      kit.request(`${tasks}/${id}`, { method: "PATCH", as: "agent", json, headers });
    const get = (id: string) => kit.request(`${tasks}/${id}`, { as: "agent" });
    const list = (query: Record<string, string> = {}) =>
      bodyOf<Page>(kit.request(`${tasks}?${new URLSearchParams(query)}`, { as: "agent" }));
    const titles = async (query: Record<string, string> = {}) => (await list(query)).items.map(({ title }) => title);
    const refusal = async (response: Response | Promise<Response>) => {
      const { code, errors } = await bodyOf<Problem>(response);
      return [(await response).status, code, ...(errors ?? []).map(({ path, message }) => `${path}: ${message}`)];
    };
    const put = { method: "PUT", as: "agent" } as const;
    const status = async (response: Response | Promise<Response>) => (await refusal(response)).slice(0, 2);
    const set = (id: string, values: Partial<typeof receptionTasks.$inferInsert>) =>
      kit.database.db.update(receptionTasks).set(values).where(eq(receptionTasks.id, id));

    it("are made with what is said and what is usual, audited and told of", async () => {
      const response = await post({ title: "  Extra towels ", priority: "high", due_at: "2031-05-02T16:00:00+02:00" });
      const task = await bodyOf<Task>(response);
      expect([response.status, response.headers.get("etag")]).toEqual([201, '"1"']);
      const agent = await kit.userOf("agent");
      expect(task).toMatchObject({
        ...{ property_id: ours, booking_id: null, room_id: null, title: "Extra towels", details: "", preset: null },
        ...{ category: "other", priority: "high", due_at: "2031-05-02T14:00:00Z", state: "open", assignee_id: null },
        ...{ lease_until: null, fencing_token: 0, created_by: agent.id, version: 1 },
      });
      const { items } = await bodyOf<{ items: TaskEntry[] }>(
        kit.request(`${tasks}/${task.id}/history`, { as: "agent" }),
      );
      expect(items).toMatchObject([
        { action: "task.created", actor: { type: "user", id: agent.id, display_name: agent.display_name } },
      ]);
      const events = await kit.database.db.select().from(frontDeskEvents).where(eq(frontDeskEvents.entity_id, task.id));
      expect(events).toMatchObject([{ kind: "task.created", property_id: ours, entity: "task" }]);
    });

    it("of a booking take their room from core, and show its guest as core has them now", async () => {
      const one = await create({ booking_id: "T-1" });
      expect(one).toMatchObject({ booking_id: "T-1", room_id: rooms[0], row_room_id: null });
      expect(one).not.toHaveProperty("booking");
      expect(await create({ booking_id: "T-2" })).toMatchObject({ room_id: null, row_room_id: null });
      const second = await create({ booking_id: "T-2", row_room_id: "b" });
      expect(second).toMatchObject({ room_id: rooms[1], row_room_id: "b" });
      expect(await create({ room_id: rooms[1] })).toMatchObject({ booking_id: null, room_id: rooms[1] });

      const shown = await bodyOf<Shown & Page>(get(one.id));
      expect(shown).toMatchObject({ id: one.id, booking: { guest_name: "Quillon Überwart" }, degraded: [] });
      const names = (await list()).items.map(({ booking }) => booking?.guest_name);
      expect(names.toSorted()).toEqual(["Ilse Überwart", "Ilse Überwart", "Quillon Überwart", undefined]);
      const views = await kit.database.db.select().from(auditLogs).where(eq(auditLogs.entity_id, one.id));
      expect(views.filter(({ action }) => action === "guest_data.viewed")).toMatchObject([{ entity: "task" }]);
    });

    it("name only what core has in their branch", async () => {
      expect(await refusal(post({ title: "x", booking_id: "T-F" }))).toEqual([404, "not_found"]);
      expect(await refusal(post({ title: "x", booking_id: "nothing" }))).toEqual([404, "not_found"]);
      expect(await refusal(post({ title: "x", room_id: `${foreign}-201` }))).toEqual([404, "not_found"]);
      expect(await refusal(post({ title: "x", notification_id: "TN-F" }))).toEqual([404, "not_found"]);
      // Another branch of whoever asks is another branch.
      const [there] = await owner`select room_id from rooms where property_id = ${alsoOurs} limit 1`;
      const both = await createAgent(kit.database.db, [ours, alsoOurs]);
      for (const named of [{ booking_id: "T-A" }, { room_id: there?.room_id }, { notification_id: "TN-A" }]) {
        const json = { property_id: ours, title: "x", ...named };
        const asked = kit.request(tasks, { method: "POST", as: both, json });
        expect([named, ...(await refusal(asked))]).toEqual([named, 404, "not_found"]);
      }
      expect(await refusal(post({ title: "x", booking_id: "T-2", row_room_id: "c" }))).toEqual([
        ...[422, "invalid", "json.row_room_id: Not a room of this booking"],
      ]);
      expect(await refusal(post({ title: "x", booking_id: "T-2", row_room_id: "b", room_id: rooms[0] }))).toEqual([
        ...[422, "invalid", "json.room_id: Not the room that row_room_id names"],
      ]);
      expect(await status(post({ title: "x", booking_id: "T-2", notification_id: "TN-1" }))).toEqual([422, "invalid"]);
      for (const property_id of [alsoOurs, foreign, "XXX"]) {
        expect(await refusal(post({ title: "x", property_id }))).toEqual([404, "not_found"]);
        expect((await kit.request(`${tasks}?property_id=${property_id}`, { as: "agent" })).status).toBe(404);
      }
    });

    it("of a notification are one, ever", async () => {
      const deliveries = await Promise.all(
        Array.from({ length: 20 }, () => post({ title: "x", notification_id: "TN-1" })),
      );
      expect(deliveries.map(({ status }) => status).toSorted()).toEqual([201, ...Array(19).fill(409)]);
      const [task] = (await list()).items;
      expect(task).toMatchObject({ notification_id: "TN-1", booking_id: "T-1", room_id: rooms[0] });
      await set(task?.id ?? "", { state: "done", closed_at: inHours(0) });
      const { detail } = await bodyOf<Problem>(post({ title: "x", notification_id: "TN-1" }));
      expect(detail).toContain(task?.id);
      expect(await create({ notification_id: "TN-2", booking_id: "T-2" })).toMatchObject({ booking_id: "T-2" });
    });

    it("are made once for an Idempotency-Key", async () => {
      const headers = { "Idempotency-Key": "towels-1" };
      const first = await bodyOf<Task>(post({ title: "Towels" }, headers));
      await patch(first.id, { priority: "low" });
      const again = await post({ title: "Towels" }, headers);
      expect([again.status, await bodyOf(again)]).toMatchObject([201, { id: first.id, priority: "low" }]);
      expect(await status(post({ title: "Other" }, headers))).toEqual([422, "invalid"]);
      expect((await list()).items).toHaveLength(1);
    });

    it("hold no text that names a guest of any room of their booking", async () => {
      expect(await refusal(post({ title: "Call zzyzxova", details: "+351 912 345 678", booking_id: "T-2" }))).toEqual([
        ...[422, "pii_detected", "json.title: name", "json.details: phone"],
      ]);
      expect(await status(post({ title: "Mail a.b@example.test" }))).toEqual([422, "pii_detected"]);
      const { id } = await create({ booking_id: "T-1", title: "Towels" });
      expect(await refusal(patch(id, { details: "for Mr. ÜBERWART" }))).toEqual([
        ...[422, "pii_detected", "json.details: name"],
      ]);
      expect(
        await refusal(kit.request(`${tasks}/${id}/cancellation`, { ...put, json: { reason: "Quillon left" } })),
      ).toEqual([422, "pii_detected", "json.reason: name"]);
      const { fencing_token } = await bodyOf<Task>(kit.request(`${tasks}/${id}/claim`, { ...put, json: {} }));
      const done = { fencing_token, resolution: "given to quillon" };
      expect(await refusal(kit.request(`${tasks}/${id}/completion`, { ...put, json: done }))).toEqual([
        ...[422, "pii_detected", "json.resolution: name"],
      ]);
      const stored = JSON.stringify(await kit.database.db.select().from(receptionTasks));
      for (const text of ["quillon", "zzyzxova", "912 345", "example"])
        expect(stored.toLowerCase()).not.toContain(text);
      expect(kit.lines.text().toLowerCase()).not.toMatch(/quillon|zzyzxova|912 345/);
    });
    it("are due by the branch's clock", async () => {
      await owner`update properties set time_zone = 'America/New_York' where property_id = ${ours}`;
      const due = async (due_local: string) => (await create({ due_local })).due_at;
      expect(await due("2026-11-21T14:30")).toBe("2026-11-21T19:30:00Z");
      expect(await due("2026-03-08T02:30")).toBe("2026-03-08T07:30:00Z"); // skipped: 03:30 by the clock
      expect(await due("2026-11-01T01:30")).toBe("2026-11-01T05:30:00Z"); // the first of two
      const { id } = await create();
      expect(await bodyOf(patch(id, { due_local: "2026-07-01T00:00" }))).toMatchObject({
        due_at: "2026-07-01T04:00:00Z",
      });
      expect(await bodyOf(patch(id, { due_at: null }))).toMatchObject({ due_at: null, version: 3 });
      for (const due_local of [
        "2026-02-30T10:00",
        "2026-11-21",
        "2026-11-21T24:00",
        "2026-11-21T10:00Z",
        "1999-01-01T00:00",
      ]) {
        expect([due_local, ...(await status(post({ title: "x", due_local })))]).toEqual([due_local, 422, "invalid"]);
      }
      expect(await status(post({ title: "x", due_local: "2026-11-21T10:00", due_at: null }))).toEqual([422, "invalid"]);
    });

    it("come from presets of the product, in the asked locale", async () => {
      const presets = await bodyOf<{ items: { code: string; title: string }[] }>(
        kit.request("/api/v1/front-desk/task-presets?locale=th", { as: "agent" }),
      );
      expect(presets.items.map(({ code }) => code)).toEqual(Object.keys(product.taskPresets));
      for (const { code, title } of presets.items) {
        const response = await kit.request(`${tasks}?locale=th`, {
          ...{ method: "POST", as: "agent", json: { property_id: ours, preset: code, booking_id: "T-1" } },
        });
        const { category, priority } = product.taskPresets[code] ?? {};
        const task = await bodyOf<Task>(response);
        expect(task).toMatchObject({ preset: code, title, category, priority, booking_id: "T-1" });
        expect(Date.parse(task.due_at ?? "")).toBeGreaterThan(Date.now());
        expect(Date.parse(task.due_at ?? "")).toBeLessThanOrEqual(Date.now() + 25 * hour);
      }
      const own = await create({ preset: "repair", title: "Repair the lamp", priority: "low", due_at: null });
      expect(own).toMatchObject({ title: "Repair the lamp", category: "maintenance", priority: "low", due_at: null });
      expect(await status(post({ preset: "toString" }))).toEqual([422, "invalid"]);
    });

    it("change as a whole or not at all, in the version that was read", async () => {
      const { id } = await create();
      const first = await patch(
        id,
        { title: "Towels", is_escalated: true, category: "housekeeping" },
        { "If-Match": '"1"' },
      );
      expect([first.status, first.headers.get("etag")]).toEqual([200, '"2"']);
      const task = await bodyOf<Task>(first);
      expect(task).toMatchObject({ title: "Towels", category: "housekeeping", version: 2 });
      expect(task.escalated_at).toMatch(/Z$/);
      expect(await refusal(patch(id, { title: "Late" }, { "If-Match": '"1"' }))).toEqual([412, "precondition_failed"]);
      expect(await bodyOf(patch(id, { is_escalated: true }))).toMatchObject({ escalated_at: task.escalated_at });
      expect(await bodyOf(patch(id, { is_escalated: false }))).toMatchObject({ escalated_at: null, title: "Towels" });

      const { items } = await bodyOf<{ items: TaskEntry[] }>(kit.request(`${tasks}/${id}/history`, { as: "agent" }));
      expect(items.slice(0, 2)).toMatchObject([
        { action: "task.created" },
        { action: "task.updated", changed_fields: ["title", "category", "escalated_at"] },
      ]);
      await set(id, { state: "cancelled", closed_at: inHours(0) });
      expect(await refusal(patch(id, { title: "Late" }))).toEqual([409, "conflict"]);
      expect(await refusal(patch("0193f0c2-5b7e-7c31-a1f4-6d2f3b1c9e10", { title: "x" }))).toEqual([404, "not_found"]);
    });

    it("take no field that is not theirs to say", async () => {
      const { id } = await create();
      const unknown = {
        id,
        version: 3,
        state: "done",
        assignee_id: 1,
        fencing_token: 9,
        created_by: 1,
        lease_until: null,
      };
      for (const [field, value] of Object.entries(unknown)) {
        expect([field, ...(await refusal(post({ title: "x", [field]: value })))]).toEqual([
          ...[field, 422, "invalid", `json.${field}: Unknown field`],
        ]);
        expect((await patch(id, { [field]: value })).status).toBe(422);
      }
      for (const wrong of [{}, { title: "" }, { title: "a\nb" }, { title: "x".repeat(201) }, { priority: "highest" }]) {
        expect([wrong, (await patch(id, wrong)).status]).toEqual([wrong, 422]);
      }
      expect(await status(post({ title: "x", due_at: "9999-12-31T23:59:59-15:59" }))).toEqual([422, "invalid"]);
      expect((await post({ title: "x", due_at: "2026-11-21T10:00:00+23:59" })).status).toBe(201);
    });

    it("are found by what they are", async () => {
      const { id: agentId } = await kit.userOf("agent");
      await create({ title: "due", due_at: inHours(1), category: "transport", booking_id: "T-1" });
      const late = await create({ title: "late", due_at: inHours(-1), priority: "urgent" });
      const mine = await create({ title: "mine" });
      const lapsed = await create({ title: "lapsed" });
      const done = await create({ title: "done", due_at: inHours(-1) });
      await set(mine.id, { state: "claimed", assignee_id: agentId, lease_until: inHours(1), escalated_at: inHours(0) });
      await set(lapsed.id, {
        state: "claimed",
        assignee_id: agentId,
        lease_until: inHours(-1),
        orphaned_at: inHours(0),
      });
      await set(done.id, { state: "done", assignee_id: agentId, closed_at: inHours(0), escalated_at: inHours(0) });

      const found = async (query: Record<string, string>) => (await titles(query)).toSorted();
      expect(await found({})).toEqual(["done", "due", "lapsed", "late", "mine"]);
      expect(await found({ state: "open" })).toEqual(["due", "lapsed", "late"]);
      expect(await found({ state: "claimed" })).toEqual(["mine"]);
      expect(await found({ state: "claimed,done" })).toEqual(["done", "mine"]);
      expect(await found({ assignee: "me" })).toEqual(["done", "mine"]);
      expect(await found({ assignee: String(agentId), state: "done" })).toEqual(["done"]);
      expect(await found({ assignee: "none" })).toEqual(["due", "lapsed", "late"]);
      expect(await found({ assignee: "999999999" })).toEqual([]);
      expect(await found({ category: "transport,parking" })).toEqual(["due"]);
      expect(await found({ priority: "urgent" })).toEqual(["late"]);
      expect(await found({ booking_id: "T-1" })).toEqual(["due"]);
      expect(await found({ due_before: inHours(0) })).toEqual(["done", "late"]);
      expect(await found({ due_after: inHours(0) })).toEqual(["due"]);
      expect(await found({ due_after: late.due_at ?? "", due_before: inHours(0), state: "open" })).toEqual(["late"]);
      expect(await found({ view: "overdue" })).toEqual(["late"]);
      expect(await found({ view: "escalated" })).toEqual(["mine"]);
      expect(await found({ view: "orphaned" })).toEqual(["lapsed"]);
      const [shown] = (await list({ view: "orphaned" })).items;
      expect(shown).toMatchObject({ state: "open", assignee_id: null, lease_until: null });
    });

    it("come the most pressing first or the newest first, in pages that lose and repeat none", async () => {
      const priorities = ["low", "urgent", "normal", "high"];
      for (let i = 0; i < 13; i += 1) {
        const due_at = i % 3 === 0 ? null : inHours(i % 3);
        await create({ title: `${i}`, priority: priorities[i % 4], ...(due_at && { due_at }) });
      }
      const rank = ({ priority, due_at }: Task) => [
        ["urgent", "high", "normal", "low"].indexOf(priority),
        due_at === null ? Number.POSITIVE_INFINITY : Date.parse(due_at),
      ];
      const whole = (await list({ limit: "100" })).items;
      expect(whole.map(rank)).toEqual(
        whole.map(rank).toSorted(([a = 0, b = 0], [c = 0, d = 0]) => a - c || (b > d ? 1 : b < d ? -1 : 0)),
      );
      const newest = (await list({ limit: "100", sort: "newest" })).items;
      expect(newest.map(({ title }) => Number(title))).toEqual([12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0]);

      for (const [sort, all] of [
        ["priority", whole],
        ["newest", newest],
      ] as const) {
        const paged: string[] = [];
        for (let cursor: string | null = ""; cursor !== null; ) {
          const page: Page = await list({ sort, limit: "2", ...(cursor && { cursor }) });
          paged.push(...page.items.map(({ id }) => id));
          cursor = page.next_cursor;
        }
        expect(paged).toEqual(all.map(({ id }) => id));
      }
      const { next_cursor } = await list({ limit: "1" });
      const other = kit.request(`${tasks}?sort=newest&cursor=${next_cursor}`, { as: "agent" });
      expect(await status(other)).toEqual([422, "invalid"]);
    });

    it("of other branches are nobody's to see or to change", async () => {
      const { id } = await create();
      const stranger = await createAgent(kit.database.db, [alsoOurs]);
      const path = `${tasks}/${id}`;
      const as = { as: stranger };
      for (const response of [
        kit.request(path, as),
        kit.request(`${path}/history`, as),
        kit.request(path, { ...as, method: "PATCH", json: { priority: "low" } }),
        kit.request(`${path}/claim`, { ...as, method: "PUT", json: {} }),
        kit.request(`${path}/claim?fencing_token=1`, { ...as, method: "DELETE" }),
        kit.request(`${path}/completion`, { ...as, method: "PUT", json: { fencing_token: 1 } }),
        kit.request(`${path}/cancellation`, { ...as, method: "PUT", json: {} }),
        kit.request(`${path}/cancellation`, { ...as, method: "PUT", json: { reason: "x" } }),
        kit.request("/api/v1/front-desk/task-claims", { ...as, method: "POST", json: { property_id: ours } }),
      ]) {
        expect(await refusal(response)).toEqual([404, "not_found"]);
      }
      expect((await bodyOf<Page>(kit.request(tasks, as))).items).toEqual([]);
      expect((await bodyOf<Page>(kit.request(tasks, { as: "admin" }))).items).toHaveLength(1);
      expect((await kit.request(tasks, { as: "user" })).status).toBe(403);
    });

    it("cost one query, one audit row and one query of core, however many are listed", async () => {
      const rows = Array.from({ length: 50 }, (_, i) => ({
        ...{ id: `0193f0c2-5b7e-7c31-a1f4-6d2f3b1c9e${10 + i}`, property_id: ours, title: `${i}` },
        ...{ booking_id: i % 2 ? "T-1" : "T-2", room_id: rooms[i % 2] ?? null },
      }));
      await kit.database.db.insert(receptionTasks).values(rows);
      const urls = [kit.deps.env.database.url, core.url];
      const ask = (limit: number) => list({ property_id: ours, state: "open", limit: `${limit}` });
      await ask(50); // connections are open
      for (const limit of [1, 50]) {
        const before = await Promise.all(urls.map(statementCalls));
        const page = await ask(limit);
        const after = await Promise.all(urls.map(statementCalls));
        expect(page.items.filter(({ booking }) => booking?.guest_name)).toHaveLength(limit);
        const run = after.map((calls, index) =>
          [...calls].flatMap(([text, count]) => Array(count - (before[index]?.get(text) ?? 0)).fill(text)),
        );
        const [own = [], ofCore = []] = run.map((texts) => texts.filter((text) => !text.includes("clerk_user_id")));
        expect(own.map((text) => /(?:from|into) (\w+)/.exec(text)?.[1]).sort()).toEqual([
          "audit_logs",
          "reception_tasks",
        ]);
        // Three would be one for each table of core.
        expect(ofCore).toEqual([expect.stringMatching(/public.bookings.*public.rooms/s)]);
      }
    });

    it("are told of again under their key while core is away, and no others are made", async () => {
      const send = (key: string, json: object) =>
        kit.request(tasks, { method: "POST", as: "agent", headers: { "idempotency-key": key }, json });
      const one = { property_id: ours, title: "Towels", booking_id: "T-1" };
      const made = await bodyOf<Task>(send("before", one));
      proxy.freeze();
      const again = await send("before", one);
      expect([again.status, again.headers.get("idempotency-replayed")]).toEqual([201, "true"]);
      expect((await bodyOf<Task>(again)).id).toBe(made.id);
      expect(await status(send("before", { ...one, title: "Pillows" }))).toEqual([422, "invalid"]);
      expect(await status(send("meanwhile", one))).toEqual([503, "core_unavailable"]);
      await proxy.heal();
      await expect.poll(async () => (await send("meanwhile", one)).status).toBe(201);
    });

    it("answer without guests while core is away, and go on where no text is written", async () => {
      const { id } = await create({ booking_id: "T-1" });
      proxy.freeze();
      expect(await list()).toMatchObject({ items: [{ id, booking_id: "T-1", booking: null }], degraded: ["core"] });
      expect(await bodyOf(get(id))).toMatchObject({ id, booking: null, degraded: ["core"] });
      expect(await refusal(post({ title: "x", booking_id: "T-1" }))).toEqual([503, "core_unavailable"]);
      expect(await refusal(post({ title: "x", due_local: "2031-05-02T10:00" }))).toEqual([503, "core_unavailable"]);
      expect(await refusal(patch(id, { title: "y" }))).toEqual([503, "core_unavailable"]);
      expect((await post({ title: "of no booking", due_at: inHours(1) })).status).toBe(201);
      expect((await patch(id, { priority: "urgent", is_escalated: true, due_at: inHours(1) })).status).toBe(200);
      const next = await bodyOf<Task>(
        kit.request("/api/v1/front-desk/task-claims", { method: "POST", as: "agent", json: { property_id: ours } }),
      );
      expect(next).toMatchObject({ id, state: "claimed", booking: null, degraded: ["core"] });
      const { fencing_token } = next;
      expect((await kit.request(`${tasks}/${id}/claim`, { ...put, json: { fencing_token } })).status).toBe(200);
      const note = { fencing_token, resolution: "brought" };
      expect(await refusal(kit.request(`${tasks}/${id}/completion`, { ...put, json: note }))).toEqual([
        ...[503, "core_unavailable"],
      ]);
      expect((await kit.request(`${tasks}/${id}/completion`, { ...put, json: { fencing_token } })).status).toBe(200);
    });

    it("of a booking that has vanished are shown without it, and take no text any more", async () => {
      const { id } = await create({ booking_id: "T-1" });
      await set(id, { booking_id: "T-gone", orphaned_at: inHours(0) });
      const page = await list();
      expect(page).toMatchObject({ items: [{ id, booking_id: "T-gone", booking: null }], degraded: [] });
      expect(page.items[0]?.orphaned_at).not.toBeNull();
      expect(await refusal(patch(id, { title: "y" }))).toEqual([409, "conflict"]);
      expect((await patch(id, { priority: "low" })).status).toBe(200);
    });
  });
}
