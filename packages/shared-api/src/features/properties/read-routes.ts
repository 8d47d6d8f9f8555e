import { createRoute } from "@hono/zod-openapi";
import type { Product } from "@whitelabel/shared-config";
import type { Database } from "@whitelabel/shared-db";
import type { Deps } from "../../deps.ts";
import { AppError, orNotFound } from "../../http/app-error.ts";
import { openCursors } from "../../http/cursor.ts";
import { json } from "../../http/describe.ts";
import { problems } from "../../http/describe-problems.ts";
import { jsonText, pageText } from "../../http/json-text.ts";
import { localeOf } from "../../http/locale.ts";
import { openRoutes } from "../../http/open-routes.ts";
import { setVersion } from "../../writes/versions.ts";
import { gone } from "./change-listing.ts";
import { listQuery } from "./list-query.ts";
import { findForStaff, findPublished, isDeleted, type ListingText, listListings, positionOf } from "./queries.ts";
import {
  getQuery,
  idParams,
  type PropertyPage,
  PropertyPageSchema,
  PropertySchema,
  type PublicProperty,
  type StaffProperty,
  StaffPropertySchema,
} from "./schemas.ts";
import { type Branches, isTheirs, staffBranches } from "./staff.ts";

/** Listings change seldom, and a visitor who pages back should not wait. What staff see is kept nowhere (envelope). */
const CACHE = "public, max-age=15";
const VARY = "Accept-Language, Authorization";

const listPropertiesRoute = (product: Product) =>
  createRoute({
    method: "get",
    path: "/v1/properties",
    operationId: "listProperties",
    tags: ["properties"],
    summary: "Published listings",
    description: "Staff may ask for drafts too, with `status`; anybody else who does is refused.",
    request: { query: listQuery(product) },
    responses: { 200: json(PropertyPageSchema, "A page of listings"), ...problems("invalid", "forbidden") },
  });

const getPropertyRoute = (product: Product) =>
  createRoute({
    method: "get",
    path: "/v1/properties/{id}",
    operationId: "getProperty",
    tags: ["properties"],
    summary: "A published listing",
    description: "Staff get their drafts too, and of what is theirs to change, all that there is.",
    request: { params: idParams, query: getQuery(product) },
    responses: {
      200: json(PropertySchema.or(StaffPropertySchema), "The listing; its `ETag` is its version"),
      ...problems("invalid", "not_found", "gone"),
    },
  });

export const readRoutes = (product: Product, { env, database }: Deps) => {
  const cursors = openCursors(env.appSecret.secret);
  const [fallback] = product.locales;

  return openRoutes()
    .openapi(listPropertiesRoute(product), async (c) => {
      const filters = c.req.valid("query");
      const staff = staffBranches(c);
      if (filters.status !== "published" && !staff) throw new AppError("forbidden", "Drafts are for staff");
      const list = `properties by ${filters.sort}`;
      const after = filters.cursor === undefined ? undefined : cursors.open(list, filters.cursor);

      const locale = localeOf(c, product, filters.locale, VARY);
      const found = await listListings(database, { filters, locale, after, staff });
      const listings = found.slice(0, filters.limit);
      const last = found.length > filters.limit ? listings.at(-1) : undefined;
      const items = listings.map(({ json }) => json);
      c.header("Cache-Control", CACHE);
      const next = last ? cursors.seal(list, positionOf(filters.sort, last)) : null;
      return jsonText<PropertyPage>(c, pageText(items, next));
    })
    .openapi(getPropertyRoute(product), async (c) => {
      const locale = localeOf(c, product, c.req.valid("query").locale, VARY);
      const { id } = c.req.valid("param");
      const staff = staffBranches(c);
      c.header("Cache-Control", CACHE);
      const own = staff && (await findOwn(database, id, { ...staff, locale, fallback }));
      if (own) {
        setVersion(c, own);
        return c.json(own, 200);
      }
      const published = await publishedOrWhyNot(database, id, locale);
      setVersion(c, published);
      return jsonText<PublicProperty>(c, published.json);
    });
};

type Asked = Readonly<{ branches: Branches; locale: string; fallback: string }>;

/** Undefined for what is not theirs to change; it may still be published. */
async function findOwn(database: Database, id: string, asked: Asked): Promise<StaffProperty | undefined> {
  const found = await findForStaff(database, id, asked);
  if (!found || !isTheirs(asked.branches, found.property_id)) return undefined;
  const { deleted_at, ...listing } = found;
  if (deleted_at !== null) throw gone();
  return listing;
}

async function publishedOrWhyNot(database: Database, id: string, locale: string): Promise<ListingText> {
  const found = await findPublished(database, id, locale);
  if (!found && (await isDeleted(database, id))) throw gone();
  return orNotFound(found, "property");
}
