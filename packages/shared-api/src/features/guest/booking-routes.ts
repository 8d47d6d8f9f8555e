import { createRoute } from "@hono/zod-openapi";
import { guestOf } from "../../auth/caller.ts";
import type { Deps } from "../../deps.ts";
import { json } from "../../http/describe.ts";
import { problems } from "../../http/describe-problems.ts";
import { openRoutes } from "../../http/open-routes.ts";
import { frontDesk } from "../front-desk/front-desk.ts";
import { GuestBookingSchema } from "./schemas.ts";
import { showOwnBooking } from "./show-own-booking.ts";

const getOwnBookingRoute = createRoute({
  method: "get",
  path: "/v1/guest/booking",
  operationId: "getOwnBooking",
  tags: ["guest"],
  summary: "The booking that the guest's link opens",
  description: "Read from core now. 410 `gone` once the booking is cancelled or the stay is over.",
  responses: { 200: json(GuestBookingSchema, "The booking"), ...problems("feature_disabled", "gone") },
});

export const guestBookingRoutes = (deps: Deps) =>
  openRoutes().openapi(getOwnBookingRoute, async (c) => c.json(await showOwnBooking(frontDesk(deps), guestOf(c)), 200));
