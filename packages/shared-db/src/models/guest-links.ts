import { check, index, integer, pgTable, text } from "drizzle-orm/pg-core";
import { changes, instant, isNotBlank, newId } from "./columns.ts";
import { users } from "./users.ts";

/** A link to one booking for its guest. The token is an HMAC of the id: what is stored here opens nothing. */
export const guestLinks = pgTable(
  "guest_links",
  {
    id: newId().primaryKey(),
    property_id: text().notNull(),
    // A booking of core: text without a foreign key.
    booking_id: text().notNull(),
    expires_at: instant().notNull(),
    revoked_at: instant(),
    created_by: integer().references(() => users.id, { onDelete: "set null" }),
    orphaned_at: instant(),
    ...changes,
  },
  (table) => [
    check("guest_links_property_id_check", isNotBlank("property_id")),
    check("guest_links_booking_id_check", isNotBlank("booking_id")),
    index("guest_links_by_booking_idx").on(table.booking_id),
  ],
);

export type GuestLink = typeof guestLinks.$inferSelect;
