import postgres from "postgres";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Server, startThrowawayPostgres } from "../embedded-postgres/start-postgres.ts";
import { dayAfter } from "./bookings.ts";
import { demoBranches } from "./branches.ts";
import { createDemoCore } from "./create-demo-core.ts";
import { filledTables } from "./tables.ts";

const today = "2026-11-21";
let server: Server;
let sql: postgres.Sql;

beforeAll(async () => {
  server = await startThrowawayPostgres();
  sql = postgres(server.superuserUrl, { max: 2, onnotice: () => {} });
  await createDemoCore({ ownerUrl: server.superuserUrl, today });
});
afterAll(async () => {
  await sql?.end();
  await server?.stop();
});

/** A fingerprint of everything in the demo core. */
async function contents(): Promise<string> {
  const sums = filledTables.map((table) => `(select md5(string_agg(t::text, '' order by t::text)) from ${table} t)`);
  const [row] = await sql.unsafe(`select concat(${sums.join(", ")}) as sum`);
  return row?.sum;
}

const count = async (query: string, ...params: string[]) =>
  Number((await sql.unsafe(`select count(*) as n from ${query}`, params))[0]?.n);

describe("the demo core", () => {
  it("has three branches, sixty rooms and two thousand bookings", async () => {
    expect(await count("properties")).toBe(3);
    expect(await count("rooms")).toBe(60);
    expect(await count("(select distinct booking_id from bookings) b")).toBe(2_000);
    expect(await count("bookings where row_room_id is not null")).toBeGreaterThan(100);
    expect(await count("room_offers_daily where date >= $1::date", today)).toBeGreaterThanOrEqual(60 * 365);
    expect(await count("reception_notifications where booking_id is null")).toBeGreaterThan(5);
  });

  it.each(demoBranches.flatMap(({ property_id }) => [-1, 0, 1].map((days) => [property_id, dayAfter(today, days)])))(
    "fills the board of %s on %s, wherever midnight is",
    async (property_id, day) => {
      const of = (view: string) =>
        count(`bookings where property_id = $1 and status <> 'cancelled' and ${view}`, property_id ?? "", day ?? "");
      expect(await of("check_in = $2::date")).toBeGreaterThanOrEqual(5);
      expect(await of("check_out = $2::date")).toBeGreaterThanOrEqual(5);
      expect(await of("check_in <= $2::date and $2::date < check_out")).toBeGreaterThanOrEqual(10);
    },
  );

  it("has guests of every script, with one name and without, and statuses nobody announced", async () => {
    const scripts = ["[À-ž]", "[ก-๛]", "[一-龥]", "[ぁ-ヿ]", "[가-힣]", "[А-я]", "[ء-ي]", "[א-ת]", "[Α-ω]", "[ऄ-ह]"];
    for (const script of scripts)
      expect(await count("bookings where last_name || first_name ~ $1", script)).not.toBe(0);
    expect(await count("bookings where coalesce(first_name, '') = '' and last_name is null")).toBeGreaterThan(5);
    expect(await count("bookings where coalesce(first_name, '') = '' and last_name is not null")).toBeGreaterThan(5);
    const statuses = (await sql`select distinct coalesce(status, 'none') as status from bookings`).map(
      (row) => row.status,
    );
    expect(statuses.sort()).toEqual(["cancelled", "checked_in", "checked_out", "confirmed", "no_show", "none"]);
    expect(await count("bookings where status = 'cancelled' and check_in = $1::date", today)).toBe(6);
  });

  it("gives no room to two guests at once", async () => {
    const overlaps = `bookings a join bookings b on a.room_id = b.room_id and a.booking_id < b.booking_id
      and a.check_in < b.check_out and b.check_in < a.check_out
      where a.status is distinct from 'cancelled' and b.status is distinct from 'cancelled'`;
    expect(await count(overlaps)).toBe(0);
  });

  it("fills what we must never read", async () => {
    for (const column of ["email", "phone", "nationality", "document_number", "guest_notes"])
      expect(await count(`bookings where ${column} is null or ${column} = ''`)).toBe(0);
    for (const table of ["guests", "guest_documents", "payments", "staff_notes"])
      expect(await count(table)).not.toBe(0);
    expect(await count("guests where email !~ '@example\\.(com|org|net)$'")).toBe(0);
  });

  it("is made once, however many make it at the same time", async () => {
    const before = await contents();
    await Promise.all([1, 2, 3].map(() => createDemoCore({ ownerUrl: server.superuserUrl, today })));
    expect(await contents()).toBe(before);
  });

  it("moves to another day with the same guests, and back to the very same data", async () => {
    const before = await contents();
    const arriving = () => sql`select booking_id, first_name, last_name from bookings
      where check_in = (select today from demo_core) order by booking_id`;
    const then = await arriving();
    await createDemoCore({ ownerUrl: server.superuserUrl, today: "2027-01-15" });
    expect(await arriving()).toEqual(then);
    await createDemoCore({ ownerUrl: server.superuserUrl, today });
    expect(await contents()).toBe(before);
  });
});
