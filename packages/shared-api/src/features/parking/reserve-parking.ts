import type { Database, Statements } from "@whitelabel/shared-db";
import type { Author, Caller } from "../../auth/caller.ts";
import { AppError, orNotFound } from "../../http/app-error.ts";
import { changedMeanwhile } from "../../writes/versions.ts";
import type { Scope } from "../front-desk/branches.ts";
import type { Stay } from "../front-desk/stays.ts";
import {
  findReservation,
  insertReservation,
  type Reach,
  type Reserving,
  type Step,
  taken,
  takeStep,
} from "./reservations.ts";
import type { Reservation } from "./schemas.ts";
import { findSpace } from "./spaces.ts";

/** Reserves a space, or says why not. Races end at the constraint: of those who overlap one gets it. */
export async function reserveParking(
  to: Statements,
  author: Author,
  scope: Scope,
  wanted: Reserving,
): Promise<Reservation> {
  const made = await insertReservation(to, author, wanted);
  if (made) return made;

  const space = orNotFound(await findSpace(to, scope, wanted.space_id), "parking space");
  if (space.property_id !== wanted.property_id) {
    throw new AppError("invalid", "The request is not valid", {
      errors: [{ path: "json.space_id", message: "Not of the branch of the booking" }],
    });
  }
  throw space.is_active ? taken() : new AppError("conflict", "The space is not let");
}

/** What staff reserve: for a booking that they may see, by whom. */
export const wantedBy = (caller: Caller, stay: Stay) => ({
  property_id: stay.property_id,
  booking_id: stay.booking_id,
  created_by: caller.user.id,
});

const refusals: Record<Step, string> = {
  arrived: "Only a reservation that nobody has come for or cancelled can be arrived at",
  departed: "Only a car that has arrived and is still there can leave",
  cancelled: "Only a reservation that nobody has come for can be cancelled",
};

/** Takes a step in the life of a reservation. One that is already there stays as it is. */
export async function moveReservation(
  database: Database,
  author: Author,
  step: Step,
  target: Reach & Readonly<{ id: string; version: number | null }>,
): Promise<Reservation> {
  const moved = await takeStep(database, author, step, target);
  if (moved) return moved;

  const found = orNotFound(await findReservation(database, target, target.id), "parking reservation");
  if (target.version !== null && found.version !== target.version) throw changedMeanwhile();
  if (found.state === step) return found;
  throw new AppError("conflict", refusals[step]);
}
