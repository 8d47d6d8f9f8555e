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

export const title = () => line(200).openapi({ example: "Two-bedroom condo near the river" });
export const description = () => lines(10_000).openapi({ example: "Bright and quiet, five minutes from the pier." });

/** Up to 2^53 - 1, as in the database. A listing that is not offered for a price has none. */
export const price = () => z.int().min(1).max(Number.MAX_SAFE_INTEGER).openapi({ format: "int64", example: 2_500_000 });

const code = () => z.string().regex(/^[a-z][a-z0-9_]{0,63}$/, "Not a code of the dictionary");

/** Nothing that a page would run, and nothing that a browser would read in another way than we do. */
export const imageUrl = () =>
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

export const physicalSpecs = {
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

export const locationDetails = {
  district: line(120),
  city: line(120),
  region: line(120),
  country: z.string().regex(/^[A-Z]{2}$/, "ISO 3166-1, two letters"),
  postal_code: line(20),
  latitude: z.number().min(-90).max(90),
  longitude: z.number().min(-180).max(180),
};

export const contactInfo = { office: line(200), email: z.email().max(254), hours: line(200) };

export const specsExample = { bedrooms: 2, bathrooms: 1.5, area_sqm: 84, floor: 12, furnishing: "furnished" as const };
export const locationExample = {
  district: "Watthana",
  city: "Bangkok",
  country: "TH",
  latitude: 13.73,
  longitude: 100.57,
};
export const contactExample = { office: "Riverside office", hours: "09:00-18:00" };

/** The fields that are the same in a new listing and in a change, each as it must be when it is there. */
export const fieldsOf = (product: Product) => ({
  transaction_type: z.enum(product.transactionTypes as [TransactionType, ...TransactionType[]]),
  property_type: z.enum(product.propertyTypes as [PropertyType, ...PropertyType[]]),
  currency: z.enum([product.currency]),
  is_featured: z.boolean(),
  listing_priority: count(999).openapi({ example: 100, description: "The higher, the earlier in a list." }),
});

export const lists = {
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

export const branch = () => line(100).openapi({ example: "BKK-01", description: "A branch that you work for." });
