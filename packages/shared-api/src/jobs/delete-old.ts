import type { Database } from "@whitelabel/shared-db";
import { deleteOldKeys } from "../writes/once.ts";
import { NOTIFICATIONS_JOB } from "./poll-notifications.ts";
import type { Job } from "./run-jobs.ts";

/** Deletes what is kept for a time only. */
export function deleteOld({ database }: Readonly<{ database: Database }>): Job {
  return {
    name: "retention",
    everyMs: 600_000,
    deadlineMs: 60_000,
    async run({ signal }) {
      await deleteOldKeys(database);
      await database.sql`delete from webhook_events where created_at < now() - interval '30 days'`;
      while (!signal.aborted && (await deleteOldEvents(database)) === BATCH);
    },
  };
}

const BATCH = 5_000;

/**
 * From the oldest up to the first that has to stay, without a gap: what is left is whole. The newest stays, so that the
 * table says where what is kept begins. A notification's event is what keeps it from being told again: it stays for as
 * long as the poller may read that notification again, which is from where it was before an outage.
 */
async function deleteOldEvents({ sql }: Database): Promise<number> {
  const rows = await sql`
    delete from front_desk_events where position in (
      select position from front_desk_events
      where position < least(
        (select max(position) from front_desk_events),
        (select min(position) from front_desk_events where created_at >= now() - interval '7 days'),
        (select min(position) from front_desk_events where kind = 'notification.created' and created_at >= coalesce(
          (select seen_until from job_leases where job = ${NOTIFICATIONS_JOB}), now()) - interval '1 day'))
      order by position limit ${BATCH})
    returning position`;
  return rows.length;
}
