import type { Booking, Core } from "@whitelabel/core-readonly";
import type { Env } from "@whitelabel/shared-config";
import { type Database, storeErrorIn } from "@whitelabel/shared-db";
import type { Logger } from "pino";
import type { Caller } from "../../auth/caller.ts";
import { AppError } from "../../http/app-error.ts";
import { guestContext, inRoom, recordView } from "../front-desk/booking-context.ts";
import { inScope, scopeOf } from "../front-desk/branches.ts";
import { findOwnState } from "./booking-queries.ts";
import type { BookingWithState } from "./booking-schemas.ts";

type Stores = Readonly<{ env: Env; database: Database; core: Core; log: Logger }>;

/**
 * A booking as core has it now, with what we keep of it beside it. One that core does not have any more is shown for as
 * long as something of ours belongs to it.
 */
export async function findBooking(stores: Stores, caller: Caller, booking_id: string): Promise<BookingWithState> {
  const scope = scopeOf(caller.user, stores.env);
  const [own, found] = await Promise.all([
    findOwnState(stores.database, booking_id, scope),
    findRooms(stores.core, booking_id),
  ]);
  if (!found) {
    const property_id = own.property_id ?? null;
    return { booking_id, property_id, rooms: [], ...own.state, degraded: ["core"] };
  }
  const [first] = found.rooms;
  const property_id = first ? first.property_id : own.property_id;
  // Another branch's and one that does not exist get the same answer.
  if (property_id === undefined || !inScope(scope, property_id)) {
    throw new AppError("not_found", "There is no such booking", { isDenial: property_id !== undefined });
  }
  const mayShow = await recordView(
    stores,
    caller,
    { entity: "booking", entity_id: booking_id },
    first ? [booking_id] : [],
  );
  const rooms = found.rooms.map((room) => shown(room, found.names, mayShow));
  return { booking_id, property_id, rooms, ...own.state, degraded: mayShow ? [] : ["audit"] };
}

type Names = Awaited<ReturnType<Core["findRooms"]>>;

/** Undefined while core is away. */
async function findRooms(core: Core, booking_id: string) {
  try {
    const rooms = await core.listBookingRooms(booking_id);
    const names = await core.findRooms(rooms.flatMap(({ room_id }) => room_id ?? []));
    return { rooms, names };
  } catch (error) {
    if (storeErrorIn(error)?.store === "core") return undefined;
    throw error;
  }
}

function shown(room: Booking, names: Names, mayShow: boolean): BookingWithState["rooms"][number] {
  const { room_id, row_room_id } = room;
  return { room_id, row_room_id, booking: mayShow ? guestContext(inRoom(room, names.get(room_id ?? ""))) : null };
}
