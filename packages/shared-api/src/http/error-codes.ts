/**
 * The closed list of codes that a caller can meet, each with its status and its title. A status is derived from a
 * code and never the other way round; a feature that needs a code of its own adds a line.
 */
export const errorCodes = {
  bad_request: { status: 400, title: "Not a request that can be read" },
  invalid: { status: 422, title: "The request is not valid" },
  unauthenticated: { status: 401, title: "Sign in first" },
  forbidden: { status: 403, title: "Not allowed" },
  not_found: { status: 404, title: "Not found" },
  method_not_allowed: { status: 405, title: "Method not allowed" },
  timeout: { status: 408, title: "The request took too long to arrive" },
  conflict: { status: 409, title: "Conflict" },
  gone: { status: 410, title: "Gone" },
  precondition_failed: { status: 412, title: "Changed in the meantime" },
  too_large: { status: 413, title: "Too large" },
  unsupported_media: { status: 415, title: "Unsupported content type" },
  expectation_failed: { status: 417, title: "This expectation cannot be met" },
  rate_limited: { status: 429, title: "Too many requests" },
  header_too_large: { status: 431, title: "The header is too large" },
  feature_disabled: { status: 404, title: "This feature is off" },
  pii_detected: { status: 422, title: "Personal data detected" },
  core_unavailable: { status: 503, title: "Guest data is not available" },
  unavailable: { status: 503, title: "Not available right now" },
  wrong_database: { status: 503, title: "Not available right now" },
  schema_behind: { status: 503, title: "Not available until an update is finished" },
  internal: { status: 500, title: "Something went wrong" },
} as const;

export type ErrorCode = keyof typeof errorCodes;
export type StatusOf<Code extends ErrorCode> = (typeof errorCodes)[Code]["status"];

export function statusOf<Code extends ErrorCode>(code: Code): StatusOf<Code> {
  return errorCodes[code].status;
}
