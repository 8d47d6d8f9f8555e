import { z } from "@hono/zod-openapi";
import type { Product } from "@whitelabel/shared-config";
import { propertyTypes, transactionTypes } from "@whitelabel/shared-db";
import { instant } from "../../http/describe.ts";
import { pageOf } from "../../http/paging.ts";

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
    is_published: z.boolean().optional().openapi({ description: "Only in answers to staff." }),
    created_at: instant(),
    updated_at: instant(),
    version: z.int().openapi({ example: 1 }),
  })
  .openapi("Property");

export type PublicProperty = z.infer<typeof PropertySchema>;

/** What staff see of a listing that is theirs to change. */
export const StaffPropertySchema = PropertySchema.extend({
  is_published: z.boolean(),
  contact_info: z
    .object({ office: z.string().optional(), email: z.string().optional(), hours: z.string().optional() })
    .openapi({ description: "How staff reach whoever offers it. Never public." }),
  translations: z
    .record(z.string(), z.object({ title: z.string(), description: z.string() }))
    .openapi({ description: "The texts of every locale, the fallback included." })
    .openapi({ example: { en: { title: "House", description: "" }, th: { title: "บ้าน", description: "" } } }),
  created_by: z.int().nullable().openapi({ example: 7 }),
  updated_by: z.int().nullable().openapi({ example: 7 }),
}).openapi("StaffProperty");

export type StaffProperty = z.infer<typeof StaffPropertySchema>;

export const PropertyPageSchema = pageOf(PropertySchema).openapi("PropertyPage");

export type PropertyPage = z.infer<typeof PropertyPageSchema>;

export const localeIn = ({ locales }: Product) => z.enum(locales as [string, ...string[]]);

export const getQuery = (product: Product) =>
  z.strictObject({ locale: localeIn(product).optional().openapi({ description: "Beats `Accept-Language`." }) });

export const idParams = z.object({ id: z.uuid().openapi({ example: "0193f0c2-5b7e-7c31-a1f4-6d2f3b1c9e10" }) });

export const translationParams = (product: Product) =>
  idParams.extend({ locale: localeIn(product).openapi({ example: product.locales[1] ?? product.locales[0] }) });
