import type { Database, RequestKind, RequestState, Statements } from "@whitelabel/shared-db";
import { uuidv7 } from "uuidv7";
import type { Author } from "../../auth/caller.ts";
import { change } from "../../writes/change.ts";
import { conditions } from "../../writes/conditions.ts";
import type { Scope } from "../front-desk/branches.ts";
import type { GuestRequestItem, RequestQuery } from "./schemas.ts";

const columns = `id, property_id, booking_id, room_id, kind, text, state, resolution,
  guest_link_id is not null as is_from_guest,
  (select t.id from reception_tasks t where t.guest_request_id = guest_requests.id) as task_id,
  closed_at, orphaned_at, created_at, updated_at, version`;

const branchesIn = (scope: Scope) => (scope === "*" ? null : scope);

/** Whose rows somebody may look at: those of branches, and, for a guest, of one booking. */
export type Reach = Readonly<{ scope: Scope; booking_id?: string }>;

/** One more than `limit`. */
export function listRequests(
  { query }: Database,
  { scope, booking_id }: Reach,
  filters: RequestQuery,
  after: string | undefined,
): Promise<GuestRequestItem[]> {
  const where = conditions();
  const { param } = where;
  where.add(`(${param(branchesIn(scope))}::text[] is null or property_id = any($1))`);
  if (booking_id !== undefined) where.add(`booking_id = ${param(booking_id)}`);
  if (filters.property_id !== undefined) where.add(`property_id = ${param(filters.property_id)}`);
  if (filters.booking_id !== undefined) where.add(`booking_id = ${param(filters.booking_id)}`);
  if (filters.state !== undefined) where.add(`state = ${param(filters.state)}`);
  if (filters.kind !== undefined) where.add(`kind = ${param(filters.kind)}`);
  const isNewestFirst = filters.sort === "newest";
  if (after !== undefined) where.add(`id ${isNewestFirst ? "<" : ">"} ${param(after)}::uuid`);
  return query<GuestRequestItem>(
    `select ${columns} from guest_requests where ${where.text()}
    order by id ${isNewestFirst ? "desc" : "asc"} limit ${param(filters.limit + 1)}`,
    where.params,
  );
}

export async function findRequest(
  { query }: Statements,
  { scope, booking_id }: Reach,
  id: string,
): Promise<GuestRequestItem | undefined> {
  const [request] = await query<GuestRequestItem>(
    `select ${columns} from guest_requests
    where id = $1 and ($2::text[] is null or property_id = any($2)) and ($3::text is null or booking_id = $3)`,
    [id, branchesIn(scope), booking_id ?? null],
  );
  return request;
}

const audit = (what: string, changed_fields: readonly string[], details = {}) => ({
  action: `guest_request.${what}`,
  entity: "guest_requests",
  changed_fields,
  details,
});
const event = (what: string) => ({ kind: `guest_request.${what}`, entity: "guest_request" });

export type RequestValues = Readonly<{
  property_id: string;
  booking_id: string;
  room_id: string | null;
  kind: RequestKind;
  /** Guarded or redacted. */
  text: string;
  guest_link_id: string | null;
  created_by: number | null;
}>;

/** Guests may have so many waiting for a booking: reception would not see the others for theirs. */
const MOST_WAITING = 30;

/** Undefined if the booking has too many waiting, which is asked of guests only. */
export function insertRequest(
  to: Statements,
  author: Author,
  { property_id, booking_id, room_id, kind, text, guest_link_id, created_by }: RequestValues,
): Promise<GuestRequestItem | undefined> {
  return change<GuestRequestItem>(to, author, {
    text: `insert into guest_requests (id, property_id, booking_id, room_id, kind, text, guest_link_id, created_by)
      select $1::uuid, $2::text, $3::text, $4::text, $5::text, $6::text, $7::uuid, $8::integer
      where $7::uuid is null or (select count(*) from guest_requests
        where booking_id = $3 and property_id = $2 and state = 'waiting') < ${MOST_WAITING}
      returning ${columns}`,
    params: [uuidv7(), property_id, booking_id, room_id, kind, text, guest_link_id, created_by],
    audit: audit("created", ["kind", "text"], { property_id, booking_id, kind }),
    event: event("created"),
  });
}

export type Move = Exclude<RequestState, "waiting">;

/** What a request was before, and whether it is closed by it. */
const moves: Record<Move, Readonly<{ from: RequestState; closes: boolean }>> = {
  accepted: { from: "waiting", closes: false },
  declined: { from: "waiting", closes: true },
  withdrawn: { from: "waiting", closes: true },
  done: { from: "accepted", closes: true },
};

/** Undefined if the row is not there, not in this version, or not in the state that the move begins with. */
export function moveRequest(
  to: Statements,
  author: Author,
  state: Move,
  target: Reach & Readonly<{ id: string; version: number | null; resolution?: string | undefined }>,
): Promise<GuestRequestItem | undefined> {
  const { id, scope, booking_id, version, resolution } = target;
  const { from, closes } = moves[state];
  return change<GuestRequestItem>(to, author, {
    text: `update guest_requests set state = '${state}', resolution = coalesce($5::text, resolution)
        ${closes ? ", closed_at = now()" : ""}
      where id = $1 and ($2::text[] is null or property_id = any($2)) and ($3::text is null or booking_id = $3)
        and ($4::integer is null or version = $4) and state = '${from}'
      returning ${columns}`,
    params: [id, branchesIn(scope), booking_id ?? null, version, resolution ?? null],
    audit: audit(state, ["state", ...(resolution === undefined ? [] : ["resolution"])]),
    event: event(state),
  });
}
