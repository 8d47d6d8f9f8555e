import type { Product } from "@whitelabel/shared-config";
import type { Deps } from "../../deps.ts";
import { openRoutes } from "../../http/open-routes.ts";
import { readRoutes } from "./read-routes.ts";
import { writeRoutes } from "./write-routes.ts";

export const propertyRoutes = (product: Product, deps: Deps) =>
  openRoutes().route("/", readRoutes(product, deps)).route("/", writeRoutes(product, deps));
