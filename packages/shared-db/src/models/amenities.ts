import { check, integer, pgTable, primaryKey, text, uuid } from "drizzle-orm/pg-core";
import { changes, isCode, isLocale, isNotBlank, locale, newId } from "./columns.ts";

/** The dictionary of what a listing can offer; a listing names entries by `code`. */
export const amenities = pgTable(
  "amenities",
  {
    id: newId().primaryKey(),
    code: text().notNull().unique("amenities_code_key"),
    category: text().notNull(),
    position: integer().notNull().default(0),
    ...changes,
  },
  () => [check("amenities_code_check", isCode), check("amenities_category_check", isNotBlank("category"))],
);

export const amenityTranslations = pgTable(
  "amenity_translations",
  {
    amenity_id: uuid()
      .notNull()
      .references(() => amenities.id, { onDelete: "cascade" }),
    locale: locale(),
    name: text().notNull(),
    ...changes,
  },
  (table) => [
    primaryKey({ name: "amenity_translations_pkey", columns: [table.amenity_id, table.locale] }),
    check("amenity_translations_locale_check", isLocale),
    check("amenity_translations_name_check", isNotBlank("name")),
  ],
);

export type Amenity = typeof amenities.$inferSelect;
export type AmenityTranslation = typeof amenityTranslations.$inferSelect;
