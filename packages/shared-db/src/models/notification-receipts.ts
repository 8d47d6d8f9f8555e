import { check, index, integer, pgTable, text } from "drizzle-orm/pg-core";
import { createdAt, isNotBlank } from "./columns.ts";
import { users } from "./users.ts";

/** That somebody has seen a notification of core. The first who acknowledges it is who it names. */
export const notificationReceipts = pgTable(
  "notification_receipts",
  {
    // Of core: text without a foreign key.
    notification_id: text().primaryKey(),
    property_id: text().notNull(),
    acknowledged_by: integer().references(() => users.id, { onDelete: "set null" }),
    // created_at is when it was acknowledged.
    ...createdAt,
  },
  (table) => [
    check("notification_receipts_notification_id_check", isNotBlank("notification_id")),
    check("notification_receipts_property_id_check", isNotBlank("property_id")),
    index("notification_receipts_by_branch_idx").on(table.property_id, table.created_at),
  ],
);

export type NotificationReceipt = typeof notificationReceipts.$inferSelect;
