import { boolean, check, pgTable, text, unique } from "drizzle-orm/pg-core";
import { changes, isNotBlank, isOneOf, newId } from "./columns.ts";
import { parkingKinds } from "./values.ts";

/** The spaces of a branch. One that is no longer let is inactive and keeps its reservations. */
export const parkingSpaces = pgTable(
  "parking_spaces",
  {
    id: newId().primaryKey(),
    // A branch of core: text without a foreign key.
    property_id: text().notNull(),
    label: text().notNull(),
    kind: text({ enum: parkingKinds }).notNull().default("car"),
    is_active: boolean().notNull().default(true),
    ...changes,
  },
  (table) => [
    unique("parking_spaces_label_key").on(table.property_id, table.label),
    // What a reservation refers to, so that both are of one branch.
    unique("parking_spaces_branch_key").on(table.id, table.property_id),
    check("parking_spaces_property_id_check", isNotBlank("property_id")),
    check("parking_spaces_label_check", isNotBlank("label")),
    check("parking_spaces_kind_check", isOneOf("kind", parkingKinds)),
  ],
);

export type ParkingSpace = typeof parkingSpaces.$inferSelect;
