import type { Core } from "@whitelabel/core-readonly";
import type { CurrentGuest } from "../../auth/guest-links.ts";
import { AppError } from "../../http/app-error.ts";
import { findStay, hoursOf, type Stay, type StayHours } from "../front-desk/stays.ts";

export type OwnStay = Stay & Readonly<{ hours: StayHours }>;

/**
 * The stay that a guest's link opens, as core has it now. A link outlives neither its booking nor the stay, whatever was
 * known when it was made: then it is gone. A StoreError "core" while core is away.
 */
export async function ownStay(core: Core, { booking_id, property_id }: CurrentGuest): Promise<OwnStay> {
  const stay = await findStay(core, booking_id);
  if (!stay || stay.property_id !== property_id || stay.is_cancelled) {
    throw new AppError("gone", "The booking is cancelled");
  }
  const hours = await hoursOf(core, stay);
  if (stay.is_checked_out || Date.parse(hours.to) <= Date.now()) throw new AppError("gone", "The stay is over");
  return { ...stay, hours };
}
