import { openPool, type Pool } from "@whitelabel/resilience/postgres";
import { type Server, startThrowawayPostgres } from "@whitelabel/test-kit";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Core, type CoreOptions, coreGrantsSql, openCore } from "./index.ts";
import { smallCore } from "./testing/small-core.ts";

let server: Server;
let admin: Pool;
const log: string[] = [];
const opened: Core[] = [];

/** A client for one test; all are closed at the end. */
function open(options: Partial<CoreOptions> = {}): Core {
  const url = server.url("reader", "reader", "core");
  const core = openCore({ url, propertyIds: "*", applicationName: "core-test", ...options });
  opened.push(core);
  return core;
}

async function adminOf(database: string): Promise<Pool> {
  return openPool({ store: "core", url: server.superuserUrl.replace(/postgres$/, database), max: 1 });
}

async function run(pool: Pool, script: string): Promise<void> {
  await pool.query(`do $run$ begin execute $script$${script}$script$; end $run$`);
}

/** What the server logged since the last call: all of it, for its log is a pipe and lags behind. */
async function loggedSince(): Promise<string[]> {
  const mark = `mark ${performance.now()}`;
  await admin.query(`select '${mark}'`);
  await expect.poll(() => log.some((line) => line.includes(mark))).toBe(true);
  return log.splice(0).filter((line) => !line.includes(mark));
}

beforeAll(async () => {
  server = await startThrowawayPostgres({ settings: { log_statement: "all" }, onLog: (line) => log.push(line) });
  const first = await adminOf("postgres");
  await first.query("create database core");
  await first.query("create role reader login password 'reader'");
  await first.close();
  admin = await adminOf("core");
  await run(admin, smallCore);
  await run(admin, coreGrantsSql("reader").replaceAll("$$", "$grants$"));
});
afterAll(async () => {
  await Promise.all(opened.map((core) => core.close()));
  await admin?.close();
  await server?.stop();
});

const ids = (rows: readonly { booking_id: string; row_room_id: string | null }[]) =>
  rows.map(({ booking_id, row_room_id }) => (row_room_id ? `${booking_id}/${row_room_id}` : booking_id));

const of1 = (
  ...[booking_id, room_id, row_room_id, check_in, check_out, status, room_name, room_type]: (string | null)[]
) => ({
  ...{ booking_id, property_id: "A", room_id, row_room_id, check_in, check_out, status, room_name, room_type },
});

