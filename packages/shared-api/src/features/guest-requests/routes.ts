import { createRoute } from "@hono/zod-openapi";
import type { Context } from "hono";
import { callerOf } from "../../auth/caller.ts";
import type { AppEnv, Deps } from "../../deps.ts";
import { AppError, orNotFound } from "../../http/app-error.ts";
import { openCursors } from "../../http/cursor.ts";
import { idempotencyKey, ifMatch, json } from "../../http/describe.ts";
import { problems } from "../../http/describe-problems.ts";
import { openRoutes } from "../../http/open-routes.ts";
import { once } from "../../writes/once.ts";
import { expectedVersion, setVersion } from "../../writes/versions.ts";
import { withBookings } from "../front-desk/booking-context.ts";
import { branchOf, scopeOf } from "../front-desk/branches.ts";
import { frontDesk } from "../front-desk/front-desk.ts";
import { guardText } from "../front-desk/guard-text.ts";
import { type Stay, stayOf } from "../front-desk/stays.ts";
import { acceptRequest, closeRequest } from "./move-request.ts";
import { findRequest, insertRequest, listRequests } from "./queries.ts";
import {
  type GuestRequestItem,
  idParams,
  newRequest,
  RequestDetailSchema,
  RequestPageSchema,
  requestPatch,
  requestQuery,
} from "./schemas.ts";

const tags = ["guest-requests"];
const path = "/v1/front-desk/guest-requests";
const one = (description: string) => json(RequestDetailSchema, `${description}; its \`ETag\` is its version`);

const listRequestsRoute = createRoute({
  method: "get",
  path,
  operationId: "listGuestRequests",
  tags,
  summary: "What guests ask for",
  description: "Guests' names are read from core now, and that they were shown is recorded.",
  request: { query: requestQuery },
  responses: {
    200: json(RequestPageSchema, "A page of requests"),
    ...problems("invalid", "not_found", "feature_disabled"),
  },
});

const createRequestRoute = createRoute({
  method: "post",
  path,
  operationId: "createGuestRequest",
  tags,
  summary: "Write down what a guest asked for",
  description: "Without the guest's name, contacts or documents: 422 `pii_detected` names the field and the kind.",
  parameters: [idempotencyKey],
  request: { body: { required: true, content: { "application/json": { schema: newRequest } } } },
  responses: {
    201: one("The request"),
    ...problems("invalid", "pii_detected", "not_found", "feature_disabled", "conflict", "gone", "core_unavailable"),
  },
});

const getRequestRoute = createRoute({
  method: "get",
  path: `${path}/{id}`,
  operationId: "getGuestRequest",
  tags,
  summary: "A guest's request",
  request: { params: idParams },
  responses: { 200: one("The request"), ...problems("invalid", "not_found", "feature_disabled") },
});

const updateRequestRoute = createRoute({
  method: "patch",
  path: `${path}/{id}`,
  operationId: "updateGuestRequest",
  tags,
  summary: "Accept a request, decline it, or say that it is done",
  description:
    "A waiting request is accepted or declined, an accepted one is done; anything else is 409. Accepting makes the one task that the request becomes.",
  parameters: [ifMatch],
  request: { params: idParams, body: { required: true, content: { "application/json": { schema: requestPatch } } } },
  responses: {
    200: one("The request as it is now"),
    ...problems("invalid", "pii_detected", "not_found", "feature_disabled", "conflict"),
    ...problems("precondition_failed", "core_unavailable"),
  },
});

const LIST = "guest-requests";

export const guestRequestRoutes = (deps: Deps) => {
  const cursors = openCursors(deps.env.appSecret.secret);

  return openRoutes()
    .openapi(listRequestsRoute, async (c) => {
      const stores = frontDesk(deps);
      const caller = callerOf(c);
      const query = c.req.valid("query");
      if (query.property_id !== undefined) branchOf(caller.user, stores.env, query.property_id);
      const list = `${LIST} ${query.sort}`;
      const [after] = query.cursor === undefined ? [] : cursors.open(list, query.cursor).map(String);
      const reach = { scope: scopeOf(caller.user, stores.env) };
      const found = await listRequests(stores.database, reach, query, after);
      const rows = found.slice(0, query.limit);
      const last = found.length > query.limit ? rows.at(-1) : undefined;
      const page = await withBookings(stores, caller, { entity: "guest_requests", entity_id: null }, rows);
      return c.json({ ...page, next_cursor: last ? cursors.seal(list, [last.id]) : null }, 200);
    })
    .openapi(createRequestRoute, async (c) => {
      const stores = frontDesk(deps);
      const caller = callerOf(c);
      const { booking_id, room_id, kind, text } = c.req.valid("json");
      const made = await once(c, stores, {
        prepare: async () => {
          const stay = await stayOf(caller.user, stores.env, stores.core, booking_id);
          const room = roomOf(stay, room_id);
          await guardText(stores, stay, { text });
          return { property_id: stay.property_id, room_id: room };
        },
        make: async (to, place) => {
          const whose = { ...place, booking_id, guest_link_id: null, created_by: caller.user.id };
          const request = await insertRequest(to, caller, { ...whose, kind, text });
          if (!request) throw new Error("A guest's request was written down and is not there");
          return request;
        },
        find: (id) => findRequest(stores.database, { scope: scopeOf(caller.user, stores.env) }, id),
        idOf: ({ id }) => id,
      });
      return c.json(await shown(c, made), 201);
    })
    .openapi(getRequestRoute, async (c) => {
      const { database, env } = frontDesk(deps);
      const reach = { scope: scopeOf(callerOf(c).user, env) };
      const found = await findRequest(database, reach, c.req.valid("param").id);
      return c.json(await shown(c, orNotFound(found, "guest request")), 200);
    })
    .openapi(updateRequestRoute, async (c) => {
      const stores = frontDesk(deps);
      const { database, env } = stores;
      const caller = callerOf(c);
      const { state, resolution, priority } = c.req.valid("json");
      const target = { id: c.req.valid("param").id, scope: scopeOf(caller.user, env), version: expectedVersion(c) };
      if (resolution !== undefined) {
        const request = orNotFound(await findRequest(database, target, target.id), "guest request");
        await guardText(stores, request, { resolution });
      }
      const moved =
        state === "accepted"
          ? await acceptRequest(database, caller, target, priority)
          : await closeRequest(database, caller, state, { ...target, resolution });
      return c.json(await shown(c, moved), 200);
    });

  /** With the guest's name; what was written is told even if core, or the record of who looked, is away. */
  async function shown(c: Context<AppEnv>, row: GuestRequestItem) {
    setVersion(c, row);
    const viewed = { entity: "guest_requests", entity_id: row.id };
    const { items, degraded } = await withBookings(frontDesk(deps), callerOf(c), viewed, [row]);
    return { booking: null, ...row, ...items[0], degraded };
  }
};

function roomOf({ rooms }: Stay, wanted: string | undefined): string | null {
  if (wanted === undefined) return rooms[0]?.room_id ?? null;
  if (rooms.some(({ room_id }) => room_id === wanted)) return wanted;
  throw new AppError("invalid", "The request is not valid", {
    errors: [{ path: "json.room_id", message: "Not a room of this booking" }],
  });
}
