import type { MiddlewareHandler } from "hono";
import type { AppEnv } from "../../deps.ts";
import type { EventSignal } from "./event-signal.ts";

/** After a request that may have changed something, so after its commit, listeners look at once instead of soon. */
export function wakeListeners(signal: EventSignal): MiddlewareHandler<AppEnv> {
  return async (c, next) => {
    await next();
    if (c.req.method !== "GET" && c.req.method !== "OPTIONS" && c.res.ok) signal.wake();
  };
}
