import { check, pgTable, text } from "drizzle-orm/pg-core";
import { createdAt, instant, isNotBlank } from "./columns.ts";

/** Which replica runs a job of which there is one per product; a row, for a session's lock does not pass a pooler. */
export const jobLeases = pgTable(
  "job_leases",
  {
    job: text().primaryKey(),
    // The replica: a random id of its process.
    holder: text().notNull(),
    lease_until: instant().notNull(),
    // Where it goes on: the newest instant of core that was read, for the poller.
    seen_until: instant(),
    ...createdAt,
  },
  () => [check("job_leases_job_check", isNotBlank("job"))],
);

export type JobLease = typeof jobLeases.$inferSelect;
