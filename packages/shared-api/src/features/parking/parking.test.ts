import { products } from "@whitelabel/shared-config";
import { auditLogs, frontDeskEvents, parkingReservations } from "@whitelabel/shared-db";
import { type FaultProxy, startFaultProxy, until, useApp, useOwnCore } from "@whitelabel/test-kit";
import { eq, sql } from "drizzle-orm";
import postgres from "postgres";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import type { Problem } from "../../http/problem.ts";
import { bodyOf } from "../../test-support.ts";
import { plainPlate } from "./plates.ts";
import type { AvailableSpace, Reservation, Space } from "./schemas.ts";

const root = "/api/v1/front-desk/parking";
type Detail = Reservation & { booking: { guest_name: string } | null; degraded: string[] };
type Page = { items: Detail[]; next_cursor: string | null; degraded: string[] };

for (const product of products) {
  const [ours = "", alsoOurs = ""] = product.development.corePropertyIds;
  const foreign = ["BKK-01", "LIS-01", "NYC-01"].find((id) => !product.development.corePropertyIds.includes(id)) ?? "";

  describe(`${product.id}: parking`, () => {
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

    beforeAll(async () => {
      owner = postgres(core.ownerUrl, { max: 1 });
      const [guest] = await owner`select guest_id from guests limit 1`;
      const stay = { guest_id: guest?.guest_id, check_in: "2031-05-02", check_out: "2031-05-04" };
      const rows = [
        { booking_id: "P-1", property_id: ours, status: "confirmed", first_name: "Quillon", last_name: "Überwart" },
        { booking_id: "P-2", property_id: ours, status: "checked_in", first_name: "Zzyzx", last_name: null },
        { booking_id: "P-off", property_id: ours, status: "cancelled", first_name: null, last_name: null },
        { booking_id: "P-else", property_id: alsoOurs, status: "confirmed", first_name: null, last_name: null },
        { booking_id: "P-foreign", property_id: foreign, status: "confirmed", first_name: null, last_name: null },
      ];
      for (const row of rows) await owner`insert into bookings ${owner({ ...stay, ...row })}`;
    });
    afterAll(async () => {
      await Promise.all([owner.end(), proxy.close()]);
    });
    afterEach(async () => {
      await proxy.heal();
      // The breaker lets the next call through within half a second.
      await until(5_000, async () => {
        await kit.deps.core?.listBranches().catch(() => undefined);
        return kit.deps.core?.state() === "up";
      });
    });

    let count = 0;
    const ask = (method: string, path: string, init: Init = {}) =>
      kit.request(root + path, { as: "agent", method, ...init });
    const newSpace = (json: object = {}, init: Init = {}) =>
      ask("POST", "/spaces", { json: { property_id: ours, label: `S-${count++}`, ...json }, ...init });
    const space = (json: object = {}) => bodyOf<Space>(newSpace(json, { as: "admin" }));
    const period = (from: string, to: string) => ({ from: `2031-05-${from}Z`, to: `2031-05-${to}Z` });
    const usual = period("02T10:00:00", "02T12:00:00");
    const reserve = (space_id: string, json: object = {}, init: Init = {}) =>
      ask("POST", "/reservations", { json: { space_id, booking_id: "P-1", period: usual, ...json }, ...init });
    const reserved = (space_id: string, json: object = {}) => bodyOf<Detail>(reserve(space_id, json));
    const list = (query: Record<string, string>) =>
      bodyOf<Page>(ask("GET", `/reservations?${new URLSearchParams({ limit: "100", ...query })}`));
    const status = async (response: Response | Promise<Response>) => {
      const answer = await response;
      return [answer.status, (await bodyOf<Problem>(answer)).code];
    };
    const recorded = async (id: string) => {
      const { db } = kit.database;
      const logs = await db.select().from(auditLogs).where(eq(auditLogs.entity_id, id)).orderBy(auditLogs.id);
      const events = await db.select().from(frontDeskEvents).where(eq(frontDeskEvents.entity_id, id));
      const audits = logs.map(({ action }) => action).filter((action) => action !== "guest_data.viewed");
      return { audits, events: events.map(({ kind }) => kind) };
    };

    it("has the spaces of a branch, each label once", async () => {
      const response = await newSpace({ label: " P-12 ", kind: "electric" });
      expect([response.status, response.headers.get("etag")]).toEqual([201, '"1"']);
      const made = await bodyOf<Space>(response);
      expect(made).toMatchObject({ property_id: ours, label: "P-12", kind: "electric", is_active: true, version: 1 });
      expect(await status(newSpace({ label: "P-12" }))).toEqual([409, "conflict"]);
      expect(await status(newSpace({ property_id: alsoOurs }))).toEqual([404, "not_found"]);
      expect(await status(newSpace({ is_active: false }))).toEqual([422, "invalid"]);
      expect(await status(newSpace({ label: "\u200b" }))).toEqual([422, "invalid"]);

      const patch = (json: object, version?: string) =>
        ask("PATCH", `/spaces/${made.id}`, { json, ...(version && { headers: { "if-match": version } }) });
      expect(await bodyOf(patch({ is_active: false }, '"1"'))).toMatchObject({ is_active: false, version: 2 });
      expect(await status(patch({ is_active: true }, '"1"'))).toEqual([412, "precondition_failed"]);
      expect(await status(patch({}))).toEqual([422, "invalid"]);
      expect(await status(patch({ property_id: alsoOurs }))).toEqual([422, "invalid"]);
      const other = await space();
      expect(await status(ask("PATCH", `/spaces/${other.id}`, { json: { label: "P-12" } }))).toEqual([409, "conflict"]);
      const active = await bodyOf<{ items: Space[] }>(ask("GET", "/spaces?is_active=true&limit=100"));
      expect(active.items.map(({ id }) => id)).toContain(other.id);
      expect(active.items.map(({ id }) => id)).not.toContain(made.id);
      expect(await recorded(made.id)).toEqual({
        audits: ["parking_space.created", "parking_space.updated"],
        events: ["parking_space.created", "parking_space.updated"],
      });
    });

    it("keeps the spaces of a branch from agents of another", async () => {
      const { id } = await space({ property_id: alsoOurs });
      for (const [method, path] of [
        ["GET", `/spaces/${id}`],
        ["GET", `/spaces?property_id=${alsoOurs}`],
      ] as const) {
        expect(await status(ask(method, path))).toEqual([404, "not_found"]);
      }
      expect(await status(ask("PATCH", `/spaces/${id}`, { json: { is_active: false } }))).toEqual([404, "not_found"]);
      expect(await status(reserve(id))).toEqual([404, "not_found"]);
      const all = await bodyOf<{ items: Space[] }>(ask("GET", "/spaces?limit=100"));
      expect(new Set(all.items.map(({ property_id }) => property_id))).toEqual(new Set([ours]));
    });

    it("reserves a space for a booking, and stores nothing about the guest", async () => {
      const { id: space_id, label } = await space();
      const response = await reserve(space_id, { plate: "ab-123 cd" });
      expect([response.status, response.headers.get("etag")]).toEqual([201, '"1"']);
      const made = await bodyOf<Detail>(response);
      expect(made).toMatchObject({
        ...{ space_id, space_label: label, property_id: ours, booking_id: "P-1", state: "reserved" },
        period: { from: "2031-05-02T10:00:00Z", to: "2031-05-02T12:00:00Z" },
        ...{ has_plate: true, is_overstay: false, booking: { guest_name: "Quillon Überwart" }, degraded: [] },
      });
      const [row] = await kit.database.db.select().from(parkingReservations).where(eq(parkingReservations.id, made.id));
      expect(row?.plate_hmac).toMatch(/^[0-9a-f]{64}$/);
      expect(JSON.stringify([row, made])).not.toMatch(/ab-?123/i);
      expect(JSON.stringify(row)).not.toContain("Quillon");
      expect(await recorded(made.id)).toEqual({
        audits: ["parking_reservation.created"],
        events: ["parking_reservation.created"],
      });
    });

    it("never lets two have a space at one moment, and lets one begin where another ends", async () => {
      const { id } = await space();
      await reserved(id);
      for (const [from, to] of [
        ["02T10:00:00", "02T12:00:00"],
        ["02T11:59:59.999", "02T13:00:00"],
        ["02T09:00:00", "02T10:00:00.001"],
        ["01T00:00:00", "09T00:00:00"],
        ["02T10:30:00", "02T10:31:00"],
      ] as const) {
        const other = { booking_id: "P-2", period: period(from, to) };
        expect(await status(reserve(id, other)), from).toEqual([409, "conflict"]);
      }
      const before = { from: "2031-05-02T15:00:00+07:00", to: "2031-05-02T17:00:00+07:00" };
      expect((await reserve(id, { period: before })).status).toBe(201);
      expect((await reserve(id, { period: period("02T12:00:00", "02T12:00:01") })).status).toBe(201);
    });

    it("refuses periods that are reversed, empty, endless or absurd", async () => {
      const { id } = await space();
      for (const wrong of [
        period("02T12:00:00", "02T10:00:00"),
        period("02T12:00:00", "02T12:00:00"),
        { from: "2031-05-02T12:00:00+02:00", to: "2031-05-02T10:00:00Z" },
        { from: "2031-05-02T12:00:00.0001Z", to: "2031-05-02T12:00:00.0002Z" },
        { from: "2031-01-01T00:00:00Z", to: "2032-01-03T00:00:00Z" },
        { from: "9999-12-31T23:00:00Z", to: "9999-12-31T23:59:00-01:00" },
        { from: "0001-01-01T00:00:00Z", to: "0001-01-02T00:00:00Z" },
        { from: "+012031-05-02T12:00:00Z", to: "+012031-05-02T13:00:00Z" },
        { from: "2031-02-29T00:00:00Z", to: "2031-03-02T00:00:00Z" },
        { from: "2031-05-02T10:00:00", to: "2031-05-02T12:00:00" },
        { from: "-infinity", to: "infinity" },
        { from: "2031-05-02T10:00:00Z", to: "infinity" },
        { from: "2031-05-02T10:00:00Z", to: null },
        { from: "2031-05-02T10:00:00Z" },
        { ...usual, bounds: "[]" },
        "[2031-05-02,2031-05-03)",
      ]) {
        expect(await status(reserve(id, { period: wrong })), JSON.stringify(wrong)).toEqual([422, "invalid"]);
      }
      const query = new URLSearchParams({ property_id: ours, ...period("02T12:00:00", "02T10:00:00") });
      expect(await status(ask("GET", `/availability?${query}`))).toEqual([422, "invalid"]);
    });

    it("reserves for bookings of its branches that are not cancelled, and of the space's branch", async () => {
      const { id } = await space();
      for (const booking_id of ["P-else", "P-foreign", "P-none", "\u0001"]) {
        expect(await status(reserve(id, { booking_id })), booking_id).toEqual([404, "not_found"]);
      }
      expect(await status(reserve(id, { booking_id: "a\u0000b" }))).toEqual([422, "invalid"]);
      expect(await status(reserve(id, { booking_id: "P-off" }))).toEqual([409, "conflict"]);
      expect(await status(reserve(id, { booking_id: "P-else" }, { as: "admin" }))).toEqual([422, "invalid"]);
      expect(await status(reserve("0193f0c2-5b7e-7c31-a1f4-6d2f3b1c9e10"))).toEqual([404, "not_found"]);
      await ask("PATCH", `/spaces/${id}`, { json: { is_active: false } });
      expect(await status(reserve(id))).toEqual([409, "conflict"]);
    });

    it("reserves nothing while core is away, and goes on with what is reserved", async () => {
      const { id } = await space();
      const { id: known } = await reserved(id);
      await proxy.refuse();
      expect(await status(reserve(id, { period: period("03T00:00:00", "03T01:00:00") }))).toEqual([
        503,
        "core_unavailable",
      ]);
      const arrived = await bodyOf<Detail>(ask("PUT", `/reservations/${known}/arrival`));
      expect(arrived).toMatchObject({ state: "arrived", booking: null, degraded: ["core"] });
      await proxy.heal();
      expect((await list({ space_id: id })).items).toHaveLength(1);
    });

    it("makes one reservation for one Idempotency-Key", async () => {
      const { id } = await space();
      const headers = { "idempotency-key": `parking-${id}` };
      const [first, again] = [await bodyOf<Detail>(reserve(id, {}, { headers })), await reserve(id, {}, { headers })];
      expect([again.status, again.headers.get("idempotency-replayed")]).toEqual([201, "true"]);
      expect(await bodyOf<Detail>(again)).toMatchObject({ id: first.id, booking: first.booking });
      expect(await status(reserve(id, { plate: "X1" }, { headers }))).toEqual([422, "invalid"]);
      // A refusal leaves nothing behind: the key is as good as new.
      const other = { "idempotency-key": `other-${id}` };
      expect(await status(reserve(id, {}, { headers: other }))).toEqual([409, "conflict"]);
      expect(await status(reserve(id, {}, { headers: other }))).toEqual([409, "conflict"]);
    });

    it("goes from reserved to arrived to departed, each step once", async () => {
      const { id: space_id } = await space();
      const now = Date.now();
      const at = (minutes: number) => new Date(now + minutes * 60_000).toISOString();
      const { id } = await reserved(space_id, { period: { from: at(-60), to: at(60) } });
      const step = (name: string, init: Init = {}) => ask("PUT", `/reservations/${id}/${name}`, init);
      expect(await status(step("departure"))).toEqual([409, "conflict"]);
      expect(await status(step("arrival", { headers: { "if-match": '"7"' } }))).toEqual([412, "precondition_failed"]);
      expect(await bodyOf(step("arrival"))).toMatchObject({ state: "arrived", arrived_at: expect.any(String) });
      expect(await bodyOf(step("arrival"))).toMatchObject({ state: "arrived", version: 2 });
      expect(await status(ask("DELETE", `/reservations/${id}`))).toEqual([409, "conflict"]);

      const left = await bodyOf<Detail>(step("departure"));
      expect(left).toMatchObject({ state: "departed", departed_at: left.period.to });
      expect(Date.parse(left.period.to)).toBeLessThan(Date.parse(at(60)));
      expect(await status(step("arrival"))).toEqual([409, "conflict"]);
      expect((await step("departure")).status).toBe(200);
      expect(await recorded(id)).toMatchObject({
        audits: ["created", "arrived", "departed"].map((what) => `parking_reservation.${what}`),
        events: ["created", "arrived", "departed"].map((what) => `parking_reservation.${what}`),
      });
      expect((await reserve(space_id, { period: { from: at(1), to: at(60) } })).status).toBe(201);
    });

    it("lists cars that are still there though their period is over, and says when they left", async () => {
      const { id: space_id } = await space();
      const hour = 3_600_000;
      const over = {
        from: new Date(Date.now() - 2 * hour).toISOString(),
        to: new Date(Date.now() - hour).toISOString(),
      };
      const { id } = await reserved(space_id, { period: over });
      expect((await list({ overstays: "true", space_id })).items).toEqual([]);
      await ask("PUT", `/reservations/${id}/arrival`);
      expect((await list({ overstays: "true", property_id: ours })).items.map((item) => item.id)).toContain(id);
      expect((await list({ overstays: "false", space_id })).items).toEqual([]);
      expect((await list({ space_id })).items[0]).toMatchObject({ id, is_overstay: true });
      const left = await bodyOf<Detail>(ask("PUT", `/reservations/${id}/departure`));
      expect(left).toMatchObject({
        state: "departed",
        is_overstay: false,
        period: { to: over.to.replace(/0*Z$/, "Z") },
      });
      expect(Date.parse(left.departed_at ?? "")).toBeGreaterThan(Date.parse(over.to));
    });

    it("lets a car leave before its period began", async () => {
      const { id: space_id } = await space();
      const { id } = await reserved(space_id);
      await ask("PUT", `/reservations/${id}/arrival`);
      const left = await bodyOf<Detail>(ask("PUT", `/reservations/${id}/departure`));
      expect(left.period).toEqual({ from: "2031-05-02T10:00:00Z", to: "2031-05-02T10:00:00.000001Z" });
    });

    it("cancels what nobody has come for, as often as it is asked to, and frees the space", async () => {
      const { id: space_id } = await space();
      const { id } = await reserved(space_id);
      const cancel = () => ask("DELETE", `/reservations/${id}`);
      expect([(await cancel()).status, (await cancel()).status]).toEqual([204, 204]);
      expect(await bodyOf(ask("GET", `/reservations/${id}`))).toMatchObject({ state: "cancelled" });
      expect(await status(ask("PUT", `/reservations/${id}/arrival`))).toEqual([409, "conflict"]);
      expect((await reserve(space_id)).status).toBe(201);
      expect((await recorded(id)).audits).toEqual(["parking_reservation.created", "parking_reservation.cancelled"]);
    });

    it("says which spaces are free for a whole period, and where a car stands", async () => {
      const [free, taken, standing] = [await space(), await space(), await space()];
      await reserved(taken.id, { period: period("10T10:00:00", "10T12:00:00") });
      const { id } = await reserved(standing.id, { period: period("11T10:00:00", "11T12:00:00") });
      await ask("PUT", `/reservations/${id}/arrival`);
      const look = async (from: string, to: string) => {
        const query = new URLSearchParams({ property_id: ours, ...period(from, to) });
        const { items, available } = await bodyOf<{ items: AvailableSpace[]; available: number }>(
          ask("GET", `/availability?${query}`),
        );
        expect(available).toBe(items.filter(({ is_available }) => is_available).length);
        const mine = [free, taken, standing].map((one) => items.find((item) => item.id === one.id));
        return mine.map((item) => [item?.is_available, item?.is_occupied]);
      };
      expect(await look("10T11:00:00", "10T13:00:00")).toEqual([
        [true, false],
        [false, false],
        [true, true],
      ]);
      expect(await look("10T12:00:00", "11T10:00:00")).toEqual([
        [true, false],
        [true, false],
        [true, true],
      ]);
    });

    it("finds a car by its plate however it is typed, in its branch only, and prints it nowhere", async () => {
      const { id: space_id } = await space();
      const { id } = await reserved(space_id, { plate: "1กข ๑234-ＡＢ" });
      const look = (plate: string, property_id = ours) =>
        bodyOf<Page>(ask("POST", "/plate-lookups", { json: { property_id, plate }, as: "admin" }));
      for (const plate of ["1กข๑234ab", " 1กข.๑234 · aB "]) {
        expect((await look(plate)).items).toMatchObject([{ id, booking: { guest_name: "Quillon Überwart" } }]);
      }
      expect((await look("1กข๑235ab")).items).toEqual([]);
      expect((await look("1กข๑234ab", alsoOurs)).items).toEqual([]);
      const elsewhere = ask("POST", "/plate-lookups", { json: { property_id: alsoOurs, plate: "1กข๑234ab" } });
      expect(await status(elsewhere)).toEqual([404, "not_found"]);
      for (const [days, found] of [
        [29, [{ id }]],
        [31, []],
      ] as const) {
        const ended = sql`now() - make_interval(days => ${days})`;
        await kit.database.db.execute(sql`
          update parking_reservations set state = 'departed', departed_at = ${ended},
            period = tstzrange(${ended} - interval '1 hour', ${ended}) where id = ${id}`);
        expect((await look("1กข๑234ab")).items, `${days} days`).toMatchObject(found);
      }
      const wrong = ask("POST", "/plate-lookups", { json: { property_id: ours, plate: " - " } });
      expect(await status(wrong)).toEqual([422, "invalid"]);
      const logs = await kit.database.db.select().from(auditLogs);
      for (const sink of [kit.lines.text(), JSON.stringify(logs)]) expect(sink).not.toMatch(/กข/);
      expect(plainPlate("ß-ﬁ 12")).toBe("SSFI12");
    });

    it("pages in the order in which reservations begin", async () => {
      const { id: space_id } = await space();
      const starts = ["20", "18", "22", "19", "21"];
      for (const day of starts) await reserved(space_id, { period: period(`${day}T10:00:00`, `${day}T11:00:00`) });
      const seen: string[] = [];
      let cursor: string | null = null;
      do {
        const page: Page = await list({ space_id, limit: "2", ...(cursor && { cursor }) });
        seen.push(...page.items.map((item) => item.period.from.slice(8, 10)));
        cursor = page.next_cursor;
      } while (cursor);
      expect(seen).toEqual(starts.toSorted());
      const within = await list({ space_id, from: "2031-05-18T11:00:00Z", to: "2031-05-20T10:00:00Z" });
      expect(within.items.map((item) => item.period.from.slice(8, 10))).toEqual(["19"]);
    });

    it("keeps reservations from agents of another branch", async () => {
      const { id: space_id } = await space({ property_id: alsoOurs });
      const { id } = await bodyOf<Detail>(reserve(space_id, { booking_id: "P-else" }, { as: "admin" }));
      const path = `/reservations/${id}`;
      for (const [method, suffix] of [
        ["GET", ""],
        ["DELETE", ""],
        ["PUT", "/arrival"],
        ["PUT", "/departure"],
      ] as const) {
        expect(await status(ask(method, path + suffix))).toEqual([404, "not_found"]);
      }
      expect((await list({ space_id })).items).toEqual([]);
      expect(await status(ask("GET", `/reservations?property_id=${alsoOurs}`))).toEqual([404, "not_found"]);
    });

    it("records that guests are shown, and shows nobody when it cannot", async () => {
      const { id: space_id } = await space();
      await reserved(space_id);
      const { db } = kit.database;
      await db.execute(sql`revoke insert on audit_logs from ${sql.raw(product.runtimeRole)}`);
      try {
        expect(await list({ space_id })).toMatchObject({ items: [{ booking: null }], degraded: ["audit"] });
      } finally {
        await db.execute(sql`grant insert on audit_logs to ${sql.raw(product.runtimeRole)}`);
      }
      await list({ space_id });
      const logs = await db.select().from(auditLogs).where(eq(auditLogs.action, "guest_data.viewed"));
      expect(logs.at(-1)).toMatchObject({ entity: "parking_reservations", details: { booking_ids: ["P-1"] } });
    });
  });

  describe(`${product.id}: a product that lets no parking`, () => {
    const kit = useApp({ ...product, features: { ...product.features, parking: false } });

    it("says so, and offers none", async () => {
      for (const path of ["/spaces", "/reservations"]) {
        const response = await kit.request(root + path, { as: "agent" });
        expect((await bodyOf<Problem>(response)).code, path).toBe("feature_disabled");
      }
      const { features } = await bodyOf<{ features: string[] }>(kit.request("/api/v1/config"));
      expect(features).not.toContain("parking");
    });
  });
}
