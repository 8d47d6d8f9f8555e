import { z } from "@hono/zod-openapi";
import { pageOf } from "../../http/paging.ts";

const AmenitySchema = z
  .object({
    code: z.string().openapi({ example: "shared_pool", description: "What a listing names it by." }),
    category: z.string().openapi({ example: "building" }),
    name: z.string().openapi({ example: "Shared pool" }),
  })
  .openapi("Amenity");

const PolicySchema = z
  .object({
    code: z.string().openapi({ example: "no_smoking", description: "What a listing names it by." }),
    category: z.string().openapi({ example: "house" }),
    name: z.string().openapi({ example: "No smoking" }),
    description: z.string().openapi({ example: "Inside and on the balcony." }),
  })
  .openapi("Policy");

export type Amenity = z.infer<typeof AmenitySchema>;
export type Policy = z.infer<typeof PolicySchema>;

export const AmenityPageSchema = pageOf(AmenitySchema).openapi("AmenityPage");
export const PolicyPageSchema = pageOf(PolicySchema).openapi("PolicyPage");
