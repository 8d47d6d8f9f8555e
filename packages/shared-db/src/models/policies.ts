import { check, integer, pgTable, primaryKey, text, uuid } from "drizzle-orm/pg-core";
import { changes, isCode, isLocale, isNotBlank, locale, newId } from "./columns.ts";

/** The dictionary of rules a listing can have; a listing names entries by `code`. */
export const policies = pgTable(
  "policies",
  {
    id: newId().primaryKey(),
    code: text().notNull().unique("policies_code_key"),
    category: text().notNull(),
    position: integer().notNull().default(0),
    ...changes,
  },
  () => [check("policies_code_check", isCode), check("policies_category_check", isNotBlank("category"))],
);

export const policyTranslations = pgTable(
  "policy_translations",
  {
    policy_id: uuid()
      .notNull()
      .references(() => policies.id, { onDelete: "cascade" }),
    locale: locale(),
    name: text().notNull(),
    description: text().notNull().default(""),
    ...changes,
  },
  (table) => [
    primaryKey({ name: "policy_translations_pkey", columns: [table.policy_id, table.locale] }),
    check("policy_translations_locale_check", isLocale),
    check("policy_translations_name_check", isNotBlank("name")),
  ],
);

export type Policy = typeof policies.$inferSelect;
export type PolicyTranslation = typeof policyTranslations.$inferSelect;
