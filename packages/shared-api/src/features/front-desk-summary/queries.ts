import type { Database } from "@whitelabel/shared-db";
import type { DayHours } from "./day-hours.ts";
import type { Summary } from "./schemas.ts";

export type OwnCounts = Pick<
  Summary,
  "open_tasks" | "overdue_tasks" | "escalated_tasks" | "requests_waiting" | "parking_in_use" | "parking_spaces"
>;

const none: OwnCounts = {
  ...{ open_tasks: 0, overdue_tasks: 0, escalated_tasks: 0 },
  ...{ requests_waiting: 0, parking_in_use: 0, parking_spaces: 0 },
};

/** What is open in a branch now. */
export async function countOpen({ sql }: Database, property_id: string): Promise<OwnCounts> {
  const [counts] = await sql<OwnCounts>`
    select tasks.*,
      (select count(*)::integer from guest_requests where property_id = ${property_id} and state = 'waiting')
        as requests_waiting,
      (select count(*)::integer from parking_reservations where property_id = ${property_id} and state = 'arrived')
        as parking_in_use,
      (select count(*)::integer from parking_spaces where property_id = ${property_id} and is_active)
        as parking_spaces
    from (
      select count(*)::integer as open_tasks,
        count(*) filter (where due_at < now())::integer as overdue_tasks,
        count(*) filter (where escalated_at is not null)::integer as escalated_tasks
      from reception_tasks where property_id = ${property_id} and state in ('open', 'claimed')
    ) as tasks`;
  return counts ?? none;
}

/** How many tasks were made and done in each hour of a day. */
export async function countTasksByHour(
  { sql }: Database,
  property_id: string,
  { from, to, starts }: DayHours,
): Promise<NonNullable<Summary["tasks_by_hour"]>> {
  const rows = await sql<{ hour: number; created: number; completed: number }>`
    select floor(extract(epoch from at - ${from}::timestamptz) / 3600)::integer as hour,
      count(*) filter (where is_new)::integer as created, count(*) filter (where not is_new)::integer as completed
    from (
      select created_at as at, true as is_new from reception_tasks where property_id = ${property_id}
      union all
      select closed_at, false from reception_tasks where property_id = ${property_id} and state = 'done'
    ) as moments
    where at >= ${from}::timestamptz and at < ${to}::timestamptz group by 1`;
  const byHour = new Map(rows.map(({ hour, ...counts }) => [hour, counts]));
  return starts.map((starts_at, hour) => ({ starts_at, ...(byHour.get(hour) ?? { created: 0, completed: 0 }) }));
}
