import type { PlainHeaders } from "./answer.ts";

/** The docs page brings its own. */
export const contentSecurityPolicy = "default-src 'none'; frame-ancestors 'none'";

/** For an API that serves data: nothing may be run, framed, sniffed or embedded. */
export function securityHeaders(isDeployed: boolean): PlainHeaders {
  return {
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "cross-origin-resource-policy": "same-origin",
    // A developer's localhost must stay reachable over http.
    ...(isDeployed && { "strict-transport-security": "max-age=31536000; includeSubDomains" }),
  };
}
