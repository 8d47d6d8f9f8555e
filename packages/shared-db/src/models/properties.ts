import { sql } from "drizzle-orm";
import { bigint, boolean, check, index, integer, jsonb, pgTable, text } from "drizzle-orm/pg-core";
import { changes, instant, isMoney, isNotBlank, isObject, isOneOf, isTextArray, newId } from "./columns.ts";
import type { ContactInfo, LocationDetails, PhysicalSpecs } from "./property-details.ts";
import { users } from "./users.ts";
import { propertyTypes, transactionTypes } from "./values.ts";

// Minor units: 1,500,000 satang is 15,000 baht.
const money = () => bigint({ mode: "number" });
const texts = () => jsonb().$type<string[]>().notNull().default([]);

const isPublished = sql.raw("is_published and deleted_at is null");

/** Listings. Title and description are in the fallback locale; other locales are in `property_translations`. */
export const properties = pgTable(
  "properties",
  {
    id: newId().primaryKey(),
    title: text().notNull(),
    description: text().notNull().default(""),
    transaction_type: text({ enum: transactionTypes }).notNull(),
    property_type: text({ enum: propertyTypes }).notNull(),
    rent_price: money(),
    sale_price: money(),
    lease_price: money(),
    currency: text().notNull(),
    physical_specs: jsonb().$type<PhysicalSpecs>().notNull().default({}),
    location_details: jsonb().$type<LocationDetails>().notNull().default({}),
    // Codes of the dictionaries `amenities` and `policies`.
    amenities: texts(),
    policies: texts(),
    // For staff; never part of a public answer.
    contact_info: jsonb().$type<ContactInfo>().notNull().default({}),
    cover_image: text(),
    images: texts(),
    tags: texts(),
    is_published: boolean().notNull().default(false),
    is_featured: boolean().notNull().default(false),
    listing_priority: integer().notNull().default(0),
    // A branch of core, if the listing belongs to one: text without a foreign key.
    property_id: text(),
    created_by: integer().references(() => users.id, { onDelete: "set null" }),
    updated_by: integer().references(() => users.id, { onDelete: "set null" }),
    deleted_at: instant(),
    ...changes,
  },
  (table) => [
    check("properties_title_check", isNotBlank("title")),
    check("properties_transaction_type_check", isOneOf("transaction_type", transactionTypes)),
    check("properties_property_type_check", isOneOf("property_type", propertyTypes)),
    check("properties_currency_check", sql.raw("currency ~ '^[A-Z]{3}$'")),
    check("properties_rent_price_check", isMoney("rent_price")),
    check("properties_sale_price_check", isMoney("sale_price")),
    check("properties_lease_price_check", isMoney("lease_price")),
    // The coalesce matters: a CHECK that comes out as null passes.
    check(
      "properties_price_check",
      sql.raw(
        "coalesce(case transaction_type when 'rent' then rent_price when 'sale' then sale_price when 'lease' then lease_price end, 0) > 0",
      ),
    ),
    check("properties_physical_specs_check", isObject("physical_specs")),
    // A list filters by it, and a text in one row would fail the cast for every caller.
    check(
      "properties_bedrooms_check",
      sql.raw("coalesce(jsonb_typeof(physical_specs -> 'bedrooms'), 'number') = 'number'"),
    ),
    check("properties_location_details_check", isObject("location_details")),
    check("properties_amenities_check", isTextArray("amenities")),
    check("properties_policies_check", isTextArray("policies")),
    check("properties_contact_info_check", isObject("contact_info")),
    check("properties_images_check", isTextArray("images")),
    check("properties_tags_check", isTextArray("tags")),
    check("properties_listing_priority_check", sql.raw("listing_priority between 0 and 999")),
    // Published pages, by keyset. All ascending: read backwards they serve `order by … desc, id desc`.
    index("properties_by_priority_idx").on(table.listing_priority, table.created_at, table.id).where(isPublished),
    index("properties_by_created_idx").on(table.created_at, table.id).where(isPublished),
    index("properties_by_type_idx")
      .on(table.transaction_type, table.property_type, table.listing_priority, table.created_at, table.id)
      .where(isPublished),
    index("properties_by_rent_price_idx").on(table.rent_price, table.id).where(isPublished),
    index("properties_by_sale_price_idx").on(table.sale_price, table.id).where(isPublished),
    index("properties_by_lease_price_idx").on(table.lease_price, table.id).where(isPublished),
    index("properties_facets_idx").using("gin", table.amenities, table.tags),
    index("properties_text_idx").using("gin", table.title.op("gin_trgm_ops"), table.description.op("gin_trgm_ops")),
  ],
);

export type Property = typeof properties.$inferSelect;
export type NewProperty = typeof properties.$inferInsert;
