import type { Deps } from "../../deps.ts";
import { openRoutes } from "../../http/open-routes.ts";
import { guestBookingRoutes } from "./booking-routes.ts";
import { guestParkingRoutes } from "./parking-routes.ts";
import { guestOwnRequestRoutes } from "./request-routes.ts";

export const guestRoutes = (deps: Deps) =>
  openRoutes()
    .route("/", guestBookingRoutes(deps))
    .route("/", guestOwnRequestRoutes(deps))
    .route("/", guestParkingRoutes(deps));
