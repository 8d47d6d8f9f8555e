import { createRoute } from "@hono/zod-openapi";
import { callerOf } from "../../auth/caller.ts";
import type { VerifyToken } from "../../auth/verify-token.ts";
import type { Deps } from "../../deps.ts";
import { problems } from "../../http/describe-problems.ts";
import { openRoutes } from "../../http/open-routes.ts";
import { connectionOf } from "../../limits/connection-of.ts";
import { branchOf } from "../front-desk/branches.ts";
import { frontDesk } from "../front-desk/front-desk.ts";
import { openEventFeed } from "./event-feed.ts";
import type { EventSignal } from "./event-signal.ts";
import { keepStreams } from "./keep-streams.ts";
import { eventStream, eventsDescription, eventsHeaders, eventsQuery } from "./schemas.ts";

const eventsRoute = createRoute({
  method: "get",
  path: "/v1/front-desk/events",
  operationId: "streamFrontDeskEvents",
  tags: ["front-desk-events"],
  summary: "What happens at the front desk, live",
  description: eventsDescription,
  request: { query: eventsQuery, headers: eventsHeaders },
  responses: { 200: eventStream, ...problems("invalid", "not_found", "feature_disabled") },
});

export const frontDeskEventRoutes = (deps: Deps, signal: EventSignal, verifyToken: VerifyToken) => {
  const feed = openEventFeed({ database: deps.database, signal });
  const streams = keepStreams({ ...deps, feed, verifyToken });

  return openRoutes().openapi(eventsRoute, (c) => {
    const { env } = frontDesk(deps);
    const { user } = callerOf(c);
    const { property_id } = c.req.valid("query");
    if (property_id !== undefined) branchOf(user, env, property_id);

    const headers = { "Content-Type": "text/event-stream; charset=utf-8", "X-Accel-Buffering": "no" };
    // Nobody reads the body of an answer to HEAD.
    if (c.req.method === "HEAD") return c.body(null, 200, headers);
    const body = streams.open({
      user,
      token: tokenIn(c.req.header("Authorization")),
      property_id,
      from: positionIn(c.req.header("Last-Event-ID")),
      outgoing: connectionOf(c).outgoing,
    });
    return c.body(body, 200, headers);
  });
};

function tokenIn(authorization = ""): string {
  return authorization.slice(authorization.indexOf(" ") + 1);
}

function positionIn(header: string | undefined): number | "unreadable" | undefined {
  if (header === undefined || header === "") return undefined;
  return /^\d{1,15}$/.test(header) ? Number(header) : "unreadable";
}
