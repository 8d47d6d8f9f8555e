import { createRoute } from "@hono/zod-openapi";
import type { Core } from "@whitelabel/core-readonly";
import { storeErrorIn } from "@whitelabel/shared-db";
import { callerOf } from "../../auth/caller.ts";
import type { CurrentUser } from "../../auth/current-user.ts";
import { openGuestTokens } from "../../auth/guest-links.ts";
import type { Deps } from "../../deps.ts";
import { AppError, orNotFound } from "../../http/app-error.ts";
import { idempotencyKey, json } from "../../http/describe.ts";
import { problems } from "../../http/describe-problems.ts";
import { openRoutes } from "../../http/open-routes.ts";
import { once } from "../../writes/once.ts";
import { scopeOf } from "../front-desk/branches.ts";
import { frontDesk } from "../front-desk/front-desk.ts";
import { hoursOf, stayOf, theirStay } from "../front-desk/stays.ts";
import { findLink, insertLink, listLinks, revokeLink } from "./queries.ts";
import { bookingParams, type GuestLinkItem, GuestLinkPageSchema, idParams, ShownGuestLinkSchema } from "./schemas.ts";

const tags = ["guest-links"];
const path = "/v1/front-desk/bookings/{booking_id}/guest-links";

const createLinkRoute = createRoute({
  method: "post",
  path,
  operationId: "createGuestLink",
  tags,
  summary: "A link to one booking, for its guest",
  description:
    "Shown this once: the token is stored nowhere. It opens the guest's page until the end of the day of departure on the branch's clocks, or until it is revoked. Whoever has it is the guest, so give it to nobody else.",
  parameters: [idempotencyKey],
  request: { params: bookingParams },
  responses: {
    201: json(ShownGuestLinkSchema, "The link with its token"),
    ...problems("invalid", "not_found", "feature_disabled", "conflict", "gone", "core_unavailable"),
  },
});

const listLinksRoute = createRoute({
  method: "get",
  path,
  operationId: "listGuestLinks",
  tags,
  summary: "The links that were made for a booking, without their tokens",
  description:
    "While core is away it cannot be told whether there is such a booking: the answer is the links that we keep, which may be none.",
  request: { params: bookingParams },
  responses: {
    200: json(GuestLinkPageSchema, "The newest first"),
    ...problems("invalid", "not_found", "feature_disabled"),
  },
});

const revokeLinkRoute = createRoute({
  method: "delete",
  path: "/v1/front-desk/guest-links/{id}",
  operationId: "revokeGuestLink",
  tags,
  summary: "Close a link, at once",
  description: "Revoking it again is 204 again, and does nothing.",
  request: { params: idParams },
  responses: {
    204: { description: "It opens nothing any more" },
    ...problems("invalid", "not_found", "feature_disabled"),
  },
});

const stayIsOver = () => new AppError("conflict", "The stay is over");

export const guestLinkRoutes = (deps: Deps) => {
  const tokens = openGuestTokens(deps.env.appSecret.secret);

  function shown(link: GuestLinkItem) {
    const token = tokens.sign(link.id);
    const url = new URL("/guest", deps.env.frontendUrl);
    url.hash = token;
    return { ...link, token, url: url.href };
  }

  return openRoutes()
    .openapi(createLinkRoute, async (c) => {
      const stores = frontDesk(deps);
      const caller = callerOf(c);
      const { env, core, database } = stores;
      const link = await once(c, stores, {
        prepare: async () => {
          const stay = await stayOf(caller.user, env, core, c.req.valid("param").booking_id);
          if (stay.is_checked_out) throw stayIsOver();
          const { to: expires_at } = await hoursOf(core, stay);
          return { booking_id: stay.booking_id, property_id: stay.property_id, expires_at };
        },
        make: async (to, values) => {
          const made = await insertLink(to, caller, values);
          if (!made) throw stayIsOver();
          return made;
        },
        find: (id) => findLink(database, scopeOf(caller.user, env), id),
        idOf: ({ id }) => id,
      });
      return c.json(shown(link), 201);
    })
    .openapi(listLinksRoute, async (c) => {
      const stores = frontDesk(deps);
      const { user } = callerOf(c);
      const { booking_id } = c.req.valid("param");
      const items = await listLinks(stores.database, scopeOf(user, stores.env), booking_id);
      // What we keep of it says that it is theirs; where there is nothing, core is asked.
      if (items.length === 0) await expectTheirs(user, stores, booking_id);
      return c.json({ items, next_cursor: null }, 200);
    })
    .openapi(revokeLinkRoute, async (c) => {
      const { database, env } = frontDesk(deps);
      const caller = callerOf(c);
      const scope = scopeOf(caller.user, env);
      const { id } = c.req.valid("param");
      const revoked = await revokeLink(database, caller, scope, id);
      if (!revoked) orNotFound(await findLink(database, scope, id), "guest link");
      return c.body(null, 204);
    });
};

/** Throws "not found" for another branch's booking and for none; lets pass while core cannot tell. */
async function expectTheirs(user: CurrentUser, { env, core }: Deps & { core: Core }, booking_id: string) {
  try {
    await theirStay(user, env, core, booking_id);
  } catch (error) {
    if (storeErrorIn(error)?.store !== "core") throw error;
  }
}
