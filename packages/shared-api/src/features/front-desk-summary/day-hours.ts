import { instantIn } from "../front-desk/branch-time.ts";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** A day on a branch's own clocks: 23 or 25 hours long where these are set forward or back. */
export type DayHours = Readonly<{
  /** RFC 3339 in UTC; `to` belongs to the next day. */
  from: string;
  to: string;
  /** When each of its hours begins. The last is shorter where clocks move by half an hour. */
  starts: readonly string[];
}>;

export function hoursOfDay(timeZone: string, date: string): DayHours {
  const from = instantIn(timeZone, `${date}T00:00`);
  const to = instantIn(timeZone, `${addDays(date, 1)}T00:00`);
  const hours = Math.ceil((Date.parse(to) - Date.parse(from)) / HOUR_MS);
  const starts = Array.from({ length: hours }, (_, hour) => new Date(Date.parse(from) + hour * HOUR_MS).toISOString());
  return { from, to, starts };
}

export function addDays(date: string, days: number): string {
  return new Date(Date.parse(date) + days * DAY_MS).toISOString().slice(0, 10);
}
