import { products } from "@whitelabel/shared-config";
import { auditLogs } from "@whitelabel/shared-db";
import { createAgent, type FaultProxy, startFaultProxy, useApp, useOwnCore } from "@whitelabel/test-kit";
import { eq, sql } from "drizzle-orm";
import postgres from "postgres";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { bodyOf } from "../../test-support.ts";
import { todayIn } from "./branch-day.ts";
import type { BookingBoard } from "./schemas.ts";

/** Far from the demo core's days, so that these bookings are the only ones. */
const day = "2031-05-02";
const guests = [
  { booking_id: "T-1", row_room_id: "T-1-a", first_name: "Quillon", last_name: "Überwart" },
  { booking_id: "T-1", row_room_id: "T-1-b", first_name: "Quillon", last_name: "Überwart" },
  { booking_id: "T-2", row_room_id: null, first_name: "สมชายทดสอบ", last_name: null },
  { booking_id: "T-3", row_room_id: null, first_name: null, last_name: "Zzyzxova" },
];
const names = ["Quillon", "Überwart", "สมชายทดสอบ", "Zzyzxova"];

for (const product of products) {
  const [ours = "", alsoOurs = ""] = product.development.corePropertyIds;
  const foreign = ["BKK-01", "LIS-01", "NYC-01"].find((id) => !product.development.corePropertyIds.includes(id)) ?? "";

  describe(`${product.id}: the front desk`, () => {
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

    beforeAll(async () => {
      owner = postgres(core.ownerUrl, { max: 1 });
      const [room] = await owner`select room_id from rooms where property_id = ${ours} and name = '101'`;
      const [guest] = await owner`select guest_id from guests limit 1`;
      for (const [index, booking] of guests.entries()) {
        const row = {
          ...booking,
          property_id: ours,
          room_id: index === 3 ? null : room?.room_id,
          guest_id: guest?.guest_id,
          check_in: day,
          check_out: "2031-05-04",
          status: "confirmed",
        };
        await owner`insert into bookings ${owner(row)}`;
      }
      const cancelled = { booking_id: "T-9", property_id: ours, guest_id: guest?.guest_id, status: "cancelled" };
      await owner`insert into bookings ${owner({ ...cancelled, check_in: day, check_out: "2031-05-04" })}`;
    });
    afterAll(async () => {
      await Promise.all([owner.end(), proxy.close()]);
    });
    beforeEach(() => kit.lines.clear());
    afterEach(() => proxy.heal());

    const board = (query: Record<string, string>, as: Parameters<typeof kit.request>[1] = { as: "agent" }) =>
      kit.request(`/api/v1/front-desk/bookings?${new URLSearchParams(query)}`, as);
    const read = (query: Record<string, string>) => bodyOf<BookingBoard>(board(query));
    const ids = ({ items }: BookingBoard) => items.map(({ booking_id }) => booking_id);
    const views = () => kit.database.db.select().from(auditLogs).where(eq(auditLogs.action, "guest_data.viewed"));

    it("shows an agent the branches assigned to them, an admin all of the product's", async () => {
      const branches = async (as: "agent" | "admin") => {
        const response = await kit.request("/api/v1/front-desk/branches", { as });
        expect(response.headers.get("cache-control")).toBe("no-store");
        return await bodyOf<{ items: { property_id: string }[]; degraded: string[]; next_cursor: null }>(response);
      };
      expect(await branches("agent")).toMatchObject({
        items: [
          { property_id: ours, name: expect.any(String), time_zone: expect.any(String), city: expect.any(String) },
        ],
        next_cursor: null,
        degraded: [],
      });
      // What core's list of the product lacks is nobody's, whoever was assigned to it once.
      const strayed = await createAgent(kit.database.db, [ours, foreign]);
      const theirs = await kit.request("/api/v1/front-desk/branches", { as: strayed });
      expect(await bodyOf(theirs)).toMatchObject({ items: [{ property_id: ours }] });
      const spaces = (property_id: string) =>
        kit.request(`/api/v1/front-desk/parking/spaces?property_id=${property_id}`, { as: strayed });
      expect([(await spaces(ours)).status, (await spaces(foreign)).status]).toEqual([200, 404]);
      const all = (await branches("admin")).items.map(({ property_id }) => property_id);
      expect(all.toSorted()).toEqual([...product.development.corePropertyIds].toSorted());
    });

    it("shows who arrives, room by room, with the names that core has now", async () => {
      const response = await board({ property_id: ours, date: day });
      expect(response.headers.get("cache-control")).toBe("no-store");
      const answer = await bodyOf<BookingBoard>(response);
      expect(answer).toMatchObject({ property_id: ours, date: day, view: "arrivals", next_cursor: null, degraded: [] });
      expect(answer.items.map(({ booking }) => booking?.guest_name)).toEqual([
        "Quillon Überwart",
        "Quillon Überwart",
        "สมชายทดสอบ",
        "Zzyzxova",
      ]);
      expect(answer.items[1]).toEqual({
        booking_id: "T-1",
        property_id: ours,
        room_id: `${ours}-101`,
        row_room_id: "T-1-b",
        booking: {
          guest_name: "Quillon Überwart",
          room_name: "101",
          room_type: "Standard",
          check_in: day,
          check_out: "2031-05-04",
          status: "confirmed",
        },
      });
      expect(answer.items[3]).toMatchObject({ room_id: null, booking: { room_name: null, room_type: null } });

      await owner`update bookings set last_name = 'Umbenannt' where booking_id = 'T-2'`;
      expect((await read({ property_id: ours, date: day })).items[2]?.booking?.guest_name).toBe("สมชายทดสอบ Umbenannt");
      await owner`update bookings set last_name = null where booking_id = 'T-2'`;
    });

    it("shows each view its own guests, and no cancelled booking", async () => {
      const at = async (date: string, view: string) => ids(await read({ property_id: ours, date, view }));
      const all = ["T-1", "T-1", "T-2", "T-3"];
      expect(await at(day, "arrivals")).toEqual(all);
      expect(await at("2031-05-03", "arrivals")).toEqual([]);
      expect(await at("2031-05-04", "departures")).toEqual(all);
      expect(await at("2031-05-03", "departures")).toEqual([]);
      expect(await at("2031-05-01", "in_house")).toEqual([]);
      expect(await at(day, "in_house")).toEqual(all);
      expect(await at("2031-05-03", "in_house")).toEqual(all);
      expect(await at("2031-05-04", "in_house")).toEqual([]);
    });

    it("means the branch's own today if no day is asked for", async () => {
      for (const property_id of [ours, alsoOurs]) {
        const [branch] = await owner`select time_zone from properties where property_id = ${property_id}`;
        const answer = await bodyOf<BookingBoard>(board({ property_id }, { as: "admin" }));
        expect(answer).toMatchObject({
          time_zone: branch?.time_zone,
          date: todayIn(branch?.time_zone),
          view: "arrivals",
        });
        const [{ count = 0 } = {}] = await owner`select count(*)::int from bookings
          where property_id = ${property_id} and check_in = ${answer.date}::date and status is distinct from 'cancelled'`;
        expect(count).toBeGreaterThan(0);
        expect(answer.items).toHaveLength(Math.min(count, 20));
      }
    });

    it("pages without losing or repeating a room", async () => {
      const seen: (string | null)[] = [];
      let cursor: string | null = "";
      do {
        const page: BookingBoard = await read({ property_id: ours, date: day, limit: "1", ...(cursor && { cursor }) });
        seen.push(...page.items.map(({ booking_id, row_room_id }) => row_room_id ?? booking_id));
        cursor = page.next_cursor;
      } while (cursor);
      expect(seen).toEqual(["T-1-a", "T-1-b", "T-2", "T-3"]);

      const { next_cursor } = await read({ property_id: ours, date: day, limit: "1" });
      const elsewhere = await board({ property_id: ours, date: "2031-05-03", cursor: next_cursor ?? "" });
      expect(elsewhere.status).toBe(422);
    });

    it("goes on with the day it began with, also when the branch's day has changed since", async () => {
      const { next_cursor } = await read({ property_id: ours, date: day, limit: "1" });
      // No date is asked for: to the branch it is another day than the cursor's.
      const page = await read({ property_id: ours, limit: "1", cursor: next_cursor ?? "" });
      expect(page).toMatchObject({ date: day, items: [{ row_room_id: "T-1-b" }] });
      const rest = await read({ property_id: ours, cursor: page.next_cursor ?? "" });
      expect([rest.date, ids(rest)]).toEqual([day, ["T-2", "T-3"]]);
      const otherView = await board({ property_id: ours, view: "departures", cursor: next_cursor ?? "" });
      expect(otherView.status).toBe(422);
    });

    it("has no branch for who does not work there", async () => {
      const notFound = async (property_id: string, as: Parameters<typeof kit.request>[1]) => {
        const response = await board({ property_id, date: day }, as);
        const { code, detail } = await bodyOf(response);
        expect([property_id, response.status, code]).toEqual([property_id, 404, "not_found"]);
        return detail;
      };
      const other = await createAgent(kit.database.db, [alsoOurs, foreign]);
      const answers = [
        await notFound(ours, { as: other }),
        await notFound(alsoOurs, { as: "agent" }),
        await notFound(foreign, { as: other }),
        await notFound(foreign, { as: "admin" }),
        await notFound("NOWHERE", { as: "admin" }),
        await notFound("' or true --", { as: "admin" }),
      ];
      expect(new Set(answers).size).toBe(1);
    });

    it("refuses days that are none, and questions that make no sense", async () => {
      const dates = [
        "2031-02-29",
        "2031-13-01",
        "today",
        "2031-5-2",
        "infinity",
        "0000-00-00",
        "0000-01-01",
        "0000-12-31",
        "2031-05-02T00:00:00Z",
        "",
      ];
      for (const date of dates) {
        const response = await board({ property_id: ours, date });
        expect([date, response.status]).toEqual([date, 422]);
      }
      const others = [
        {},
        { property_id: ours, view: "all" },
        { property_id: ours, role: "admin" },
        { property_id: "" },
      ];
      for (const query of others) expect((await board(query as Record<string, string>)).status).toBe(422);
      for (const date of ["0001-01-01", "9999-12-31"]) {
        expect(await read({ property_id: ours, date })).toMatchObject({ date, degraded: [] });
      }
      expect((await board({ property_id: "\u0000", date: day })).status).not.toBe(500);
    });

    it("records who was shown which bookings, once an answer and without a name", async () => {
      const before = (await views()).length;
      const response = await board(
        { property_id: ours, date: day },
        { as: "agent", headers: { "x-request-id": "view-0001" } },
      );
      expect(response.status).toBe(200);
      const agent = await kit.userOf("agent");
      const rows = await views();
      expect(rows).toHaveLength(before + 1);
      expect(rows.find(({ request_id }) => request_id === "view-0001")).toMatchObject({
        actor_type: "user",
        actor_id: agent.id,
        entity: "branch",
        entity_id: ours,
        details: { date: day, view: "arrivals", booking_ids: ["T-1", "T-1", "T-2", "T-3"] },
      });
      await board({ property_id: ours, date: "2031-06-01" });
      expect(await views()).toHaveLength(before + 1); // nobody was shown
    });

    it("shows nobody when that cannot be recorded", async () => {
      await kit.database.db.execute(sql.raw(`revoke insert on audit_logs from ${product.runtimeRole}`));
      const answer = await read({ property_id: ours, date: day });
      await kit.database.db.execute(sql.raw(`grant insert on audit_logs to ${product.runtimeRole}`));
      expect(answer.degraded).toEqual(["audit"]);
      expect(ids(answer)).toEqual(["T-1", "T-1", "T-2", "T-3"]);
      expect(answer.items.every(({ booking }) => booking === null)).toBe(true);
      expect((await read({ property_id: ours, date: day })).degraded).toEqual([]);
    });

    it("says that it is degraded while core says nothing, in time, and all else is served", async () => {
      await read({ property_id: ours, date: day });
      proxy.freeze();
      const started = performance.now();
      const response = await board({ property_id: ours, date: day });
      expect(performance.now() - started).toBeLessThan(3_000);
      expect(response.status).toBe(200);
      expect(await bodyOf(response)).toEqual({
        property_id: ours,
        date: day,
        view: "arrivals",
        time_zone: null,
        items: [],
        next_cursor: null,
        degraded: ["core"],
      });
      const listings = performance.now();
      expect((await kit.request("/api/v1/properties")).status).toBe(200);
      expect(performance.now() - listings).toBeLessThan(500);
      const branches = await kit.request("/api/v1/front-desk/branches", { as: "agent" });
      expect(await bodyOf(branches)).toMatchObject({
        items: [{ property_id: ours, name: null, time_zone: null, city: null }],
        degraded: ["core"],
      });
      expect((await board({ property_id: foreign, date: day })).status).toBe(404);

      await proxy.heal();
      await expect.poll(() => read({ property_id: ours, date: day }).then(ids), { timeout: 2_000 }).toHaveLength(4);
    });

    it("and while core's columns are not what they were", async () => {
      await owner`alter table bookings rename column last_name to surname`;
      const answer = await read({ property_id: ours, date: day });
      const ready = await kit.request("/api/health/ready");
      await owner`alter table bookings rename column surname to last_name`;
      expect(answer).toMatchObject({ items: [], degraded: ["core"] });
      expect(await ready.json()).toMatchObject({ status: "degraded", reasons: ["core_unavailable"] });
      expect(await (await kit.request("/api/health/ready")).json()).toMatchObject({ status: "ok" });
    });

    it("leaves no guest's name in the database or in the log", async () => {
      await read({ property_id: ours, date: day });
      proxy.cut();
      await read({ property_id: ours, date: day });
      const { rows } = { rows: await kit.database.db.execute<{ name: string }>(tableNames) };
      expect(rows.length).toBeGreaterThan(8);
      for (const { name } of rows) {
        const stored = JSON.stringify(await kit.database.db.execute(sql.raw(`select * from public.${name}`)));
        for (const guest of names) expect([name, stored.includes(guest)]).toEqual([name, false]);
      }
      for (const guest of names) expect(kit.lines.text()).not.toContain(guest);
    });
  });

  describe(`${product.id}: a deployment without front desk`, () => {
    const withoutCore = useApp(product, { core: null });
    const switchedOff = useApp(product, { env: { FRONT_DESK_ENABLED: "false" } });

    it("says that the feature is off", async () => {
      for (const kit of [withoutCore, switchedOff]) {
        for (const path of ["branches", `bookings?property_id=${ours}`]) {
          const response = await kit.request(`/api/v1/front-desk/${path}`, { as: "agent" });
          expect([response.status, (await bodyOf(response)).code]).toEqual([404, "feature_disabled"]);
        }
      }
    });
  });
}

const tableNames = sql`select quote_ident(table_name) as name from information_schema.tables where table_schema = 'public'`;
