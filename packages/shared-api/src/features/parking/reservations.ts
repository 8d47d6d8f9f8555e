import type { Database, Statements } from "@whitelabel/shared-db";
import { uuidv7 } from "uuidv7";
import type { Author } from "../../auth/caller.ts";
import { AppError } from "../../http/app-error.ts";
import { EXCLUSION_VIOLATION, sqlStateOf } from "../../http/sql-state.ts";
import { change } from "../../writes/change.ts";
import { conditions } from "../../writes/conditions.ts";
import type { Scope } from "../front-desk/branches.ts";
import type { Period } from "./period.ts";
import type { Reservation, ReservationQuery } from "./schemas.ts";
import { branchesIn } from "./spaces.ts";

type Row = Omit<Reservation, "period"> & { from: string; to: string };

const columns = `parking_reservations.id, property_id, space_id,
  (select s.label from parking_spaces s where s.id = space_id) as space_label,
  booking_id, lower(period) as "from", upper(period) as "to", state,
  state = 'arrived' and upper(period) <= now() as is_overstay, plate_hmac is not null as has_plate,
  arrived_at, departed_at, orphaned_at, created_at, updated_at, version`;

function toReservation({ from, to, ...row }: Row): Reservation {
  return { ...row, period: { from, to } };
}

/** For how long a car that has left is still found by its plate. */
const PLATE_DAYS = 30;

export type Position = Readonly<{ from: string; id: string }>;

/** In the order in which they begin; one more than `limit`. */
export async function listReservations(
  { query }: Database,
  scope: Scope,
  filters: ReservationQuery & { plate_hmac?: string },
  after: Position | undefined,
): Promise<Reservation[]> {
  const where = conditions();
  const { param } = where;
  where.add(`(${param(branchesIn(scope))}::text[] is null or property_id = any($1))`);
  if (filters.property_id !== undefined) where.add(`property_id = ${param(filters.property_id)}`);
  if (filters.space_id !== undefined) where.add(`space_id = ${param(filters.space_id)}::uuid`);
  if (filters.booking_id !== undefined) where.add(`booking_id = ${param(filters.booking_id)}`);
  if (filters.state !== undefined) where.add(`state = ${param(filters.state)}`);
  if (filters.plate_hmac !== undefined) {
    where.add(`plate_hmac = ${param(filters.plate_hmac)}`);
    where.add(`(state = 'arrived' or upper(period) > now() - make_interval(days => ${PLATE_DAYS}))`);
  }
  if (filters.from !== undefined) where.add(`upper(period) > ${param(filters.from)}::timestamptz`);
  if (filters.to !== undefined) where.add(`lower(period) < ${param(filters.to)}::timestamptz`);
  if (filters.overstays !== undefined) {
    where.add(`(state = 'arrived' and upper(period) <= now()) = ${param(filters.overstays)}`);
  }
  if (after)
    where.add(
      `(lower(period), parking_reservations.id) > (${param(after.from)}::timestamptz, ${param(after.id)}::uuid)`,
    );
  const rows = await query<Row>(
    `select ${columns} from parking_reservations where ${where.text()}
    order by lower(period), parking_reservations.id limit ${param(filters.limit + 1)}`,
    where.params,
  );
  return rows.map(toReservation);
}

/** Whose rows somebody may look at: those of branches, and, for a guest, of one booking. */
export type Reach = Readonly<{ scope: Scope; booking_id?: string }>;

export async function findReservation(
  { query }: Statements,
  { scope, booking_id }: Reach,
  id: string,
): Promise<Reservation | undefined> {
  const [row] = await query<Row>(
    `select ${columns} from parking_reservations
    where id = $1 and ($2::text[] is null or property_id = any($2)) and ($3::text is null or booking_id = $3)`,
    [id, branchesIn(scope), booking_id ?? null],
  );
  return row && toReservation(row);
}

