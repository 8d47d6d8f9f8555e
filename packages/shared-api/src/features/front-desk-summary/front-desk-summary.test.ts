import { products } from "@whitelabel/shared-config";
import { auditLogs } from "@whitelabel/shared-db";
import { type FaultProxy, startFaultProxy, useApp, useOwnCore } from "@whitelabel/test-kit";
import { eq } from "drizzle-orm";
import postgres from "postgres";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { bodyOf } from "../../test-support.ts";
import { todayIn } from "../front-desk/branch-day.ts";
import type { BookingWithState } from "./booking-schemas.ts";
import type { Summary } from "./schemas.ts";

for (const product of products) {
  const [ours = "", alsoOurs = ""] = product.development.corePropertyIds;

  describe(`${product.id}: the shift at a glance`, () => {
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
    const query = (text: string, params: unknown[] = []) => kit.database.owner.query<{ id: string }>(text, params);
    const summary = (date?: string) =>
      bodyOf<Summary>(
        kit.request(`/api/v1/front-desk/summary?property_id=${ours}${date ? `&date=${date}` : ""}`, { as: "agent" }),
      );
    const booking = (id: string) => kit.request(`/api/v1/front-desk/bookings/${id}`, { as: "agent" });
    const task = (columns: string, values: string, property_id = ours) =>
      query(
        `insert into reception_tasks (id, property_id, title, ${columns})
        values (gen_random_uuid(), $1, 'Towels', ${values})`,
        [property_id],
      );

    beforeAll(async () => {
      owner = postgres(core.ownerUrl, { max: 1 });
      await owner`delete from reception_notifications where property_id = ${ours}`;
      await owner`
        insert into reception_notifications (notification_id, property_id, kind, created_at)
        select 's' || n, ${ours}, 'shift_report', now() from generate_series(1, 3) as n`;
      const book = (id: string, row: string | null, from: string, to: string, status: string, branch = ours) => owner`
        insert into bookings
          (booking_id, row_room_id, property_id, guest_id, first_name, last_name, check_in, check_out, status)
        select ${id}, ${row}, ${branch}, guest_id, 'Quillon', 'Überwart', ${from}, ${to}, ${status} from guests limit 1`;
      await book("S-1", "a", "2031-05-02", "2031-05-04", "confirmed");
      await book("S-1", "b", "2031-05-02", "2031-05-04", "confirmed");
      await book("S-2", null, "2031-05-01", "2031-05-02", "checked_in");
      await book("S-3", null, "2031-05-02", "2031-05-03", "cancelled");
      await book("S-4", null, "2031-05-09", "2031-05-10", "confirmed");
      await book("S-9", null, "2031-05-02", "2031-05-03", "confirmed", alsoOurs);

      await owner`update properties set time_zone = 'Europe/Lisbon' where property_id = ${ours}`;
      // The day on which Lisbon has the hour from one to two twice.
      const at = (time: string) => `timestamptz '2031-10-26 ${time}'`;
      await task("created_at", at("00:00:00+01"));
      await task("created_at, due_at", `${at("01:30:00+01")}, now() - interval '1 minute'`);
      await task("created_at, escalated_at", `${at("01:30:00+00")}, now()`);
      await task(
        "created_at, state, closed_at",
        `${at("00:00:00+01")} - interval '1 ms', 'done', ${at("23:59:59+00")}`,
      );
      await task(
        "created_at, state, closed_at",
        `${at("23:59:59+00")} + interval '1 s', 'cancelled', ${at("05:00+00")}`,
      );
      await task("created_at, booking_id", `${at("12:00:00+00")}, 'S-1'`, alsoOurs);
      await task("booking_id, created_at", "'S-1', '2020-01-01'");

      const [space] = await query(
        "insert into parking_spaces (id, property_id, label) values (gen_random_uuid(), $1, 'P-1') returning id",
        [ours],
      );
      await query(
        `insert into parking_reservations (id, space_id, property_id, booking_id, period, state)
        values (gen_random_uuid(), $1, $2, 'S-1', '[2031-05-02 12:00+00,2031-05-03 12:00+00)', 'arrived')`,
        [space?.id, ours],
      );
      await query(
        `insert into guest_requests (id, property_id, booking_id, kind, text)
        values (gen_random_uuid(), $1, 'S-1', 'other', 'More towels')`,
        [ours],
      );
      await query(
        `insert into guest_links (id, property_id, booking_id, expires_at)
        values (gen_random_uuid(), $1, 'S-gone', '2031-05-03')`,
        [ours],
      );
      await query("insert into notification_receipts (notification_id, property_id) values ('s1', $1)", [ours]);
    });
    afterAll(async () => {
      await Promise.all([owner.end(), proxy.close()]);
    });
    afterEach(() => proxy.heal());

    it("counts what comes, goes and stays, what is open, and whose turn it is", async () => {
      const answer = await summary("2031-05-02");
      expect(answer).toMatchObject({
        ...{ property_id: ours, date: "2031-05-02", time_zone: "Europe/Lisbon" },
        ...{ arrivals: 2, departures: 1, in_house: 2, unread_notifications: 2 },
        ...{ open_tasks: 4, overdue_tasks: 1, escalated_tasks: 1, requests_waiting: 1 },
        ...{ parking_in_use: 1, parking_spaces: 1, degraded: [] },
      });
      expect(answer.rooms_by_day).toHaveLength(15);
      expect(
        answer.rooms_by_day?.filter(({ arrivals, departures, in_house }) => arrivals + departures + in_house),
      ).toEqual([
        { date: "2031-05-01", arrivals: 1, departures: 0, in_house: 1 },
        { date: "2031-05-02", arrivals: 2, departures: 1, in_house: 2 },
        { date: "2031-05-03", arrivals: 0, departures: 0, in_house: 2 },
        { date: "2031-05-04", arrivals: 0, departures: 2, in_house: 0 },
        { date: "2031-05-09", arrivals: 1, departures: 0, in_house: 1 },
      ]);
    });

    it("counts tasks by the hours of the branch's day, all 25 of it", async () => {
      const { tasks_by_hour } = await summary("2031-10-26");
      expect(tasks_by_hour).toHaveLength(25);
      expect(
        tasks_by_hour?.flatMap(({ created, completed }, hour) =>
          created + completed ? [[hour, created, completed]] : [],
        ),
      ).toEqual([
        [0, 1, 0],
        [1, 1, 0],
        [2, 1, 0], // the same half past one, an hour later
        [24, 0, 1],
      ]);
      expect(tasks_by_hour?.[0]?.starts_at).toBe("2031-10-25T23:00:00.000Z");
      expect((await summary("2031-03-30")).tasks_by_hour).toHaveLength(23);
      expect((await summary("2031-10-27")).tasks_by_hour?.[0]).toMatchObject({ created: 1, completed: 0 });
    });

    it("means the branch's own today if no day is asked for, and takes no day out of reach", async () => {
      expect((await summary()).date).toBe(todayIn("Europe/Lisbon"));
      for (const [date, status] of [
        ["1970-01-01", 200],
        ["2999-12-31", 200],
        ["1969-12-31", 422],
        ["9999-12-31", 422],
        ["2031-02-29", 422],
      ] as const) {
        const path = `/api/v1/front-desk/summary?property_id=${ours}&date=${date}`;
        expect([date, (await kit.request(path, { as: "agent" })).status]).toEqual([date, status]);
      }
      const other = await kit.request(`/api/v1/front-desk/summary?property_id=${alsoOurs}`, { as: "agent" });
      expect(other.status).toBe(404);
    });

    it("shows a booking with all its rooms and what we keep of it, and records that", async () => {
      const answer = await bodyOf<BookingWithState>(booking("S-1"));
      expect(answer).toMatchObject({
        booking_id: "S-1",
        property_id: ours,
        rooms: [
          { row_room_id: "a", booking: { guest_name: "Quillon Überwart", check_in: "2031-05-02" } },
          { row_room_id: "b", booking: { guest_name: "Quillon Überwart" } },
        ],
        tasks: [{ title: "Towels", state: "open", orphaned_at: null }],
        guest_requests: [{ text: "More towels", state: "waiting" }],
        parking_reservations: [
          { label: "P-1", from: "2031-05-02T12:00:00Z", to: "2031-05-03T12:00:00Z", state: "arrived" },
        ],
        guest_links: [],
        degraded: [],
      });
      const views = await kit.database.db.select().from(auditLogs).where(eq(auditLogs.action, "guest_data.viewed"));
      expect(views).toMatchObject([{ entity: "booking", entity_id: "S-1", details: { booking_ids: ["S-1"] } }]);
    });

    it("shows one that core does not have any more while something of ours is left of it, and no other", async () => {
      const gone = await bodyOf<BookingWithState>(booking("S-gone"));
      expect(gone).toMatchObject({ property_id: ours, rooms: [], guest_links: [{ is_open: true }], degraded: [] });
      for (const id of ["S-9", "nothing", "%00"]) expect([404, 422]).toContain((await booking(id)).status);
    });

    it("says what it can while core is away", async () => {
      proxy.cut();
      await proxy.refuse();
      expect(await summary()).toEqual({
        ...{ property_id: ours, date: null, time_zone: null },
        ...{ arrivals: null, departures: null, in_house: null, unread_notifications: null },
        ...{ open_tasks: 4, overdue_tasks: 1, escalated_tasks: 1, requests_waiting: 1 },
        ...{ parking_in_use: 1, parking_spaces: 1, tasks_by_hour: null, rooms_by_day: null, degraded: ["core"] },
      });
      const answer = await bodyOf<BookingWithState>(booking("S-1"));
      expect(answer).toMatchObject({ property_id: ours, rooms: [], tasks: [{ title: "Towels" }], degraded: ["core"] });
      expect(await bodyOf(booking("S-9"))).toMatchObject({ property_id: null, tasks: [], degraded: ["core"] });
    });
  });
}
