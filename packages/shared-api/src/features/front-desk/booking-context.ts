import type { Booking, Core, Room, Stay } from "@whitelabel/core-readonly";
import { type Database, storeErrorIn } from "@whitelabel/shared-db";
import type { Logger } from "pino";
import type { Author } from "../../auth/caller.ts";
import { errorDetails } from "../../http/error-details.ts";
import { recordAudit } from "../../writes/change.ts";
import type { GuestContext } from "./schemas.ts";

type Stores = Readonly<{ database: Database; core: Core; log: Logger }>;

/** A row of ours that may belong to a booking and a room of core. */
type Row = Readonly<{ booking_id: string | null; room_id?: string | null }>;

export type WithBooking<R> = R & { booking: GuestContext | null };
export type Degraded = "core" | "audit";

/** What is shown, for the audit row: `entity` of which branch, list or row. */
export type Viewed = Readonly<{
  entity: string;
  entity_id: string | null;
  details?: Readonly<Record<string, unknown>>;
}>;

/**
 * Our rows with what core says of their bookings now: one query to core, however many rows there are. That guests are
 * shown is recorded first, in one row for the answer. While core is away, or that cannot be recorded, `booking` is null
 * and `degraded` says why.
 */
export async function withBookings<R extends Row>(
  stores: Stores,
  author: Author,
  viewed: Viewed,
  rows: readonly R[],
): Promise<{ items: WithBooking<R>[]; degraded: Degraded[] }> {
  const { bookings, degraded } = await bookingsOf(stores, author, viewed, rows);
  return { items: rows.map((row, index) => ({ ...row, booking: bookings[index] ?? null })), degraded };
}

/** What `withBookings` adds to each row, in their order; none at all when `degraded`. */
export async function bookingsOf(
  stores: Stores,
  author: Author,
  viewed: Viewed,
  rows: readonly Row[],
): Promise<{ bookings: readonly (GuestContext | null)[]; degraded: Degraded[] }> {
  const ofBookings = rows.filter(hasBooking);
  if (ofBookings.length === 0) return { bookings: [], degraded: [] };

  const stays = await findStays(stores.core, ofBookings);
  if (!stays) return { bookings: [], degraded: ["core"] };

  const shown = new Set<string>();
  for (const stay of stays) if (stay) shown.add(stay.booking_id);
  if (!(await recordView(stores, author, viewed, [...shown]))) return { bookings: [], degraded: ["audit"] };
  const found = stays.values();
  return { bookings: rows.map((row) => (hasBooking(row) ? contextOf(found.next().value) : null)), degraded: [] };
}

const hasBooking = <R extends Row>(row: R): row is R & { booking_id: string } => row.booking_id !== null;

/** Undefined while core is away. */
async function findStays(core: Core, rows: Parameters<Core["findStays"]>[0]) {
  try {
    return await core.findStays(rows);
  } catch (error) {
    if (storeErrorIn(error)?.store === "core") return undefined;
    throw error;
  }
}

/**
 * Whether it was recorded that these bookings' guests are about to be shown; nobody is shown what was not recorded.
 * Nobody to show is nothing to record.
 */
export async function recordView(
  { database, log }: Pick<Stores, "database" | "log">,
  author: Author,
  { entity, entity_id, details = {} }: Viewed,
  booking_ids: readonly string[],
): Promise<boolean> {
  if (booking_ids.length === 0) return true;
  try {
    const entry = { action: "guest_data.viewed", entity, details: { ...details, booking_ids } };
    await recordAudit(database, author, entry, entity_id);
    return true;
  } catch (error) {
    log.warn(
      { request_id: author.request_id, error: errorDetails(error) },
      "a view of guest data could not be recorded",
    );
    return false;
  }
}

/** Null for a booking that core does not have (any more). */
const contextOf = (stay: Stay | undefined): GuestContext | null => (stay ? guestContext(stay) : null);

/** A booking and its room, each looked up by itself. */
export function inRoom(booking: Booking, room: Room | undefined): Stay {
  return { ...booking, room_name: room?.name ?? null, room_type: room?.room_type ?? null };
}

/** The one place where a guest's name leaves for a response; call it once the view is recorded. */
export function guestContext(stay: Omit<Stay, "booking_id">): GuestContext {
  const { guest_name, room_name, room_type, check_in, check_out, status } = stay;
  return { guest_name: guest_name.reveal(), room_name, room_type, check_in, check_out, status };
}
