import { check, index, pgTable, primaryKey, text, uuid } from "drizzle-orm/pg-core";
import { changes, isLocale, isNotBlank, locale } from "./columns.ts";
import { properties } from "./properties.ts";

export const propertyTranslations = pgTable(
  "property_translations",
  {
    // `property_id` always means a branch of core; a listing's key elsewhere is `listing_id`.
    listing_id: uuid()
      .notNull()
      .references(() => properties.id, { onDelete: "cascade" }),
    locale: locale(),
    title: text().notNull(),
    description: text().notNull().default(""),
    ...changes,
  },
  (table) => [
    primaryKey({ name: "property_translations_pkey", columns: [table.listing_id, table.locale] }),
    check("property_translations_locale_check", isLocale),
    check("property_translations_title_check", isNotBlank("title")),
    index("property_translations_text_idx").using(
      "gin",
      table.title.op("gin_trgm_ops"),
      table.description.op("gin_trgm_ops"),
    ),
  ],
);

export type PropertyTranslation = typeof propertyTranslations.$inferSelect;
