import type { Context, Hono } from "hono";
import { matchedRoutes } from "hono/route";
import type { AppEnv } from "../deps.ts";
import type { Route } from "./route.ts";

export type Router = Pick<Hono<AppEnv>["router"], "match">;

const methods = ["GET", "POST", "PUT", "PATCH", "DELETE"];

/** The methods that a path is served with; none if nothing is there. */
export function allowedMethods(router: Router, path: string): string[] {
  const served = methods.filter((method) =>
    // Middleware is registered for every method and makes no route.
    router.match(method, path)[0].some(([[, route]]) => route.method !== "ALL"),
  );
  if (served.includes("GET")) served.push("HEAD");
  return served.length === 0 ? [] : [...served, "OPTIONS"];
}

/** The route that will answer, as `GET /api/v1/properties/:id`; undefined if none does. Looked for once a request. */
export function routeOf(c: Context<AppEnv>): Route | undefined {
  let route = c.get("route");
  if (route === undefined) {
    // The first of those registered answers: `/users/me` is an id, too. Middleware is registered for ALL methods.
    route = matchedRoutes(c).find(({ method }) => method !== "ALL") ?? null;
    c.set("route", route);
  }
  return route ?? undefined;
}
