import { type BookingRow, dayAfter } from "./bookings.ts";
import { demoBranches } from "./branches.ts";
import { documentNumberOf, type Guest } from "./guests.ts";
import type { Random } from "./random.ts";

/** What belongs to guests and bookings in a real core and is none of our business. */
export function makeDocuments(guests: readonly Guest[], today: string) {
  return guests.map((guest, index) => ({
    document_id: `D-${10_001 + index}`,
    guest_id: guest.guest_id,
    kind: "passport",
    number: documentNumberOf(guest),
    country: guest.nationality,
    expires_on: dayAfter(today, 100 + index),
  }));
}

export function makePayments(bookings: readonly BookingRow[], random: Random) {
  return bookings.map(({ booking_id, property_id, first_name, last_name }, index) => ({
    payment_id: `P-${10_001 + index}`,
    booking_id,
    card_holder: [first_name, last_name].filter(Boolean).join(" "),
    card_number: "4242 4242 4242 4242", // the number that payment services reserve for tests
    amount: random.between(100, 9_000),
    currency: demoBranches.find((branch) => branch.property_id === property_id)?.currency,
  }));
}

export function makeStaffNotes(bookings: readonly BookingRow[]) {
  return bookings
    .filter((_, index) => index % 4 === 0)
    .map(({ booking_id, last_name }, index) => ({
      note_id: `N-${10_001 + index}`,
      booking_id,
      author: "night desk",
      text: `${last_name ?? "The guest"} asked us not to tell the office where they stay.`,
    }));
}

const kinds = ["booking_created", "booking_changed", "booking_cancelled", "arrival_soon", "payment_received"];
const kindsOfHouse = ["lift_out_of_order", "water_off_tonight", "shift_report"];
const PER_BRANCH = 40;
const LAST_DAYS = 5;

/** What core told each reception in the last days; some of it about no booking. */
export function makeNotifications(bookings: readonly BookingRow[], today: string, random: Random) {
  const near = bookings.filter(({ check_out, check_in }) => check_out >= today && check_in <= dayAfter(today, 14));
  const midnight = Date.parse(`${today}T00:00:00Z`);
  return demoBranches.flatMap(({ property_id }, branch) => {
    const here = near.filter((booking) => booking.property_id === property_id);
    return Array.from({ length: PER_BRANCH }, (_, index) => {
      const booking = random.chance(80) ? random.pick(here) : undefined;
      return {
        notification_id: `E-${10_001 + branch * PER_BRANCH + index}`,
        property_id,
        booking_id: booking?.booking_id ?? null,
        kind: random.pick(booking ? kinds : kindsOfHouse),
        created_at: new Date(midnight - random.between(1, LAST_DAYS * 86_400_000)).toISOString(),
        message: booking ? `Regards ${booking.first_name ?? ""} ${booking.last_name ?? ""}, ${booking.phone}` : null,
      };
    });
  });
}
