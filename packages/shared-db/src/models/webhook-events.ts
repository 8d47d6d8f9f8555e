import { check, index, pgTable, text } from "drizzle-orm/pg-core";
import { createdAt, isNotBlank } from "./columns.ts";

/** Webhooks that took effect, by the sender's own id of the message, written with the effect: a repetition has none. */
export const webhookEvents = pgTable(
  "webhook_events",
  {
    id: text().primaryKey(),
    kind: text().notNull(),
    ...createdAt,
  },
  (table) => [
    check("webhook_events_id_check", isNotBlank("id")),
    index("webhook_events_by_created_idx").on(table.created_at),
  ],
);

export type WebhookEvent = typeof webhookEvents.$inferSelect;
