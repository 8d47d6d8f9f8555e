import { z } from "@hono/zod-openapi";
import type { Product } from "@whitelabel/shared-config";
import type { PropertyType, TransactionType } from "@whitelabel/shared-db";
import { normaliseTag } from "./tags.ts";

const CONTROL = /\p{Cc}/u;
const CONTROL_IN_LINES = /[^\P{Cc}\n\r\t]/u;

/** One line of text. */
const line = (max: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(max)
    .refine((text) => !CONTROL.test(text), "Must be one line without control characters");

/** Lines of text. */
const lines = (max: number) =>
  z
    .string()
    .trim()
    .max(max)
    .refine((text) => !CONTROL_IN_LINES.test(text), "Must not contain control characters");

const title = () => line(200).openapi({ example: "Two-bedroom condo near the river" });
const description = () => lines(10_000).openapi({ example: "Bright and quiet, five minutes from the pier." });

/** Up to 2^53 - 1, as in the database. A listing that is not offered for a price has none. */
const price = () => z.int().min(1).max(Number.MAX_SAFE_INTEGER).openapi({ format: "int64", example: 2_500_000 });

const code = () => z.string().regex(/^[a-z][a-z0-9_]{0,63}$/, "Not a code of the dictionary");

/** Nothing that a page would run, and nothing that a browser would read in another way than we do. */
const imageUrl = () =>
  z
    .string()
    .max(2_000)
    .refine(isImageUrl, "Must be an https URL")
    .openapi({ format: "uri", pattern: "^https://", example: "https://images.example.com/1.jpg" });

function isImageUrl(text: string): boolean {
  if (!/^https:\/\/[\w[][^\s\p{Cc}\\"'<>`]*$/u.test(text)) return false;
  const url = URL.parse(text);
  return url !== null && url.protocol === "https:" && url.username === "" && url.password === "";
}

const tag = () =>
  z
    .string()
    .max(100)
    .transform(normaliseTag)
    .pipe(z.string().min(1).max(40))
    .refine((text) => !CONTROL.test(text) && !text.includes(","), "Must not contain a comma or control characters");

const count = (max: number) => z.int().min(0).max(max);
const area = () => z.number().min(0).max(100_000_000);

const physicalSpecs = {
  bedrooms: count(100),
  bathrooms: z.number().min(0).max(100),
  area_sqm: area(),
  land_sqm: area(),
  floors: count(300),
  floor: z.int().min(-20).max(300),
  parking_spaces: count(10_000),
  year_built: z.int().min(1000).max(2200),
  furnishing: z.enum(["furnished", "partly_furnished", "unfurnished"]),
};

const locationDetails = {
  district: line(120),
  city: line(120),
  region: line(120),
  country: z.string().regex(/^[A-Z]{2}$/, "ISO 3166-1, two letters"),
  postal_code: line(20),
  latitude: z.number().min(-90).max(90),
  longitude: z.number().min(-180).max(180),
};

const contactInfo = { office: line(200), email: z.email().max(254), hours: line(200) };

const specsExample = { bedrooms: 2, bathrooms: 1.5, area_sqm: 84, floor: 12, furnishing: "furnished" as const };
const locationExample = { district: "Watthana", city: "Bangkok", country: "TH", latitude: 13.73, longitude: 100.57 };
const contactExample = { office: "Riverside office", hours: "09:00-18:00" };

/** The fields that are the same in a new listing and in a change, each as it must be when it is there. */
const fieldsOf = (product: Product) => ({
  transaction_type: z.enum(product.transactionTypes as [TransactionType, ...TransactionType[]]),
  property_type: z.enum(product.propertyTypes as [PropertyType, ...PropertyType[]]),
  currency: z.enum([product.currency]),
  is_featured: z.boolean(),
  listing_priority: count(999).openapi({ example: 100, description: "The higher, the earlier in a list." }),
});

const lists = {
  amenities: z
    .array(code())
    .max(100)
    .openapi({ example: ["gym", "lift"], description: "Codes of `GET /v1/amenities`." }),
  policies: z
    .array(code())
    .max(100)
    .openapi({ example: ["no_smoking"], description: "Codes of `GET /v1/policies`." }),
  images: z.array(imageUrl()).max(50),
  tags: z
    .array(tag())
    .max(30)
    .openapi({
      type: "array",
      items: { type: "string", minLength: 1, maxLength: 40, pattern: "^[^,]*$" },
      example: ["riverside"],
      description: "Stored in lower case, each once.",
    }),
};

const branch = () => line(100).openapi({ example: "BKK-01", description: "A branch that you work for." });

/** A new listing is a draft; what is left out is empty. */
export const newListing = (product: Product) => {
  const fields = fieldsOf(product);
  const [transaction_type] = product.transactionTypes as [TransactionType, ...TransactionType[]];
  const [property_type] = product.propertyTypes as [PropertyType, ...PropertyType[]];
  return z
    .strictObject({
      title: title(),
      description: description().default(""),
      transaction_type: fields.transaction_type,
      property_type: fields.property_type,
      rent_price: price().nullable().default(null),
      sale_price: price().nullable().default(null),
      lease_price: price().nullable().default(null),
      currency: fields.currency.default(product.currency),
      physical_specs: z.strictObject(physicalSpecs).partial().default({}),
      location_details: z.strictObject(locationDetails).partial().default({}),
      amenities: lists.amenities.default([]),
      policies: lists.policies.default([]),
      contact_info: z.strictObject(contactInfo).partial().default({}),
      cover_image: imageUrl().nullable().default(null),
      images: lists.images.default([]),
      tags: lists.tags.default([]),
      is_featured: fields.is_featured.default(false),
      listing_priority: fields.listing_priority.default(0),
      property_id: branch().nullable().default(null),
    })
    .superRefine((listing, context) => {
      const path = `${listing.transaction_type}_price` as const;
      if (listing[path] !== null) return;
      context.addIssue({ code: "custom", path: [path], message: "The price of the listing's transaction is needed" });
    })
    .openapi("NewProperty", {
      description: "The price of its transaction type is needed, `rent_price` for one to rent.",
      example: {
        title: "Two-bedroom condo near the river",
        description: "Bright and quiet, five minutes from the pier.",
        transaction_type,
        property_type,
        [`${transaction_type}_price`]: 2_500_000,
        physical_specs: specsExample,
        location_details: locationExample,
        contact_info: contactExample,
        images: ["https://images.example.com/1.jpg"],
        tags: ["riverside"],
      },
    });
};

export type NewListing = z.infer<ReturnType<typeof newListing>>;

/** What null clears: a field of an object on its own, the rest as a whole. */
const clearable = <Shape extends Record<string, z.ZodType>>(shape: Shape, example: object) =>
  z
    .strictObject(
      Object.fromEntries(Object.entries(shape).map(([name, field]) => [name, field.nullable()])) as {
        [Name in keyof Shape]: z.ZodNullable<Shape[Name]>;
      },
    )
    .partial()
    .nullable()
    .openapi({ example });

/** A change: what is absent stays, null clears, the fields of an object are merged, a list is replaced as a whole. */
export const listingPatch = (product: Product) =>
  z
    .strictObject({
      title: title(),
      description: description().nullable(),
      ...fieldsOf(product),
      rent_price: price().nullable(),
      sale_price: price().nullable(),
      lease_price: price().nullable(),
      physical_specs: clearable(physicalSpecs, { bedrooms: 3, floor: null }),
      location_details: clearable(locationDetails, { district: "Sathon" }),
      amenities: lists.amenities.nullable(),
      policies: lists.policies.nullable(),
      contact_info: clearable(contactInfo, { hours: "08:00-20:00" }),
      cover_image: imageUrl().nullable(),
      images: lists.images.nullable(),
      tags: lists.tags.nullable().openapi({ type: ["array", "null"] }),
      property_id: branch().nullable(),
    })
    .partial()
    .refine((patch) => Object.keys(patch).length > 0, "Nothing to change")
    .openapi("PropertyPatch", {
      description:
        "What is absent stays as it is and null clears. The fields of `physical_specs`, `location_details` and `contact_info` are merged one by one; a list is replaced as a whole.",
      example: { title: "Two-bedroom condo on the river", physical_specs: { bedrooms: 3, floor: null }, tags: null },
    });

export type ListingPatch = z.infer<ReturnType<typeof listingPatch>>;

export const TranslationSchema = z
  .strictObject({ title: title(), description: description().default("") })
  .openapi("PropertyTranslation", { example: { title: "คอนโดริมแม่น้ำ", description: "ใกล้ท่าเรือ" } });

export type Translation = z.infer<typeof TranslationSchema>;