describe("bookings of a day", () => {
  const day = "2026-11-21";

  it("arrive on it, whatever their status says but cancelled", async () => {
    expect(ids(await open().listBookings({ property_id: "A", day, view: "arrivals" }))).toEqual(["comes", "odd"]);
  });

  it("depart on it", async () => {
    expect(ids(await open().listBookings({ property_id: "A", day, view: "departures" }))).toEqual(["leaves"]);
  });

  it("are in house from the day they come until the day before they leave", async () => {
    const core = open();
    const inHouse = async (on: string) => ids(await core.listBookings({ property_id: "A", day: on, view: "in_house" }));
    expect(await inHouse("2026-11-20")).toEqual(["leaves", "family/r1", "family/r2"]);
    expect(await inHouse("2026-11-21")).toEqual(["family/r1", "family/r2", "comes", "odd"]);
    expect(await inHouse("2026-11-24")).toEqual([]);
  });

  it("come in pages that lose and repeat nothing, also between the rooms of one booking", async () => {
    const core = open();
    const of = { property_id: "A", day, view: "in_house" } as const;
    const seen: string[] = [];
    for (let page = await core.listBookings(of, { limit: 1 }); page[0]; ) {
      seen.push(...ids(page));
      page = await core.listBookings(of, { limit: 1, after: page[0] });
    }
    expect(seen).toEqual(ids(await core.listBookings(of)));
  });

  it("come with their rooms and the branch's time zone, the same ones in the same pages", async () => {
    const core = open();
    const of = { property_id: "A", day, view: "in_house" } as const;
    const board = await core.findBoard(of);
    expect(board?.time_zone).toBe("Asia/Bangkok");
    expect(board?.items.map(({ guest_name, ...item }) => [guest_name.reveal(), item])).toEqual([
      ["สมชาย ใจดี", of1("family", "A-1", "r1", "2026-11-20", "2026-11-22", "no_show", "101", "single")],
      ["สมชาย ใจดี", of1("family", "A-2", "r2", "2026-11-20", "2026-11-22", "no_show", "102", "double")],
      ["Žofie Nováková", of1("comes", "A-1", null, day, "2026-11-24", "confirmed", "101", "single")],
      ["Sukarno", of1("odd", null, null, day, "2026-11-22", "unknown", null, null)],
    ]);
    for (const view of ["arrivals", "departures", "in_house"] as const) {
      const seen: string[] = [];
      for (let page = await core.findBoard({ ...of, view }, { limit: 1 }); page?.items[0]; ) {
        seen.push(...ids(page.items));
        page = await core.findBoard({ ...of, view }, { limit: 1, after: page.items[0] });
      }
      expect(seen).toEqual(ids(await core.listBookings({ ...of, view })));
    }
    expect(JSON.stringify(board)).not.toMatch(/Žofie|Sukarno/);
  });

  it("are none on a day without any, and of no branch that is not there or not the product's", async () => {
    const of = { property_id: "A", day: "2027-01-01", view: "in_house" } as const;
    expect(await open().findBoard(of)).toEqual({ time_zone: "Asia/Bangkok", items: [] });
    expect(await open().findBoard({ ...of, property_id: "C" })).toBeUndefined();
    expect(await open({ propertyIds: ["B"] }).findBoard({ ...of, day })).toBeUndefined();
  });

  it("carry the guest's name, trimmed, with whichever parts there are", async () => {
    const found = await open().findBookings(["comes", "odd", "late", "family"]);
    const names = Object.fromEntries([...found].map(([id, booking]) => [id, booking.guest_name.reveal()]));
    expect(names).toEqual({ comes: "Žofie Nováková", odd: "Sukarno", late: "", family: "สมชาย ใจดี" });
    expect(found.get("comes")?.first_name.reveal()).toBe("Žofie");
  });

  it("give all of their rooms, in order", async () => {
    const core = open();
    expect(ids(await core.listBookingRooms("family"))).toEqual(["family/r1", "family/r2"]);
    expect(ids(await core.listBookingRooms("comes"))).toEqual(["comes"]);
    expect(await core.listBookingRooms("nothing")).toEqual([]);
    expect(await open({ propertyIds: ["A"] }).listBookingRooms("far")).toEqual([]);
  });

  it("print nothing of the guest", async () => {
    const booking = await open().findBooking("comes");
    expect(JSON.parse(JSON.stringify(booking))).toEqual({
      booking_id: "comes",
      property_id: "A",
      room_id: "A-1",
      row_room_id: null,
      guest_name: "[redacted]",
      first_name: "[redacted]",
      last_name: "[redacted]",
      check_in: "2026-11-21",
      check_out: "2026-11-24",
      status: "confirmed",
    });
  });

  it("have a status even if core says none", async () => {
    expect((await open().findBooking("odd"))?.status).toBe("unknown");
  });
});

describe("a product's branches", () => {
  const everything = async (core: Core) => ({
    branches: (await core.listBranches()).map(({ property_id }) => property_id),
    branch: (await core.findBranch("B"))?.property_id,
    rooms: (await core.listRooms("B")).length,
    room: (await core.findRooms(["B-1", "A-1"])).size,
    bookings: (await core.listBookings({ property_id: "B", day: "2026-11-21", view: "arrivals" })).length,
    booking: (await core.findBooking("far"))?.booking_id,
    found: [...(await core.findBookings(["far", "comes"])).keys()].sort(),
    notifications: (await core.listNotifications("B")).length,
    notification: (await core.findNotifications(["n4", "n1"])).size,
  });

  it("are all of core's for *", async () => {
    expect(await everything(open())).toEqual({
      branches: ["A", "B"],
      branch: "B",
      rooms: 1,
      room: 2,
      bookings: 1,
      booking: "far",
      found: ["comes", "far"],
      notifications: 1,
      notification: 2,
    });
  });

  it("hide everything of any other branch", async () => {
    expect(await everything(open({ propertyIds: ["A"] }))).toEqual({
      branches: ["A"],
      branch: undefined,
      rooms: 0,
      room: 1,
      bookings: 0,
      booking: undefined,
      found: ["comes"],
      notifications: 0,
      notification: 1,
    });
    expect((await open({ propertyIds: [] }).listBranches()).length).toBe(0);
  });
});

