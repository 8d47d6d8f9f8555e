import { createRoute } from "@hono/zod-openapi";
import type { Product } from "@whitelabel/shared-config";
import type { Context } from "hono";
import type { AppEnv, Deps } from "../../deps.ts";
import { json } from "../../http/describe.ts";
import { problems } from "../../http/describe-problems.ts";
import { localeOf } from "../../http/locale.ts";
import { openRoutes } from "../../http/open-routes.ts";
import { getQuery } from "../properties/schemas.ts";
import { listAmenities, listPolicies } from "./queries.ts";
import { AmenityPageSchema, PolicyPageSchema } from "./schemas.ts";

/** They change with a release, if ever. */
const CACHE = "public, max-age=300";

const description =
  "Short enough to come whole: there is never a next page. What has no name in the locale has the one of the fallback.";

const listAmenitiesRoute = (product: Product) =>
  createRoute({
    method: "get",
    path: "/v1/amenities",
    operationId: "listAmenities",
    tags: ["dictionaries"],
    summary: "What listings can offer",
    description,
    request: { query: getQuery(product) },
    responses: { 200: json(AmenityPageSchema, "All amenities"), ...problems("invalid") },
  });

const listPoliciesRoute = (product: Product) =>
  createRoute({
    method: "get",
    path: "/v1/policies",
    operationId: "listPolicies",
    tags: ["dictionaries"],
    summary: "The rules that listings can have",
    description,
    request: { query: getQuery(product) },
    responses: { 200: json(PolicyPageSchema, "All policies"), ...problems("invalid") },
  });

export const dictionaryRoutes = (product: Product, { database }: Deps) => {
  const localesOf = (c: Context<AppEnv>, asked: string | undefined) => {
    c.header("Cache-Control", CACHE);
    return [localeOf(c, product, asked), product.locales[0]] as const;
  };

  return openRoutes()
    .openapi(listAmenitiesRoute(product), async (c) => {
      const items = await listAmenities(database, localesOf(c, c.req.valid("query").locale));
      return c.json({ items, next_cursor: null }, 200);
    })
    .openapi(listPoliciesRoute(product), async (c) => {
      const items = await listPolicies(database, localesOf(c, c.req.valid("query").locale));
      return c.json({ items, next_cursor: null }, 200);
    });
};
