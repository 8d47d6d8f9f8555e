import type { Context } from "hono";
import type { AppEnv } from "../deps.ts";

export const exposedHeaders =
  "Content-Language, ETag, Location, RateLimit, RateLimit-Policy, Retry-After, X-Product, X-Request-Id";
const accepted =
  "Accept-Language, Authorization, Content-Type, Idempotency-Key, If-Match, If-None-Match, Last-Event-ID, traceparent, " +
  "tracestate, X-Request-Id";
/** Browsers cap it at two hours. */
const PREFLIGHT_SECONDS = "7200";

/**
 * Lets pages of exactly one origin read the answer. Without credentials: who calls is said by a header that no
 * browser sends by itself.
 */
export function grantOrigin(c: Context<AppEnv>, headers: Headers, origin: string): void {
  headers.append("Vary", "Origin");
  if (c.req.header("Origin") !== origin) return;
  headers.set("Access-Control-Allow-Origin", origin);

  const allowed = c.req.method === "OPTIONS" ? headers.get("Allow") : null;
  if (allowed !== null) {
    headers.set("Access-Control-Allow-Methods", allowed);
    headers.set("Access-Control-Allow-Headers", accepted);
    headers.set("Access-Control-Max-Age", PREFLIGHT_SECONDS);
  } else {
    headers.set("Access-Control-Expose-Headers", exposedHeaders);
  }
}
