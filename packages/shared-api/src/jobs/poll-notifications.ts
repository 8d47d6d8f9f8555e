import type { Core, Notification } from "@whitelabel/core-readonly";
import type { Database } from "@whitelabel/shared-db";
import type { EventSignal } from "../features/front-desk-events/event-signal.ts";
import { noteSeen } from "./leases.ts";
import type { Job } from "./run-jobs.ts";

type Stores = Readonly<{ database: Database; core: Core; events: EventSignal }>;

export const NOTIFICATIONS_JOB = "notifications";

/** Rows of core may be committed so long after the time that they carry. */
const LATE_MINUTES = 10;
const PAGE = 500;

/**
 * Tells the live stream of each notification of core, once. It reads the last minutes again and again, and after an
 * outage from where it was; that nothing is told twice is the unique index's to say.
 */
export function pollNotifications({ database, core, events }: Stores): Job {
  return {
    name: NOTIFICATIONS_JOB,
    everyMs: 2_000,
    deadlineMs: 30_000, // after a long outage there are many pages
    async run({ lease, holder, signal }) {
      let after: Notification | undefined;
      do {
        const since = { seen_until: lease.seen_until, minutes: LATE_MINUTES, limit: PAGE, after };
        const found = await core.listNewNotifications(since);
        if ((await tellOf(database, found)) > 0) events.wake();
        after = found.length === PAGE ? found.at(-1) : undefined;
      } while (after && !signal.aborted);
      if (!after) await noteSeen(database, NOTIFICATIONS_JOB, holder, lease.taken_at);
    },
  };
}

/** Answers how many were new. */
export async function tellOf({ query }: Database, found: readonly Notification[]): Promise<number> {
  const named = found.filter(({ notification_id }) => notification_id.trim() !== "");
  if (named.length === 0) return 0;
  const params = [named.map(({ notification_id }) => notification_id), named.map(({ property_id }) => property_id)];
  const [row] = await query<{ told: number }>(tell, params);
  return row?.told ?? 0;
}

/**
 * The counter is only touched if something is new, and its lock is what a second poller waits for. That one then finds
 * its rows told: it leaves a gap in the positions, and no event.
 */
const tell = `
  with fresh as (
    select id, property_id, row_number() over (order by place) as nth
    from unnest($1::text[], $2::text[]) with ordinality as found (id, property_id, place)
    where not exists (select from front_desk_events where kind = 'notification.created' and entity_id = found.id)
  ), counted as (
    update front_desk_position set position = position + (select count(*) from fresh)
    where exists (select from fresh) returning position - (select count(*) from fresh) as before
  ), told as (
    insert into front_desk_events (position, kind, property_id, entity, entity_id)
    select counted.before + fresh.nth, 'notification.created', fresh.property_id, 'notification', fresh.id
    from fresh, counted
    on conflict (entity_id) where kind = 'notification.created' do nothing
    returning 1
  )
  select count(*)::integer as told from told`;
