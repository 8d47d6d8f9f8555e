import { createRoute } from "@hono/zod-openapi";
import { callerOf } from "../../auth/caller.ts";
import type { Deps } from "../../deps.ts";
import { openCursors } from "../../http/cursor.ts";
import { json } from "../../http/describe.ts";
import { problems } from "../../http/describe-problems.ts";
import { openRoutes } from "../../http/open-routes.ts";
import { frontDesk } from "./front-desk.ts";
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

  return openRoutes()
    .openapi(listBranchesRoute, async (c) => c.json(await listBranches(frontDesk(deps), callerOf(c).user), 200))
    .openapi(listBookingsRoute, async (c) => {
      const stores = { ...frontDesk(deps), cursors };
      return c.json(await listBookingBoard(stores, callerOf(c), c.req.valid("query")), 200);
    });
};
