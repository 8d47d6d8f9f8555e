import { sql } from "drizzle-orm";
import { bigint, boolean, check, index, pgTable, text, uniqueIndex } from "drizzle-orm/pg-core";
import { createdAt, isNotBlank } from "./columns.ts";

/**
 * The ordered outbox behind the live stream: ids and kinds only, written in the transaction of the change. Positions
 * come from `front_desk_position`, so that they are in the order of commits.
 */
export const frontDeskEvents = pgTable(
  "front_desk_events",
  {
    position: bigint({ mode: "number" }).primaryKey(),
    kind: text().notNull(),
    property_id: text().notNull(),
    entity: text().notNull(),
    entity_id: text().notNull(),
    ...createdAt,
  },
  (table) => [
    check("front_desk_events_kind_check", isNotBlank("kind")),
    check("front_desk_events_entity_id_check", isNotBlank("entity_id")),
    index("front_desk_events_by_created_idx").on(table.created_at),
    // The poller rereads the last minutes of core: each notification is told of once.
    uniqueIndex("front_desk_events_notification_key")
      .on(table.entity_id)
      .where(sql.raw("kind = 'notification.created'")),
  ],
);

/** One row: the newest position. Updated last in a transaction, its lock makes writers commit in this order. */
export const frontDeskPosition = pgTable(
  "front_desk_position",
  {
    // Always true and the key, so that there is never a second row.
    is_counter: boolean().primaryKey().default(true),
    position: bigint({ mode: "number" }).notNull().default(0),
    ...createdAt,
  },
  () => [check("front_desk_position_one_row_check", sql.raw("is_counter"))],
);

export type FrontDeskEvent = typeof frontDeskEvents.$inferSelect;
