import type { ErrorCode } from "../http/error-codes.ts";

/** One answered request, as it is logged, counted and traced: no path, no query, nothing that a caller wrote. */
export type RequestReport = Readonly<{
  /** The caller's own if it looks like one. */
  request_id: string;
  method: string;
  /** The route's pattern, or "unmatched". */
  route: string;
  status: number;
  code: ErrorCode | undefined;
  /** Our own number for whoever called. */
  user_id: number | undefined;
  duration_ms: number;
}>;

const methods = new Set(["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]);

/** A parser takes more methods than we serve; one name is enough for all of them. */
export function methodOf(method: string): string {
  return methods.has(method) ? method : "other";
}
