import { check, integer, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import { createdAt, isNotBlank } from "./columns.ts";
import { users } from "./users.ts";

export const staffAssignments = pgTable(
  "staff_assignments",
  {
    user_id: integer()
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    // A branch of core: text without a foreign key.
    property_id: text().notNull(),
    ...createdAt,
  },
  (table) => [
    primaryKey({ name: "staff_assignments_pkey", columns: [table.user_id, table.property_id] }),
    check("staff_assignments_property_id_check", isNotBlank("property_id")),
  ],
);

export type StaffAssignment = typeof staffAssignments.$inferSelect;
