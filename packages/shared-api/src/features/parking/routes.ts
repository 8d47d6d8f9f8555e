import type { Deps } from "../../deps.ts";
import { openRoutes } from "../../http/open-routes.ts";
import { reservationRoutes } from "./reservation-routes.ts";
import { spaceRoutes } from "./space-routes.ts";

export const parkingRoutes = (deps: Deps) =>
  openRoutes().route("/", spaceRoutes(deps)).route("/", reservationRoutes(deps));
