import { OpenAPIHono } from "@hono/zod-openapi";
import type { AppEnv, Deps } from "../../deps.ts";
import { guestBookingRoutes } from "./booking-routes.ts";
import { guestParkingRoutes } from "./parking-routes.ts";
import { guestOwnRequestRoutes } from "./request-routes.ts";

export const guestRoutes = (deps: Deps) =>
  new OpenAPIHono<AppEnv>()
    .route("/", guestBookingRoutes(deps))
    .route("/", guestOwnRequestRoutes(deps))
    .route("/", guestParkingRoutes(deps));
