import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { asSuperuser } from "../copy-database.ts";
import { dumpDatabase } from "../dump-database.ts";
import { type FaultProxy, startFaultProxy } from "../fault-proxy.ts";
import { productsOfTheDay } from "../nightly.ts";
import type { Input } from "../openapi/build-request.ts";
import type { Answer } from "../openapi/check-answers.ts";
import { callerFor, inputFor } from "../openapi/fixtures.ts";
import { useApi } from "../openapi/use-api.ts";
import { useOwnCore } from "../use-core.ts";
import { until } from "../use-server.ts";

/** What is about rows of ours alone, and so goes on whatever core does. */
const goesOn = [
  "claimNextTask",
  "claimTask",
  "releaseTask",
  "completeTask",
  "cancelTask",
  "arriveAtParking",
  "departFromParking",
  "cancelParkingReservation",
  "cancelOwnParkingReservation",
  "withdrawOwnRequest",
  "updateParkingSpace",
  "listTasks",
  "getTask",
  "listGuestRequests",
  "listOwnRequests",
  "listParkingReservations",
  "listParkingSpaces",
  "revokeGuestLink",
];
/** What names a booking that is new to us, or brings text that must be checked against its names. */
const refused = [
  "createTask",
  "createGuestRequest",
  "createOwnRequest",
  "createGuestLink",
  "createParkingReservation",
  "createOwnParkingReservation",
  "updateTask",
];

/** What shows guests. */
const shown = [
  "listFrontDeskBookings",
  "getFrontDeskBooking",
  "listTasks",
  "listNotifications",
  "listGuestRequests",
  "getGuestRequest",
  "listParkingReservations",
  "getParkingReservation",
  "getOwnBooking",
];

