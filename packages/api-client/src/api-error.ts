import type { ErrorCode, Problem } from "./generated.ts";

/**
 * A code of the API, or what can go wrong without an answer of it: `network` (not reached, or lost on the way),
 * `timeout` (took too long), `aborted` (by the caller's own signal), `unexpected` (an answer that is not the API's,
 * a proxy's page for example).
 */
export type ApiErrorCode = ErrorCode | "network" | "timeout" | "aborted" | "unexpected";

type Facts = Readonly<{
  status?: number | undefined;
  request_id?: string | undefined;
  errors?: Problem["errors"] | undefined;
  retry_after?: number | undefined;
  cause?: unknown;
}>;

/** The one error that every call throws. `message` is a sentence for a developer; show your own text by `code`. */
export class ApiError extends Error {
  override readonly name = "ApiError";
  readonly code: ApiErrorCode;
  /** The status of the answer; 0 if there was none. */
  readonly status: number;
  /** What to tell whoever operates the API. */
  readonly request_id: string | undefined;
  /** What is wrong with the input, field by field (`json.title`, `query.limit`); empty if it is not the input. */
  readonly errors: readonly { path: string; message: string }[];
  /** Seconds after which it makes sense to try again, if the API said so. */
  readonly retry_after: number | undefined;

  constructor(code: ApiErrorCode, message: string, { status = 0, request_id, errors, retry_after, cause }: Facts = {}) {
    super(message, cause === undefined ? undefined : { cause });
    this.code = code;
    this.status = status;
    this.request_id = request_id;
    this.errors = errors ?? [];
    this.retry_after = retry_after;
  }
}
