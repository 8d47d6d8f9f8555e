/** For an API that serves data: nothing may be run, framed, sniffed or embedded. The docs page brings its own policy. */
export function setSecurityHeaders(headers: Headers, isDeployed: boolean): void {
  headers.set("X-Content-Type-Options", "nosniff");
  headers.set("X-Frame-Options", "DENY");
  headers.set("Referrer-Policy", "no-referrer");
  headers.set("Cross-Origin-Resource-Policy", "same-origin");
  if (!headers.has("Content-Security-Policy")) {
    headers.set("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
  }
  // A developer's localhost must stay reachable over http.
  if (isDeployed) headers.set("Strict-Transport-Security", "max-age=31536000; includeSubDomains");
}
