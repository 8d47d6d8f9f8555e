import { OpenAPIHono } from "@hono/zod-openapi";
import type { AppEnv, Deps } from "../../deps.ts";
import { reservationRoutes } from "./reservation-routes.ts";
import { spaceRoutes } from "./space-routes.ts";

export const parkingRoutes = (deps: Deps) =>
  new OpenAPIHono<AppEnv>().route("/", spaceRoutes(deps)).route("/", reservationRoutes(deps));
