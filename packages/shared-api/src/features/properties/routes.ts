import { OpenAPIHono } from "@hono/zod-openapi";
import type { Product } from "@whitelabel/shared-config";
import type { AppEnv, Deps } from "../../deps.ts";
import { readRoutes } from "./read-routes.ts";
import { writeRoutes } from "./write-routes.ts";

export const propertyRoutes = (product: Product, deps: Deps) =>
  new OpenAPIHono<AppEnv>().route("/", readRoutes(product, deps)).route("/", writeRoutes(product, deps));
