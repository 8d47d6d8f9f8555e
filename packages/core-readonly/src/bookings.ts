import { Pii } from "./pii.ts";
import { byId, type Select, selectFrom } from "./select.ts";

/** One room of a booking. A booking of several rooms is several of these, told apart by `row_room_id`. */
export type Booking = Readonly<{
  booking_id: string;
  property_id: string;
  /** Null until core has assigned a room. */
  room_id: string | null;
  row_room_id: string | null;
  /** First and last name in one; empty if core has neither. */
  guest_name: Pii;
  first_name: Pii;
  last_name: Pii;
  check_in: string;
  check_out: string;
  /** confirmed, checked_in, checked_out, cancelled, or whatever else core says; `unknown` if it says nothing. */
  status: string;
}>;

export type BookingView = "arrivals" | "departures" | "in_house";
/** A day of a branch, `YYYY-MM-DD` in the branch's own time zone. */
export type BranchDay = Readonly<{ property_id: string; day: string; view: BookingView }>;
/** Where a page of bookings ended; a booking is its own position. */
export type BookingPosition = Pick<Booking, "check_in" | "booking_id" | "row_room_id">;
export type BookingPage = Readonly<{ limit?: number; after?: BookingPosition }>;

type Row = Omit<Booking, "guest_name" | "first_name" | "last_name" | "status"> &
  Readonly<{ first_name: string | null; last_name: string | null; status: string | null }>;

const isOnDay: Record<BookingView, string> = {
  arrivals: "check_in::date = $3::date",
  departures: "check_out::date = $3::date",
  in_house: "check_in::date <= $3::date and $3::date < check_out::date",
};
const order = "check_in::date, booking_id::text, coalesce(row_room_id::text, '')";

const bookingsOf = (view: BookingView) => `${selectFrom("bookings")} and property_id::text = $2 and ${isOnDay[view]}
  and status::text is distinct from 'cancelled'
  and ($4::date is null or (${order}) > ($4::date, $5::text, $6::text))
  order by ${order} limit $7::integer`;
const bookingsOnDay: Record<BookingView, string> = {
  arrivals: bookingsOf("arrivals"),
  departures: bookingsOf("departures"),
  in_house: bookingsOf("in_house"),
};

const firstRoom = "booking_id::text, coalesce(row_room_id::text, '')";
const bookingsById = `${selectFrom("bookings", { distinctOn: "booking_id::text" })}
  and booking_id::text = any($2::text[]) order by ${firstRoom}`;

const roomsOfBooking = `${selectFrom("bookings")} and booking_id::text = $2 order by ${firstRoom}`;

/** Cancelled ones are left out. The order is stable, so that pages neither lose nor repeat a booking. */
export async function listBookings(
  select: Select,
  { property_id, day, view }: BranchDay,
  { limit, after }: BookingPage = {},
): Promise<Booking[]> {
  const position = [after?.check_in ?? null, after?.booking_id ?? null, after?.row_room_id ?? ""];
  const rows = await select<Row>(bookingsOnDay[view], property_id, day, ...position, limit ?? null);
  return rows.map(toBooking);
}

/** One query, however many ids. Of a booking of several rooms the first room stands for it. */
export async function findBookings(select: Select, booking_ids: readonly string[]): Promise<Map<string, Booking>> {
  if (booking_ids.length === 0) return new Map();
  const rows = await select<Row>(bookingsById, booking_ids);
  return byId(rows.map(toBooking), (booking) => booking.booking_id);
}

/** All rooms of one booking, the first one first; of each, whoever core names. None if core has no such booking. */
export async function listBookingRooms(select: Select, booking_id: string): Promise<Booking[]> {
  const rows = await select<Row>(roomsOfBooking, booking_id);
  return rows.map(toBooking);
}

function toBooking(row: Row): Booking {
  const first = row.first_name?.trim() ?? "";
  const last = row.last_name?.trim() ?? "";
  return {
    booking_id: row.booking_id,
    property_id: row.property_id,
    room_id: row.room_id,
    row_room_id: row.row_room_id,
    guest_name: new Pii([first, last].filter(Boolean).join(" ")),
    first_name: new Pii(first),
    last_name: new Pii(last),
    check_in: row.check_in,
    check_out: row.check_out,
    status: row.status ?? "unknown",
  };
}
