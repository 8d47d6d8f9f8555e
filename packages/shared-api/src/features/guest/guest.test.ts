import { products } from "@whitelabel/shared-config";
import { auditLogs, frontDeskEvents, guestLinks, guestRequests } from "@whitelabel/shared-db";
import { type FaultProxy, startFaultProxy, until, useApp, useOwnCore } from "@whitelabel/test-kit";
import { desc, eq } from "drizzle-orm";
import postgres from "postgres";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Problem } from "../../http/problem.ts";
import { bodyOf } from "../../test-support.ts";
import type { GuestLinkItem } from "../guest-links/schemas.ts";
import type { Space } from "../parking/schemas.ts";
import type { GuestBooking, OwnRequest, OwnReservation } from "./schemas.ts";

type Link = GuestLinkItem & { token: string; url: string };

for (const product of products) {
  const [ours = "", alsoOurs = ""] = product.development.corePropertyIds;

  describe(`${product.id}: a guest's link`, () => {
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
    type Init = NonNullable<Parameters<typeof kit.request>[1]>;

    const stay = { check_in: "2031-05-02", check_out: "2031-05-04" };
    const rows = [
      { booking_id: "H-1", row_room_id: "a", first_name: "Quillon", last_name: "Überwart", status: "confirmed" },
      { booking_id: "H-1", row_room_id: "b", first_name: "Zzyzx", last_name: "Überwart", status: "confirmed" },
      { booking_id: "H-2", row_room_id: null, first_name: "Other", last_name: "Visitor", status: "confirmed" },
      { booking_id: "H-off", row_room_id: null, first_name: "No", last_name: "Show", status: "cancelled" },
      { booking_id: "H-out", row_room_id: null, first_name: "Gone", last_name: "Home", status: "checked_out" },
      { booking_id: "H-past", row_room_id: null, first_name: "Was", last_name: "Here", status: "checked_in" },
      { booking_id: "H-else", row_room_id: null, first_name: "Else", last_name: "Where", status: "confirmed" },
    ];

    beforeAll(async () => {
      owner = postgres(core.ownerUrl, { max: 1 });
      const [guest] = await owner`select guest_id from guests limit 1`;
      const rooms = await owner`select room_id from rooms where property_id = ${ours} order by name limit 2`;
      for (const row of rows) {
        const property_id = row.booking_id === "H-else" ? alsoOurs : ours;
        const room_id = row.booking_id === "H-1" ? rooms[row.row_room_id === "a" ? 0 : 1]?.room_id : null;
        const days = row.booking_id === "H-past" ? { check_in: "2021-05-02", check_out: "2021-05-04" } : stay;
        await owner`insert into bookings ${owner({ ...row, ...days, property_id, room_id, guest_id: guest?.guest_id })}`;
      }
    });
    beforeEach(async () => {
      await owner`update bookings set status = 'confirmed', check_out = '2031-05-04' where booking_id in ('H-1', 'H-2')`;
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

    const desk = (method: string, path: string, init: Init = {}) =>
      kit.request(`/api/v1/front-desk${path}`, { as: "agent", method, ...init });
    const makeLink = (booking_id: string, init: Init = {}) => desk("POST", `/bookings/${booking_id}/guest-links`, init);
    const linkTo = (booking_id: string) => bodyOf<Link>(makeLink(booking_id));
    const as = ({ token }: Link, method = "GET", path = "/booking", init: Init = {}) =>
      kit.request(`/api/v1/guest${path}`, { as: { token }, method, ...init });
    const status = async (response: Response | Promise<Response>) => {
      const answer = await response;
      return [answer.status, (await bodyOf<Problem>(answer)).code];
    };
    const recorded = async (id: string) => {
      const { db } = kit.database;
      const logs = await db.select().from(auditLogs).where(eq(auditLogs.entity_id, id)).orderBy(auditLogs.id);
      const events = await db.select().from(frontDeskEvents).where(eq(frontDeskEvents.entity_id, id));
      return {
        logs,
        audits: logs.map(({ action }) => action),
        events: events.map(({ kind }) => kind),
      };
    };

    it("is shown once, in the fragment of an address, and its token is stored nowhere", async () => {
      const response = await makeLink("H-1");
      expect([response.status, response.headers.get("cache-control")]).toEqual([201, "no-store"]);
      const link = await bodyOf<Link>(response);
      expect(link).toMatchObject({ property_id: ours, booking_id: "H-1", is_open: true, revoked_at: null });
      expect(link.url).toBe(`${kit.deps.env.frontendUrl}/guest#${link.token}`);
      const list = await (await desk("GET", "/bookings/H-1/guest-links")).text();
      expect(list).toContain(link.id);
      const [row] = await kit.database.db.select().from(guestLinks).where(eq(guestLinks.id, link.id));
      for (const sink of [list, JSON.stringify(row), kit.lines.text()]) expect(sink).not.toContain(link.token);
      expect(await recorded(link.id)).toMatchObject({ audits: ["guest_link.created"], events: ["guest_link.created"] });
    });

    it("is the same link for the same Idempotency-Key", async () => {
      const headers = { "idempotency-key": "link-once" };
      const [first, again] = [await bodyOf<Link>(makeLink("H-1", { headers })), await makeLink("H-1", { headers })];
      expect(again.headers.get("idempotency-replayed")).toBe("true");
      expect(await bodyOf(again)).toEqual(first);
      expect(await status(makeLink("H-2", { headers }))).toEqual([422, "invalid"]);
    });

    it("ends with the day of departure on the branch's clocks", async () => {
      const [branch] = await owner`select time_zone from properties where property_id = ${ours}`;
      const local = (at: string) =>
        new Intl.DateTimeFormat("sv", { timeZone: branch?.time_zone, dateStyle: "short", timeStyle: "medium" }).format(
          new Date(at),
        );
      expect(local((await linkTo("H-1")).expires_at)).toBe("2031-05-05 00:00:00");
      // Clocks go back in Lisbon on the first of these days, in New York on the second, and never in Bangkok.
      for (const day of ["2031-10-26", "2031-11-02", "2032-03-14", "2032-03-28"]) {
        await owner`update bookings set check_out = ${day}::date where booking_id = 'H-1'`;
        const next = new Date(Date.parse(day) + 86_400_000).toISOString().slice(0, 10);
        expect(local((await linkTo("H-1")).expires_at)).toBe(`${next} 00:00:00`);
      }
    });

    it("is made for bookings of one's branches whose stay is not over", async () => {
      expect(await status(makeLink("H-none"))).toEqual([404, "not_found"]);
      expect(await status(makeLink("H-else"))).toEqual([404, "not_found"]);
      for (const id of ["H-off", "H-out", "H-past"]) expect(await status(makeLink(id)), id).toEqual([409, "conflict"]);
      expect(await status(makeLink("a%00b"))).toEqual([422, "invalid"]);
      await proxy.refuse();
      expect(await status(makeLink("H-1"))).toEqual([503, "core_unavailable"]);
    });

    it("opens that booking as core has it now, and records that it was looked at", async () => {
      const link = await linkTo("H-1");
      const response = await as(link);
      expect(response.headers.get("cache-control")).toBe("no-store");
      const booking = await bodyOf<GuestBooking>(response);
      expect(booking).toMatchObject({
        ...{ booking_id: "H-1", property_id: ours, degraded: [] },
        branch: { name: expect.any(String), time_zone: expect.any(String) },
        booking: { guest_name: "Quillon Überwart", ...stay, status: "confirmed", room_name: expect.any(String) },
      });
      expect(booking.rooms).toHaveLength(2);
      const [log] = await kit.database.db
        .select()
        .from(auditLogs)
        .where(eq(auditLogs.action, "guest_data.viewed"))
        .orderBy(desc(auditLogs.id));
      expect(log).toMatchObject({
        ...{ actor_type: "guest", actor_id: null, entity: "booking", entity_id: "H-1" },
        details: { booking_ids: ["H-1"], guest_link_id: link.id },
      });
      await proxy.refuse();
      expect(await bodyOf(as(link))).toMatchObject({ booking_id: "H-1", booking: null, rooms: [], degraded: ["core"] });
    });

    it("opens nothing else, and nobody else's token opens it", async () => {
      const link = await linkTo("H-1");
      expect(await status(desk("GET", "/parking/spaces", { as: { token: link.token } }))).toEqual([403, "forbidden"]);
      expect(await status(kit.request("/api/v1/guest/booking", { as: "admin" }))).toEqual([403, "forbidden"]);
      expect(await status(kit.request("/api/v1/guest/booking"))).toEqual([401, "unauthenticated"]);
      for (const token of [`${link.token}x`, link.token.slice(0, -1), `gl_${"A".repeat(54)}`, "gl_"]) {
        expect(await status(as({ ...link, token })), token).toEqual([401, "unauthenticated"]);
      }
    });

    it("is closed at once when it is revoked, and stays so", async () => {
      const [link, other] = [await linkTo("H-1"), await linkTo("H-1")];
      const revoke = () => desk("DELETE", `/guest-links/${link.id}`);
      expect([(await revoke()).status, (await revoke()).status]).toEqual([204, 204]);
      expect(await status(as(link))).toEqual([401, "unauthenticated"]);
      expect((await as(other)).status).toBe(200);
      expect(await recorded(link.id)).toMatchObject({
        audits: ["guest_link.created", "guest_link.revoked"],
        events: ["guest_link.created", "guest_link.revoked"],
      });
      const elsewhere = await bodyOf<Link>(makeLink("H-else", { as: "admin" }));
      expect(await status(desk("DELETE", `/guest-links/${elsewhere.id}`))).toEqual([404, "not_found"]);
      expect((await as(elsewhere)).status).toBe(200);
    });

    it("is listed for one's own bookings, and another branch's is as if there were none", async () => {
      await linkTo("H-1");
      await makeLink("H-else", { as: "admin" });
      const listed = (booking_id: string) => desk("GET", `/bookings/${booking_id}/guest-links`);
      expect(await bodyOf(listed("H-off"))).toEqual({ items: [], next_cursor: null }); // cancelled, and ours
      for (const id of ["H-else", "H-none"]) expect(await status(listed(id)), id).toEqual([404, "not_found"]);
      await proxy.refuse();
      expect((await bodyOf<{ items: unknown[] }>(listed("H-1"))).items.length).toBeGreaterThan(0);
      // Nobody can say, and both get the same answer.
      for (const id of ["H-else", "H-none"]) expect(await bodyOf(listed(id))).toEqual({ items: [], next_cursor: null });
    });

    it("dies with its stay, its booking and its time", async () => {
      const link = await linkTo("H-2");
      for (const state of ["cancelled", "checked_out"]) {
        await owner`update bookings set status = ${state} where booking_id = 'H-2'`;
        expect(await status(as(link)), state).toEqual([410, "gone"]);
        const ask = { json: { kind: "food", text: "Soup" } };
        expect(await status(as(link, "POST", "/requests", ask)), state).toEqual([410, "gone"]);
      }
      // Core has moved the booking: whoever made the link did not work there.
      await owner`update bookings set status = 'confirmed', property_id = ${alsoOurs} where booking_id = 'H-2'`;
      expect(await status(as(link))).toEqual([410, "gone"]);
      await owner`update bookings set property_id = ${ours} where booking_id = 'H-2'`;
      expect((await as(link)).status).toBe(200);
      await owner`update bookings set status = 'confirmed', check_in = '2021-01-01', check_out = '2021-01-02'
        where booking_id = 'H-2'`;
      expect(await status(as(link))).toEqual([410, "gone"]);
      await owner`update bookings set check_in = '2031-05-02', check_out = '2031-05-04' where booking_id = 'H-2'`;
      expect((await as(link)).status).toBe(200);
      const past = new Date(Date.now() - 1).toISOString();
      await kit.database.db.update(guestLinks).set({ expires_at: past }).where(eq(guestLinks.id, link.id));
      expect(await status(as(link))).toEqual([401, "unauthenticated"]);
    });

    it("lets the guest ask for things, of which only redacted text is kept", async () => {
      const link = await linkTo("H-1");
      const text = "Quillon here, towels please! Call +44 7700 900123 or ask zzyzx überwart.";
      const response = await as(link, "POST", "/requests", { json: { kind: "housekeeping", text } });
      expect([response.status, response.headers.get("etag")]).toEqual([201, '"1"']);
      const request = await bodyOf<OwnRequest>(response);
      expect(request.text).toContain("towels please!");
      expect(request.text).not.toMatch(/quillon|900123|zzyzx|überwart/i);
      const [row] = await kit.database.db.select().from(guestRequests).where(eq(guestRequests.id, request.id));
      expect(row).toMatchObject({ text: request.text, guest_link_id: link.id, created_by: null, booking_id: "H-1" });
      const { logs, ...rest } = await recorded(request.id);
      expect(rest).toEqual({ audits: ["guest_request.created"], events: ["guest_request.created"] });
      expect(JSON.stringify(logs)).not.toContain("towels");
      expect(logs[0]).toMatchObject({ actor_type: "guest", details: { guest_link_id: link.id } });

      for (const json of [
        { kind: "food", text: " " },
        { kind: "x", text: "a" },
        { kind: "food", text: "a", state: "done" },
      ]) {
        expect(await status(as(link, "POST", "/requests", { json }))).toEqual([422, "invalid"]);
      }
      await proxy.refuse();
      const again = as(link, "POST", "/requests", { json: { kind: "food", text: "Soup" } });
      expect(await status(again)).toEqual([503, "core_unavailable"]);
      const own = await bodyOf<{ items: OwnRequest[] }>(as(link, "GET", "/requests"));
      expect(own.items.map(({ id }) => id)).toEqual([request.id]);
    });

    it("keeps one guest's Idempotency-Key apart from another's", async () => {
      const [one, two] = [await linkTo("H-1"), await linkTo("H-2")];
      const init = { json: { kind: "food", text: "Soup" }, headers: { "idempotency-key": "soup" } };
      const asked = async (link: Link) => {
        const response = await as(link, "POST", "/requests", init);
        expect(response.status).toBe(201);
        return (await bodyOf<{ id: string }>(response)).id;
      };
      const ids = [await asked(one), await asked(two)];
      expect(new Set(ids).size).toBe(2);
      expect([await asked(one), await asked(two)]).toEqual(ids);
    });

    it("lets the guest withdraw what waits, and see nobody else's requests", async () => {
      const [mine, theirs] = [await linkTo("H-1"), await linkTo("H-2")];
      const ask = (link: Link) =>
        bodyOf<OwnRequest>(as(link, "POST", "/requests", { json: { kind: "amenity", text: "A pillow" } }));
      const [own, foreign] = [await ask(mine), await ask(theirs)];
      expect(await status(as(mine, "DELETE", `/requests/${foreign.id}`))).toEqual([404, "not_found"]);
      const list = await bodyOf<{ items: OwnRequest[] }>(as(mine, "GET", "/requests"));
      expect(list.items.map(({ id }) => id)).not.toContain(foreign.id);
      const withdraw = (headers = {}) => as(mine, "DELETE", `/requests/${own.id}`, { headers });
      expect(await status(withdraw({ "if-match": '"9"' }))).toEqual([412, "precondition_failed"]);
      expect([(await withdraw()).status, (await withdraw()).status]).toEqual([204, 204]);
      expect((await recorded(own.id)).audits).toEqual(["guest_request.created", "guest_request.withdrawn"]);
      const accept = desk("PATCH", `/guest-requests/${own.id}`, { json: { state: "accepted" } });
      expect(await status(accept)).toEqual([409, "conflict"]);
      await desk("PATCH", `/guest-requests/${foreign.id}`, { json: { state: "accepted" } });
      expect(await status(as(theirs, "DELETE", `/requests/${foreign.id}`))).toEqual([409, "conflict"]);
    });

    it("lets nobody fill reception's list", async () => {
      const link = await linkTo("H-2");
      const ask = () => as(link, "POST", "/requests", { json: { kind: "other", text: "Again" } });
      let answer = await ask();
      for (let asked = 1; answer.status === 201 && asked < 40; asked += 1) answer = await ask();
      expect(await status(answer)).toEqual([409, "conflict"]);
      await kit.database.db
        .update(guestRequests)
        .set({ state: "withdrawn" })
        .where(eq(guestRequests.booking_id, "H-2"));
    });

    it("lets the guest park during the stay, one space a room, and cancel", async () => {
      const [mine, theirs] = [await linkTo("H-2"), await linkTo("H-1")];
      const space = (label: string, property_id = ours) =>
        bodyOf<Space>(desk("POST", "/parking/spaces", { json: { property_id, label }, as: "admin" }));
      const [one, two, elsewhere] = [await space("G-1"), await space("G-2"), await space("G-3", alsoOurs)];
      const period = { from: "2031-05-02T15:00:00Z", to: "2031-05-04T10:00:00Z" };
      const path = "/parking/reservations";
      const reserve = (link: Link, space_id: string, json: object = {}) =>
        as(link, "POST", path, { json: { space_id, period, ...json } });
      const free = async (link: Link) => {
        const { items } = await bodyOf<{ items: Space[] }>(as(link, "GET", "/parking/availability"));
        return items.map(({ label }) => label);
      };
      expect(await free(mine)).toEqual(["G-1", "G-2"]);
      const response = await reserve(mine, one.id, { plate: "XY 99" });
      expect(response.status).toBe(201);
      const made = await bodyOf<OwnReservation>(response);
      expect(made).toMatchObject({ space_label: "G-1", state: "reserved", has_plate: true });
      expect(await free(theirs)).toEqual(["G-2"]);
      expect(await status(reserve(mine, two.id))).toEqual([409, "conflict"]);
      expect(await status(reserve(theirs, one.id))).toEqual([409, "conflict"]);
      expect(await status(reserve(theirs, elsewhere.id))).toEqual([404, "not_found"]);
      expect(await status(reserve(theirs, two.id, { booking_id: "H-2" }))).toEqual([422, "invalid"]);
      for (const wrong of [
        { from: "2031-04-29T00:00:00Z", to: "2031-05-03T00:00:00Z" },
        { from: "2031-05-03T00:00:00Z", to: "2031-05-07T00:00:00Z" },
        { from: "2021-05-03T00:00:00Z", to: "2021-05-04T00:00:00Z" },
      ]) {
        expect(await status(reserve(theirs, two.id, { period: wrong }))).toEqual([422, "invalid"]);
      }
      expect(await status(as(theirs, "DELETE", `${path}/${made.id}`))).toEqual([404, "not_found"]);
      const list = (link: Link) => bodyOf<{ items: OwnReservation[] }>(as(link, "GET", path));
      expect((await list(theirs)).items).toEqual([]);
      expect((await list(mine)).items).toMatchObject([{ id: made.id }]);
      const cancel = () => as(mine, "DELETE", `${path}/${made.id}`);
      expect([(await cancel()).status, (await cancel()).status]).toEqual([204, 204]);
      expect(await free(theirs)).toEqual(["G-1", "G-2"]);
      expect((await recorded(made.id)).logs.map(({ actor_type }) => actor_type)).toEqual(["guest", "guest"]);
      await proxy.refuse();
      expect(await status(reserve(mine, one.id))).toEqual([503, "core_unavailable"]);
      expect((await list(mine)).items).toMatchObject([{ id: made.id, state: "cancelled" }]);
    });
  });
}
