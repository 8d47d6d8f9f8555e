const paths = new Set(["/api/health", "/api/health/db", "/api/health/ready"]);

/**
 * Whoever watches us must not be told that we are busy by being refused. Spelled exactly: a path that only becomes one
 * of these, or begins like one, is not meant.
 */
export function isHealthPath(url: string): boolean {
  const end = url.indexOf("?");
  return paths.has(end === -1 ? url : url.slice(0, end));
}
