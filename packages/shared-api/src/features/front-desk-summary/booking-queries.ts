import type { Database } from "@whitelabel/shared-db";
import type { Scope } from "../front-desk/branches.ts";
import type { OwnState } from "./booking-schemas.ts";

const columns: Record<keyof OwnState, { from: string; of: string }> = {
  tasks: {
    from: "reception_tasks as own",
    of: `own.title, own.category, own.priority, own.due_at,
      case when own.state = 'claimed' and own.lease_until <= now() then 'open' else own.state end as state`,
  },
  guest_requests: { from: "guest_requests as own", of: "own.kind, own.text, own.state" },
  parking_reservations: {
    from: "parking_reservations as own join parking_spaces as space on space.id = own.space_id",
    of: "own.space_id, space.label, lower(own.period) as from, upper(own.period) as to, own.state",
  },
  guest_links: {
    from: "guest_links as own",
    of: "own.expires_at, own.revoked_at, own.revoked_at is null and own.expires_at > now() as is_open",
  },
};

/** All that we keep of a booking, in the caller's branches: a query a table, side by side. And whose branch it is. */
export async function findOwnState({ query }: Database, booking_id: string, scope: Scope) {
  let property_id: string | undefined;
  const read = async <Name extends keyof OwnState>(name: Name): Promise<OwnState[Name]> => {
    const { from, of } = columns[name];
    const rows = await query<{ property_id: string }>(
      `select own.id, own.property_id, ${of}, own.orphaned_at, own.created_at from ${from}
      where own.booking_id = $1 and ($2::text[] is null or own.property_id = any($2::text[]))
      order by own.id desc limit 100`,
      [booking_id, scope === "*" ? null : scope],
    );
    property_id ??= rows[0]?.property_id;
    return rows.map(({ property_id: _, ...row }) => row) as unknown as OwnState[Name];
  };
  const [tasks, guest_requests, parking_reservations, guest_links] = await Promise.all([
    read("tasks"),
    read("guest_requests"),
    read("parking_reservations"),
    read("guest_links"),
  ]);
  return { property_id, state: { tasks, guest_requests, parking_reservations, guest_links } };
}
