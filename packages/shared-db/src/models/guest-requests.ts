import { check, index, integer, pgTable, text, uuid } from "drizzle-orm/pg-core";
import { changes, instant, isNotBlank, isOneOf, newId } from "./columns.ts";
import { guestLinks } from "./guest-links.ts";
import { users } from "./users.ts";
import { requestKinds, requestStates } from "./values.ts";

/** What a guest asks for, from their own page or through staff. The task it became refers to it. */
export const guestRequests = pgTable(
  "guest_requests",
  {
    id: newId().primaryKey(),
    property_id: text().notNull(),
    // Of core: text without foreign keys.
    booking_id: text().notNull(),
    room_id: text(),
    kind: text({ enum: requestKinds }).notNull(),
    // Guarded: a guest's own is redacted before it is stored, a staff member's refused.
    text: text().notNull(),
    state: text({ enum: requestStates }).notNull().default("waiting"),
    // Why it was declined, or what was done. Guarded.
    resolution: text(),
    // One of the two: the guest's link, or who wrote it down for them.
    guest_link_id: uuid().references(() => guestLinks.id),
    created_by: integer().references(() => users.id, { onDelete: "set null" }),
    closed_at: instant(),
    orphaned_at: instant(),
    ...changes,
  },
  (table) => [
    check("guest_requests_property_id_check", isNotBlank("property_id")),
    check("guest_requests_booking_id_check", isNotBlank("booking_id")),
    check("guest_requests_kind_check", isOneOf("kind", requestKinds)),
    check("guest_requests_state_check", isOneOf("state", requestStates)),
    check("guest_requests_text_check", isNotBlank("text")),
    index("guest_requests_by_branch_idx").on(table.property_id, table.state, table.id),
    index("guest_requests_by_booking_idx").on(table.booking_id, table.id),
  ],
);

export type GuestRequest = typeof guestRequests.$inferSelect;
