import { openPool, type Pool } from "@whitelabel/resilience/postgres";
import { type Server, startThrowawayPostgres } from "@whitelabel/test-kit";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type Core, coreGrantsSql, openCore } from "./index.ts";

/** A core of somebody who chose other types, some of which we cannot read. */
const foreignCore = `
create type state as enum ('confirmed', 'cancelled');
create domain code as varchar(10);
create table properties (property_id integer, name varchar(80), time_zone char(20), city text);
create table rooms (room_id uuid, property_id bigint, name code, room_type text);
create table bookings (booking_id uuid, property_id integer, room_id uuid, row_room_id bigint, first_name text,
  check_in date, check_out timestamp, status state);
create table room_offers_daily (property_id integer, room_id uuid, date date, available smallint, price integer,
  currency json);
insert into properties values (7, 'Seven', 'Asia/Bangkok', 'Bangkok'), (8, 'Eight', 'UTC', 'Nowhere');
insert into rooms values ('00000000-0000-4000-8000-000000000001', 7, '101', 'single');
`;

let server: Server;
let admin: Pool;
let core: Core;

beforeAll(async () => {
  server = await startThrowawayPostgres();
  admin = openPool({ store: "core", url: server.superuserUrl, max: 1 });
  await admin.query("create role reader login password 'reader'");
  await admin.query(`do $run$ begin execute $script$${foreignCore}$script$; end $run$`);
  for (const table of ["properties", "rooms", "room_offers_daily"])
    await admin.query(`grant select on ${table} to reader`);
  core = openCore({ url: server.url("reader", "reader", "postgres"), propertyIds: ["7"] });
});
afterAll(async () => {
  await core?.close();
  await admin?.close();
  await server?.stop();
});

it("names each column that is missing, of another type, or not granted, and accepts what can be cast", async () => {
  const found = (await core.check()).map(({ table, column, problem, actual }) => [
    `${table}.${column}`,
    problem,
    actual,
  ]);
  const unreadable = ["booking_id", "property_id", "room_id", "row_room_id", "first_name", "check_in", "status"];
  const missing = ["notification_id", "property_id", "booking_id", "kind", "created_at"];
  expect(found).toEqual(
    expect.arrayContaining([
      ["bookings.last_name", "missing", null],
      ["bookings.check_out", "mistyped", "timestamp without time zone"],
      ["room_offers_daily.currency", "mistyped", "json"],
      ...unreadable.map((column) => [`bookings.${column}`, "not_readable", expect.any(String)]),
      ...missing.map((column) => [`reception_notifications.${column}`, "missing", null]),
    ]),
  );
  expect(found).toHaveLength(3 + unreadable.length + missing.length);
});

it("reads identifiers that are integers and uuids as text, in the product's branches", async () => {
  expect(await core.listBranches()).toEqual([
    { property_id: "7", name: "Seven", time_zone: expect.stringMatching(/^Asia\/Bangkok/), city: "Bangkok" },
  ]);
  expect(await core.findBranch("8")).toBeUndefined();
  expect(await core.findBranch("not a number")).toBeUndefined();
  const room_id = "00000000-0000-4000-8000-000000000001";
  expect(await core.findRooms([room_id, "no uuid"])).toEqual(
    new Map([[room_id, { room_id, property_id: "7", name: "101", room_type: "single" }]]),
  );
});

it("says of a core without our grants that its schema is not ours to read", async () => {
  await expect(core.findBooking("x")).rejects.toMatchObject({ store: "core", reason: "schema_changed" });
  expect(coreGrantsSql("reader")).toContain("on public.bookings");
});
