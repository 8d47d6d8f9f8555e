import { createRoute } from "@hono/zod-openapi";
import type { Core } from "@whitelabel/core-readonly";
import { storeErrorIn } from "@whitelabel/shared-db";
import { callerOf } from "../../auth/caller.ts";
import type { Deps } from "../../deps.ts";
import { json } from "../../http/describe.ts";
import { problems } from "../../http/describe-problems.ts";
import { openRoutes } from "../../http/open-routes.ts";
import { branchOf, noSuchBranch } from "../front-desk/branches.ts";
import { frontDesk } from "../front-desk/front-desk.ts";
import { listAvailability } from "./list-availability.ts";
import { AvailabilityPageSchema, availabilityQuery, branchParams, RoomPageSchema } from "./schemas.ts";

const tags = ["availability"];

const listRoomsRoute = createRoute({
  method: "get",
  path: "/v1/front-desk/branches/{property_id}/rooms",
  operationId: "listRooms",
  tags,
  summary: "The rooms of a branch",
  request: { params: branchParams },
  responses: {
    200: json(RoomPageSchema, "All of them, on one page"),
    ...problems("invalid", "not_found", "feature_disabled"),
  },
});

const availabilityRoute = createRoute({
  method: "get",
  path: "/v1/front-desk/branches/{property_id}/availability",
  operationId: "listAvailability",
  tags,
  summary: "Rooms that can still be let, by type and night",
  description:
    "From core's daily offers. While core is away there is nothing of it that we know: `items` is empty and `degraded` says so.",
  request: { params: branchParams, query: availabilityQuery },
  responses: {
    200: json(AvailabilityPageSchema, "By type of room"),
    ...problems("invalid", "not_found", "feature_disabled"),
  },
});

export const availabilityRoutes = (deps: Deps) =>
  openRoutes()
    .openapi(listRoomsRoute, async (c) => {
      const { core, env } = frontDesk(deps);
      const property_id = branchOf(callerOf(c).user, env, c.req.valid("param").property_id);
      return c.json(await fromCore(core, property_id, () => core.listRooms(property_id)), 200);
    })
    .openapi(availabilityRoute, async (c) => {
      const { core, env } = frontDesk(deps);
      const property_id = branchOf(callerOf(c).user, env, c.req.valid("param").property_id);
      const range = c.req.valid("query");
      const page = await fromCore(core, property_id, () => listAvailability(core, property_id, range));
      return c.json({ property_id, ...range, ...page }, 200);
    });

/** A page of what core says of a branch that it has. */
async function fromCore<Item>(core: Core, property_id: string, read: () => Promise<Item[]>) {
  try {
    const [branch, items] = await Promise.all([core.findBranch(property_id), read()]);
    if (!branch) throw noSuchBranch();
    return { items, next_cursor: null, degraded: [] };
  } catch (error) {
    if (storeErrorIn(error)?.store !== "core") throw error;
    return { items: [] as Item[], next_cursor: null, degraded: ["core" as const] };
  }
}
