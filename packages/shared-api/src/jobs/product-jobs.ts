import type { Deps } from "../deps.ts";
import type { EventSignal } from "../features/front-desk-events/event-signal.ts";
import { deleteOld } from "./delete-old.ts";
import { findOrphans } from "./find-orphans.ts";
import { pollNotifications } from "./poll-notifications.ts";
import type { Job } from "./run-jobs.ts";

/** What a product's API does by itself. Without a front desk there is nothing to read in core. */
export function productJobs({ env, database, core }: Deps, events: EventSignal): Job[] {
  const always = [deleteOld({ database })];
  if (!core || !env.features.front_desk) return always;
  return [...always, pollNotifications({ database, core, events }), findOrphans({ database, core, events })];
}
