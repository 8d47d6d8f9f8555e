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
export function originHeaders(c: Context<AppEnv>, origin: string): PlainHeaders | undefined {
  if (c.req.header("Origin") !== origin) return undefined;

  const allowed = c.req.method === "OPTIONS" ? c.res.headers.get("Allow") : null;
  return {
    "access-control-allow-origin": origin,
    ...(allowed === null
      ? { "access-control-expose-headers": exposedHeaders }
      : {
          "access-control-allow-methods": allowed,
          "access-control-allow-headers": accepted,
          "access-control-max-age": PREFLIGHT_SECONDS,
        }),
  };
}
