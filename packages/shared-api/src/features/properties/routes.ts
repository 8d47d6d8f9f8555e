import { createRoute, OpenAPIHono } from "@hono/zod-openapi";
import type { Product } from "@whitelabel/shared-config";
import type { AppEnv, Deps } from "../../deps.ts";
import { AppError, orNotFound } from "../../http/app-error.ts";
import { openCursors } from "../../http/cursor.ts";
import { json, problems } from "../../http/describe.ts";
import { localeOf } from "../../http/locale.ts";
import { findProperty, listPublished, positionOf } from "./queries.ts";
import { getQuery, idParams, listQuery, PropertyPageSchema, PropertySchema } from "./schemas.ts";

/** Listings change seldom, and a visitor who pages back should not wait. */
const CACHE = "public, max-age=15";

const listPropertiesRoute = (product: Product) =>
  createRoute({
    method: "get",
    path: "/v1/properties",
    operationId: "listProperties",
    tags: ["properties"],
    summary: "Published listings",
    request: { query: listQuery(product) },
    responses: { 200: json(PropertyPageSchema, "A page of listings"), ...problems("invalid") },
  });

const getPropertyRoute = (product: Product) =>
  createRoute({
    method: "get",
    path: "/v1/properties/{id}",
    operationId: "getProperty",
    tags: ["properties"],
    summary: "A published listing",
    request: { params: idParams, query: getQuery(product) },
    responses: { 200: json(PropertySchema, "The listing"), ...problems("invalid", "not_found", "gone") },
  });

export const propertyRoutes = (product: Product, { env, database }: Deps) => {
  const cursors = openCursors(env.appSecret.secret);

  return new OpenAPIHono<AppEnv>()
    .openapi(listPropertiesRoute(product), async (c) => {
      const filters = c.req.valid("query");
      const list = `properties by ${filters.sort}`;
      const after = filters.cursor === undefined ? undefined : cursors.open(list, filters.cursor);

      const found = await listPublished(database, filters, localeOf(c, product, filters.locale), after);
      const items = found.slice(0, filters.limit);
      const last = found.length > filters.limit ? items.at(-1) : undefined;
      c.header("Cache-Control", CACHE);
      return c.json({ items, next_cursor: last ? cursors.seal(list, positionOf(filters.sort, last)) : null }, 200);
    })
    .openapi(getPropertyRoute(product), async (c) => {
      const locale = localeOf(c, product, c.req.valid("query").locale);
      const found = orNotFound(await findProperty(database, c.req.valid("param").id, locale), "property");
      const { is_published, deleted_at, ...property } = found;
      if (deleted_at !== null) throw new AppError("gone", "This property is no longer offered");
      if (!is_published) throw new AppError("not_found", "There is no such property");
      c.header("Cache-Control", CACHE);
      return c.json(property, 200);
    });
};
