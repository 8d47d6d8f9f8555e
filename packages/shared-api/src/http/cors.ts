import type { Context } from "hono";
import type { AppEnv } from "../deps.ts";
import type { PlainHeaders } from "./answer.ts";

export const exposedHeaders =
  "Content-Language, ETag, Idempotency-Replayed, Location, RateLimit, RateLimit-Policy, Retry-After, X-Product, X-Request-Id";
const accepted =
  "Accept-Language, Authorization, Content-Type, Idempotency-Key, If-Match, If-None-Match, Last-Event-ID, traceparent, " +
  "tracestate, X-Request-Id";
/** Browsers cap it at two hours. */
const PREFLIGHT_SECONDS = "7200";

/**
 * Lets pages of exactly one origin read the answer. Without credentials: who calls is said by a header that no
 * browser sends by itself.
 */
export function addOriginHeaders(headers: PlainHeaders, c: Context<AppEnv>, origin: string): void {
  if (c.req.header("Origin") !== origin) return;

  headers["access-control-allow-origin"] = origin;
  const allowed = c.req.method === "OPTIONS" ? c.res.headers.get("Allow") : null;
  if (allowed === null) headers["access-control-expose-headers"] = exposedHeaders;
  else {
    headers["access-control-allow-methods"] = allowed;
    headers["access-control-allow-headers"] = accepted;
    headers["access-control-max-age"] = PREFLIGHT_SECONDS;
  }
}
