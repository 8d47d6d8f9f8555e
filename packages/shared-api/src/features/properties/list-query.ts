import { z } from "@hono/zod-openapi";
import type { Product } from "@whitelabel/shared-config";
import { searchText } from "../../http/describe.ts";
import { paging } from "../../http/paging.ts";
import { localeIn } from "./schemas.ts";
import { normaliseTag } from "./tags.ts";

const sorts = ["priority", "newest", "price_asc", "price_desc"] as const;
export type Sort = (typeof sorts)[number];

const statuses = ["published", "draft", "all"] as const;
export type Status = (typeof statuses)[number];

const money = () => z.coerce.number().int().min(0).max(Number.MAX_SAFE_INTEGER).optional();

/** `a,b` as a list. All of them must be there, so a few are plenty. */
const list = (description: string, example: string, normalise: (text: string) => string) =>
  searchText(500)
    .transform((text) => text.split(",").map(normalise).filter(Boolean))
    .refine((items) => items.length > 0, "At least one")
    .optional()
    .openapi({ type: "string", description, example });

/** The product's own vocabulary decides which types can be asked for. */
export const listQuery = (product: Product) =>
  z.strictObject({
    property_type: z.enum(product.propertyTypes as [string, ...string[]]).optional(),
    transaction_type: z.enum(product.transactionTypes as [string, ...string[]]).optional(),
    price_min: money().openapi({ description: "Minor units, of the price of the listing's transaction." }),
    price_max: money(),
    bedrooms: z.coerce.number().int().min(0).max(100).optional().openapi({ description: "At least so many." }),
    amenities: list("Comma-separated; a listing must have all of them.", "pool,gym", (code) => code.trim()),
    tags: list("Comma-separated; a listing must have all of them.", "riverside", normaliseTag),
    featured: z
      .enum(["true", "false"])
      .transform((text) => text === "true")
      .optional()
      .openapi({ type: "boolean" }),
    q: searchText(100).optional().openapi({
      description:
        "Text in title or description, in any locale and any case. Without three letters or digits in a row it is looked for in titles only.",
    }),
    status: z.enum(statuses).default("published").openapi({
      description:
        "`draft` and `all` are for staff. An agent sees the drafts of the branches they work for, and of none.",
    }),
    sort: z.enum(sorts).default("priority"),
    locale: localeIn(product).optional().openapi({ description: "Beats `Accept-Language`." }),
    ...paging,
  });

export type ListQuery = z.infer<ReturnType<typeof listQuery>>;
