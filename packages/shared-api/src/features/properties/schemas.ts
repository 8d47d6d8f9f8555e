import { z } from "@hono/zod-openapi";
import type { Product } from "@whitelabel/shared-config";
import { propertyTypes, transactionTypes } from "@whitelabel/shared-db";
import { instant, pageOf, paging, searchText } from "../../http/describe.ts";

const sorts = ["priority", "newest", "price_asc", "price_desc"] as const;
export type Sort = (typeof sorts)[number];

const price = (example?: number) =>
  z
    .int()
    .nullable()
    .openapi({ format: "int64", ...(example !== undefined && { example }) });

const PhysicalSpecsSchema = z
  .object({
    bedrooms: z.number().optional(),
    bathrooms: z.number().optional(),
    area_sqm: z.number().optional(),
    land_sqm: z.number().optional(),
    floors: z.number().optional(),
    floor: z.number().optional(),
    parking_spaces: z.number().optional(),
    year_built: z.number().optional(),
    furnishing: z.enum(["furnished", "partly_furnished", "unfurnished"]).optional(),
  })
  .openapi({ example: { bedrooms: 2, bathrooms: 2, area_sqm: 84 } });

const LocationDetailsSchema = z
  .object({
    district: z.string().optional(),
    city: z.string().optional(),
    region: z.string().optional(),
    country: z.string().optional(),
    postal_code: z.string().optional(),
    latitude: z.number().optional(),
    longitude: z.number().optional(),
  })
  .openapi({ example: { district: "Watthana", city: "Bangkok", country: "TH" } });

/** What anyone may see of a published listing. How to reach its owner is not part of it. */
export const PropertySchema = z
  .object({
    id: z.uuid().openapi({ example: "0193f0c2-5b7e-7c31-a1f4-6d2f3b1c9e10" }),
    title: z.string().openapi({ example: "Two-bedroom condo near the river" }),
    description: z.string(),
    transaction_type: z.enum(transactionTypes),
    property_type: z.enum(propertyTypes),
    rent_price: price(2_500_000).openapi({ description: "Minor units of `currency`: 2500000 is 25,000 baht a month." }),
    sale_price: price(),
    lease_price: price(),
    currency: z.string().openapi({ example: "THB" }),
    physical_specs: PhysicalSpecsSchema,
    location_details: LocationDetailsSchema,
    amenities: z.array(z.string()).openapi({ example: ["pool", "gym"] }),
    policies: z.array(z.string()).openapi({ example: ["no_smoking"] }),
    cover_image: z.string().nullable(),
    images: z.array(z.string()),
    tags: z.array(z.string()).openapi({ example: ["riverside"] }),
    is_featured: z.boolean(),
    listing_priority: z.int().openapi({ example: 100 }),
    property_id: z.string().nullable().openapi({ example: "BKK-01", description: "The branch it belongs to, if any." }),
    created_at: instant(),
    updated_at: instant(),
    version: z.int().openapi({ example: 1 }),
  })
  .openapi("Property");

export type PublicProperty = z.infer<typeof PropertySchema>;

export const PropertyPageSchema = pageOf(PropertySchema).openapi("PropertyPage");

const money = () => z.coerce.number().int().min(0).max(Number.MAX_SAFE_INTEGER).optional();

/** `a,b` as a list. All of them must be there, so a few are plenty. */
const codes = (description: string, example: string) =>
  searchText(500)
    .transform((text) =>
      text
        .split(",")
        .map((code) => code.trim())
        .filter(Boolean),
    )
    .optional()
    .openapi({ type: "string", description, example });

const locale = ({ locales }: Product) =>
  z
    .enum(locales as [string, ...string[]])
    .optional()
    .openapi({ description: "Beats `Accept-Language`." });

/** The product's own vocabulary decides which types can be asked for. */
export const listQuery = (product: Product) =>
  z.strictObject({
    property_type: z.enum(product.propertyTypes as [string, ...string[]]).optional(),
    transaction_type: z.enum(product.transactionTypes as [string, ...string[]]).optional(),
    price_min: money().openapi({ description: "Minor units, of the price of the listing's transaction." }),
    price_max: money(),
    bedrooms: z.coerce.number().int().min(0).max(100).optional().openapi({ description: "At least so many." }),
    amenities: codes("Comma-separated; a listing must have all of them.", "pool,gym"),
    tags: codes("Comma-separated; a listing must have all of them.", "riverside"),
    featured: z
      .enum(["true", "false"])
      .transform((text) => text === "true")
      .optional()
      .openapi({ type: "boolean" }),
    q: searchText(100).optional().openapi({ description: "Text in title or description, in any locale." }),
    sort: z.enum(sorts).default("priority"),
    locale: locale(product),
    ...paging,
  });

export type ListQuery = z.infer<ReturnType<typeof listQuery>>;

export const getQuery = (product: Product) => z.strictObject({ locale: locale(product) });

export const idParams = z.object({ id: z.uuid().openapi({ example: "0193f0c2-5b7e-7c31-a1f4-6d2f3b1c9e10" }) });
