import type { Hono, MiddlewareHandler } from "hono";
import type { AppEnv } from "../deps.ts";
import { groupBy } from "../group-by.ts";
import { onlyOnce } from "../one-at-a-time.ts";
import type { Route } from "./route.ts";

type Served = Pick<Hono<AppEnv>, "routes">;

/**
 * Serves these routes and makes what answers them when the first of them is asked for, or when the returned function
 * is called: schemas take a third of a start, and most of them are not needed for long. What is made must serve these
 * routes and no other, or nothing of it is served.
 */
export function serveLazily<Made extends Served>(
  app: Pick<Hono<AppEnv>, "on">,
  routes: readonly Route[],
  make: () => Promise<Made>,
): () => Promise<Made> {
  const handlers = new Map<string, MiddlewareHandler<AppEnv>>();

  async function makeHandlers(): Promise<Made> {
    const one = await make();
    const found = groupBy(one.routes, keyOf);
    const isMissing = routes.some((route) => !found.has(keyOf(route)));
    if (isMissing || found.size !== routes.length) {
      throw new Error(`Serves ${[...found.keys()].join(", ")} and should serve ${routes.map(keyOf).join(", ")}`);
    }
    for (const [key, [route, more]] of found) {
      if (!route || more) throw new Error(`${key} has more than one handler`);
      handlers.set(key, route.handler);
    }
    return one;
  }

  const makeOnce = onlyOnce(makeHandlers);

  for (const route of routes) {
    const key = keyOf(route);
    app.on(route.method, route.path, (c, next) => {
      const handler = handlers.get(key);
      if (handler) return handler(c, next);
      return makeOnce().then(() => (handlers.get(key) as MiddlewareHandler<AppEnv>)(c, next));
    });
  }
  return makeOnce;
}

const keyOf = ({ method, path }: Route) => `${method} ${path}`;
