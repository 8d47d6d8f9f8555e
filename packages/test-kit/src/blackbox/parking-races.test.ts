import { randomUUID } from "node:crypto";
import { parkingSpaces } from "@whitelabel/shared-db";
import postgres from "postgres";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createAgent } from "../factories/index.ts";
import { fakeClerk } from "../fake-clerk.ts";
import { isNightly, productsOfTheDay } from "../nightly.ts";
import { testEnv } from "../test-env.ts";
import { useOwnCore } from "../use-core.ts";
import { useDatabase } from "../use-database.ts";
import { startServer, type TestServer } from "../use-server.ts";

/** A small share on every change; `NIGHTLY=1` runs the whole of it. */
const clients = isNightly ? 200 : 60;
const rounds = isNightly ? 5 : 1;

type Period = Readonly<{ from: string; to: string }>;
type Answer = Readonly<{ status: number; period: Period; id: string | undefined }>;
type Shape = (client: number) => Period;

const utc = (minutes: number) => new Date(Date.parse("2031-05-02T00:00:00Z") + minutes * 60_000).toISOString();
/** The same instant as somebody in another zone writes it. */
const inOffset = (instant: string, hours: number) => {
  const local = new Date(Date.parse(instant) + hours * 3_600_000).toISOString().slice(0, 19);
  return `${local}${hours < 0 ? "-" : "+"}${String(Math.abs(hours)).padStart(2, "0")}:00`;
};
/** Hours around the one that comes twice, or never, on the clocks of a branch; each is wanted by several clients. */
const hoursAround =
  (change: string, before: number, after: number): Shape =>
  (client) => {
    const at = (hour: number) => new Date(Date.parse(change) + hour * 3_600_000).toISOString();
    const hour = (client % 6) - 3;
    const offset = (end: number) => (end + (client % 2) <= 0 ? before : after);
    return { from: inOffset(at(hour), offset(hour)), to: inOffset(at(hour + 1), offset(hour + 1)) };
  };

const shapes: Record<string, Shape> = {
  "the same period": () => ({ from: utc(0), to: utc(60) }),
  "the same period in other offsets": (client) => ({
    from: inOffset(utc(0), (client % 25) - 12),
    to: inOffset(utc(60), (client % 23) - 11),
  }),
  "periods that hold each other": (client) => ({ from: utc(-client), to: utc(60 + client) }),
  "a chain in which each overlaps its neighbours": (client) => ({ from: utc(client * 40), to: utc(client * 40 + 60) }),
  "periods that touch, each wanted by several": (client) => {
    const slot = client % 10;
    return { from: utc(slot * 60), to: utc(slot * 60 + 60) };
  },
  "periods of any length at any time": (client) => {
    const from = (client * 7919) % 600;
    return { from: utc(from), to: utc(from + 1 + ((client * 104_729) % 90)) };
  },
  "a thousandth of a second": (client) => ({
    from: new Date(Date.parse(utc(0)) + (client % 5)).toISOString(),
    to: new Date(Date.parse(utc(0)) + (client % 5) + 1).toISOString(),
  }),
  "Lisbon's hour that comes twice": hoursAround("2031-10-26T01:00:00Z", 1, 0),
  "Lisbon's hour that never comes": hoursAround("2031-03-30T01:00:00Z", 0, 1),
  "New York's hour that comes twice": hoursAround("2031-11-02T06:00:00Z", -4, -5),
  "New York's hour that never comes": hoursAround("2031-03-09T07:00:00Z", -5, -4),
};

