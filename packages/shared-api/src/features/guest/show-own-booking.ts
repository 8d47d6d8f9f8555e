import type { Core } from "@whitelabel/core-readonly";
import { type Database, storeErrorIn } from "@whitelabel/shared-db";
import type { Logger } from "pino";
import type { Guest } from "../../auth/caller.ts";
import { guestContext, inRoom, recordView } from "../front-desk/booking-context.ts";
import { ownStay } from "./own-stay.ts";
import type { GuestBooking } from "./schemas.ts";

type Stores = Readonly<{ database: Database; core: Core; log: Logger }>;

/** The guest's own booking. That it was looked at is recorded first, as it is of staff: a link can fall into other hands. */
export async function showOwnBooking(stores: Stores, author: Guest): Promise<GuestBooking> {
  const { booking_id, property_id } = author.guest;
  const nothing = { booking_id, property_id, branch: null, booking: null, rooms: [] };
  const found = await findOwnBooking(stores.core, author);
  if (found === "core is away") return { ...nothing, degraded: ["core"] };

  const { stay, branch, rooms } = found;
  const viewed = { entity: "booking", entity_id: booking_id };
  if (!(await recordView(stores, author, viewed, [booking_id]))) return { ...nothing, degraded: ["audit"] };

  const [first] = stay.rooms;
  const of = (room_id: string | null) => (room_id === null ? undefined : rooms.get(room_id));
  return {
    booking_id,
    property_id,
    branch: branch ? { name: branch.name, city: branch.city, time_zone: branch.time_zone } : null,
    booking: first ? guestContext(inRoom(first, of(first.room_id))) : null,
    rooms: stay.rooms.map(({ room_id }) => ({
      room_name: of(room_id)?.name ?? null,
      room_type: of(room_id)?.room_type ?? null,
    })),
    degraded: [],
  };
}

async function findOwnBooking(core: Core, { guest }: Guest) {
  try {
    const [stay, branch, rooms] = await Promise.all([
      ownStay(core, guest),
      core.findBranch(guest.property_id),
      core.listRooms(guest.property_id),
    ]);
    return { stay, branch, rooms: new Map(rooms.map((room) => [room.room_id, room])) };
  } catch (error) {
    if (storeErrorIn(error)?.store === "core") return "core is away" as const;
    throw error;
  }
}
