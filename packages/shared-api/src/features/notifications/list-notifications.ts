import type { Core, Notification } from "@whitelabel/core-readonly";
import type { Env } from "@whitelabel/shared-config";
import { type Database, storeErrorIn } from "@whitelabel/shared-db";
import type { Logger } from "pino";
import type { Caller } from "../../auth/caller.ts";
import type { Cursors } from "../../http/cursor.ts";
import { withBookings } from "../front-desk/booking-context.ts";
import { branchOf } from "../front-desk/branches.ts";
import { findReceipts } from "./queries.ts";
import type { NotificationPage, NotificationsQuery, Receipt } from "./schemas.ts";

type Stores = Readonly<{ env: Env; database: Database; core: Core; cursors: Cursors; log: Logger }>;

/** What core told a branch, the newest first, each with our receipt. */
export async function listNotifications(
  stores: Stores,
  caller: Caller,
  query: NotificationsQuery,
): Promise<NotificationPage> {
  const { property_id, limit, unread } = query;
  branchOf(caller.user, stores.env, property_id);
  const after = query.cursor === undefined ? undefined : positionIn(stores.cursors, query, query.cursor);

  const read = await readNotifications(stores, property_id, after);
  if (!read) return { items: [], next_cursor: null, unread_count: null, degraded: ["core"] };

  const { receipts, unread_count, isWhole } = read;
  const fitting = read.found.filter(({ notification_id }) => fits(unread, receipts.get(notification_id)));
  const page = fitting.slice(0, limit);
  // Of many that do not fit, the next page goes on behind the last that was looked at.
  const last = fitting.length > limit ? page.at(-1) : isWhole ? undefined : read.found.at(-1);
  const viewed = { entity: "notification", entity_id: null, details: { property_id } };
  const { items, degraded } = await withBookings(stores, caller, viewed, page);
  return {
    items: items.map((item) => ({ ...item, receipt: receipts.get(item.notification_id) ?? null })),
    next_cursor: last ? stores.cursors.seal(listOf(query), [last.created_at, last.notification_id]) : null,
    unread_count,
    degraded,
  };
}

/** How many of a branch's newest notifications nobody has acknowledged. A StoreError "core" while core is away. */
export async function countUnread({ core, database }: Pick<Stores, "core" | "database">, property_id: string) {
  const newest = await core.listNotifications(property_id, { limit: MOST });
  return unreadIn(newest, await findReceipts(database, idsOf(newest)));
}

/** As many are counted, and looked through for those that fit. */
const MOST = 1_000;

type Position = Pick<Notification, "created_at" | "notification_id">;

/** Undefined while core is away. */
async function readNotifications({ core, database }: Stores, property_id: string, after: Position | undefined) {
  try {
    const newest = core.listNotifications(property_id, { limit: MOST });
    const [counted, found] = await Promise.all([
      newest,
      after ? core.listNotifications(property_id, { limit: MOST, after }) : newest,
    ]);
    const receipts = await findReceipts(database, [...new Set([...idsOf(counted), ...idsOf(found)])]);
    return { found, receipts, unread_count: unreadIn(counted, receipts), isWhole: found.length < MOST };
  } catch (error) {
    if (storeErrorIn(error)?.store === "core") return undefined;
    throw error;
  }
}

function unreadIn(notifications: readonly Notification[], receipts: ReadonlyMap<string, Receipt>): number {
  return notifications.filter(({ notification_id }) => !receipts.has(notification_id)).length;
}

function fits(unread: NotificationsQuery["unread"], receipt: Receipt | undefined): boolean {
  return unread === undefined || unread === (receipt === undefined);
}

const idsOf = (notifications: readonly Notification[]) => notifications.map(({ notification_id }) => notification_id);

const listOf = ({ property_id, unread }: NotificationsQuery) => `notifications ${property_id} ${unread ?? "all"}`;

function positionIn(cursors: Cursors, query: NotificationsQuery, cursor: string): Position {
  const [created_at, notification_id] = cursors.open(listOf(query), cursor);
  return { created_at: String(created_at), notification_id: String(notification_id) };
}
