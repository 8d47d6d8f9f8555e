import { boolean, pgTable, text } from "drizzle-orm/pg-core";
import { createdAt } from "./columns.ts";

/**
 * The marker: whose database this is. The migration runner makes it, before any migration, so it is not among the
 * tables that migrations are computed from.
 */
export const appMeta = pgTable("app_meta", {
  // Always true and the key, so that there is never a second row.
  is_marker: boolean().primaryKey().default(true),
  product_id: text().notNull(),
  ...createdAt,
});
