import type { Context, MiddlewareHandler, Next } from "hono";
import type { Authorize } from "../auth/authorize.ts";
import type { AppEnv } from "../deps.ts";
import type { RateLimits } from "./rate-limits.ts";
import { readBody } from "./read-body.ts";

/**
 * All that a request must pass before its route, in order: its address, its token and role, its caller's limit, its
 * body. One middleware, and it waits only where there is something to wait for: a middleware each made the quick routes
 * a quarter dearer.
 */
export function admission(limits: RateLimits, authorize: Authorize): MiddlewareHandler<AppEnv> {
  return (c, next) => {
    limits.limitAddress(c);
    const identified = authorize(c);
    if (identified === undefined) return letIn(c, next);
    return identified.then(
      () => letIn(c, next),
      (error) => {
        limits.countRefusal(c, error);
        throw error;
      },
    );
  };

  function letIn(c: Context<AppEnv>, next: Next): Promise<void> {
    limits.limitCaller(c);
    const read = readBody(c);
    const answered = read === undefined ? next() : read.then(next);
    return limits.isSignedBody(c) ? judge(c, answered) : answered;
  }

  /** What is shown for a token here is a signature, which the route looks at. */
  async function judge(c: Context<AppEnv>, answered: Promise<void>): Promise<void> {
    let error: unknown;
    try {
      await answered;
      error = c.error; // of the route, and answered already
    } catch (thrown) {
      limits.countRefusal(c, thrown);
      throw thrown;
    }
    if (error !== undefined) limits.countRefusal(c, error);
  }
}