describe("offers and notifications", () => {
  it("list a range of days, its end not included", async () => {
    const offers = await open().listRoomOffers({ property_id: "A", from: "2026-11-21", to: "2026-11-23" });
    expect(offers.map(({ date, available, price }) => [date, available, price])).toEqual([
      ["2026-11-21", 1, "1234.50"],
      ["2026-11-22", 1, "1234.50"],
    ]);
  });

  it("list the newest first, in pages that hold microseconds apart", async () => {
    const core = open();
    const [first] = await core.listNotifications("A", { limit: 1 });
    const rest = await core.listNotifications("A", first ? { after: first } : {});
    expect([first, ...rest].map((notification) => notification?.notification_id)).toEqual(["n3", "n2", "n1"]);
    expect(rest[0]?.booking_id).toBeNull();
    expect(first?.created_at).toBe("2026-11-20T09:00:00.000002Z");
  });
});

describe("new notifications", () => {
  const ids = async (core: Core, seen_until: string, more = {}) => {
    const found = await core.listNewNotifications({ seen_until, minutes: 10, limit: 10, ...more });
    return found.map(({ notification_id }) => notification_id);
  };

  it("are of all our branches, the oldest first, from some minutes before what was read", async () => {
    expect(await ids(open(), "2026-11-20T09:10:00.000002Z")).toEqual(["n2", "n3", "n4"]);
    expect(await ids(open({ propertyIds: ["A"] }), "2026-11-20T09:10:00Z")).toEqual(["n1", "n2", "n3"]);
    const [first] = await open().listNewNotifications({ seen_until: "2026-11-20T09:00:00Z", minutes: 10, limit: 1 });
    expect(first?.notification_id).toBe("n1");
    expect(await ids(open(), "2026-11-20T09:00:00Z", { after: first, limit: 2 })).toEqual(["n2", "n3"]);
  });

  it("are never of a time that core has not reached", async () => {
    await run(admin, "insert into reception_notifications values ('now', 'A', null, 'note', now())");
    expect(await ids(open(), "2099-01-01T00:00:00Z")).toEqual(["now"]);
    await run(admin, "delete from reception_notifications where notification_id = 'now'");
  });
});

describe("counts and states of bookings", () => {
  it("count the rooms of each day as the board lists them", async () => {
    expect(await open().countBookings({ property_id: "A", from: "2026-11-20", to: "2026-11-22" })).toEqual([
      { date: "2026-11-20", arrivals: 2, departures: 1, in_house: 3 },
      { date: "2026-11-21", arrivals: 2, departures: 1, in_house: 4 },
      { date: "2026-11-22", arrivals: 1, departures: 3, in_house: 2 },
    ]);
    const [none] = await open({ propertyIds: ["B"] }).countBookings({
      ...{ property_id: "A", from: "2026-11-21", to: "2026-11-21" },
    });
    expect(none).toMatchObject({ arrivals: 0, departures: 0, in_house: 0 });
  });

  it("tell cancelled bookings from those that still have a room", async () => {
    await run(admin, "update bookings set status = 'cancelled' where row_room_id = 'r1'");
    const states = await open().findBookingStates(["family", "off", "odd", "nothing"]);
    expect(Object.fromEntries([...states].map(([id, { is_cancelled }]) => [id, is_cancelled]))).toEqual({
      ...{ family: false, off: true, odd: false },
    });
    await run(admin, "update bookings set status = 'no_show' where row_room_id = 'r1'");
    expect((await open({ propertyIds: ["B"] }).findBookingStates(["family"])).size).toBe(0);
  });
});

