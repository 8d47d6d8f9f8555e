import type { Core, DayCounts } from "@whitelabel/core-readonly";
import type { Env } from "@whitelabel/shared-config";
import { type Database, storeErrorIn } from "@whitelabel/shared-db";
import type { Caller } from "../../auth/caller.ts";
import { todayIn, zoneOf } from "../front-desk/branch-day.ts";
import { branchOf, noSuchBranch } from "../front-desk/branches.ts";
import { countUnread } from "../notifications/list-notifications.ts";
import { addDays, hoursOfDay } from "./day-hours.ts";
import { countOpen, countTasksByHour } from "./queries.ts";
import type { Summary, SummaryQuery } from "./schemas.ts";

type Stores = Readonly<{ env: Env; database: Database; core: Core }>;

/** So far before and after the day. */
const DAYS = 7;

/** What somebody who begins a shift needs to know. Counts only: nobody is shown, so no view is recorded. */
export async function summarize(stores: Stores, caller: Caller, { property_id, date }: SummaryQuery): Promise<Summary> {
  branchOf(caller.user, stores.env, property_id);
  const [open, told] = await Promise.all([
    countOpen(stores.database, property_id),
    whileCoreIsThere(() => countFromCore(stores, property_id, date)),
  ]);
  if (told) return { property_id, ...told, ...open, degraded: [] };
  const unknown = { arrivals: null, departures: null, in_house: null, unread_notifications: null };
  const charts = { tasks_by_hour: null, rooms_by_day: null };
  return { property_id, date: date ?? null, time_zone: null, ...unknown, ...open, ...charts, degraded: ["core"] };
}

/** Everything that core, or the time zone that it knows, is needed for. */
async function countFromCore({ core, database }: Stores, property_id: string, asked: string | undefined) {
  const zoned = core.findBranch(property_id).then((branch) => {
    if (!branch) throw noSuchBranch();
    return zoneOf(branch.time_zone ?? "UTC");
  });
  const dated = zoned.then((zone) => asked ?? todayIn(zone));
  const [time_zone, date, rooms_by_day, tasks_by_hour, unread_notifications] = await Promise.all([
    zoned,
    dated,
    dated.then((day) => core.countBookings({ property_id, from: addDays(day, -DAYS), to: addDays(day, DAYS) })),
    Promise.all([zoned, dated]).then(([zone, day]) => countTasksByHour(database, property_id, hoursOfDay(zone, day))),
    countUnread({ core, database }, property_id),
  ]);
  const { arrivals, departures, in_house } = rooms_by_day.find((day) => day.date === date) ?? none;
  return { date, time_zone, arrivals, departures, in_house, unread_notifications, tasks_by_hour, rooms_by_day };
}

const none: Omit<DayCounts, "date"> = { arrivals: 0, departures: 0, in_house: 0 };

async function whileCoreIsThere<T>(ask: () => Promise<T>): Promise<T | undefined> {
  try {
    return await ask();
  } catch (error) {
    if (storeErrorIn(error)?.store === "core") return undefined;
    throw error;
  }
}
