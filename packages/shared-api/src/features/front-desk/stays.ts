import type { Booking, Core } from "@whitelabel/core-readonly";
import type { Env } from "@whitelabel/shared-config";
import type { CurrentUser } from "../../auth/current-user.ts";
import { AppError } from "../../http/app-error.ts";
import { zoneOf } from "./branch-day.ts";
import { instantIn } from "./branch-time.ts";
import { inScope, scopeOf } from "./branches.ts";

/** A booking with all its rooms, as core has it now. */
export type Stay = Readonly<{
  booking_id: string;
  property_id: string;
  rooms: readonly Booking[];
  /** `YYYY-MM-DD`, of all rooms the first and the last. */
  check_in: string;
  check_out: string;
  /** What is true of all rooms; a booking of which one room is still let is neither. */
  is_cancelled: boolean;
  is_checked_out: boolean;
}>;

/** From the beginning of the day of arrival to the end of the day of departure, on the branch's own clocks. */
export type StayHours = Readonly<{ from: string; to: string }>;

/** Undefined if core has no such booking. A StoreError "core" while core is away. */
export async function findStay(core: Core, booking_id: string): Promise<Stay | undefined> {
  const rooms = await core.listBookingRooms(booking_id);
  const [first] = rooms;
  if (!first) return undefined;
  const all = (...statuses: string[]) => rooms.every(({ status }) => statuses.includes(status));
  return {
    booking_id,
    property_id: first.property_id,
    rooms,
    check_in: rooms.map(({ check_in }) => check_in).sort()[0] ?? first.check_in,
    check_out:
      rooms
        .map(({ check_out }) => check_out)
        .sort()
        .at(-1) ?? first.check_out,
    is_cancelled: all("cancelled"),
    is_checked_out: !all("cancelled") && all("cancelled", "checked_out"),
  };
}

/** The booking that somebody names, if it is of a branch of theirs. A StoreError "core" while core is away. */
export async function theirStay(user: CurrentUser, env: Env, core: Core, booking_id: string): Promise<Stay> {
  const stay = await findStay(core, booking_id);
  // Another branch's and one that does not exist get the same answer.
  if (!stay || !inScope(scopeOf(user, env), stay.property_id)) {
    throw new AppError("not_found", "There is no such booking", { isDenial: stay !== undefined });
  }
  return stay;
}

/** The same, for what is made new: not for a booking that is cancelled. */
export async function stayOf(user: CurrentUser, env: Env, core: Core, booking_id: string): Promise<Stay> {
  const stay = await theirStay(user, env, core, booking_id);
  if (stay.is_cancelled) throw new AppError("conflict", "The booking is cancelled");
  return stay;
}

export async function hoursOf(core: Core, { property_id, check_in, check_out }: Stay): Promise<StayHours> {
  const branch = await core.findBranch(property_id);
  const zone = zoneOf(branch?.time_zone ?? "UTC");
  const next = new Date(Date.parse(`${check_out}T00:00Z`) + 86_400_000).toISOString().slice(0, 10);
  return { from: instantIn(zone, `${check_in}T00:00`), to: instantIn(zone, `${next}T00:00`) };
}
