import type { Database, Statements } from "@whitelabel/shared-db";
import type { Guest } from "../../auth/caller.ts";
import { AppError } from "../../http/app-error.ts";
import type { Period } from "../parking/period.ts";
import { reserveParking } from "../parking/reserve-parking.ts";
import type { Reservation } from "../parking/schemas.ts";
import type { OwnStay } from "./own-stay.ts";

/** Before the day of arrival and after the day of departure. */
const SPARE_MS = 86_400_000;

/** A guest may park while they stay, a day more at either end, and not in the past. */
export function expectWithinStay({ from, to }: Period, { hours }: OwnStay): void {
  const isWithin =
    Date.parse(from) >= Date.parse(hours.from) - SPARE_MS && Date.parse(to) <= Date.parse(hours.to) + SPARE_MS;
  const message = isWithin ? (Date.parse(to) > Date.now() ? undefined : "Is over") : "Not within the stay";
  if (message === undefined) return;
  throw new AppError("invalid", "The request is not valid", { errors: [{ path: "json.period", message }] });
}

type Wanted = Readonly<{ space_id: string; period: Period; plate_hmac: string | null }>;

/** Reserves one space for each room of the booking at most; a link in the wrong hands must not fill the car park. */
export async function reserveOwnParking(
  to: Statements | Database,
  author: Guest,
  stay: OwnStay,
  wanted: Wanted,
): Promise<Reservation> {
  if ("transaction" in to) return await to.transaction((tx) => reserveOwnParking(tx, author, stay, wanted));

  const { property_id, booking_id } = author.guest;
  // One at a time for a booking, so that the count below is true; those of other bookings pass.
  const [lock] = await to.sql<{ is_ours: boolean }>`
    select pg_try_advisory_xact_lock(hashtextextended(${`guest-parking ${booking_id}`}, 0)) as is_ours`;
  if (!lock?.is_ours) {
    throw new AppError("conflict", "Another reservation of this booking is being made", {
      headers: { "Retry-After": "1" },
    });
  }
  const [{ held } = { held: 0 }] = await to.sql<{ held: number }>`
    select count(*)::integer as held from parking_reservations
    where booking_id = ${booking_id} and property_id = ${property_id} and state in ('reserved', 'arrived')
      and period && tstzrange(${wanted.period.from}::timestamptz, ${wanted.period.to}::timestamptz)`;
  if (held >= stay.rooms.length) throw new AppError("conflict", "The booking has as many spaces as it has rooms");
  return await reserveParking(to, author, [property_id], { ...wanted, property_id, booking_id, created_by: null });
}
