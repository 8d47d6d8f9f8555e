import { z } from "@hono/zod-openapi";
import type { Product } from "@whitelabel/shared-config";
import type { PropertyType, TransactionType } from "@whitelabel/shared-db";
import {
  branch,
  contactExample,
  contactInfo,
  description,
  fieldsOf,
  imageUrl,
  lists,
  locationDetails,
  locationExample,
  physicalSpecs,
  price,
  specsExample,
  title,
} from "./fields.ts";

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
    .check(({ value: listing, issues }) => {
      const path = `${listing.transaction_type}_price` as const;
      if (listing[path] !== null) return;
      const message = "The price of the listing's transaction is needed";
      issues.push({ code: "custom", path: [path], message, input: null });
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
