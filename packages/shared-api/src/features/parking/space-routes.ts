import { createRoute } from "@hono/zod-openapi";
import { callerOf } from "../../auth/caller.ts";
import type { Deps } from "../../deps.ts";
import { orNotFound } from "../../http/app-error.ts";
import { openCursors } from "../../http/cursor.ts";
import { idempotencyKey, ifMatch, json } from "../../http/describe.ts";
import { problems } from "../../http/describe-problems.ts";
import { openRoutes } from "../../http/open-routes.ts";
import { once } from "../../writes/once.ts";
import { changedMeanwhile, expectedVersion, setVersion } from "../../writes/versions.ts";
import { branchOf, scopeOf } from "../front-desk/branches.ts";
import { parking } from "./parking.ts";
import {
  AvailabilitySchema,
  availabilityQuery,
  idParams,
  newSpace,
  SpacePageSchema,
  SpaceSchema,
  spacePatch,
  spaceQuery,
} from "./schemas.ts";
import { findSpace, insertSpace, listAvailability, listSpaces, updateSpace } from "./spaces.ts";

const tags = ["parking"];

const listSpacesRoute = createRoute({
  method: "get",
  path: "/v1/front-desk/parking/spaces",
  operationId: "listParkingSpaces",
  tags,
  summary: "The parking spaces of the caller's branches",
  request: { query: spaceQuery },
  responses: {
    200: json(SpacePageSchema, "By branch and label"),
    ...problems("invalid", "not_found", "feature_disabled"),
  },
});

const createSpaceRoute = createRoute({
  method: "post",
  path: "/v1/front-desk/parking/spaces",
  operationId: "createParkingSpace",
  tags,
  summary: "A new parking space of a branch",
  parameters: [idempotencyKey],
  request: { body: { required: true, content: { "application/json": { schema: newSpace } } } },
  responses: {
    201: json(SpaceSchema, "The space; its `ETag` is its version"),
    ...problems("invalid", "not_found", "feature_disabled", "conflict", "gone"),
  },
});

const getSpaceRoute = createRoute({
  method: "get",
  path: "/v1/front-desk/parking/spaces/{id}",
  operationId: "getParkingSpace",
  tags,
  summary: "A parking space",
  request: { params: idParams },
  responses: {
    200: json(SpaceSchema, "The space; its `ETag` is its version"),
    ...problems("invalid", "not_found", "feature_disabled"),
  },
});

const updateSpaceRoute = createRoute({
  method: "patch",
  path: "/v1/front-desk/parking/spaces/{id}",
  operationId: "updateParkingSpace",
  tags,
  summary: "Change a parking space, or no longer let it",
  description: "A space that is no longer active cannot be reserved; what is reserved already stays.",
  parameters: [ifMatch],
  request: { params: idParams, body: { required: true, content: { "application/json": { schema: spacePatch } } } },
  responses: {
    200: json(SpaceSchema, "The space as it is now"),
    ...problems("invalid", "not_found", "feature_disabled", "conflict", "precondition_failed"),
  },
});

const availabilityRoute = createRoute({
  method: "get",
  path: "/v1/front-desk/parking/availability",
  operationId: "getParkingAvailability",
  tags,
  summary: "Which spaces of a branch are free in a period",
  description:
    "A space is free if nobody has it at any moment from `from` up to, and without, `to`. Free now is not reserved: of those who ask for a space at once one gets it.",
  request: { query: availabilityQuery },
  responses: {
    200: json(AvailabilitySchema, "The spaces that are let, by label"),
    ...problems("invalid", "not_found", "feature_disabled"),
  },
});

const LIST = "parking-spaces";

export const spaceRoutes = (deps: Deps) => {
  const cursors = openCursors(deps.env.appSecret.secret);

  return openRoutes()
    .openapi(listSpacesRoute, async (c) => {
      const { database, env } = parking(deps);
      const { user } = callerOf(c);
      const query = c.req.valid("query");
      if (query.property_id !== undefined) branchOf(user, env, query.property_id);
      const [property_id, label, id] = query.cursor === undefined ? [] : cursors.open(LIST, query.cursor);
      const after = id === undefined ? undefined : { property_id: `${property_id}`, label: `${label}`, id: `${id}` };
      const found = await listSpaces(database, scopeOf(user, env), query, after);
      const items = found.slice(0, query.limit);
      const last = found.length > query.limit ? items.at(-1) : undefined;
      const next_cursor = last ? cursors.seal(LIST, [last.property_id, last.label, last.id]) : null;
      return c.json({ items, next_cursor }, 200);
    })
    .openapi(createSpaceRoute, async (c) => {
      const stores = parking(deps);
      const caller = callerOf(c);
      const space = c.req.valid("json");
      branchOf(caller.user, stores.env, space.property_id);
      const made = await once(c, stores, {
        make: (to) => insertSpace(to, caller, space),
        find: (id) => findSpace(stores.database, scopeOf(caller.user, stores.env), id),
        idOf: ({ id }) => id,
      });
      setVersion(c, made);
      return c.json(made, 201);
    })
    .openapi(getSpaceRoute, async (c) => {
      const { database, env } = parking(deps);
      const scope = scopeOf(callerOf(c).user, env);
      const space = orNotFound(await findSpace(database, scope, c.req.valid("param").id), "parking space");
      setVersion(c, space);
      return c.json(space, 200);
    })
    .openapi(updateSpaceRoute, async (c) => {
      const { database, env } = parking(deps);
      const caller = callerOf(c);
      const scope = scopeOf(caller.user, env);
      const { id } = c.req.valid("param");
      const target = { id, scope, version: expectedVersion(c) };
      const space = await updateSpace(database, caller, target, c.req.valid("json"));
      if (!space) {
        orNotFound(await findSpace(database, scope, id), "parking space");
        throw changedMeanwhile();
      }
      setVersion(c, space);
      return c.json(space, 200);
    })
    .openapi(availabilityRoute, async (c) => {
      const { database, env } = parking(deps);
      const { property_id, from, to, kind } = c.req.valid("query");
      branchOf(callerOf(c).user, env, property_id);
      const items = await listAvailability(database, property_id, { from, to }, kind);
      const available = items.filter(({ is_available }) => is_available).length;
      return c.json({ property_id, period: { from, to }, available, items }, 200);
    });
};