describe("stays", () => {
  const told = (stays: Awaited<ReturnType<Core["findStays"]>>) =>
    stays.map((stay) => stay && [stay.booking_id, stay.guest_name.reveal(), stay.room_name, stay.status]);

  it("come in the order they are asked for, each in the room it is asked with, else in its own", async () => {
    const asked = [
      { booking_id: "odd" },
      { booking_id: "nothing", room_id: "A-1" },
      { booking_id: "comes", room_id: "A-2" },
      { booking_id: "family", room_id: null },
      { booking_id: "comes", room_id: "none" },
      { booking_id: "family", room_id: "A-1" },
      { booking_id: "a\0b", room_id: "A-1" },
      { booking_id: "far", room_id: "a\0b" },
    ];
    const expected = [
      ["odd", "Sukarno", null, "unknown"],
      undefined,
      ["comes", "Žofie Nováková", "102", "confirmed"],
      ["family", "สมชาย ใจดี", "101", "no_show"],
      ["comes", "Žofie Nováková", null, "confirmed"],
      ["family", "สมชาย ใจดี", "101", "no_show"],
      undefined,
      ["far", "Ada Far", null, "confirmed"],
    ];
    const core = open();
    await core.findBooking("comes"); // the connection is open
    await loggedSince();
    expect(told(await core.findStays(asked))).toEqual(expected);
    expect((await loggedSince()).filter((line) => /execute .*: select/.test(line))).toHaveLength(1);
    expect(told(await open({ propertyIds: ["A"] }).findStays(asked))).toEqual(expected.with(7, undefined));
    expect(await core.findStays([])).toEqual([]);
  });
});

describe("look-ups by id", () => {
  it("are one query however many ids", async () => {
    const core = open();
    const many = Array.from({ length: 500 }, (_, index) => `none-${index}`);
    await core.findBooking("comes"); // the connection is open
    await loggedSince();
    expect([...(await core.findBookings([...many, "comes", "late", "comes"])).keys()].sort()).toEqual([
      "comes",
      "late",
    ]);
    expect((await core.findRooms([...many, "A-1"])).size).toBe(1);
    expect((await loggedSince()).filter((line) => /execute .*: select/.test(line))).toHaveLength(2);
  });

  it("of nothing ask nothing", async () => {
    const core = open();
    await core.findBooking("comes");
    await loggedSince();
    expect((await core.findBookings([])).size + (await core.findRooms([])).size).toBe(0);
    expect((await core.findNotifications([])).size).toBe(0);
    expect((await loggedSince()).filter((line) => line.includes("public."))).toEqual([]);
  });

  it.each(["it's", 'a"b', "a\\b", "{a,b}", "", "NULL", "a\0b", "💥", "'; drop table bookings; --"])(
    "take any text for what it is: %j",
    async (id) => {
      const core = open();
      expect(await core.findBooking(id)).toBeUndefined();
      expect([...(await core.findBookings([id, "comes"])).keys()]).toEqual(["comes"]);
      expect(await core.findBranch(id)).toBeUndefined();
    },
  );
});

describe("core", () => {
  it("is sent SELECTs of ours and nothing else, over sessions that start read-only", async () => {
    const core = open();
    await loggedSince();
    await core.listBranches();
    await core.findBookings(["comes"]);
    const statements = (await loggedSince()).filter((line) => /(statement|execute [^:]*): /.test(line));
    expect(statements.length).toBe(3); // the check of the connection, and what was asked
    for (const line of statements) expect(line).toMatch(/(statement|execute [^:]*): (select|with me as)/);

    const [session] = await admin.query(
      "select count(*)::int as n from pg_stat_activity where application_name = 'core-test'",
    );
    expect(session?.n).toBeGreaterThan(0);
    expect((await core.prove()).warnings).toEqual([]);
  });

  it("whose column went away answers a StoreError, and is back with the column", async () => {
    const core = open();
    await run(admin, "alter table public.rooms rename column room_type to kind");
    await expect(core.listRooms("A")).rejects.toMatchObject({ store: "core", reason: "schema_changed" });
    expect((await core.check()).map(({ table, column, problem }) => [table, column, problem])).toEqual([
      ["rooms", "room_type", "missing"],
    ]);
    await run(admin, "alter table public.rooms rename column kind to room_type");
    expect(await core.listRooms("A")).toHaveLength(2);
  });

  it("is read to the end by no more than its grant", async () => {
    expect(await open().check()).toEqual([]);
  });
});
