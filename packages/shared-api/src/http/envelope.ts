import { randomUUID } from "node:crypto";
import type { Product } from "@whitelabel/shared-config";
import type { Context, MiddlewareHandler } from "hono";
import type { AppEnv, Deps } from "../deps.ts";
import { routeOf } from "./allowed-methods.ts";
import { grantOrigin } from "./cors.ts";
import { openDeadline } from "./deadline.ts";
import { openFailure } from "./failure.ts";
import { problem } from "./problem.ts";
import { setSecurityHeaders } from "./security-headers.ts";

/** Every answer comes within three seconds; the stores' own deadlines are shorter, this is the last resort. */
const DEADLINE_MS = 2_700;

/**
 * All that happens around every request, in one middleware and not in five: a middleware each for the id, the
 * headers, CORS, the deadline and the log made a request three times as dear.
 */
export function envelope(product: Product, { env, log, lifecycle, telemetry }: Deps): MiddlewareHandler<AppEnv> {
  const isDeployed = env.environment === "staging" || env.environment === "production";

  return async (c, next) => {
    const started = performance.now();
    const requestId = requestIdOf(c.req.header("X-Request-Id"));
    c.set("request_id", requestId);

    const deadline = openDeadline(DEADLINE_MS);
    c.set("deadline", deadline);
    const failure = openFailure();
    c.set("failure", failure);
    const span = telemetry?.traces?.begin(c.req.header("traceparent"));
    const work = () => deadline.passesBefore(next());
    const isLate = await (span ? span.run(work) : work());
    if (isLate) c.res = problem(c, product.id, "unavailable", { detail: "The answer took too long" });

    const { headers, status } = c.res;
    headers.set("X-Request-Id", requestId);
    headers.set("X-Product", product.id);
    setSecurityHeaders(headers, isDeployed);
    grantOrigin(c, headers, env.frontendUrl);
    const rateLimit = c.get("rate_limit");
    if (rateLimit) {
      headers.set("RateLimit-Policy", rateLimit.policy);
      headers.set("RateLimit", rateLimit.standing);
    }
    // What a token opened is for its bearer alone, and nobody said how long anything else may be kept.
    if (c.get("user") || !headers.has("Cache-Control")) headers.set("Cache-Control", "no-store");
    if (lifecycle.isClosing) headers.set("Connection", "close");

    const report = {
      request_id: requestId,
      method: c.req.method,
      route: routePattern(c), // the pattern: a path or a query may hold an id, a search or a name
      status,
      code: c.get("code"),
      user_id: c.get("user")?.id,
      duration_ms: Math.round((performance.now() - started) * 100) / 100,
    };
    telemetry?.metrics.onRequest(report);
    span?.end(report);
    const { level, error } = failure.close();
    log[level]({ ...report, trace_id: span?.trace_id, error }, "request");
  };
}

/** A caller's own id ends in our logs and answers, so it must be one. */
export function requestIdOf(given: string | undefined): string {
  return given !== undefined && /^[A-Za-z0-9][A-Za-z0-9_-]{7,63}$/.test(given) ? given : randomUUID();
}

function routePattern(c: Context<AppEnv>): string {
  return routeOf(c)?.path ?? "unmatched";
}
