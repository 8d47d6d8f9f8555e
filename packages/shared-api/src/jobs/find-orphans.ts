import type { Core } from "@whitelabel/core-readonly";
import type { Database } from "@whitelabel/shared-db";
import { uuidv7 } from "uuidv7";
import type { EventSignal } from "../features/front-desk-events/event-signal.ts";
import { recordAudit } from "../writes/change.ts";
import type { Job } from "./run-jobs.ts";

type Stores = Readonly<{ database: Database; core: Core; events: EventSignal }>;

/** Tables whose rows belong to a booking, and what their rows are called in events. */
const tables = {
  reception_tasks: "task",
  guest_requests: "guest_request",
  parking_reservations: "parking_reservation",
  guest_links: "guest_link",
} as const;

type Table = keyof typeof tables;
type Found = Record<Table, { flagged: number; cleared: number }>;

const BATCH = 500;

/**
 * Flags rows whose booking was cancelled or is not in core any more, and takes the flag away when it is back. Nothing is
 * deleted, and nothing flagged unless core has answered: rows of a branch that core does not name are left as they are.
 */
export function findOrphans({ database, core, events }: Stores): Job {
  return {
    name: "orphans",
    everyMs: 30_000,
    deadlineMs: 120_000,
    async run({ signal }) {
      const branches = (await core.listBranches()).map(({ property_id }) => property_id);
      const found = nothingFound();
      for (let after = ""; !signal.aborted; ) {
        const ids = await nextBookings(database, branches, after);
        const last = ids.at(-1);
        if (last === undefined) break;
        await flag(database, branches, ids, await goneOf(core, ids), found);
        after = last;
      }
      const changes = Object.values(found).reduce((sum, { flagged, cleared }) => sum + flagged + cleared, 0);
      if (changes === 0) return;
      events.wake();
      const author = { actor: { type: "system" }, request_id: `job-${uuidv7()}` } as const;
      await recordAudit(database, author, { action: "bookings.compared", entity: "booking", details: found });
    },
  };
}

/** Of these the bookings that are cancelled, in all their rooms, or not there. A StoreError while core is away. */
async function goneOf(core: Core, booking_ids: readonly string[]): Promise<string[]> {
  const states = await core.findBookingStates(booking_ids);
  return booking_ids.filter((id) => states.get(id)?.is_cancelled ?? true);
}

const next = `select booking_id from (${Object.keys(tables)
  .map(
    (table) => `(select distinct booking_id from ${table}
      where booking_id > $1 and property_id = any($2::text[]) order by booking_id limit ${BATCH})`,
  )
  .join(" union ")}) as bookings (booking_id) order by booking_id limit ${BATCH}`;

async function nextBookings({ query }: Database, branches: readonly string[], after: string): Promise<string[]> {
  const rows = await query<{ booking_id: string }>(next, [after, branches]);
  return rows.map(({ booking_id }) => booking_id);
}

async function flag(
  { query }: Database,
  branches: readonly string[],
  ids: readonly string[],
  gone: readonly string[],
  found: Found,
): Promise<void> {
  for (const [table, entity] of Object.entries(tables) as [Table, string][]) {
    const rows = await query<{ is_orphan: boolean }>(flagIn(table), [ids, gone, branches, entity]);
    const flagged = rows.filter(({ is_orphan }) => is_orphan).length;
    found[table].flagged += flagged;
    found[table].cleared += rows.length - flagged;
  }
}

/** Only rows that change are touched, each with its event, in one statement. */
const flagIn = (table: Table) => `
  with changed as (
    update ${table} set orphaned_at = case when booking_id = any($2::text[]) then now() end
    where booking_id = any($1::text[]) and property_id = any($3::text[])
      and (orphaned_at is not null) <> (booking_id = any($2::text[]))
    returning id, property_id, orphaned_at is not null as is_orphan
  ), counted as (
    update front_desk_position set position = position + (select count(*) from changed)
    where exists (select from changed) returning position - (select count(*) from changed) as before
  ), told as (
    insert into front_desk_events (position, kind, property_id, entity, entity_id)
    select counted.before + row_number() over (order by changed.id),
      $4::text || case when is_orphan then '.orphaned' else '.restored' end, property_id, $4::text, changed.id::text
    from changed, counted
  )
  select is_orphan from changed`;

function nothingFound(): Found {
  return Object.fromEntries(Object.keys(tables).map((table) => [table, { flagged: 0, cleared: 0 }])) as Found;
}
