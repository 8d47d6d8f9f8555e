import type { Database } from "@whitelabel/shared-db";
import { uuidv7 } from "uuidv7";

export type GuestDataView = Readonly<{
  viewer: number;
  property_id: string;
  date: string;
  view: string;
  booking_ids: readonly string[];
  request_id: string;
}>;

/** One row for one answer: who was shown which bookings' guests. Ids only. */
export async function recordGuestDataView({ sql }: Database, viewed: GuestDataView): Promise<void> {
  const { viewer, property_id, date, view, booking_ids, request_id } = viewed;
  await sql`
    insert into audit_logs (id, actor_type, actor_id, action, entity, entity_id, details, request_id)
    values (${uuidv7()}, 'user', ${viewer}, 'guest_data.viewed', 'branch', ${property_id},
      ${JSON.stringify({ date, view, booking_ids })}::jsonb, ${request_id})`;
}
