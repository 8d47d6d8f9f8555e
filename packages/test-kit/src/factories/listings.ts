import {
  type Db,
  type NewProperty,
  type Property,
  type PropertyTranslation,
  properties,
  propertyTranslations,
} from "@whitelabel/shared-db";
import { inserted } from "./inserted.ts";

type Overrides = Partial<NewProperty> & {
  /** Further locales by name; `{ th: "บ้านริมหาด" }` is enough. */
  translations?: Record<string, string | { title: string; description?: string }>;
};

/** A published villa for rent, unless the overrides say otherwise. */
export async function createListing(db: Db, { translations = {}, ...overrides }: Overrides = {}): Promise<Property> {
  const usual: NewProperty = {
    title: "Villa by the sea",
    description: "Two floors, a garden and a short way to the beach.",
    transaction_type: "rent",
    property_type: "villa",
    rent_price: 4_500_000,
    currency: "THB",
    physical_specs: { bedrooms: 3, bathrooms: 2, area_sqm: 180 },
    location_details: { district: "Kamala", city: "Phuket", country: "TH" },
    is_published: true,
  };
  const listing = inserted(
    await db
      .insert(properties)
      .values({ ...usual, ...overrides })
      .returning(),
  );
  for (const [locale, text] of Object.entries(translations)) await translateListing(db, listing.id, locale, text);
  return listing;
}

export async function translateListing(
  db: Db,
  listing_id: string,
  locale: string,
  text: string | { title: string; description?: string },
): Promise<PropertyTranslation> {
  const values = typeof text === "string" ? { title: text } : text;
  return inserted(
    await db
      .insert(propertyTranslations)
      .values({ listing_id, locale, ...values })
      .returning(),
  );
}
