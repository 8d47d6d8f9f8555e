import { createRoute } from "@hono/zod-openapi";
import { guestOf } from "../../auth/caller.ts";
import type { CurrentGuest } from "../../auth/guest-links.ts";
import type { Deps } from "../../deps.ts";
import { AppError } from "../../http/app-error.ts";
import { openCursors } from "../../http/cursor.ts";
import { idempotencyKey, ifMatch, json } from "../../http/describe.ts";
import { problems } from "../../http/describe-problems.ts";
import { openRoutes } from "../../http/open-routes.ts";
import { once } from "../../writes/once.ts";
import { changedMeanwhile, expectedVersion, setVersion } from "../../writes/versions.ts";
import { frontDesk } from "../front-desk/front-desk.ts";
import { redactText } from "../front-desk/guard-text.ts";
import { findRequest, insertRequest, listRequests, moveRequest } from "../guest-requests/queries.ts";
import type { GuestRequestItem } from "../guest-requests/schemas.ts";
import { ownStay } from "./own-stay.ts";
import {
  idParams,
  listQuery,
  newOwnRequest,
  type OwnRequest,
  OwnRequestPageSchema,
  OwnRequestSchema,
} from "./schemas.ts";

const tags = ["guest"];
const path = "/v1/guest/requests";

const listOwnRequestsRoute = createRoute({
  method: "get",
  path,
  operationId: "listOwnRequests",
  tags,
  summary: "What was asked for in this booking",
  request: { query: listQuery },
  responses: { 200: json(OwnRequestPageSchema, "The newest first"), ...problems("invalid", "feature_disabled") },
});

const createOwnRequestRoute = createRoute({
  method: "post",
  path,
  operationId: "createOwnRequest",
  tags,
  summary: "Ask reception for something",
  description:
    "Names, contacts, cards and documents are taken out of the text before it is stored; the answer shows what is kept. While core is away nothing is stored: try again later.",
  parameters: [idempotencyKey],
  request: { body: { required: true, content: { "application/json": { schema: newOwnRequest } } } },
  responses: {
    201: json(OwnRequestSchema, "The request as it is kept; its `ETag` is its version"),
    ...problems("invalid", "feature_disabled", "conflict", "gone", "core_unavailable"),
  },
});

const withdrawOwnRequestRoute = createRoute({
  method: "delete",
  path: `${path}/{id}`,
  operationId: "withdrawOwnRequest",
  tags,
  summary: "Withdraw a request that waits",
  description: "Withdrawing it again is 204 again. One that reception has accepted or declined is 409.",
  parameters: [ifMatch],
  request: { params: idParams },
  responses: {
    204: { description: "It is withdrawn" },
    ...problems("invalid", "not_found", "feature_disabled", "conflict", "precondition_failed"),
  },
});

export const guestOwnRequestRoutes = (deps: Deps) => {
  const cursors = openCursors(deps.env.appSecret.secret);

  return openRoutes()
    .openapi(listOwnRequestsRoute, async (c) => {
      const { database } = frontDesk(deps);
      const { guest } = guestOf(c);
      const { limit, cursor } = c.req.valid("query");
      const list = `own requests ${guest.link_id}`;
      const [after] = cursor === undefined ? [] : cursors.open(list, cursor).map(String);
      const found = await listRequests(database, reachOf(guest), { limit, sort: "newest" }, after);
      const items = found.slice(0, limit);
      const last = found.length > limit ? items.at(-1) : undefined;
      return c.json({ items: items.map(own), next_cursor: last ? cursors.seal(list, [last.id]) : null }, 200);
    })
    .openapi(createOwnRequestRoute, async (c) => {
      const stores = frontDesk(deps);
      const author = guestOf(c);
      const { property_id, booking_id, link_id } = author.guest;
      const { kind, text: given } = c.req.valid("json");
      const made = await once(c, stores, {
        prepare: async () => {
          const stay = await ownStay(stores.core, author.guest);
          return { room_id: stay.rooms[0]?.room_id ?? null, text: await redactText(stores, stay, given) };
        },
        make: async (to, prepared) => {
          const values = { property_id, booking_id, kind, ...prepared, guest_link_id: link_id, created_by: null };
          const request = await insertRequest(to, author, values);
          if (!request) throw new AppError("conflict", "Too many requests wait for reception already");
          return request;
        },
        find: (id) => findRequest(stores.database, reachOf(author.guest), id),
        idOf: ({ id }) => id,
      });
      setVersion(c, made);
      return c.json(own(made), 201);
    })
    .openapi(withdrawOwnRequestRoute, async (c) => {
      const { database } = frontDesk(deps);
      const author = guestOf(c);
      const target = { ...reachOf(author.guest), id: c.req.valid("param").id, version: expectedVersion(c) };
      if (await moveRequest(database, author, "withdrawn", target)) return c.body(null, 204);

      const found = await findRequest(database, target, target.id);
      if (!found) throw new AppError("not_found", "There is no such request");
      if (target.version !== null && found.version !== target.version) throw changedMeanwhile();
      if (found.state !== "withdrawn") throw new AppError("conflict", `The request is ${found.state}`);
      return c.body(null, 204);
    });
};

/** Only that booking, whatever id is asked for. */
const reachOf = ({ property_id, booking_id }: CurrentGuest) => ({ scope: [property_id], booking_id });

function own({ id, kind, text, state, resolution, created_at, updated_at, version }: GuestRequestItem): OwnRequest {
  return { id, kind, text, state, resolution, created_at, updated_at, version };
}