for (const product of productsOfTheDay(1)) {
  const [property_id = ""] = product.development.corePropertyIds;

  describe(`${product.id}: ${clients} clients at once`, () => {
    const database = useDatabase(product);
    const core = useOwnCore(product);
    let api: TestServer;
    let desk: string[] = [];

    beforeAll(async () => {
      const owner = postgres(core.ownerUrl, { max: 1 });
      const [guest] = await owner`select guest_id from guests limit 1`;
      for (let index = 0; index < 20; index += 1) {
        const days = { check_in: "2031-05-01", check_out: "2031-05-20", status: "confirmed" };
        await owner`insert into bookings ${owner({ booking_id: `C-${index}`, property_id, guest_id: guest?.guest_id, ...days })}`;
      }
      await owner.end();
      api = await startServer(product, testEnv(product, { url: database.url, coreUrl: core.url }));
      await api.readiness(200);
      const staff = await Promise.all(Array.from({ length: 8 }, () => createAgent(database.db, [property_id])));
      desk = await Promise.all(staff.map(({ clerk_user_id }) => fakeClerk(product).sign({ sub: clerk_user_id })));
    });
    afterAll(() => api?.kill());

    const send = (method: string, path: string, token: string, json?: object, headers: Record<string, string> = {}) =>
      api.request(`/api/v1/${path}`, {
        method,
        headers: { authorization: `Bearer ${token}`, ...(json && { "content-type": "application/json" }), ...headers },
        ...(json && { body: JSON.stringify(json) }),
      });
    const agent = (client: number) => desk[client % desk.length] ?? "";
    const each = <T>(work: (client: number) => Promise<T>) =>
      Promise.all(Array.from({ length: clients }, (_, client) => work(client)));
    const newSpace = async () => {
      const id = randomUUID();
      await database.db.insert(parkingSpaces).values({ id, property_id, label: id });
      return id;
    };
    const reserve = async (space_id: string, period: Period, client: number): Promise<Answer> => {
      // Every third one with a key, which takes a transaction of several statements.
      const headers = client % 3 === 0 ? { "idempotency-key": randomUUID() } : {};
      const body = { space_id, booking_id: `C-${client % 20}`, period };
      const response = await send("POST", "front-desk/parking/reservations", agent(client), body, headers);
      const { id } = (await response.json()) as { id?: string };
      return { status: response.status, period, id };
    };

    for (const [name, shape] of Object.entries(shapes)) {
      it(`get a space once in each set of conflicts: ${name}`, { timeout: 60_000 }, async () => {
        for (let round = 0; round < rounds; round += 1) {
          const space_id = await newSpace();
          expectOneEach(await each((client) => reserve(space_id, shape(client), client)));
        }
      });
    }

    it("neither wait for each other nor fail while others come, leave and cancel", { timeout: 60_000 }, async () => {
      const space_id = await newSpace();
      const slot = (client: number) => ({ from: utc((client % 5) * 60), to: utc((client % 5) * 60 + 60) });
      const first = (await each((client) => reserve(space_id, slot(client), client))).filter(({ id }) => id);
      const path = (client: number) => `front-desk/parking/reservations/${first[client % first.length]?.id}`;
      const answers = await each(async (client) => {
        const token = agent(client);
        if (client % 4 === 0) return (await reserve(space_id, { from: utc(0), to: utc(300) }, client)).status;
        if (client % 4 === 1) return (await send("PUT", `${path(client)}/arrival`, token)).status;
        if (client % 4 === 2) return (await send("PUT", `${path(client)}/departure`, token)).status;
        return (await send("DELETE", path(client), token)).status;
      });
      expect(answers.filter((status) => ![200, 201, 204, 409].includes(status))).toEqual([]);
      await expectNoOverlap(space_id);
      const [statistics] = await database.owner.sql<{ deadlocks: number }>`
        select deadlocks::integer from pg_stat_database where datname = current_database()`;
      expect(statistics?.deadlocks).toBe(0);
    });

    it("are refused periods that are none, amid those that are some", { timeout: 60_000 }, async () => {
      const space_id = await newSpace();
      const wrong = [
        { from: utc(60), to: utc(0) },
        { from: utc(0), to: utc(0) },
        { from: utc(0), to: "infinity" },
      ];
      const answers = await each((client) =>
        reserve(space_id, client % 4 === 0 ? { from: utc(0), to: utc(60) } : (wrong[client % 3] as Period), client),
      );
      const count = (status: number) => answers.filter((answer) => answer.status === status).length;
      const real = answers.filter((_, client) => client % 4 === 0).length;
      expect([count(201), count(409), count(422)]).toEqual([1, real - 1, clients - real]);
    });

    it("with one guest's link reserve as many spaces as the booking has rooms", { timeout: 60_000 }, async () => {
      const link = await send("POST", "front-desk/bookings/C-2/guest-links", agent(0));
      const { token } = (await link.json()) as { token: string };
      const spaces = await Promise.all(Array.from({ length: 10 }, newSpace));
      const period = { from: "2031-05-18T10:00:00Z", to: "2031-05-19T10:00:00Z" };
      const statuses = await each(async (client) => {
        const body = { space_id: spaces[client % spaces.length], period };
        return (await send("POST", "guest/parking/reservations", token, body)).status;
      });
      const count = (status: number) => statuses.filter((one) => one === status).length;
      expect([count(201), count(409)], JSON.stringify([...new Set(statuses)])).toEqual([1, clients - 1]);
    });

    it("make one task of a request that its guest withdraws, or none", { timeout: 60_000 }, async () => {
      const link = await send("POST", "front-desk/bookings/C-1/guest-links", agent(0));
      const { token } = (await link.json()) as { token: string };
      for (let round = 0; round < 4 * rounds; round += 1) {
        const asked = await send("POST", "guest/requests", token, { kind: "food", text: "Soup" });
        const { id } = (await asked.json()) as { id: string };
        const statuses = await each(async (client) => {
          if (client % 3 === 0) return [204, (await send("DELETE", `guest/requests/${id}`, token)).status] as const;
          const state = client % 3 === 1 ? "accepted" : "declined";
          const response = await send("PATCH", `front-desk/guest-requests/${id}`, agent(client), { state });
          return [state, response.status] as const;
        });
        expect(statuses.filter(([, status]) => ![200, 204, 409].includes(status))).toEqual([]);
        const done = new Set(statuses.filter(([, status]) => status !== 409).map(([what]) => what));
        expect(done.size).toBe(1);
        const staff = statuses.filter(([what, status]) => what !== 204 && status === 200);
        const [row] = await database.owner.sql<{ state: string; tasks: number; told: number; version: number }>`
          select state, version, (select count(*)::integer from reception_tasks where guest_request_id = r.id) as tasks,
            (select count(*)::integer from front_desk_events where entity_id = r.id::text) as told
          from guest_requests r where id = ${id}`;
        expect(row).toMatchObject({ version: 2, told: 2 });
        expect([staff.length, row?.tasks]).toEqual([
          row?.state === "withdrawn" ? 0 : 1,
          row?.state === "accepted" ? 1 : 0,
        ]);
      }
    });

    async function expectNoOverlap(space_id: string): Promise<void> {
      const [row] = await database.owner.sql<{ overlaps: number }>`
        select count(*)::integer as overlaps from parking_reservations a join parking_reservations b
          on a.space_id = b.space_id and a.id < b.id and a.period && b.period
        where a.space_id = ${space_id} and a.state in ('reserved', 'arrived') and b.state in ('reserved', 'arrived')`;
      expect(row?.overlaps).toBe(0);
    }
  });
}

/** Nobody got what another one has, and nobody was refused what nobody else has. */
function expectOneEach(answers: readonly Answer[]): void {
  expect(answers.filter(({ status }) => status !== 201 && status !== 409)).toEqual([]);
  const won = answers.filter(({ status }) => status === 201);
  expect(won.length).toBeGreaterThan(0);
  for (const one of won) expect(won.filter((other) => other !== one && overlap(one, other))).toEqual([]);
  for (const one of answers.filter(({ status }) => status === 409)) {
    expect(
      won.some((other) => overlap(one, other)),
      JSON.stringify(one.period),
    ).toBe(true);
  }
}

function overlap({ period: a }: Answer, { period: b }: Answer): boolean {
  return Date.parse(a.from) < Date.parse(b.to) && Date.parse(b.from) < Date.parse(a.to);
}
