import type { Database, FrontDeskEvent } from "@whitelabel/shared-db";

export type EventPage = Readonly<{
  /** The newest position of all. */
  counter: number;
  /** Events up to this position may have been deleted. */
  floor: number;
  events: FrontDeskEvent[];
}>;

type Row = Readonly<{ counter: number; floor: number; position: number | null }> & Omit<FrontDeskEvent, "position">;

const columns = "position, kind, property_id, entity, entity_id, created_at";

/** One statement, so that the counter and the events are of one moment. */
const pageOf = (events: string) => `
  select counter.position as counter,
    coalesce((select min(position) - 1 from front_desk_events), counter.position) as floor, ${columns
      .split(", ")
      .map((column) => `found.${column}`)
      .join(", ")}
  from front_desk_position as counter left join lateral (${events}) as found on true
  order by found.position`;

const after = pageOf(`select ${columns} from front_desk_events where position > $1 order by position limit $2`);
const newest = pageOf(`select ${columns} from front_desk_events order by position desc limit $1`);

/** The events after a position, the oldest first. */
export async function readEventsAfter(database: Database, position: number, limit: number): Promise<EventPage> {
  return toPage(await database.query<Row>(after, [position, limit]));
}

/** The newest events, the oldest of them first. */
export async function readNewestEvents(database: Database, limit: number): Promise<EventPage> {
  return toPage(await database.query<Row>(newest, [limit]));
}

function toPage(rows: readonly Row[]): EventPage {
  const events = rows.flatMap(({ counter: _counter, floor: _floor, position, ...event }) =>
    position === null ? [] : [{ position, ...event }],
  );
  return { counter: rows[0]?.counter ?? 0, floor: rows[0]?.floor ?? 0, events };
}
