import { type Select, selectFrom } from "./select.ts";

/** A day of a branch in numbers, of rooms as the board lists them; cancelled ones are left out. */
export type DayCounts = Readonly<{ date: string; arrivals: number; departures: number; in_house: number }>;
/** The days from `from` up to and with `to`. */
export type DayRange = Readonly<{ property_id: string; from: string; to: string }>;

/** Whether anything of a booking is still let. */
export type BookingState = Readonly<{ booking_id: string; is_cancelled: boolean }>;

const stays = `${selectFrom("bookings")} and property_id::text = $2
  and check_in::date <= $4::date and check_out::date >= $3::date and status::text is distinct from 'cancelled'`;
const countsByDay = `with stays as materialized (select check_in, check_out from (${stays}) as bookings)
  select day::date as date,
    (select count(*) from stays where check_in = day::date)::integer as arrivals,
    (select count(*) from stays where check_out = day::date)::integer as departures,
    (select count(*) from stays where check_in <= day::date and day::date < check_out)::integer as in_house
  from generate_series($3::date::timestamp, $4::date::timestamp, '1 day') as day order by day`;

const states = `select booking_id, bool_and(status is not distinct from 'cancelled') as is_cancelled
  from (${selectFrom("bookings")} and booking_id::text = any($2::text[])) as bookings group by booking_id`;

export function countBookings(select: Select, { property_id, from, to }: DayRange): Promise<DayCounts[]> {
  return select<DayCounts>(countsByDay, property_id, from, to);
}

/** One query, however many ids; a booking that core does not have is not in it. Nobody's name is read. */
export async function findBookingStates(
  select: Select,
  booking_ids: readonly string[],
): Promise<Map<string, BookingState>> {
  if (booking_ids.length === 0) return new Map();
  const rows = await select<BookingState>(states, booking_ids);
  return new Map(rows.map((row) => [row.booking_id, row]));
}
