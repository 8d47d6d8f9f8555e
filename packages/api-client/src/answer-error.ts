import { ApiError } from "./api-error.ts";
import type { Problem } from "./generated.ts";

/** The error that an answer without success means. */
export function errorOf(response: Response, text: string): ApiError {
  const { status, headers } = response;
  const facts = { status, request_id: headers.get("X-Request-Id") ?? undefined, retry_after: retryAfterOf(headers) };
  const problem = problemIn(text);
  if (!problem) return new ApiError("unexpected", `The answer ${status} is not the API's`, facts);
  const { code, detail, title, request_id = facts.request_id, errors } = problem;
  return new ApiError(code, detail ?? title ?? code, { ...facts, request_id, errors });
}

/** A code that this client does not know yet passes: the API may be newer than it. */
function problemIn(text: string): (Partial<Problem> & Pick<Problem, "code">) | undefined {
  try {
    const parsed: unknown = JSON.parse(text);
    const isProblem =
      typeof parsed === "object" && parsed !== null && "code" in parsed && typeof parsed.code === "string";
    return isProblem ? (parsed as Problem) : undefined;
  } catch {
    return undefined;
  }
}

/** Seconds, as the header says them or up to the date that it names. */
function retryAfterOf(headers: Headers): number | undefined {
  const text = headers.get("Retry-After");
  if (text === null) return undefined;
  const seconds = /^\d+$/.test(text) ? Number(text) : (Date.parse(text) - Date.now()) / 1000;
  return Number.isFinite(seconds) ? Math.max(0, seconds) : undefined;
}