const audit = (what: string, changed_fields: readonly string[]) => ({
  action: `parking_reservation.${what}`,
  entity: "parking_reservations",
  changed_fields,
});
const event = (what: string) => ({ kind: `parking_reservation.${what}`, entity: "parking_reservation" });

export type Reserving = Readonly<{
  space_id: string;
  property_id: string;
  booking_id: string;
  period: Period;
  plate_hmac: string | null;
  created_by: number | null;
}>;

/**
 * Whoever changes what is reserved of a space first locks the space: two who meet in the exclusion constraint alone would
 * each wait for the other, which PostgreSQL calls a deadlock, a second later. A foreign key does not wait for this lock.
 * Who sees that it is taken does not stand in line; who does not see it yet is told by the constraint.
 */
const insert = `with space as (
    select id, property_id from parking_spaces
    where id = $2 and property_id = $3 and is_active and not exists (
      select from parking_reservations r where r.space_id = $2 and r.state in ('reserved', 'arrived')
        and r.period && tstzrange($5::timestamptz, $6::timestamptz))
    for no key update)
  insert into parking_reservations (id, space_id, property_id, booking_id, period, plate_hmac, created_by)
  select $1::uuid, space.id, space.property_id, $4::text,
    tstzrange($5::timestamptz, $6::timestamptz), $7::text, $8::integer from space
  returning ${columns}`;

/** Undefined if somebody has the space in that period, or the branch has no such space that is let. */
export async function insertReservation(
  to: Statements,
  author: Author,
  { space_id, property_id, booking_id, period, plate_hmac, created_by }: Reserving,
): Promise<Reservation | undefined> {
  try {
    const row = await change<Row>(to, author, {
      text: insert,
      params: [uuidv7(), space_id, property_id, booking_id, period.from, period.to, plate_hmac, created_by],
      audit: audit("created", ["space_id", "booking_id", "period", ...(plate_hmac === null ? [] : ["plate_hmac"])]),
      event: event("created"),
    });
    return row && toReservation(row);
  } catch (error) {
    if (sqlStateOf(error) === EXCLUSION_VIOLATION) throw taken();
    throw error;
  }
}

export const taken = () => new AppError("conflict", "The space is taken in that period");

export type Step = "arrived" | "departed" | "cancelled";

/** What a step makes of a row, and of which rows. */
const steps: Record<Step, Readonly<{ from: string; set: string; fields: readonly string[] }>> = {
  arrived: { from: "reserved", set: "state = 'arrived', arrived_at = now()", fields: ["state", "arrived_at"] },
  departed: {
    from: "arrived",
    // Whoever leaves before the period began keeps its first microsecond: an empty period would be at no time at all.
    // One that is over stays as it is, and `departed_at` says how long it really was.
    set: `state = 'departed', departed_at = now(), period = tstzrange(
      lower(period), least(upper(period), greatest(now(), lower(period) + interval '1 microsecond')))`,
    fields: ["state", "departed_at", "period"],
  },
  cancelled: { from: "reserved", set: "state = 'cancelled'", fields: ["state"] },
};

/** Undefined if the row is not there, not in this version, or not in the state that the step begins with. */
export async function takeStep(
  to: Statements,
  author: Author,
  step: Step,
  { id, version, scope, booking_id }: Reach & Readonly<{ id: string; version: number | null }>,
): Promise<Reservation | undefined> {
  const { from, set, fields } = steps[step];
  const row = await change<Row>(to, author, {
    text: `with space as (
        select s.id from parking_spaces s
        where s.id = (select r.space_id from parking_reservations r where r.id = $1) for no key update)
      update parking_reservations set ${set} from space
      where parking_reservations.id = $1 and space_id = space.id
        and ($2::text[] is null or property_id = any($2)) and ($3::text is null or booking_id = $3)
        and ($4::integer is null or version = $4) and state = '${from}'
      returning ${columns}`,
    params: [id, branchesIn(scope), booking_id ?? null, version],
    audit: audit(step, fields),
    event: event(step),
  });
  return row && toReservation(row);
}
