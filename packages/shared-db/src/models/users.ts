import { boolean, check, index, integer, pgTable, text } from "drizzle-orm/pg-core";
import { changes, instant, isNotBlank, isOneOf } from "./columns.ts";
import { roles } from "./values.ts";

export const users = pgTable(
  "users",
  {
    id: integer().primaryKey().generatedAlwaysAsIdentity(),
    // Who somebody is, is Clerk's to say; an e-mail moves from one account to another, so it is not unique.
    clerk_user_id: text().notNull().unique("users_clerk_user_id_key"),
    email: text(),
    display_name: text(),
    role: text({ enum: roles }).notNull().default("user"),
    is_active: boolean().notNull().default(true),
    deleted_at: instant(),
    // Clerk's own `updated_at` of the newest webhook applied: events come in any order.
    clerk_updated_at: instant(),
    // When ADMIN_EMAILS made them admin. It does so once: whoever was demoted is not promoted again.
    promoted_at: instant(),
    ...changes,
  },
  (table) => [
    check("users_role_check", isOneOf("role", roles)),
    check("users_clerk_user_id_check", isNotBlank("clerk_user_id")),
    index("users_email_idx").on(table.email),
  ],
);

export type User = typeof users.$inferSelect;
export type NewUser = typeof users.$inferInsert;
