import { byId, type Select, selectFrom } from "./select.ts";

export type Notification = Readonly<{
  notification_id: string;
  property_id: string;
  booking_id: string | null;
  kind: string | null;
  created_at: string;
}>;

/** Where a page of notifications ended; a notification is its own position. */
export type NotificationPosition = Pick<Notification, "created_at" | "notification_id">;
export type NotificationPage = Readonly<{ limit?: number; after?: NotificationPosition }>;

const position = "created_at::timestamptz, notification_id::text";
const newestFirst = "created_at::timestamptz desc, notification_id::text desc";

const notifications = `${selectFrom("reception_notifications")} and property_id::text = $2
  and ($3::timestamptz is null or (${position}) < ($3::timestamptz, $4::text))
  order by ${newestFirst} limit $5::integer`;
const notificationsById = `${selectFrom("reception_notifications")} and notification_id::text = any($2::text[])`;

/** The newest first. */
export function listNotifications(
  select: Select,
  property_id: string,
  { limit, after }: NotificationPage = {},
): Promise<Notification[]> {
  return select<Notification>(
    notifications,
    property_id,
    after?.created_at ?? null,
    after?.notification_id ?? null,
    limit ?? null,
  );
}

/** One query, however many ids. */
export async function findNotifications(
  select: Select,
  notification_ids: readonly string[],
): Promise<Map<string, Notification>> {
  if (notification_ids.length === 0) return new Map();
  const rows = await select<Notification>(notificationsById, notification_ids);
  return byId(rows, (notification) => notification.notification_id);
}

/** Where reading new notifications goes on: the oldest first. */
export type NewNotifications = Readonly<{
  /** What was read up to then, RFC 3339; null for "now". A time that core has not reached yet counts as now. */
  seen_until: string | null;
  /** How far to look back from there, in minutes: rows may commit late. */
  minutes: number;
  limit: number;
  after?: NotificationPosition | undefined;
}>;

const newNotifications = `${selectFrom("reception_notifications")}
  and created_at::timestamptz >= least($2::timestamptz, now()) - make_interval(mins => $3::integer)
  and ($4::timestamptz is null or (${position}) > ($4::timestamptz, $5::text))
  order by ${position} limit $6::integer`;

/** Of all branches, by core's own clock. */
export function listNewNotifications(
  select: Select,
  { seen_until, minutes, limit, after }: NewNotifications,
): Promise<Notification[]> {
  return select<Notification>(
    newNotifications,
    seen_until,
    minutes,
    after?.created_at ?? null,
    after?.notification_id ?? null,
    limit,
  );
}
