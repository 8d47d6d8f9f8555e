import { createRoute } from "@hono/zod-openapi";
import { callerOf } from "../../auth/caller.ts";
import type { Deps } from "../../deps.ts";
import { openCursors } from "../../http/cursor.ts";
import { json } from "../../http/describe.ts";
import { problems } from "../../http/describe-problems.ts";
import { openRoutes } from "../../http/open-routes.ts";
import { frontDesk } from "../front-desk/front-desk.ts";
import { acknowledgeNotification } from "./acknowledge-notification.ts";
import { listNotifications } from "./list-notifications.ts";
import { NotificationPageSchema, notificationParams, notificationsQuery, ReceiptSchema } from "./schemas.ts";

const tags = ["notifications"];

const listNotificationsRoute = createRoute({
  method: "get",
  path: "/v1/front-desk/notifications",
  operationId: "listNotifications",
  tags,
  summary: "What core told a branch, the newest first",
  description:
    "Each with our receipt beside it. Guests' names are read from core at this moment and stored nowhere; that they were shown is recorded. With `unread`, a page looks through 1,000 at most: it may be short, or empty, and still have a `next_cursor`.",
  request: { query: notificationsQuery },
  responses: {
    200: json(NotificationPageSchema, "A page of notifications"),
    ...problems("invalid", "not_found", "feature_disabled"),
  },
});

const acknowledgeRoute = createRoute({
  method: "put",
  path: "/v1/front-desk/notifications/{id}/receipt",
  operationId: "acknowledgeNotification",
  tags,
  summary: "Says that somebody has seen it",
  description: "The first who says so stays; whoever says it again gets that receipt.",
  request: { params: notificationParams },
  responses: {
    200: json(ReceiptSchema, "The receipt"),
    ...problems("invalid", "not_found", "feature_disabled", "core_unavailable"),
  },
});

export const notificationRoutes = (deps: Deps) => {
  const cursors = openCursors(deps.env.appSecret.secret);

  return openRoutes()
    .openapi(listNotificationsRoute, async (c) => {
      const stores = { ...frontDesk(deps), cursors };
      return c.json(await listNotifications(stores, callerOf(c), c.req.valid("query")), 200);
    })
    .openapi(acknowledgeRoute, async (c) =>
      c.json(await acknowledgeNotification(frontDesk(deps), callerOf(c), c.req.valid("param").id), 200),
    );
};
