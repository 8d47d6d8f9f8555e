import { randomUUID } from "node:crypto";
import type { Product } from "@whitelabel/shared-config";
import type { Context, MiddlewareHandler } from "hono";
import type { RecordDenial } from "../auth/audit-denials.ts";
import type { AppEnv, Deps } from "../deps.ts";
import { connectionOf } from "../limits/connection-of.ts";
import type { RequestSpan } from "../telemetry/traces.ts";
import { routeOf } from "./allowed-methods.ts";
import { collectHeaders, type HeaderLayers, layAround, type PlainHeaders } from "./answer.ts";
import { addOriginHeaders } from "./cors.ts";
import { openDeadlines } from "./deadline.ts";
import { Failure } from "./failure.ts";
import { problem } from "./problem.ts";
import { contentSecurityPolicy, securityHeaders } from "./security-headers.ts";

/** Every answer comes within three seconds; the stores' own deadlines are shorter, this is the last resort. */
const DEADLINE_MS = 2_700;

/**
 * All that happens around every request, in one middleware and not in five: a middleware each for the id, the
 * headers, CORS, the deadline and the log made a request three times as dear.
 */
export function envelope(
  product: Product,
  { env, log, lifecycle, telemetry }: Deps,
  recordDenial: RecordDenial,
): MiddlewareHandler<AppEnv> {
  const isDeployed = env.environment === "staging" || env.environment === "production";
  const always = { "x-product": product.id, ...securityHeaders(isDeployed) };
  const openDeadline = openDeadlines(DEADLINE_MS);

  /** The headers of every answer, and what the route has set: of a problem, that is nothing. */
  function layersOf(c: Context<AppEnv>, collected: PlainHeaders): HeaderLayers {
    const own = c.get("code") === undefined ? collected : {};
    const forced: PlainHeaders = { "x-request-id": c.get("request_id") };
    const rateLimit = c.get("rate_limit");
    if (rateLimit) {
      forced["ratelimit-policy"] = rateLimit.policy;
      forced.ratelimit = rateLimit.standing;
    }
    // What a token opened is for its bearer alone, and nobody said how long anything else may be kept.
    if (c.get("user")) forced["cache-control"] = "no-store";
    if (lifecycle.isClosing) forced.connection = "close";
    addOriginHeaders(forced, c, env.frontendUrl);
    return { defaults, own, always, forced };
  }

  function logRequest(c: Context<AppEnv>, started: number, failure: Failure, span: RequestSpan | undefined): void {
    const report = {
      request_id: c.get("request_id"),
      method: c.req.method,
      route: routePattern(c), // the pattern: a path or a query may hold an id, a search or a name
      status: c.res.status,
      code: c.get("code"),
      user_id: c.get("user")?.id,
      duration_ms: Math.round((performance.now() - started) * 100) / 100,
    };
    telemetry?.metrics.onRequest(report);
    span?.end(report);
    failure.close();
    log[failure.level](
      span || failure.error ? { ...report, trace_id: span?.trace_id, error: failure.error } : report,
      "request",
    );
  }

  return async (c, next) => {
    const started = performance.now();
    c.set("request_id", requestIdOf(c.req.header("X-Request-Id")));
    const collected = collectHeaders(c);
    const deadline = openDeadline();
    c.set("deadline", deadline);
    const failure = new Failure();
    c.set("failure", failure);

    const work = async () => {
      await next();
      if (c.error !== undefined) await recordDenial(c);
    };
    const traces = telemetry?.traces;
    const span = traces?.begin(c.req.header("traceparent"));
    const isLate = await deadline.passesBefore(span ? span.run(work) : work());
    if (isLate) c.res = problem(c, product.id, "unavailable", { detail: "The answer took too long" });

    const layers = layersOf(c, collected);
    const { outgoing } = connectionOf(c);
    if (outgoing) outgoing.layers = layers;
    else layAround(c.res, layers);
    logRequest(c, started, failure, span);
  };
}

/** Where nobody said anything else. */
const defaults = { "cache-control": "no-store", "content-security-policy": contentSecurityPolicy };

/** A caller's own id ends in our logs and answers, so it must be one. */
export function requestIdOf(given: string | undefined): string {
  return given !== undefined && /^[A-Za-z0-9][A-Za-z0-9_-]{7,63}$/.test(given) ? given : randomUUID();
}

function routePattern(c: Context<AppEnv>): string {
  return routeOf(c)?.path ?? "unmatched";
}
