import { createRoute, OpenAPIHono } from "@hono/zod-openapi";
import type { Context } from "hono";
import type { CurrentUser } from "../../auth/current-user.ts";
import type { AppEnv, Deps } from "../../deps.ts";
import { AppError } from "../../http/app-error.ts";
import { openCursors } from "../../http/cursor.ts";
import { json, problems } from "../../http/describe.ts";
import { listBookingBoard } from "./list-booking-board.ts";
import { listBranches } from "./list-branches.ts";
import { BookingBoardSchema, BranchPageSchema, boardQuery } from "./schemas.ts";

const listBranchesRoute = createRoute({
  method: "get",
  path: "/v1/front-desk/branches",
  operationId: "listBranches",
  tags: ["front-desk"],
  summary: "The branches that the caller works for",
  responses: { 200: json(BranchPageSchema, "All of them, on one page"), ...problems("feature_disabled") },
});

const listBookingsRoute = createRoute({
  method: "get",
  path: "/v1/front-desk/bookings",
  operationId: "listFrontDeskBookings",
  tags: ["front-desk"],
  summary: "A branch's arrivals, departures or guests in house on a day",
  description: "Guests' names are read from core at this moment and stored nowhere; that they were shown is recorded.",
  request: { query: boardQuery },
  responses: {
    200: json(BookingBoardSchema, "The board"),
    ...problems("invalid", "not_found", "feature_disabled"),
  },
});

export const frontDeskRoutes = (deps: Deps) => {
  const cursors = openCursors(deps.env.appSecret.secret);

  return new OpenAPIHono<AppEnv>()
    .openapi(listBranchesRoute, async (c) => c.json(await listBranches(frontDesk(deps), callerOf(c)), 200))
    .openapi(listBookingsRoute, async (c) => {
      const caller = { user: callerOf(c), request_id: c.get("request_id") };
      return c.json(await listBookingBoard({ ...frontDesk(deps), cursors }, caller, c.req.valid("query")), 200);
    });
};

/** The stores of the front desk, if this deployment has one. */
function frontDesk({ core, ...deps }: Deps) {
  if (!core || !deps.env.features.front_desk) {
    throw new AppError("feature_disabled", "This deployment has no front desk");
  }
  return { ...deps, core };
}

function callerOf(c: Context<AppEnv>): CurrentUser {
  const user = c.get("user");
  if (!user) throw new AppError("unauthenticated", "Send a session token");
  return user;
}
