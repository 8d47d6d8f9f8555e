import { sql } from "drizzle-orm";
import { check, foreignKey, index, integer, pgTable, text, uuid } from "drizzle-orm/pg-core";
import { changes, instant, isNotBlank, isOneOf, newId, period } from "./columns.ts";
import { parkingSpaces } from "./parking-spaces.ts";
import { users } from "./users.ts";
import { parkingStates } from "./values.ts";

/**
 * Who has a space when. Two of them never overlap while reserved or arrived: an exclusion constraint in the migration
 * says so, which models cannot express.
 */
export const parkingReservations = pgTable(
  "parking_reservations",
  {
    id: newId().primaryKey(),
    space_id: uuid().notNull(),
    // The space's branch; kept here so that scoping never needs another table.
    property_id: text().notNull(),
    // A booking of core: text without a foreign key.
    booking_id: text().notNull(),
    period: period().notNull(),
    state: text({ enum: parkingStates }).notNull().default("reserved"),
    // HMAC of the licence plate, hex: staff can look a plate up, and nobody can read one.
    plate_hmac: text(),
    arrived_at: instant(),
    departed_at: instant(),
    // Null when the guest made it.
    created_by: integer().references(() => users.id, { onDelete: "set null" }),
    orphaned_at: instant(),
    ...changes,
  },
  (table) => [
    foreignKey({
      name: "parking_reservations_space_fk",
      columns: [table.space_id, table.property_id],
      foreignColumns: [parkingSpaces.id, parkingSpaces.property_id],
    }),
    check("parking_reservations_booking_id_check", isNotBlank("booking_id")),
    check("parking_reservations_state_check", isOneOf("state", parkingStates)),
    // The coalesce matters: the bound of an unbounded range is null, and a CHECK that comes out as null passes.
    check(
      "parking_reservations_period_check",
      sql.raw(
        "not isempty(period) and lower_inc(period) and not upper_inc(period) and coalesce(isfinite(lower(period)) and isfinite(upper(period)), false)",
      ),
    ),
    check("parking_reservations_plate_hmac_check", sql.raw("plate_hmac is null or plate_hmac ~ '^[0-9a-f]{64}$'")),
    check("parking_reservations_departed_check", sql.raw("(state = 'departed') = (departed_at is not null)")),
    index("parking_reservations_by_branch_idx").on(table.property_id, table.id),
    index("parking_reservations_by_booking_idx").on(table.booking_id),
    index("parking_reservations_by_plate_idx").on(table.plate_hmac),
  ],
);

export type ParkingReservation = typeof parkingReservations.$inferSelect;