for (const product of productsOfTheDay(0))
  describe(`${product.id}: while core`, () => {
    const core = useOwnCore(product);
    let proxy: FaultProxy;
    const api = useApi(product, {
      core,
      through: async ({ url, coreUrl = "" }) => {
        proxy = await startFaultProxy(coreUrl);
        return { url, coreUrl: proxy.url };
      },
    });
    afterAll(() => proxy?.close());

    const alter = (change: string) => asSuperuser(core.ownerUrl, (sql) => sql.unsafe(`alter table bookings ${change}`));
    const asOwner = (change: string) => api.kit.database.owner.query(change);
    const faults: Record<string, { begin(): unknown; end(): unknown }> = {
      "is frozen": { begin: () => proxy.freeze(), end: () => proxy.heal() },
      "is killed": { begin: () => proxy.refuse(), end: () => proxy.heal() },
      "is too slow": { begin: () => proxy.delay(5_000), end: () => proxy.heal().then(() => proxy.cut()) },
      "has a renamed column": {
        begin: () => alter("rename status to state"),
        end: () => alter("rename state to status"),
      },
    };

    const isOfFrontDesk = ({ path }: { path: string }) => /\/front-desk\/|\/guest\//.test(path);
    let inputs: Map<string, Input>;
    let known: { id: string; booking_id: string }[];

    beforeAll(async () => {
      const { stay, branch } = api.world;
      const task = await api.sendTo(
        "createTask",
        { json: { property_id: branch, booking_id: stay.booking_id, title: "Towels" } },
        "admin",
      );
      known = [task.json as (typeof known)[number]];
    });

    /** What each operation is asked, with rows of ours that are there. */
    async function prepare(): Promise<Map<string, Input>> {
      const made = new Map<string, Input>();
      // A guest's own places come first: making room for them takes all others of the booking away.
      const own = ["cancelOwnParkingReservation", "createOwnParkingReservation"];
      const rank = ({ id }: { id: string }) => -own.indexOf(id);
      for (const operation of api.operations.filter(isOfFrontDesk).sort((one, other) => rank(one) - rank(other)))
        made.set(operation.id, await inputFor(operation, api.world));
      const [task] = known;
      const text = { details: "Two, after 16:00." };
      made.set("createTask", {
        json: { property_id: api.world.branch, booking_id: api.world.stay.booking_id, title: "A cot" },
      });
      made.set("updateTask", { params: { id: task?.id }, json: text });
      const completion = made.get("completeTask")?.json as { fencing_token: number } | undefined;
      if (completion)
        made.set("completeTask", { ...made.get("completeTask"), json: { fencing_token: completion.fencing_token } });
      made.set("cancelTask", { ...made.get("cancelTask"), json: {} });
      return made;
    }

    async function ask(id: string): Promise<Answer & { id: string; ms: number }> {
      const operation = api.operations.find((one) => one.id === id);
      if (!operation) throw new Error(`There is no operation ${id}`);
      const started = performance.now();
      const answer = await api.send(operation, inputs.get(id) ?? {}, callerFor(operation));
      return { ...answer, id, ms: performance.now() - started };
    }

    it.each(Object.keys(faults))(
      "%s, lists answer without guests, our own rows go on, and nothing unchecked is stored",
      async (name) => {
        const fault = faults[name] as (typeof faults)[string];
        inputs = await prepare();
        expect([...goesOn, ...refused].filter((id) => !inputs.has(id))).toEqual([]);
        const others = [...inputs.keys()].filter((id) => !refused.includes(id) && !/stream|Events/i.test(id));
        await fault.begin();
        try {
          const before = rowsOf(await dumpDatabase(api.kit.database.migrationUrl));
          const refusals = Promise.all(refused.map(ask));
          // At the same time, for what hangs at core must keep nobody else waiting.
          const elsewhere = await Promise.all(["listProperties", "getMe", "listParkingSpaces"].map(ask));
          for (const { id, status, ms } of elsewhere) {
            expect([id, status]).toEqual([id, 200]);
            expect(ms, id).toBeLessThan(1_000);
          }
          expect(
            (await refusals).map(({ id, status, json }) => [id, status, (json as { code?: string }).code]),
          ).toEqual(refused.map((id) => [id, 503, "core_unavailable"]));
          for (const { id, ms } of await refusals) expect(ms, id).toBeLessThan(3_000);
          expect(rowsOf(await dumpDatabase(api.kit.database.migrationUrl))).toEqual(before);

          for (const { id, status, text, json, ms } of await Promise.all(others.map(ask))) {
            expect(ms, id).toBeLessThan(3_000);
            if (goesOn.includes(id)) expect([id, status < 300 || text]).toEqual([id, true]);
            else if (status >= 500) expect([id, (json as { code?: string }).code]).toEqual([id, "core_unavailable"]);
            expectNoGuest(id, json, "core");
          }
        } finally {
          await fault.end();
        }
        await until(5_000, async () => degradedOf((await ask("listTasks")).json).length === 0);
        expect(guestsIn((await ask("listTasks")).json).length).toBeGreaterThan(0);
      },
      60_000,
    );

    it("is there, and who looked cannot be recorded: nobody is shown, on any route", async () => {
      inputs = await prepare();
      await asOwner(`create function refuse_views() returns trigger language plpgsql as $$ begin
        if new.action = 'guest_data.viewed' then raise 'no space left' using errcode = '53100'; end if;
        return new; end $$`);
      await asOwner(
        "create trigger refuse_views before insert on audit_logs for each row execute function refuse_views()",
      );
      try {
        const hidden: string[] = [];
        for (const id of [...inputs.keys()].filter((one) => !/stream|Events/i.test(one))) {
          const { status, json, text } = await ask(id);
          expect([id, status < 500 || text]).toEqual([id, true]);
          expectNoGuest(id, json, "audit");
          if (degradedOf(json).includes("audit")) hidden.push(id);
        }
        expect(hidden).toEqual(expect.arrayContaining(shown));
      } finally {
        await asOwner("drop trigger refuse_views on audit_logs");
      }
      expect(guestsIn((await ask("listTasks")).json).length).toBeGreaterThan(0);
    });

    it("no longer has a booking, its rows are shown without it and take no text, and nothing new is made for it", async () => {
      inputs = await prepare();
      const { booking_id } = api.world.stay;
      await asSuperuser(core.ownerUrl, (sql) => sql`delete from bookings where booking_id = ${booking_id}`);

      for (const { id, status, json, text } of await Promise.all(goesOn.filter((one) => inputs.has(one)).map(ask))) {
        expect([id, status < 300 || text]).toEqual([id, true]);
        expect([id, degradedOf(json)]).toEqual([id, []]);
      }
      for (const { id, status, text } of await Promise.all(refused.map(ask)))
        expect([id, status, text]).toEqual([id, expect.toSatisfy((code: number) => code >= 404 && code < 500), text]);
      const shown = await api.sendTo("getTask", { params: { id: known[0]?.id } }, "agent");
      expect(shown).toMatchObject({ status: 200, json: { booking_id, booking: null, degraded: [] } });
    });

    function expectNoGuest(id: string, json: unknown, reason: string) {
      const degraded = degradedOf(json);
      if (degraded.length > 0) expect([id, degraded]).toEqual([id, [reason]]);
      expect([id, guestsIn(json)]).toEqual([id, []]);
    }
  });

/** Rows of every table but those that record who asked, and keep the API's own work going. */
const rowsOf = (dump: string) => {
  const tables = dump.split(/\n(?=public\.\w+: \d+)/);
  return tables.filter((table) => !/^public\.(audit_logs|job_leases)/.test(table));
};

const degradedOf = (json: unknown) => (json as { degraded?: string[] } | undefined)?.degraded ?? [];

/** Every guest's name in an answer, however deep. */
function guestsIn(json: unknown): unknown[] {
  if (typeof json !== "object" || json === null) return [];
  return Object.entries(json).flatMap(([name, value]) => (name === "guest_name" && value ? [value] : guestsIn(value)));
}
