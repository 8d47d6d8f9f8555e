import { createRoute } from "@hono/zod-openapi";
import { callerOf } from "../../auth/caller.ts";
import type { Deps } from "../../deps.ts";
import { json } from "../../http/describe.ts";
import { problems } from "../../http/describe-problems.ts";
import { openRoutes } from "../../http/open-routes.ts";
import { frontDesk } from "../front-desk/front-desk.ts";
import { BookingSchema, bookingParams } from "./booking-schemas.ts";
import { findBooking } from "./find-booking.ts";
import { SummarySchema, summaryQuery } from "./schemas.ts";
import { summarize } from "./summarize.ts";

const summaryRoute = createRoute({
  method: "get",
  path: "/v1/front-desk/summary",
  operationId: "getFrontDeskSummary",
  tags: ["front-desk"],
  summary: "The shift at a glance",
  description: "Numbers only, for the beginning of a shift and for charts.",
  request: { query: summaryQuery },
  responses: {
    200: json(SummarySchema, "The summary"),
    ...problems("invalid", "not_found", "feature_disabled"),
  },
});

const bookingRoute = createRoute({
  method: "get",
  path: "/v1/front-desk/bookings/{booking_id}",
  operationId: "getFrontDeskBooking",
  tags: ["front-desk"],
  summary: "A booking, and what we keep of it",
  description:
    "Guests' names are read from core at this moment and stored nowhere; that they were shown is recorded. While core is away it cannot be told whether there is such a booking: the answer is what we keep of it, which may be nothing.",
  request: { params: bookingParams },
  responses: {
    200: json(BookingSchema, "The booking"),
    ...problems("invalid", "not_found", "feature_disabled"),
  },
});

export const frontDeskSummaryRoutes = (deps: Deps) =>
  openRoutes()
    .openapi(summaryRoute, async (c) =>
      c.json(await summarize(frontDesk(deps), callerOf(c), c.req.valid("query")), 200),
    )
    .openapi(bookingRoute, async (c) =>
      c.json(await findBooking(frontDesk(deps), callerOf(c), c.req.valid("param").booking_id), 200),
    );
