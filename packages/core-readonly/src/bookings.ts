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
/** All of its columns are null where there is no booking. */
type StayRow = Pick<Row, "booking_id" | "first_name" | "last_name" | "check_in" | "check_out" | "status"> &
  Pick<Stay, "room_name" | "room_type">;
type BoardRow = StayRow & Pick<Row, "property_id" | "room_id" | "row_room_id"> & Readonly<{ time_zone: string | null }>;

/** What a list shows of a booking in a room. */
export type Stay = Readonly<{
  booking_id: string;
  guest_name: Pii;
  check_in: string;
  check_out: string;
  status: string;
  /** Null if core has no such room, or no name of it. */
  room_name: string | null;
  room_type: string | null;
}>;
/** Which room a row of ours is about; without one it is the booking's first. */
export type BookingAndRoom = Readonly<{ booking_id: string; room_id?: string | null }>;

/** A day of a branch in the branch's time zone, as core has it, and one page of its bookings. */
export type Board = Readonly<{ time_zone: string | null; items: readonly BoardItem[] }>;
export type BoardItem = Stay & Pick<Booking, "property_id" | "room_id" | "row_room_id">;

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

const stay = `booking.booking_id, booking.first_name, booking.last_name, booking.check_in, booking.check_out,
  booking.status, room.name as room_name, room.room_type`;

const boardOf = (view: BookingView) => `select branch.time_zone, ${stay},
    booking.property_id, booking.room_id, booking.row_room_id
  from (${selectFrom("properties")} and property_id::text = $2 limit 1) as branch
  left join (${bookingsOf(view)}) as booking on true
  left join (${selectFrom("rooms", { distinctOn: "room_id::text" })} and property_id::text = $2) as room
    on room.room_id = booking.room_id
  order by booking.check_in, booking.booking_id, coalesce(booking.row_room_id, '')`;
const boards: Record<BookingView, string> = {
  arrivals: boardOf("arrivals"),
  departures: boardOf("departures"),
  in_house: boardOf("in_house"),
};

const firstRoom = "booking_id::text, coalesce(row_room_id::text, '')";
const bookingsById = `${selectFrom("bookings", { distinctOn: "booking_id::text" })}
  and booking_id::text = any($2::text[]) order by ${firstRoom}`;

const staysByIds = `select ${stay}
  from unnest($2::text[], $3::text[]) with ordinality as asked (booking_id, room_id, ordinality)
  left join (${bookingsById}) as booking on booking.booking_id = asked.booking_id
  left join (${selectFrom("rooms", { distinctOn: "room_id::text" })} and room_id::text = any($4::text[])) as room
    on room.room_id = coalesce(asked.room_id, booking.room_id)
  order by asked.ordinality`;

const roomsOfBooking = `${selectFrom("bookings")} and booking_id::text = $2 order by ${firstRoom}`;

/** Cancelled ones are left out. The order is stable, so that pages neither lose nor repeat a booking. */
export async function listBookings(select: Select, of: BranchDay, page: BookingPage = {}): Promise<Booking[]> {
  const rows = await select<Row>(bookingsOnDay[of.view], ...paramsOf(of, page));
  return rows.map(toBooking);
}

/** The same bookings with their rooms, and the branch, in one query; undefined if core has no such branch. */
export async function findBoard(select: Select, of: BranchDay, page: BookingPage = {}): Promise<Board | undefined> {
  const rows = await select<BoardRow>(boards[of.view], ...paramsOf(of, page));
  const [first] = rows;
  if (!first) return undefined;
  // A branch without bookings is a row without one.
  return { time_zone: first.time_zone, items: first.booking_id === null ? [] : rows.map(toBoardItem) };
}

function paramsOf({ property_id, day }: BranchDay, { limit, after }: BookingPage): unknown[] {
  const position = [after?.check_in ?? null, after?.booking_id ?? null, after?.row_room_id ?? ""];
  return [property_id, day, ...position, limit ?? null];
}

/**
 * Each booking in its room, in the order they are asked for, in one query however many; undefined where core has no
 * such booking.
 */
export async function findStays(select: Select, asked: readonly BookingAndRoom[]): Promise<(Stay | undefined)[]> {
  if (asked.length === 0) return [];
  const bookingIds = asked.map(({ booking_id }) => booking_id);
  const roomIds = asked.map(({ room_id }) => room_id ?? null);
  // Each room once: core may look at all of its rooms, and compares each of them with all of these.
  const rows = await select<StayRow>(staysByIds, bookingIds, roomIds, [...new Set(roomIds)]);
  return rows.map((row) => (row.booking_id === null ? undefined : toStay(row)));
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

function toStay(row: StayRow): Stay {
  return {
    booking_id: row.booking_id,
    guest_name: nameOf(row),
    check_in: row.check_in,
    check_out: row.check_out,
    status: row.status ?? "unknown",
    room_name: row.room_name,
    room_type: row.room_type,
  };
}

function toBoardItem(row: BoardRow): BoardItem {
  const { property_id, room_id, row_room_id } = row;
  return { ...toStay(row), property_id, room_id, row_room_id };
}

function toBooking(row: Row): Booking {
  return {
    booking_id: row.booking_id,
    property_id: row.property_id,
    room_id: row.room_id,
    row_room_id: row.row_room_id,
    guest_name: nameOf(row),
    first_name: new Pii(row.first_name?.trim() ?? ""),
    last_name: new Pii(row.last_name?.trim() ?? ""),
    check_in: row.check_in,
    check_out: row.check_out,
    status: row.status ?? "unknown",
  };
}

function nameOf({ first_name, last_name }: Pick<Row, "first_name" | "last_name">): Pii {
  const first = first_name?.trim() ?? "";
  const last = last_name?.trim() ?? "";
  return new Pii(first === "" || last === "" ? first + last : `${first} ${last}`);
}
