import postgres from "postgres";
import { makeDocuments, makeNotifications, makePayments, makeStaffNotes } from "./around-bookings.ts";
import { makeBookings } from "./bookings.ts";
import { demoBranches, demoRooms } from "./branches.ts";
import { makeGuests } from "./guests.ts";
import { seededRandom } from "./random.ts";
import { makeStays } from "./stays.ts";
import { coreTables, type FilledTable, filledTables } from "./tables.ts";

export type DemoCoreOptions = Readonly<{
  /** As the owner of core's database. */
  ownerUrl: string;
  /** The day around which the bookings lie, `YYYY-MM-DD`; today in UTC if left out. */
  today?: string;
}>;

/** Raise it when the data below changes, so that a core made by an older version is made anew. */
const EDITION = 1;
const BOOKINGS = 2_000;
const GUESTS = 1_700; // some come again

/**
 * Makes the demo core, or moves it to today: 2,000 bookings of synthetic guests, in which a booking keeps its id and
 * its guest and only its days move along. Does nothing if it is there already. Grants are made elsewhere.
 */
export async function createDemoCore({ ownerUrl, today = utcToday() }: DemoCoreOptions): Promise<void> {
  const sql = postgres(ownerUrl, { max: 1, fetch_types: false, onnotice: () => {}, connect_timeout: 5 });
  try {
    if (await isCurrent(sql, today)) return;
    await sql.begin(async (tx) => {
      await tx`select pg_advisory_xact_lock(hashtext('demo core'))`;
      await tx.unsafe(coreTables);
      if (!(await isCurrent(tx, today))) await fill(tx, today);
    });
  } finally {
    await sql.end({ timeout: 1 });
  }
}

type Sql = postgres.Sql | postgres.TransactionSql;

async function isCurrent(sql: Sql, today: string): Promise<boolean> {
  const [there] = await sql`select to_regclass('public.demo_core') is not null as is_there`;
  if (!there?.is_there) return false;
  const [row] = await sql`select from public.demo_core where edition = ${EDITION} and today = ${today}::text::date`;
  return row !== undefined;
}

async function fill(tx: Sql, today: string): Promise<void> {
  const random = seededRandom(20_261_121);
  const guests = makeGuests(GUESTS, random);
  const bookings = makeBookings(makeStays(BOOKINGS, random), guests, today, random);

  await tx.unsafe(`truncate ${filledTables.map((table) => `public.${table}`).join(", ")}, public.demo_core`);
  await insert(tx, "properties", demoBranches);
  await insert(tx, "rooms", demoRooms);
  await insert(tx, "guests", guests);
  await insert(tx, "guest_documents", makeDocuments(guests, today));
  await insert(tx, "bookings", bookings);
  await insert(tx, "payments", makePayments(bookings, random));
  await insert(tx, "staff_notes", makeStaffNotes(bookings));
  await insert(tx, "reception_notifications", makeNotifications(bookings, today, random));
  await insertOffers(tx, today);
  await tx`insert into public.demo_core values (${EDITION}, ${today}::text::date)`;
  await tx.unsafe(`analyze ${filledTables.map((table) => `public.${table}`).join(", ")}`);
}

async function insert(tx: Sql, table: FilledTable, rows: readonly object[]): Promise<void> {
  const type = `public.${table}`;
  await tx.unsafe(`insert into ${type} select * from jsonb_populate_recordset(null::${type}, $1::text::jsonb)`, [
    JSON.stringify(rows),
  ]);
}

/** A price for each room and night of a year, dearer on Fridays and Saturdays, and free where nobody has the room. */
async function insertOffers(tx: Sql, today: string): Promise<void> {
  await tx`
    insert into public.room_offers_daily
    select r.property_id, r.room_id, night,
      case when exists (select from public.bookings b where b.room_id = r.room_id
        and b.check_in <= night and night < b.check_out and b.status is distinct from 'cancelled') then 0 else 1 end,
      round(base_price * (case when extract(isodow from night) in (5, 6) then 1.2 else 1 end)
        * (95 + abs(hashtext(r.room_id || night::text)) % 11) / 100, 2),
      currency, round(base_price * 0.4, 2)
    from public.rooms r join public.properties using (property_id)
    cross join (select ${today}::text::date + n as night from generate_series(-7, 365) as n) as nights`;
}

function utcToday(): string {
  return new Date().toISOString().slice(0, 10);
}
