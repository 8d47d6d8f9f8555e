import type { Database } from "@whitelabel/shared-db";

/** What the holder of a job's lease knows; instants are RFC 3339 in UTC, by the database's clock. */
export type Lease = Readonly<{ taken_at: string; seen_until: string | null }>;

/** A holder that says nothing for so long is replaced by whoever asks next. */
const LEASE_SECONDS = 7;

/** Takes or renews a job's lease; undefined while somebody else holds it. Of replicas that race one gets it. */
export async function takeLease({ sql }: Database, job: string, holder: string): Promise<Lease | undefined> {
  const [lease] = await sql<Lease>`
    insert into job_leases (job, holder, lease_until)
    values (${job}, ${holder}, now() + make_interval(secs => ${LEASE_SECONDS}))
    on conflict (job) do update set holder = excluded.holder, lease_until = excluded.lease_until
    where job_leases.holder = excluded.holder or job_leases.lease_until < now()
    returning now() as taken_at, seen_until`;
  return lease;
}

/** Lets the next replica begin at once instead of after the lease. */
export async function giveUpLeases({ sql }: Database, holder: string): Promise<void> {
  await sql`update job_leases set lease_until = now() where holder = ${holder} and lease_until > now()`;
}

/** Notes how far a job has read. Whoever has lost the lease meanwhile notes nothing. */
export async function noteSeen({ sql }: Database, job: string, holder: string, seen_until: string): Promise<void> {
  await sql`
    update job_leases set seen_until = greatest(seen_until, ${seen_until}::timestamptz)
    where job = ${job} and holder = ${holder}`;
}
