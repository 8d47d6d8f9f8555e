import { documentNumberOf, type Guest } from "./guests.ts";
import type { Random } from "./random.ts";
import type { Stay } from "./stays.ts";

export type BookingRow = Readonly<{
  booking_id: string;
  row_room_id: string | null;
  property_id: string;
  room_id: string | null;
  guest_id: string;
  first_name: string | null;
  last_name: string | null;
  email: string;
  phone: string;
  nationality: string;
  document_number: string;
  guest_notes: string;
  check_in: string;
  check_out: string;
  status: string | null;
}>;

/** A booking for each stay; one of several rooms is a row for each of them. */
export function makeBookings(
  stays: readonly Stay[],
  guests: readonly Guest[],
  today: string,
  random: Random,
): BookingRow[] {
  return stays.flatMap((stay, index) => {
    const booking_id = `B-${1001 + index}`;
    const guest = guests[index % guests.length] as Guest;
    const hasNoRoomYet = stay.from > 7 && random.chance(5);
    const row = {
      booking_id,
      property_id: stay.property_id,
      guest_id: guest.guest_id,
      ...namesOf(guest, index),
      email: guest.email,
      phone: guest.phone,
      nationality: guest.nationality,
      document_number: documentNumberOf(guest),
      guest_notes: guest.notes,
      check_in: dayAfter(today, stay.from),
      check_out: dayAfter(today, stay.to),
      status: stay.status,
    };
    return stay.room_ids.map((room_id, room) => ({
      ...row,
      row_room_id: stay.room_ids.length > 1 ? `${booking_id}-${room + 1}` : null,
      room_id: hasNoRoomYet ? null : room_id,
    }));
  });
}

/** People with one name, and bookings that came without any. */
function namesOf({ first_name, last_name }: Guest, index: number) {
  if (index % 97 === 50) return { first_name: null, last_name: null };
  if (index % 41 === 20) return { first_name, last_name: null };
  if (index % 43 === 30) return { first_name: "", last_name };
  return { first_name, last_name };
}

export function dayAfter(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}
